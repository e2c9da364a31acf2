//! The command line, one file per command.

mod backup;
mod connection;
mod copy;
mod evaluate;
mod goal;
mod import;
mod key;
mod migrate;
mod project;
mod refusal;
mod renaming;
mod serve;
mod size;
mod terminal;
mod verify;

use anyhow::Result;
use clap::{Parser, Subcommand};

use backup::Backup;
use copy::Copy;
use evaluate::Evaluate;
use goal::GoalCommand;
use import::Import;
use key::KeyCommand;
use migrate::Migrate;
use project::ProjectCommand;
use renaming::RenamingCommand;
pub use serve::Serve;
use verify::Verify;

/// Shows who is meeting their goal, who needs attention today, and why
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
    Import(Import),
    Project(ProjectCommand),
    Renaming(RenamingCommand),
    Goal(GoalCommand),
    Key(KeyCommand),
    Evaluate(Evaluate),
    Verify(Verify),
    Backup(Backup),
    Copy(Copy),
    Migrate(Migrate),
}

impl Cli {
    /// Runs the command given on the command line.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Serve(serve) => serve.run().await,
            Command::Import(import) => import.run().await,
            Command::Project(project) => project.run().await,
            Command::Renaming(renaming) => renaming.run().await,
            Command::Goal(goal) => goal.run().await,
            Command::Key(key) => key.run().await,
            Command::Evaluate(evaluate) => evaluate.run().await,
            Command::Verify(verify) => verify.run().await,
            Command::Backup(backup) => backup.run().await,
            Command::Copy(copy) => copy.run().await,
            Command::Migrate(migrate) => migrate.run().await,
        }
    }
}
