//! Renamed accounts: probable renamings, and merges of two creators who are one account.
//!
//! A merge moves the posts of the merged creator and copies their readings and collections; each of these rows keeps the id
//! of the merge, so that it can be undone. Both creators' days are then booked again from their facts.

mod making;
mod pair;
mod probable;
mod stored;
mod undoing;

use crate::accept;
use crate::engine::{Engine, sql};
use crate::error::DbResult;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use making::Ids;
use pair::Pair;
use program::error::{StoreError, StoreResult};
use program::ids::{CreatorId, EventId, MergeId, ProjectId};
use program::merges::record::{DECISION_MS, Merge, MergeOutcome, ProbableRenaming, UndoMergeOutcome};
use program::merges::store::MergeStore;
use stored::StoredMerge;

#[async_trait]
impl MergeStore for SqlStore {
    async fn probable_renamings(&self, project_id: ProjectId) -> StoreResult<Vec<ProbableRenaming>> {
        Ok(retried(|| probable::all(&self.engine, project_id)).await?)
    }

    async fn probable_renamings_count(&self, project_id: ProjectId) -> StoreResult<i64> {
        Ok(retried(|| probable::count(&self.engine, project_id)).await?)
    }

    async fn probable_renaming(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
    ) -> StoreResult<Option<ProbableRenaming>> {
        Ok(retried(|| probable::of(&self.engine, project_id, creator_id)).await?)
    }

    async fn merge_creators(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        merged_creator_id: CreatorId,
        now: Instant,
    ) -> StoreResult<MergeOutcome> {
        let ids = Ids { merge_id: MergeId::new(), event_id: EventId::new() };
        let pair = Pair { creator_id, merged_creator_id };
        let outcome = self.change(project_id, |tx| making::merge(tx, pair, ids, now)).await?;
        if matches!(outcome, MergeOutcome::Merged(_) | MergeOutcome::AlreadyOne) {
            self.take_waiting(project_id, merged_creator_id, now).await?;
        }
        Ok(outcome)
    }

    async fn keep_apart(&self, project_id: ProjectId, creator_id: CreatorId, now: Instant) -> StoreResult<()> {
        self.change(project_id, |tx| probable::keep_apart(tx, creator_id, now)).await
    }

    async fn undo_merge(
        &self,
        project_id: ProjectId,
        merge_id: MergeId,
        since: Instant,
        now: Instant,
    ) -> StoreResult<UndoMergeOutcome> {
        let event_id = EventId::new();
        self.change(project_id, |tx| undoing::undo(tx, merge_id, event_id, since, now)).await
    }

    async fn merges(&self, project_id: ProjectId, creator_id: CreatorId, since: Instant) -> StoreResult<Vec<Merge>> {
        Ok(retried(|| of_creator(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn tend_waiting(&self, now: Instant) -> StoreResult<u64> {
        for (project_id, creator_id) in retried(|| left_waiting(&self.engine)).await? {
            match self.take_waiting(project_id, creator_id, now).await {
                // The project was deleted.
                Ok(()) | Err(StoreError::NotFound) => {}
                // One project must not keep the others from being tended.
                Err(cause) => {
                    tracing::error!(%project_id, %creator_id, %cause, "facts that waited for a merge were not taken in");
                }
            }
        }
        Ok(accept::forget_waiting(&self.engine, now.plus_millis(-DECISION_MS)).await?)
    }
}

impl SqlStore {
    /// Stores the facts that waited for the decision about a creator, in several transactions.
    async fn take_waiting(&self, project_id: ProjectId, creator_id: CreatorId, now: Instant) -> StoreResult<()> {
        while self.change(project_id, |tx| accept::take_waiting(tx, creator_id, now)).await? {}
        Ok(())
    }
}

/// Returns the merged creators for whom facts still wait because a server stopped before the last of them was stored.
async fn left_waiting(engine: &Engine) -> DbResult<Vec<(ProjectId, CreatorId)>> {
    let found = engine.read_once().await?.query(sql!("waiting_of_merged")).all().await?;
    let left = found.iter().map(|row| Ok((row.id("project_id")?, row.id("creator_id")?)));
    Ok(left.collect::<sqlx::Result<_>>()?)
}

async fn of_creator(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    since: Instant,
) -> DbResult<Vec<Merge>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("merges_of_creator")).bind(project_id).bind(creator_id);
    let found = query.bind(since.millis()).all().await?;
    Ok(found.iter().map(|row| Ok(StoredMerge::of(row)?.merge)).collect::<sqlx::Result<_>>()?)
}
