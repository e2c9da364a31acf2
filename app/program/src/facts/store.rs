//! The store trait for facts, and the evidence drawn from them.

use crate::error::StoreResult;
use crate::facts::record::{AcceptTerms, Acceptance, Collections, FollowerEvidence};
use crate::ids::{CreatorId, ProjectId, RunId};
use crate::mended::MendedValues;
use crate::posts::record::PostEvidence;
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Fact;
use compliance::period::Window;
use std::ops::Range;

/// Facts, and the evidence drawn from them. Every method is one transaction. Lookups return `Option`; changing what
/// does not exist returns [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait FactStore: Send + Sync + 'static {
    /// Stores facts and returns the outcome of each, in order. All facts that are not rejected are stored in one
    /// transaction, and durable on return.
    async fn accept(&self, project_id: ProjectId, facts: Vec<Fact>, terms: &AcceptTerms) -> StoreResult<Acceptance>;
    /// Records when the import with this `run_id` collected its creators; the stats that it parked keep that instant.
    async fn record_run_collection(&self, project_id: ProjectId, run_id: RunId, looked_at: Instant) -> StoreResult<()>;
    /// Returns the number of stats whose post is not known yet.
    async fn parked_count(&self, project_id: ProjectId) -> StoreResult<i64>;
    /// Returns every post of a creator with what is known of it around a window, up to `as_of`: the evidence for posts,
    /// views and engagement goals.
    async fn post_evidence(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<PostEvidence>>;
    /// Returns the follower readings for a window, up to `as_of`: the last one before it, then those in it, and
    /// separately the misreadings in it. Placeholders (zeros before the first positive reading) are left out.
    async fn follower_evidence(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<FollowerEvidence>;
    /// Returns the highest follower count of a creator that was read before an instant.
    async fn most_followers_before(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        before: Instant,
    ) -> StoreResult<Option<i64>>;
    /// Returns the collections of a creator in a span that begins with a local day, without those that brought anything
    /// else; and the last collections of any kind before it.
    async fn collections(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        span: Range<Instant>,
    ) -> StoreResult<Collections>;
    /// Recomputes from the facts every day bucket of a project, and which readings are misreadings. Returns how many of the
    /// stored buckets and marks differ.
    async fn count_stale_days(&self, project_id: ProjectId) -> StoreResult<u64>;
    /// Returns the values of the project, and of no project, that were changed by schema migrations.
    async fn mended_values(&self, project_id: ProjectId) -> StoreResult<MendedValues>;
}
