//! `creator-goals backup`: makes a consistent copy of the database, even while the server runs.

use super::connection::Connection;
use super::terminal::print;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Copy the database into a new file, as it is at this instant; the server may keep running
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    connection: Connection,
    /// The file to write; it must not exist yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    /// Makes the copy and checks it.
    pub async fn run(self) -> Result<()> {
        let bytes = self.connection.back_up(&self.to).await?;
        print(&format!("{}: {bytes} bytes, integrity checked", self.to.display()))
    }
}
