//! Imports in the store.

use crate::error::StoreResult;
use crate::imports::record::CreateImportOutcome;
use crate::imports::record::Import;
use crate::imports::record::ImportState;
use crate::imports::record::Rejection;
use async_trait::async_trait;
use uuid::Uuid;

/// Imports. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait ImportStore: Send + Sync + 'static {
    /// Records a new import, unless an import of its id is there or too many are not over yet.
    async fn create_import(&self, import: &Import) -> StoreResult<CreateImportOutcome>;
    /// Records what became of an import, if it is in the state `from`; `false`, and nothing changes, if it is in another
    /// one: somebody else was quicker.
    async fn update_import(&self, import: &Import, from: ImportState) -> StoreResult<bool>;
    /// Imports of a project that are not over, in order of their ids, those after `after`, at most 200.
    async fn unfinished_imports(&self, project_id: Uuid, after: Uuid) -> StoreResult<Vec<Import>>;
    /// Adds refused rows to an import.
    async fn add_rejections(&self, project_id: Uuid, import_id: Uuid, rejections: &[Rejection]) -> StoreResult<()>;
    /// One import.
    async fn import(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Option<Import>>;
    /// The latest imports, newest first, at most 20.
    async fn imports(&self, project_id: Uuid) -> StoreResult<Vec<Import>>;
    /// The refused rows of an import, in order of the file, at most 1,000.
    async fn rejections(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Vec<Rejection>>;
}
