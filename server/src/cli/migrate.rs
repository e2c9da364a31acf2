//! `creator-goals migrate`: migrates the schema, before the first server starts.

use super::connection::Connection;
use super::terminal::print;
use anyhow::Result;
use app::figures::plural;
use clap::Args;
use store::Migrated;

/// Bring the schema of the database up to date (so does every other command but `backup` of a SQLite file); on PostgreSQL with Citus, also
/// distribute its tables over the nodes by project
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    connection: Connection,
}

impl Migrate {
    /// Migrates and prints what was done.
    pub async fn run(self) -> Result<()> {
        match self.connection.migrate().await? {
            Migrated::UpToDate => print("The schema is up to date."),
            Migrated::Distributed(tables) if tables.is_empty() => {
                print("The schema is up to date; Citus distributes every table already.")
            }
            Migrated::Distributed(tables) => print(&format!(
                "The schema is up to date. Citus now distributes {}: {}.",
                plural(i64::try_from(tables.len())?, "table", "tables"),
                tables.join(", ")
            )),
        }
    }
}
