//! The Projects page.

use crate::actor::{Action, Actor, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::projects::record::Project;
use crate::undo::{Deleted, undo_since};
use compliance::Instant;

/// Every project, and those that can be restored.
#[derive(Debug, Clone)]
pub struct Projects {
    /// Every project, oldest first.
    pub projects: Vec<Project>,
    /// The projects deleted in the last 30 days, the latest first.
    pub deleted: Vec<Deleted<Project>>,
    /// The current instant.
    pub now: Instant,
}

/// Returns every project.
pub async fn projects(caller: &Caller) -> Result<Projects, AppError> {
    authorize(caller.actor, None, Action::Read)?;
    let now = caller.now();
    let deleted = caller.store.deleted_projects(undo_since(now)).await?;
    Ok(Projects { projects: caller.store.projects().await?, deleted, now })
}

/// Returns the projects that the actor has access to, oldest first.
pub async fn projects_of_actor(caller: &Caller) -> Result<Vec<Project>, AppError> {
    authorize(caller.actor, None, Action::Read)?;
    let mut projects = caller.store.projects().await?;
    if let Actor::Key { project_id: Some(own), .. } = caller.actor {
        projects.retain(|project| project.project_id == own);
    }
    Ok(projects)
}

/// What would be deleted with a project.
#[derive(Debug, Clone)]
pub struct ProjectSize {
    /// The project.
    pub project: Project,
    /// The number of creators in it.
    pub creators: usize,
    /// The number of their goals, including ended ones.
    pub goals: usize,
    /// The number of campaigns in it.
    pub campaigns: usize,
}

/// Returns what would be deleted with a project.
pub async fn project_size(caller: &Caller, project_id: ProjectId) -> Result<ProjectSize, AppError> {
    let project = caller.project(project_id, Action::Administer).await?;
    let program = caller.store.program(project_id, caller.now()).await?.ok_or(AppError::NotFound)?;
    let goals = program.creators.iter().map(|creator| creator.goals.len()).sum();
    let campaigns = caller.store.campaigns(project_id).await?.len();
    Ok(ProjectSize { project, creators: program.creators.len(), goals, campaigns })
}
