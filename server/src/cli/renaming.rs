//! `creator-goals renaming`: decides whether creators with new handles are known accounts.

use super::connection::{Connection, project};
use super::terminal::print;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use compliance::fact::Handle;
use program::caller::Caller;
use program::creators::record::{Creator, SameAs};
use program::error::AppError;
use program::ids::ProjectId;
use program::merges::changes;
use program::merges::record::ProbableRenaming;
use program::merges::view::probable_renamings;
use std::slice;

/// Decide on accounts that were probably renamed
#[derive(Debug, Args)]
pub struct RenamingCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the probable renamings that nobody has decided on
    List(InProject),
    /// Decide that a new handle is that of the known creator: both are merged, and rows that waited go in
    Same(OneHandle),
    /// Decide that a new handle is that of another account: rows that waited are dropped
    Other(OneHandle),
}

#[derive(Debug, Args)]
struct InProject {
    #[command(flatten)]
    connection: Connection,
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,
}

#[derive(Debug, Args)]
struct OneHandle {
    #[command(flatten)]
    place: InProject,
    /// The new handle
    #[arg(value_name = "HANDLE", value_parser = |text: &str| Handle::parse(text))]
    handle: Handle,
}

impl InProject {
    async fn open(self) -> Result<(Caller, ProjectId)> {
        let store = self.connection.store().await?;
        let project = project(&store, &self.project).await?;
        Ok((self.connection.caller(store)?, project.project_id))
    }
}

impl RenamingCommand {
    /// Runs the command.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::List(place) => {
                let (caller, project_id) = place.open().await?;
                let renamings = probable_renamings(&caller, project_id).await?;
                if renamings.is_empty() {
                    return print("No renaming is waiting for a decision.");
                }
                for ProbableRenaming { double, known, waiting, .. } in renamings {
                    print(&format!(
                        "@{} is probably the new name of @{}; facts that wait: {waiting}",
                        double.handle, known.handle
                    ))?;
                }
                Ok(())
            }
            Command::Same(OneHandle { place, handle }) => {
                let (caller, project_id) = place.open().await?;
                let (_, known) = find(&caller, project_id, &handle).await?;
                let merged = changes::merge(&caller, project_id, known.creator_id, handle.as_str()).await;
                merged.map_err(AppError::from)?;
                print(&format!("@{handle} and @{} are now one creator.", known.handle))
            }
            Command::Other(OneHandle { place, handle }) => {
                let (caller, project_id) = place.open().await?;
                let (double, known) = find(&caller, project_id, &handle).await?;
                let kept = changes::keep_apart(&caller, project_id, double.creator_id).await;
                kept.map_err(AppError::from)?;
                print(&format!("@{handle} and @{} are two creators.", known.handle))
            }
        }
    }
}

/// Returns the creator with this handle and the one whose new name it probably is.
async fn find(caller: &Caller, project_id: ProjectId, handle: &Handle) -> Result<(Creator, Creator)> {
    let double = caller.store.creators_with_handles(project_id, slice::from_ref(handle)).await?.pop();
    if let Some(double) = double
        && let Some(SameAs::Probably(known)) = double.same_as
        && let Some(known) = caller.store.creator(project_id, known).await?
    {
        return Ok((double, known));
    }
    bail!("@{handle} is no probable new name of a creator; `creator-goals renaming list` lists them")
}
