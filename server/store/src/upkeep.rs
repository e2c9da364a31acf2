//! What a running server needs: periodic jobs, stored answers, and whether changes can be made.

use crate::accept;
use crate::retry::retried;
use crate::{SqlStore, idempotency, jobs, probe};
use async_trait::async_trait;
use compliance::Instant;
use program::idempotency::{Idempotency, IdempotentRequest};
use program::jobs::Job;
use program::projects::store::ProjectStore as _;
use program::store::StoreResult;
use program::upkeep::UpkeepStore;
use uuid::Uuid;

#[async_trait]
impl UpkeepStore for SqlStore {
    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency> {
        let mut begun_before = false;
        let begin = || idempotency::begin(&self.engine, request, now, std::mem::replace(&mut begun_before, true));
        Ok(retried(begin).await?)
    }

    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<(u16, &str)>) -> StoreResult<()> {
        Ok(retried(|| idempotency::end(&self.engine, request, answer)).await?)
    }

    async fn forget_answers(&self, now: Instant) -> StoreResult<u64> {
        // The remains of imports that never ended are deleted as well.
        for project in self.projects().await? {
            retried(|| accept::forget_runs(&self.engine, project.project_id, now)).await?;
        }
        Ok(retried(|| idempotency::forget_expired(&self.engine, now)).await?)
    }

    async fn writable(&self, now: Instant) -> StoreResult<()> {
        // Without retries: the next request for the state is the next try.
        Ok(probe::writable(&self.engine, now).await?)
    }

    async fn claim_job(&self, job: Job, holder: Uuid, now: Instant, until: Instant) -> StoreResult<bool> {
        Ok(retried(|| jobs::claim(&self.engine, job, holder, now, until)).await?)
    }

    async fn finish_job(&self, job: Job, holder: Uuid, due_at: Instant) -> StoreResult<bool> {
        Ok(retried(|| jobs::finish(&self.engine, job, holder, due_at)).await?)
    }
}
