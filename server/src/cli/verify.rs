//! `creator-goals verify`: computes every number anew and compares.

use super::connection::{Connection, project};
use super::print;
use anyhow::{Result, bail};
use clap::Args;

/// Compute every day bucket of a project anew from the facts and compare with those kept up to date
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    connection: Connection,
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,
}

impl Verify {
    /// Compares; fails if anything differs.
    pub async fn run(self) -> Result<()> {
        let store = self.connection.store().await?;
        let project = project(&store, &self.project).await?;
        match store.count_stale_days(project.project_id).await? {
            0 => print("every day bucket agrees with a full recomputation"),
            stale => bail!("{stale} day buckets differ from a full recomputation"),
        }
    }
}
