//! What a running server needs: periodic jobs, stored answers, and whether changes can be made.

use crate::idempotency::Idempotency;
use crate::idempotency::IdempotentRequest;
use crate::jobs::Job;
use crate::store::StoreResult;
use async_trait::async_trait;
use compliance::Instant;
use uuid::Uuid;

/// What a running server needs: periodic jobs, stored answers, and whether changes can be made. Every method is one
/// transaction. Lookups return `Option`; changes of what does not exist return
/// [`StoreError::NotFound`](crate::store::StoreError::NotFound).
#[async_trait]
pub trait UpkeepStore: Send + Sync + 'static {
    /// Begins to answer a request with an `Idempotency-Key`, or returns how it was answered in the last 24 hours.
    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency>;
    /// Stores the answer to such a request or, without an answer, deletes the request, so that it may be tried again.
    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<(u16, &str)>) -> StoreResult<()>;
    /// Deletes the answers that have expired at `now`; returns how many.
    async fn forget_answers(&self, now: Instant) -> StoreResult<u64>;
    /// Checks whether the database accepts changes, from the result of recent ones or by making a small one.
    async fn writable(&self, now: Instant) -> StoreResult<()>;
    /// Claims a job that is due at `now`, unless another server has it. After `until` the claim is void.
    async fn claim_job(&self, job: Job, holder: Uuid, now: Instant, until: Instant) -> StoreResult<bool>;
    /// Records that a job is done, and when it is due again; returns `false` if the holder had lost its claim.
    async fn finish_job(&self, job: Job, holder: Uuid, due_at: Instant) -> StoreResult<bool>;
}
