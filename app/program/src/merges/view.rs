//! Probable renamings, for people.

use super::record::ProbableRenaming;
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::ProjectId;

/// Returns the probable renamings of a project that nobody has decided on, the newest first; at most 100.
pub async fn probable_renamings(caller: &Caller, project_id: ProjectId) -> Result<Vec<ProbableRenaming>, AppError> {
    caller.project(project_id, Action::Read).await?;
    Ok(caller.store.probable_renamings(project_id).await?)
}
