//! `creator-goals`: runs the command given on the command line.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("creator-goals: {error:#}");
            ExitCode::FAILURE
        }
    }
}
