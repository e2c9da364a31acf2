//! Imports in the store.

use crate::error::StoreResult;
use crate::ids::{ImportId, ProjectId};
use crate::imports::record::{CreateImportOutcome, Import, ImportState, Rejection, UpdateImportOutcome};
use async_trait::async_trait;

/// Imports. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait ImportStore: Send + Sync + 'static {
    /// Records a new import, unless its id exists already or too many are unfinished.
    async fn create_import(&self, import: &Import) -> StoreResult<CreateImportOutcome>;
    /// Updates an import that is in the state `from`.
    async fn update_import(&self, import: &Import, from: ImportState) -> StoreResult<UpdateImportOutcome>;
    /// Returns the unfinished imports of a project, ordered by id, those after `after`, at most 200.
    async fn unfinished_imports(&self, project_id: ProjectId, after: ImportId) -> StoreResult<Vec<Import>>;
    /// Adds refused rows to an import.
    async fn add_rejections(
        &self,
        project_id: ProjectId,
        import_id: ImportId,
        rejections: &[Rejection],
    ) -> StoreResult<()>;
    /// Returns one import.
    async fn import(&self, project_id: ProjectId, import_id: ImportId) -> StoreResult<Option<Import>>;
    /// Returns the unfinished imports and then the latest of the others, each newest first; at most 20, or as many as are
    /// unfinished.
    async fn imports(&self, project_id: ProjectId) -> StoreResult<Vec<Import>>;
    /// Returns the refused rows of an import, in order of the file, at most 1,000.
    async fn rejections(&self, project_id: ProjectId, import_id: ImportId) -> StoreResult<Vec<Rejection>>;
}
