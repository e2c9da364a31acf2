//! Saved views in the store.

use crate::error::StoreResult;
use crate::ids::{ProjectId, SavedViewId};
use crate::saved_views::record::{SaveViewOutcome, SavedView};
use async_trait::async_trait;
use compliance::Instant;

/// Saved views. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait SavedViewStore: Send + Sync + 'static {
    /// Returns the saved views of the overview, oldest first.
    async fn saved_views(&self, project_id: ProjectId) -> StoreResult<Vec<SavedView>>;
    /// Saves a view of the overview. An existing view with its id is not changed.
    async fn create_saved_view(
        &self,
        project_id: ProjectId,
        view: &SavedView,
        now: Instant,
    ) -> StoreResult<SaveViewOutcome>;
    /// Deletes a saved view.
    async fn delete_saved_view(&self, project_id: ProjectId, saved_view_id: SavedViewId) -> StoreResult<()>;
}
