//! What becomes, when a server starts, of the imports that it had when it stopped.

use super::folder::Uploads;
use super::queue::{self, Turn, stop};
use app::api::Server;
use app::api::imports::Choices;
use app::api::undo_since;
use app::error::AppError;
use app::store::{Import, ImportState, Project, SharedStore};
use compliance::Instant;
use compliance::instant::DAY_MS;
use std::collections::HashSet;
use uuid::Uuid;

const INTERRUPTED: &str = "The server stopped while this file was being read. What was read is in; import the file again \
    to complete it.";
const GONE: &str = "The uploaded file is no longer here. Upload it again.";

/// Ends the imports that were being read when this server stopped, so that nobody waits for them, and removes their files.
/// Files that wait for their columns or for their turn stay; the answer names the imports of the latter.
pub async fn interrupt_unfinished(
    store: &SharedStore,
    uploads: &Uploads,
    now: Instant,
) -> Result<Vec<(Project, Import)>, AppError> {
    let (mut wanted, mut queued) = (HashSet::new(), Vec::new());
    // Deleted projects can be brought back, with what waits in them.
    let deleted = store.deleted_projects(undo_since(now)).await?.into_iter().map(|deleted| deleted.what);
    for project in store.projects().await?.into_iter().chain(deleted) {
        let mut after = Uuid::nil();
        loop {
            let imports = store.unfinished_imports(project.project_id, after).await?;
            let Some(last) = imports.last() else { break };
            after = last.import_id;
            for mut import in imports {
                let state = import.state;
                let is_here = uploads.path(import.import_id).exists();
                match (is_ours(uploads, &import, is_here, now), is_here, state) {
                    (false, ..) => {}
                    (true, true, ImportState::Waiting) => drop(wanted.insert(import.import_id)),
                    (true, true, ImportState::Queued) => {
                        wanted.insert(import.import_id);
                        queued.push((project.clone(), import));
                    }
                    (true, _, _) => {
                        stop(&mut import, if state == ImportState::Running { INTERRUPTED } else { GONE }, now);
                        store.update_import(&import, state).await?;
                    }
                }
            }
        }
    }
    let cleared = uploads.keep_only(&wanted);
    cleared.map_err(|cause| {
        tracing::error!(%cause, "the folder of uploaded files could not be cleared up");
        AppError::Unavailable
    })?;
    Ok(queued)
}

/// Whether an import's file was uploaded to this server. Of those that older versions recorded only the file tells, and for
/// the others of them nobody is left who reads them after a day.
fn is_ours(uploads: &Uploads, import: &Import, is_here: bool, now: Instant) -> bool {
    match import.folder_id {
        Some(folder_id) => Some(folder_id) == uploads.id(),
        None => is_here || import.state == ImportState::Running && import.created_at.plus_millis(DAY_MS) < now,
    }
}

/// Goes on with imports that were waiting for their turn.
pub fn resume(server: &Server, uploads: &Uploads, queued: Vec<(Project, Import)>) {
    for (project, import) in queued {
        // What was chosen was looked at when the file came.
        if let Ok(options) = queue::options(&project, &Choices::of(&import)) {
            queue::spawn(server.clone(), uploads.clone(), import, options, Turn::later());
        }
    }
}
