//! Handles unfinished imports when a server starts.

use super::folder::Uploads;
use super::queue::{self, Turn};
use compliance::Instant;
use compliance::instant::DAY_MS;
use program::caller::Caller;
use program::error::AppError;
use program::ids::ImportId;
use program::imports::choices::Choices;
use program::imports::record::{FILE_GONE, Import, ImportState};
use program::projects::record::Project;
use program::store::SharedStore;
use program::undo::undo_since;
use std::collections::HashSet;
use std::time::Duration;

const INTERRUPTED: &str = "The server stopped while this file was being read. The rows read so far were imported. Import the \
    file again to add the rest.";

/// Marks the imports that were being read when this server stopped as failed, and removes their files. Files that wait
/// for their columns or for their turn are kept; returns the imports that wait for their turn.
pub async fn interrupt_unfinished(
    store: &SharedStore,
    uploads: &Uploads,
    now: Instant,
) -> Result<Vec<(Project, Import)>, AppError> {
    let (mut wanted, mut queued) = (HashSet::new(), Vec::new());
    for (project, mut import) in unfinished(store, now).await? {
        let state = import.state;
        let is_here = uploads.path(import.import_id).exists();
        match (is_ours(uploads, &import, is_here, now), is_here, state) {
            (false, ..) => {}
            (true, true, ImportState::Waiting) => drop(wanted.insert(import.import_id)),
            (true, true, ImportState::Queued) => {
                wanted.insert(import.import_id);
                queued.push((project, import));
            }
            (true, _, _) => {
                import.stop(if state == ImportState::Running { INTERRUPTED } else { FILE_GONE }, now);
                store.update_import(&import, state).await?;
            }
        }
    }
    uploads.keep_only(&wanted).map_err(|cause| {
        tracing::error!(%cause, "the folder of uploaded files could not be tidied");
        AppError::Unavailable
    })?;
    Ok(queued)
}

/// Returns every unfinished import, in pages. Includes deleted projects, which can be restored.
async fn unfinished(store: &SharedStore, now: Instant) -> Result<Vec<(Project, Import)>, AppError> {
    let mut projects = store.projects().await?;
    projects.extend(store.deleted_projects(undo_since(now)).await?.into_iter().map(|deleted| deleted.what));
    // Read again: a project restored in between is in neither of the two lists.
    projects.extend(store.projects().await?);
    let mut seen = HashSet::new();
    projects.retain(|project| seen.insert(project.project_id));
    let mut found = Vec::new();
    for project in projects {
        let mut after = ImportId::default();
        loop {
            let imports = store.unfinished_imports(project.project_id, after).await?;
            let Some(last) = imports.last() else { break };
            after = last.import_id;
            found.extend(imports.into_iter().map(|import| (project.clone(), import)));
        }
    }
    Ok(found)
}

/// Returns whether an import's file was uploaded to this server. Older versions recorded no folder: then the import is
/// this server's if the file is here, or if it has been running for a day, when no other server can still be reading
/// it.
fn is_ours(uploads: &Uploads, import: &Import, is_here: bool, now: Instant) -> bool {
    match import.folder_id {
        Some(folder_id) => Some(folder_id) == uploads.id(),
        None => is_here || import.state == ImportState::Running && import.created_at.plus_millis(DAY_MS) < now,
    }
}

/// How often a server removes files that are no longer needed.
const TIDIED_EVERY: Duration = Duration::from_mins(1);

/// Periodically removes the files of imports that were cancelled on another server while they waited for their columns.
pub async fn keep_tidy(caller: Caller, uploads: Uploads) {
    loop {
        tokio::time::sleep(TIDIED_EVERY).await;
        if let Err(error) = tidy(&caller.store, &uploads, caller.now()).await {
            tracing::warn!(%error, "the folder of uploaded files could not be searched");
        }
    }
}

/// Removes the files of finished imports.
pub async fn tidy(store: &SharedStore, uploads: &Uploads, now: Instant) -> Result<(), AppError> {
    // The files are listed first: an import is recorded before its file is in place.
    let Ok(mut unwanted) = uploads.files() else { return Ok(()) };
    for (_, import) in unfinished(store, now).await? {
        unwanted.remove(&import.import_id);
    }
    for import_id in unwanted {
        uploads.discard(import_id);
    }
    Ok(())
}

/// Continues imports that were waiting for their turn.
pub fn resume(caller: &Caller, uploads: &Uploads, queued: Vec<(Project, Import)>) {
    for (project, import) in queued {
        // The choices were validated when the file was uploaded.
        if let Ok(options) = queue::options(&project, &Choices::of(&import)) {
            queue::spawn(caller.clone(), uploads.clone(), import, options, Turn::later());
        }
    }
}
