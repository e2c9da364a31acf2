//! Facts, and the evidence that they are in the store.

use crate::error::StoreResult;
use crate::facts::record::AcceptTerms;
use crate::facts::record::Acceptance;
use crate::facts::record::Collections;
use crate::facts::record::FollowerReading;
use crate::mended::MendedValues;
use crate::posts::record::PostEvidence;
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Fact;
use compliance::period::Window;
use std::ops::Range;
use uuid::Uuid;

/// Facts, and the evidence that they are. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait FactStore: Send + Sync + 'static {
    /// Takes in facts, in order; the outcome of each. All or nothing of what is not rejected is durable on return.
    async fn accept(&self, project_id: Uuid, facts: Vec<Fact>, terms: &AcceptTerms) -> StoreResult<Acceptance>;
    /// Records when the import looked whose run is `run_id`: the stats that it left waiting for their posts keep that look.
    async fn look_of_run(&self, project_id: Uuid, run_id: Uuid, looked_at: Instant) -> StoreResult<()>;
    /// How many stats wait for a post that is not known yet.
    async fn parked_count(&self, project_id: Uuid) -> StoreResult<i64>;
    /// Every post of a creator with what is known of it around a window, up to `as_of`: the evidence of posts, views
    /// and engagement goals.
    async fn post_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<PostEvidence>>;
    /// The follower readings that decide a window, up to `as_of`: the last one before it, then those in it.
    /// Placeholders (zeros before the first positive reading) are left out.
    async fn follower_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<FollowerReading>>;
    /// The highest follower count of a creator that was read before an instant.
    async fn most_followers_before(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        before: Instant,
    ) -> StoreResult<Option<i64>>;
    /// The looks at a creator over a span, which begins with a local day, that brought nothing else; and the last looks of
    /// any kind before it.
    async fn collections(&self, project_id: Uuid, creator_id: Uuid, span: Range<Instant>) -> StoreResult<Collections>;
    /// Computes every day bucket of a project anew from the facts and counts those that differ from the ones kept.
    async fn count_stale_days(&self, project_id: Uuid) -> StoreResult<u64>;
    /// The values of the project, and of none, that were changed when the database was brought up to date.
    async fn mended_values(&self, project_id: Uuid) -> StoreResult<MendedValues>;
}
