//! `creator-goals backup`: a consistent copy of the database, also while the server runs.

use super::connection::Connection;
use super::terminal::print;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Copy the database as it is at this instant into a new file, also while the server runs
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    connection: Connection,
    /// The file to write; it must not be there yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    /// Copies, and checks the copy.
    pub async fn run(self) -> Result<()> {
        let bytes = self.connection.back_up(&self.to).await?;
        print(&format!("{}: {bytes} bytes, checked to be whole", self.to.display()))
    }
}
