//! Review decisions in the store.

use crate::error::StoreResult;
use crate::reviews::record::PendingPage;
use crate::reviews::record::PendingQuery;
use crate::reviews::record::Review;
use crate::reviews::record::ReviewOutcome;
use crate::reviews::record::TrackingChange;
use async_trait::async_trait;
use compliance::Instant;
use uuid::Uuid;

/// Review decisions. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait ReviewStore: Send + Sync + 'static {
    /// The review decisions on the posts named, newest first.
    async fn tracking_changes(&self, project_id: Uuid, post_ids: &[Uuid]) -> StoreResult<Vec<TrackingChange>>;
    /// The review decisions on any post of a creator at `since` or later, newest first.
    async fn tracking_changes_of_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<TrackingChange>>;
    /// How many posts of creators in the program wait for a decision.
    async fn pending_count(&self, project_id: Uuid) -> StoreResult<i64>;
    /// Posts of creators in the program that wait for a decision.
    async fn pending_posts(&self, project_id: Uuid, query: &PendingQuery) -> StoreResult<PendingPage>;
    /// Sets the review state of posts, all of which must be there, and records the decisions.
    async fn review_posts(
        &self,
        project_id: Uuid,
        post_ids: &[Uuid],
        review: &Review,
        now: Instant,
    ) -> StoreResult<ReviewOutcome>;
    /// Brings the posts of a review back to the state they had before it, unless somebody decided on them since.
    async fn undo_review(&self, project_id: Uuid, review_id: Uuid, now: Instant) -> StoreResult<ReviewOutcome>;
}
