//! Renamed accounts in the store.

use crate::error::StoreResult;
use crate::ids::{CreatorId, MergeId, ProjectId};
use crate::merges::record::{Merge, MergeOutcome, ProbableRenaming, UndoMergeOutcome};
use async_trait::async_trait;
use compliance::Instant;

/// Probable renamings, and merges of creators. Changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait MergeStore: Send + Sync + 'static {
    /// Returns the number of probable renamings that nobody has decided on.
    async fn probable_renamings_count(&self, project_id: ProjectId) -> StoreResult<i64>;
    /// Returns the probable renamings that nobody has decided on, the newest first; at most 100.
    async fn probable_renamings(&self, project_id: ProjectId) -> StoreResult<Vec<ProbableRenaming>>;
    /// Returns the probable renaming that makes a creator the new name of another one, if nobody has decided on it.
    async fn probable_renaming(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
    ) -> StoreResult<Option<ProbableRenaming>>;
    /// Merges a creator into another, who gets the handle that was seen last, and the posts, the readings and the campaigns
    /// of both. The goals of the merged creator stay with them. Facts that waited go in afterwards, in several
    /// transactions.
    async fn merge_creators(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        merged_creator_id: CreatorId,
        now: Instant,
    ) -> StoreResult<MergeOutcome>;
    /// Decides that a creator who was probably the new name of another one is a different account; facts that waited are
    /// dropped.
    async fn keep_apart(&self, project_id: ProjectId, creator_id: CreatorId, now: Instant) -> StoreResult<()>;
    /// Undoes a merge made since `since`.
    async fn undo_merge(
        &self,
        project_id: ProjectId,
        merge_id: MergeId,
        since: Instant,
        now: Instant,
    ) -> StoreResult<UndoMergeOutcome>;
    /// Returns the merges into a creator that were made since `since` and not undone, the latest first.
    async fn merges(&self, project_id: ProjectId, creator_id: CreatorId, since: Instant) -> StoreResult<Vec<Merge>>;
    /// Accepts the facts of merged creators that still wait because a server stopped, and erases facts that have waited
    /// longer than [`DECISION_MS`](crate::merges::record::DECISION_MS); returns the number of erased ones. It runs
    /// several transactions; what fails for one project is logged, and the others are still tended.
    async fn tend_waiting(&self, now: Instant) -> StoreResult<u64>;
}
