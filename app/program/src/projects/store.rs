//! Projects in the store.

use crate::error::StoreResult;
use crate::ids::ProjectId;
use crate::projects::record::Project;
use crate::projects::record::ProjectChange;
use crate::undo::Deleted;
use async_trait::async_trait;
use compliance::Instant;

/// Projects. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait ProjectStore: Send + Sync + 'static {
    /// Returns every project, oldest first.
    async fn projects(&self) -> StoreResult<Vec<Project>>;
    /// Returns one project.
    async fn project(&self, project_id: ProjectId) -> StoreResult<Option<Project>>;
    /// Creates a project with this id; an existing one is not changed.
    async fn create_project(&self, project_id: ProjectId, new: &ProjectChange, now: Instant) -> StoreResult<Project>;
    /// Changes a project. A new time zone books every gain again; a new time zone or week start changes every
    /// evaluation.
    async fn update_project(&self, project_id: ProjectId, change: &ProjectChange) -> StoreResult<()>;
    /// Deletes a project with everything in it; it is no longer found.
    async fn delete_project(&self, project_id: ProjectId, now: Instant) -> StoreResult<()>;
    /// Returns the projects that were deleted at `since` or later, the latest first.
    async fn deleted_projects(&self, since: Instant) -> StoreResult<Vec<Deleted<Project>>>;
    /// Restores a project that was deleted at `since` or later, with everything in it.
    async fn restore_project(&self, project_id: ProjectId, since: Instant) -> StoreResult<()>;
}
