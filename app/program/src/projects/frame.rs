//! What stands around every page: the projects, and how much waits in the inbox.

use crate::actor::{Action, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::projects::record::Project;
use uuid::Uuid;

/// The page to open first: the oldest project or, on the first run, the one that names a project.
pub async fn first_page(caller: &Caller) -> Result<String, AppError> {
    authorize(caller.actor, None, Action::Read)?;
    let projects = caller.store.projects().await?;
    Ok(projects.first().map_or_else(|| "/welcome".to_owned(), |project| format!("/projects/{}", project.project_id)))
}

/// What stands around every page of a project.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Every project, oldest first.
    pub projects: Vec<Project>,
    /// How many posts wait for a decision.
    pub pending: i64,
}

/// What stands around a page of a project, or of none.
pub async fn frame(caller: &Caller, project_id: Option<Uuid>) -> Result<Frame, AppError> {
    authorize(caller.actor, project_id, Action::Read)?;
    let pending = match project_id {
        Some(project_id) => caller.store.pending_count(project_id).await?,
        None => 0,
    };
    Ok(Frame { projects: caller.store.projects().await?, pending })
}
