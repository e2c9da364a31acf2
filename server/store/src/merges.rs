//! Renamed accounts: probable renamings, and merges of two creators who are one account.
//!
//! A merge moves the posts of the merged creator and copies their readings and collections; each of these rows keeps the id
//! of the merge, so that it can be undone. Both creators' days are then booked again from their facts.

use crate::accept::{self, Batch};
use crate::change::Change;
use crate::creators::{note, swap_handles};
use crate::engine::{Engine, Row, sql};
use crate::error::{DbError, DbResult};
use crate::rebook;
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Handle;
use program::creators::record::{Creator, CreatorEventKind, SameAs};
use program::error::{StoreError, StoreResult};
use program::ids::{CreatorId, EventId, MergeId, ProjectId};
use program::merges::record::{DECISION_MS, Merge, MergeOutcome, ProbableRenaming, UndoMergeOutcome};
use program::merges::store::MergeStore;
use std::collections::{BTreeSet, HashMap};

#[async_trait]
impl MergeStore for SqlStore {
    async fn probable_renamings(&self, project_id: ProjectId) -> StoreResult<Vec<ProbableRenaming>> {
        Ok(retried(|| probable(&self.engine, project_id)).await?)
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
        let outcome = self.change(project_id, |tx| merge(tx, pair, ids, now)).await?;
        if matches!(outcome, MergeOutcome::Merged(_) | MergeOutcome::AlreadyOne) {
            self.take_waiting(project_id, merged_creator_id, now).await?;
        }
        Ok(outcome)
    }

    async fn keep_apart(&self, project_id: ProjectId, creator_id: CreatorId, now: Instant) -> StoreResult<()> {
        self.change(project_id, |tx| keep_apart(tx, creator_id, now)).await
    }

    async fn undo_merge(
        &self,
        project_id: ProjectId,
        merge_id: MergeId,
        since: Instant,
        now: Instant,
    ) -> StoreResult<UndoMergeOutcome> {
        let event_id = EventId::new();
        self.change(project_id, |tx| undo(tx, merge_id, event_id, since, now)).await
    }

    async fn merges(&self, project_id: ProjectId, creator_id: CreatorId, since: Instant) -> StoreResult<Vec<Merge>> {
        Ok(retried(|| of_creator(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn tend_waiting(&self, now: Instant) -> StoreResult<u64> {
        for (project_id, creator_id) in retried(|| left_waiting(&self.engine)).await? {
            match self.take_waiting(project_id, creator_id, now).await {
                // The project was deleted.
                Err(StoreError::NotFound) => {}
                taken => taken?,
            }
        }
        Ok(accept::forget_waiting(&self.engine, now.plus_millis(-DECISION_MS)).await?)
    }
}

impl SqlStore {
    /// Takes the facts that waited for the decision about a creator, in several transactions.
    async fn take_waiting(&self, project_id: ProjectId, creator_id: CreatorId, now: Instant) -> StoreResult<()> {
        while self.change(project_id, |tx| accept::take_waiting(tx, creator_id, now)).await? {}
        Ok(())
    }
}

/// Returns the merged creators of whom facts still wait: a server ended before the last of them went in.
async fn left_waiting(engine: &Engine) -> DbResult<Vec<(ProjectId, CreatorId)>> {
    let found = engine.read_once().await?.query(sql!("waiting_of_merged")).all().await?;
    let left = found.iter().map(|row| Ok((row.id("project_id")?, row.id("creator_id")?)));
    Ok(left.collect::<sqlx::Result<_>>()?)
}

/// The creator who stays, and the one who is merged into them.
#[derive(Clone, Copy)]
struct Pair {
    creator_id: CreatorId,
    merged_creator_id: CreatorId,
}

/// The ids that a merge gives.
#[derive(Clone, Copy)]
struct Ids {
    merge_id: MergeId,
    event_id: EventId,
}

async fn probable(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<ProbableRenaming>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("doubles")).bind(project_id).all().await?;
    let doubles = found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<Vec<Creator>>>()?;
    if doubles.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<CreatorId> =
        doubles.iter().filter_map(|double| double.same_as).map(SameAs::creator_id).collect();
    let found = tx.query(sql!("creators_by_ids")).bind(project_id).list(known).all().await?;
    let known = found.iter().map(|row| rows::creator(row).map(|row| (row.creator.creator_id, row.creator)));
    let known = known.collect::<sqlx::Result<HashMap<CreatorId, Creator>>>()?;
    let ids = doubles.iter().map(|double| double.creator_id);
    let found = tx.query(sql!("doubles_waiting")).bind(project_id).list(ids).all().await?;
    let mut waiting: HashMap<CreatorId, (i64, Instant)> = HashMap::new();
    for row in &found {
        waiting.insert(row.id("creator_id")?, (row.try_get("waiting")?, row.instant("kept_at")?));
    }
    let renamings = doubles.into_iter().filter_map(|double| {
        let known = known.get(&double.same_as?.creator_id())?.clone();
        let waits = waiting.get(&double.creator_id);
        Some(ProbableRenaming {
            known,
            waiting: waits.map_or(0, |(count, _)| *count),
            kept_until: waits.map(|(_, kept_at)| kept_at.plus_millis(DECISION_MS)),
            double,
        })
    });
    Ok(renamings.collect())
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

/// A merge as stored.
struct StoredMerge {
    merge: Merge,
    /// When the merged creator had been removed from the program.
    removed_at: Option<Instant>,
    undone_at: Option<Instant>,
}

impl StoredMerge {
    fn of(row: &Row) -> sqlx::Result<StoredMerge> {
        let handle = |column| row.named(column, |text| Handle::parse(text).ok());
        Ok(StoredMerge {
            merge: Merge {
                merge_id: row.id("merge_id")?,
                creator_id: row.id("creator_id")?,
                merged_creator_id: row.id("merged_creator_id")?,
                merged_at: row.instant("merged_at")?,
                handle: handle("handle")?,
                merged_handle: handle("merged_handle")?,
            },
            removed_at: row.optional_instant("removed_at")?,
            undone_at: row.optional_instant("undone_at")?,
        })
    }
}

async fn merge(mut tx: Change, pair: Pair, ids: Ids, now: Instant) -> DbResult<MergeOutcome> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    let Pair { creator_id, merged_creator_id } = pair;
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id, merged_creator_id]).await?;
    batch.load_account_ids(&mut tx, &[creator_id, merged_creator_id]).await?;
    let of = |id: CreatorId| batch.creators.get(&id).map(|state| &state.row.creator).ok_or(DbError::NotFound);
    let (known, merged) = (of(creator_id)?, of(merged_creator_id)?);
    if creator_id == merged_creator_id {
        return Ok(MergeOutcome::AlreadyOne);
    }
    if merged.merged_into() == Some(creator_id) {
        // A retry finds what an earlier try has done.
        let made = tx.query(sql!("merge")).bind(project_id).bind(ids.merge_id).optional().await?;
        return Ok(if made.is_some() { MergeOutcome::Merged(ids.merge_id) } else { MergeOutcome::AlreadyOne });
    }
    let since = now.plus_millis(-DECISION_MS);
    let into_merged = tx.query(sql!("merges_of_creator")).bind(project_id).bind(merged_creator_id);
    let has_merges = !into_merged.bind(since.millis()).all().await?.is_empty();
    if merged.merged_into().is_some() || known.merged_into().is_some() || has_merges {
        return Ok(MergeOutcome::MergedElsewhere);
    }
    if batch.are_two_accounts(creator_id, merged_creator_id) {
        return Ok(MergeOutcome::OtherAccount);
    }
    // Somebody who was taken out of the program until the decision was not removed from it.
    let removed_at = merged.removed_at.filter(|_| merged.same_as.is_none());
    let insert = tx.query(sql!("merge_insert")).bind(project_id).bind(ids.merge_id).bind(creator_id);
    let insert = insert.bind(merged_creator_id).bind(now.millis()).bind(known.handle.as_str());
    insert.bind(merged.handle.as_str()).bind(removed_at.map(Instant::millis)).execute().await?;
    let moved = [sql!("merge_posts"), sql!("merge_readings"), sql!("merge_collections"), sql!("merge_account_ids")];
    for statement in moved {
        let moved = tx.query(statement).bind(project_id).bind(merged_creator_id).bind(creator_id);
        moved.bind(ids.merge_id).execute().await?;
    }
    for statement in [sql!("merge_parked"), sql!("merge_doubles")] {
        tx.query(statement).bind(project_id).bind(merged_creator_id).bind(creator_id).execute().await?;
    }
    let joined = tx.query(sql!("merge_campaigns")).bind(project_id).bind(merged_creator_id).bind(creator_id);
    joined.bind(ids.merge_id).execute().await?;
    let items = tx.query(sql!("merge_campaign_items")).bind(project_id).bind(ids.merge_id).bind(creator_id);
    items.bind(now.millis()).execute().await?;
    let hide = tx.query(sql!("creator_merge")).bind(project_id).bind(merged_creator_id).bind(creator_id);
    hide.bind(ids.merge_id).bind(now.millis()).execute().await?;
    // To be merged decides about the one who stays, too.
    if let Some(SameAs::Probably(_)) = known.same_as {
        tx.query(sql!("creator_part")).bind(project_id).bind(creator_id).bind(None::<i64>).execute().await?;
    }
    // The account has the handle that was seen last.
    let handle = if merged.looks.latest() >= known.looks.latest() { &merged.handle } else { &known.handle };
    if *handle == merged.handle {
        swap_handles(&mut tx, (creator_id, &merged.handle), (merged_creator_id, &known.handle)).await?;
    }
    let merge = (creator_id, CreatorEventKind::Merged.name(), merged.handle.as_str(), "");
    let events = renaming(creator_id, &known.handle, handle).chain([merge]).collect::<Vec<_>>();
    note(&mut tx, project_id, ids.event_id, &events, now).await?;
    book(&mut tx, pair).await?;
    tx.commit().await?;
    Ok(MergeOutcome::Merged(ids.merge_id))
}

/// Returns the event of a creator whose handle changed, if it did.
fn renaming<'h>(
    creator_id: CreatorId,
    from: &'h Handle,
    to: &'h Handle,
) -> impl Iterator<Item = (CreatorId, &'static str, &'h str, &'h str)> {
    let event = (creator_id, CreatorEventKind::Renamed.name(), from.as_str(), to.as_str());
    (from != to).then_some(event).into_iter()
}

/// Books the days of both creators again.
async fn book(tx: &mut Change, pair: Pair) -> DbResult<()> {
    let project = tx.project().clone();
    let both = BTreeSet::from([pair.creator_id, pair.merged_creator_id]);
    let listed = both.iter().copied();
    tx.query(sql!("creators_to_book_insert")).bind(project.project_id).list(listed.clone()).execute().await?;
    rebook::mark_listed(tx, &project).await?;
    rebook::listed(tx, &project, &both).await?;
    let version = tx.version().await?;
    tx.query(sql!("creators_touch_some")).bind(project.project_id).bind(version).list(listed).execute().await?;
    Ok(())
}

async fn keep_apart(mut tx: Change, creator_id: CreatorId, now: Instant) -> DbResult<()> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id]).await?;
    let state = batch.creators.get_mut(&creator_id).ok_or(DbError::NotFound)?;
    let creator = &mut state.row.creator;
    if !matches!(creator.same_as, Some(SameAs::Probably(_))) {
        return Ok(());
    }
    let apart_from = creator.same_as.take().map(SameAs::creator_id);
    // Who was found by an id may have been removed by a person before, and returns all the same: somebody speaks of them.
    creator.removed_at = None;
    (state.row.apart_from, state.changed) = (apart_from, true);
    batch.write(&mut tx).await?;
    tx.query(sql!("waiting_drop")).bind(project_id).bind(creator_id).execute().await?;
    tx.commit().await
}

async fn undo(
    mut tx: Change,
    merge_id: MergeId,
    event_id: EventId,
    since: Instant,
    now: Instant,
) -> DbResult<UndoMergeOutcome> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    let found = tx.query(sql!("merge")).bind(project_id).bind(merge_id).optional().await?;
    let Some(stored) = found.as_ref().map(StoredMerge::of).transpose()? else { return Ok(UndoMergeOutcome::TooLate) };
    let StoredMerge { merge: Merge { creator_id, merged_creator_id, merged_at, merged_handle, .. }, .. } = stored;
    if stored.undone_at.is_some() {
        // By an earlier try, or by the same form sent before.
        return Ok(UndoMergeOutcome::Undone);
    }
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id, merged_creator_id]).await?;
    batch.load_handles(&mut tx, &[merged_handle.as_str()]).await?;
    let of = |id: CreatorId| batch.creators.get(&id).map(|state| &state.row.creator).ok_or(DbError::NotFound);
    let (known, merged) = (of(creator_id)?, of(merged_creator_id)?);
    let later =
        tx.query(sql!("merges_of_creator")).bind(project_id).bind(creator_id).bind(since.millis()).all().await?;
    if later.first().map(StoredMerge::of).transpose()?.is_some_and(|latest| latest.merge.merge_id != merge_id) {
        return Ok(UndoMergeOutcome::NotTheLatest);
    }
    if merged_at < since || merged.merged_into() != Some(creator_id) || known.merged_into().is_some() {
        return Ok(UndoMergeOutcome::TooLate);
    }
    let holder = batch.by_handle.get(&merged_handle);
    if holder.is_some_and(|id| ![creator_id, merged_creator_id].contains(id)) {
        return Ok(UndoMergeOutcome::HandleTaken);
    }
    let back = tx.query(sql!("merge_posts_undo")).bind(project_id).bind(creator_id).bind(merged_creator_id);
    back.bind(merge_id).execute().await?;
    let back = tx.query(sql!("merge_account_ids_undo")).bind(project_id).bind(creator_id).bind(merged_creator_id);
    back.bind(merge_id).bind(merged_handle.as_str()).execute().await?;
    let parked = tx.query(sql!("merge_parked_undo")).bind(project_id).bind(creator_id).bind(merged_creator_id);
    parked.bind(merged_handle.as_str()).execute().await?;
    let copies = [sql!("merge_readings_undo"), sql!("merge_collections_undo"), sql!("merge_campaign_items_undo")];
    for statement in copies {
        tx.query(statement).bind(project_id).bind(creator_id).bind(merge_id).execute().await?;
    }
    let part = tx.query(sql!("creator_part")).bind(project_id).bind(merged_creator_id);
    part.bind(stored.removed_at.map(Instant::millis)).execute().await?;
    let mut renamed = known.handle.clone();
    if known.handle == merged_handle {
        renamed = merged.handle.clone();
        swap_handles(&mut tx, (creator_id, &merged.handle), (merged_creator_id, &merged_handle)).await?;
    } else if merged.handle != merged_handle {
        let rename = tx.query(sql!("creator_rehandle")).bind(project_id).bind(merged_creator_id);
        rename.bind(merged_handle.as_str()).execute().await?;
    }
    let undone = (creator_id, CreatorEventKind::MergeUndone.name(), merged_handle.as_str(), "");
    let events = renaming(creator_id, &known.handle, &renamed).chain([undone]).collect::<Vec<_>>();
    note(&mut tx, project_id, event_id, &events, now).await?;
    tx.query(sql!("merge_undo")).bind(project_id).bind(merge_id).bind(now.millis()).execute().await?;
    book(&mut tx, Pair { creator_id, merged_creator_id }).await?;
    tx.commit().await?;
    Ok(UndoMergeOutcome::Undone)
}
