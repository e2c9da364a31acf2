//! The frame around every page: the list of projects, and the numbers of what waits for a decision.

use crate::actor::{Action, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::projects::record::Project;

/// The page to open first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstPage {
    /// The overview of the oldest project.
    Project(ProjectId),
    /// On the first run, the form for a new project.
    Welcome,
}

/// Returns the page to open first.
pub async fn first_page(caller: &Caller) -> Result<FirstPage, AppError> {
    authorize(caller.actor, None, Action::Read)?;
    let projects = caller.store.projects().await?;
    Ok(projects.first().map_or(FirstPage::Welcome, |project| FirstPage::Project(project.project_id)))
}

/// The data of the frame around a page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Every project, oldest first.
    pub projects: Vec<Project>,
    /// The number of posts pending review.
    pub pending: i64,
    /// The number of probable renamings that nobody has decided on.
    pub renamings: i64,
}

/// Returns the frame of a page of a project, or of no project.
pub async fn frame(caller: &Caller, project_id: Option<ProjectId>) -> Result<Frame, AppError> {
    authorize(caller.actor, project_id, Action::Read)?;
    let (pending, renamings) = match project_id {
        Some(project_id) => {
            (caller.store.pending_count(project_id).await?, caller.store.probable_renamings_count(project_id).await?)
        }
        None => (0, 0),
    };
    Ok(Frame { projects: caller.store.projects().await?, pending, renamings })
}
