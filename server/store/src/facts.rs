//! Facts, and the evidence drawn from them, in SQL.

use crate::accept::{accept, record_run_collection};
use crate::retry::retried;
use crate::sql_store::SqlStore;
use crate::{evidence, imports, mended, rebook};
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Fact;
use compliance::period::Window;
use program::error::StoreResult;
use program::facts::record::{AcceptTerms, Acceptance, Collections, FollowerEvidence};
use program::facts::store::FactStore;
use program::ids::{CreatorId, ProjectId, RunId};
use program::mended::MendedValues;
use program::posts::record::PostEvidence;
use std::ops::Range;

#[async_trait]
impl FactStore for SqlStore {
    async fn accept(&self, project_id: ProjectId, facts: Vec<Fact>, terms: &AcceptTerms) -> StoreResult<Acceptance> {
        self.change(project_id, |tx| accept(tx, &facts, terms)).await
    }

    async fn record_run_collection(&self, project_id: ProjectId, run_id: RunId, looked_at: Instant) -> StoreResult<()> {
        self.change(project_id, |tx| record_run_collection(tx, run_id, looked_at)).await
    }

    async fn parked_count(&self, project_id: ProjectId) -> StoreResult<i64> {
        Ok(retried(|| imports::parked_count(&self.engine, project_id)).await?)
    }

    async fn post_evidence(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<PostEvidence>> {
        Ok(retried(|| evidence::posts(&self.engine, project_id, creator_id, window, as_of)).await?)
    }

    async fn follower_evidence(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<FollowerEvidence> {
        Ok(retried(|| evidence::followers(&self.engine, project_id, creator_id, window, as_of)).await?)
    }

    async fn most_followers_before(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        before: Instant,
    ) -> StoreResult<Option<i64>> {
        Ok(retried(|| evidence::most_followers_before(&self.engine, project_id, creator_id, before)).await?)
    }

    async fn collections(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        span: Range<Instant>,
    ) -> StoreResult<Collections> {
        Ok(retried(|| evidence::collections(&self.engine, project_id, creator_id, span.clone())).await?)
    }

    async fn count_stale_days(&self, project_id: ProjectId) -> StoreResult<u64> {
        Ok(retried(|| rebook::count_stale_days(&self.engine, project_id)).await?)
    }

    async fn mended_values(&self, project_id: ProjectId) -> StoreResult<MendedValues> {
        Ok(retried(|| mended::list(&self.engine, project_id)).await?)
    }
}
