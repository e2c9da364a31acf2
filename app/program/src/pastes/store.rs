//! Pastes in the store.

use crate::error::StoreResult;
use crate::ids::{PasteId, ProjectId};
use crate::pastes::record::NewPaste;
use crate::pastes::record::Paste;
use crate::pastes::record::PasteResult;
use async_trait::async_trait;
use compliance::Instant;

/// Pastes. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait PasteStore: Send + Sync + 'static {
    /// Adds the creators of a paste and stores the result for each of its texts. A paste that is known already changes
    /// nothing.
    async fn add_paste(&self, project_id: ProjectId, paste: &NewPaste, now: Instant) -> StoreResult<Paste>;
    /// Removes the creators whom a paste made since `since` added or restored from the program; their history is kept.
    /// Returns how many were removed: not those who were removed since, even if they have returned, nor those who are part
    /// of another creator. Undoing it again changes nothing.
    async fn undo_paste(
        &self,
        project_id: ProjectId,
        paste_id: PasteId,
        since: Instant,
        now: Instant,
    ) -> StoreResult<i64>;
    /// Returns a paste with the results for its texts. Only the latest 100 pastes are kept.
    async fn paste(&self, project_id: ProjectId, paste_id: PasteId) -> StoreResult<Option<PasteResult>>;
}
