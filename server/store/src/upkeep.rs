//! What a running server needs: periodic jobs, stored answers, and whether changes can be made.

use crate::accept;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use crate::{erasing, idempotency, jobs, probe};
use async_trait::async_trait;
use compliance::Instant;
use program::error::StoreResult;
use program::goals::record::GoalPlace;
use program::idempotency::{Idempotency, IdempotentRequest, KeptAnswer};
use program::ids::HolderId;
use program::jobs::{ClaimOutcome, FinishOutcome, Job};
use program::upkeep::UpkeepStore;

#[async_trait]
impl UpkeepStore for SqlStore {
    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency> {
        let mut begun_before = false;
        let begin = || idempotency::begin(&self.engine, request, now, std::mem::replace(&mut begun_before, true));
        Ok(retried(begin).await?)
    }

    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<&KeptAnswer>) -> StoreResult<()> {
        Ok(retried(|| idempotency::end(&self.engine, request, answer)).await?)
    }

    async fn forget_answers(&self, now: Instant) -> StoreResult<u64> {
        Ok(retried(|| idempotency::forget_expired(&self.engine, now)).await?)
    }

    async fn forget_runs(&self, now: Instant) -> StoreResult<u64> {
        Ok(accept::forget_runs(&self.engine, now).await?)
    }

    async fn erase_goals(&self, before: Instant, after: Option<GoalPlace>) -> StoreResult<Option<GoalPlace>> {
        Ok(retried(|| erasing::goals(&self.engine, before, after)).await?)
    }

    async fn erase_campaigns(&self, before: Instant) -> StoreResult<u64> {
        Ok(retried(|| erasing::campaigns(&self.engine, before)).await?)
    }

    async fn erase_projects(&self, before: Instant) -> StoreResult<u64> {
        Ok(retried(|| erasing::projects(&self.engine, before)).await?)
    }

    async fn writable(&self, now: Instant) -> StoreResult<()> {
        // Without retries: the next request for the state is the next try.
        Ok(probe::writable(&self.engine, now).await?)
    }

    async fn claim_job(&self, job: Job, holder: HolderId, now: Instant, until: Instant) -> StoreResult<ClaimOutcome> {
        Ok(retried(|| jobs::claim(&self.engine, job, holder, now, until)).await?)
    }

    async fn finish_job(&self, job: Job, holder: HolderId, due_at: Instant) -> StoreResult<FinishOutcome> {
        Ok(retried(|| jobs::finish(&self.engine, job, holder, due_at)).await?)
    }
}
