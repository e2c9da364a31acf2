//! The command line, one file per command.

mod serve;

use anyhow::Result;
use clap::{Parser, Subcommand};

pub use serve::Serve;

/// Who is meeting their goal, who needs attention today, and why.
#[derive(Debug, Parser)]
#[command(name = "creator-goals", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and the API
    Serve(Serve),
}

impl Cli {
    /// Does what the command line asks for.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Serve(serve) => serve.run().await,
        }
    }
}
