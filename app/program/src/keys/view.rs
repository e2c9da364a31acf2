//! The keys of a project.

use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::keys::record::ApiKey;
use crate::projects::record::Project;

/// The settings of a project, with the keys that give access to it.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The project.
    pub project: Project,
    /// The keys of the project and those of every project, the newest first, including revoked ones.
    pub keys: Vec<ApiKey>,
}

/// Returns the keys that give access to a project.
pub async fn keys(caller: &Caller, project_id: ProjectId) -> Result<Keys, AppError> {
    let project = caller.project(project_id, Action::Administer).await?;
    let mut keys = caller.store.api_keys().await?;
    keys.retain(|key| key.project_id.is_none_or(|of| of == project_id));
    Ok(Keys { project, keys })
}
