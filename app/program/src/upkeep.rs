//! What a running server needs: periodic jobs, stored answers, and whether changes can be made.

use crate::error::StoreResult;
use crate::goals::record::GoalPlace;
use crate::idempotency::Idempotency;
use crate::idempotency::IdempotentRequest;
use crate::idempotency::KeptAnswer;
use crate::ids::HolderId;
use crate::jobs::{ClaimOutcome, FinishOutcome, Job};
use async_trait::async_trait;
use compliance::Instant;

/// The upkeep of a server: jobs, stored answers, whether changes can be made. Every method is one transaction, except
/// `forget_runs`, which runs one per project. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait UpkeepStore: Send + Sync + 'static {
    /// Begins to answer a request with an `Idempotency-Key`, or returns how it was answered in the last 24 hours.
    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency>;
    /// Stores the answer to such a request or, without an answer, deletes the request, so that it may be tried again.
    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<&KeptAnswer>) -> StoreResult<()>;
    /// Deletes the answers that have expired at `now`; returns their number.
    async fn forget_answers(&self, now: Instant) -> StoreResult<u64>;
    /// Deletes the collections of unfinished imports that began more than a week before `now`; returns the number of
    /// rows.
    async fn forget_runs(&self, now: Instant) -> StoreResult<u64>;
    /// Erases some of the goals after `after` that were deleted before `before` and judged no period to its end. Returns
    /// where the next call continues, `None` if nothing is left.
    async fn erase_goals(&self, before: Instant, after: Option<GoalPlace>) -> StoreResult<Option<GoalPlace>>;
    /// Erases part of a campaign that was deleted before `before`: some of its items or, with the last of them, the
    /// campaign. Returns the number of rows, 0 if nothing is left.
    async fn erase_campaigns(&self, before: Instant) -> StoreResult<u64>;
    /// Erases part of a project that was deleted before `before`, its own row last. Returns the number of rows, 0 if
    /// nothing is left.
    async fn erase_projects(&self, before: Instant) -> StoreResult<u64>;
    /// Checks whether the database accepts changes, from the result of recent ones or by making a small one.
    async fn writable(&self, now: Instant) -> StoreResult<()>;
    /// Claims a job that is due at `now`, unless another server has it. After `until` the claim is void.
    async fn claim_job(&self, job: Job, holder: HolderId, now: Instant, until: Instant) -> StoreResult<ClaimOutcome>;
    /// Records that a job is done, and when it is due again.
    async fn finish_job(&self, job: Job, holder: HolderId, due_at: Instant) -> StoreResult<FinishOutcome>;
}
