//! Review decisions in the store.

use crate::error::StoreResult;
use crate::ids::{CreatorId, PostId, ProjectId, ReviewId};
use crate::reviews::record::PendingPage;
use crate::reviews::record::PendingQuery;
use crate::reviews::record::Review;
use crate::reviews::record::ReviewOutcome;
use crate::reviews::record::TrackingChange;
use async_trait::async_trait;
use compliance::Instant;

/// Review decisions. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait ReviewStore: Send + Sync + 'static {
    /// Returns the review decisions on these posts, newest first.
    async fn tracking_changes(&self, project_id: ProjectId, post_ids: &[PostId]) -> StoreResult<Vec<TrackingChange>>;
    /// Returns the review decisions on all posts of a creator at `since` or later, newest first.
    async fn tracking_changes_of_creator(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        since: Instant,
    ) -> StoreResult<Vec<TrackingChange>>;
    /// Returns the number of posts pending review, of creators in the program.
    async fn pending_count(&self, project_id: ProjectId) -> StoreResult<i64>;
    /// Returns the posts pending review of these creators, each with its creator, in any order; of more than `most`, any
    /// `most`.
    async fn pending_of_creators(
        &self,
        project_id: ProjectId,
        creator_ids: &[CreatorId],
        most: u32,
    ) -> StoreResult<Vec<(CreatorId, PostId)>>;
    /// Returns posts pending review, of creators in the program.
    async fn pending_posts(&self, project_id: ProjectId, query: &PendingQuery) -> StoreResult<PendingPage>;
    /// Sets the review state of posts, all of which must exist, and records the decisions.
    async fn review_posts(
        &self,
        project_id: ProjectId,
        post_ids: &[PostId],
        review: &Review,
        now: Instant,
    ) -> StoreResult<ReviewOutcome>;
    /// Restores the state that the posts of a review had before it, unless somebody decided on them since.
    async fn undo_review(&self, project_id: ProjectId, review_id: ReviewId, now: Instant)
    -> StoreResult<ReviewOutcome>;
}
