//! Creators: adding, changing, removing, and sums over their posts.

use super::accept::{Batch, CreatorState, drop_waiting, rename_parked};
use super::engine::{Engine, Tx, sql};
use super::rows::CreatorRow;
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::fact::Handle;
use compliance::{Instant, Looks};
use program::creators::record::{
    AddCreatorOutcome, Creator, CreatorChange, CreatorEvent, CreatorEventKind, CreatorTotals, Membership, NewCreator,
    UpdateCreatorOutcome,
};
use program::creators::store::CreatorStore;
use program::error::StoreResult;
use program::ids::{CreatorId, EventId, ProjectId};
use std::ops::Range;

#[async_trait]
impl CreatorStore for SqlStore {
    async fn creators_changed_since(&self, project_id: ProjectId, version: i64) -> StoreResult<Vec<Creator>> {
        Ok(retried(|| changed_since(&self.engine, project_id, version)).await?)
    }

    async fn creators_removed(&self, project_id: ProjectId) -> StoreResult<Vec<Creator>> {
        Ok(retried(|| removed(&self.engine, project_id)).await?)
    }

    async fn creator(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Option<Creator>> {
        Ok(retried(|| find(&self.engine, project_id, creator_id)).await?)
    }

    async fn creators_with_handles(&self, project_id: ProjectId, handles: &[Handle]) -> StoreResult<Vec<Creator>> {
        Ok(retried(|| with_handles(&self.engine, project_id, handles)).await?)
    }

    async fn add_creators(
        &self,
        project_id: ProjectId,
        creators: &[NewCreator],
        now: Instant,
    ) -> StoreResult<Vec<AddCreatorOutcome>> {
        let ids: Vec<CreatorId> = creators.iter().map(|_| CreatorId::new()).collect();
        let event_id = EventId::new();
        self.change(project_id, |tx| add(tx, creators, &ids, event_id, now)).await
    }

    async fn creator_totals(
        &self,
        project_id: ProjectId,
        creator_ids: &[CreatorId],
    ) -> StoreResult<Vec<CreatorTotals>> {
        Ok(retried(|| totals(&self.engine, project_id, creator_ids)).await?)
    }

    async fn update_creator(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        change: &CreatorChange,
        now: Instant,
    ) -> StoreResult<UpdateCreatorOutcome> {
        let event_id = EventId::new();
        self.change(project_id, |tx| update(tx, creator_id, change, event_id, now)).await
    }

    async fn set_membership(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        membership: Membership,
        now: Instant,
    ) -> StoreResult<()> {
        let event_id = EventId::new();
        self.change(project_id, |tx| set_membership(tx, creator_id, membership, event_id, now)).await
    }

    async fn creator_notes(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Option<String>> {
        Ok(retried(|| notes(&self.engine, project_id, creator_id)).await?)
    }

    async fn set_creator_notes(&self, project_id: ProjectId, creator_id: CreatorId, notes: &str) -> StoreResult<()> {
        self.change(project_id, |tx| set_notes(tx, creator_id, notes)).await
    }

    async fn creator_events(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        span: Range<Instant>,
    ) -> StoreResult<Vec<CreatorEvent>> {
        Ok(retried(|| events(&self.engine, project_id, creator_id, span.clone())).await?)
    }
}

pub async fn find(engine: &Engine, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Option<Creator>> {
    find_in(&mut engine.read().await?, project_id, creator_id).await
}

pub async fn find_in(tx: &mut Tx, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Option<Creator>> {
    let found = tx.query(sql!("creator")).bind(project_id).bind(creator_id).optional().await?;
    Ok(found.as_ref().map(rows::creator).transpose()?.map(|row| row.creator))
}

async fn with_handles(engine: &Engine, project_id: ProjectId, handles: &[Handle]) -> DbResult<Vec<Creator>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("creators_by_handles")).bind(project_id);
    let found = query.list(handles.iter().map(Handle::as_str)).all().await?;
    Ok(found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<_>>()?)
}

pub async fn changed_since(engine: &Engine, project_id: ProjectId, version: i64) -> DbResult<Vec<Creator>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("creators_changed_since")).bind(project_id).bind(version).all().await?;
    Ok(found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<_>>()?)
}

pub async fn removed(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<Creator>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("creators_removed")).bind(project_id).all().await?;
    Ok(found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<_>>()?)
}

async fn add(
    mut tx: Change,
    creators: &[NewCreator],
    ids: &[CreatorId],
    event_id: EventId,
    now: Instant,
) -> DbResult<Vec<AddCreatorOutcome>> {
    let outcomes = add_in(&mut tx, creators, ids, event_id, now).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Adds creators to a project that is locked.
pub async fn add_in(
    tx: &mut Change,
    creators: &[NewCreator],
    ids: &[CreatorId],
    event_id: EventId,
    now: Instant,
) -> DbResult<Vec<AddCreatorOutcome>> {
    let project = tx.project().clone();
    let (project_id, zone) = (project.project_id, project.zone);
    let mut batch = Batch::new(project, now, "");
    let handles: Vec<&str> = creators.iter().map(|creator| creator.handle.as_str()).collect();
    batch.load_handles(tx, &handles).await?;
    batch.follow_merges(tx).await?;
    let (mut outcomes, mut returned, mut decided) = (Vec::with_capacity(creators.len()), Vec::new(), Vec::new());
    for (new, id) in creators.iter().zip(ids) {
        let known = batch.by_handle.get(&new.handle).and_then(|id| batch.creators.get_mut(id));
        outcomes.push(if let Some(state) = known {
            let creator_id = state.row.creator.creator_id;
            if state.row.creator.removed_at.take().is_some() {
                // Adding the new handle of a probable renaming decides that it is a different account.
                if state.keep_apart() {
                    decided.push(creator_id);
                }
                state.changed = true;
                returned.push((creator_id, CreatorEventKind::Returned.name(), "", ""));
                AddCreatorOutcome::Restored(creator_id)
            } else if creator_id == *id {
                // An earlier try of this call added it and lost the answer.
                AddCreatorOutcome::Added(*id)
            } else {
                AddCreatorOutcome::Present(creator_id)
            }
        } else {
            let creator = Creator {
                creator_id: *id,
                handle: new.handle.clone(),
                display_name: new.display_name.clone(),
                avatar_url: new.avatar_url.clone(),
                tracking_mode: new.tracking_mode,
                tracking_start_date: Some(new.tracking_start_date),
                first_snapshot_at: None,
                followers: None,
                looks: Looks::default(),
                removed_at: None,
                created_at: now,
                same_as: None,
            };
            let creator_id = creator.creator_id;
            let mut state = CreatorState::stored(CreatorRow::unread(creator), zone);
            (state.is_new, state.changed) = (true, true);
            batch.add_creator(state);
            AddCreatorOutcome::Added(creator_id)
        });
    }
    batch.write(tx).await?;
    for creator_id in decided {
        drop_waiting(tx, creator_id).await?;
    }
    note(tx, project_id, event_id, &returned, now).await?;
    Ok(outcomes)
}

/// Gives each of two creators a handle; either may currently have the other's.
pub async fn swap_handles(tx: &mut Change, one: (CreatorId, &Handle), other: (CreatorId, &Handle)) -> DbResult<()> {
    let project_id = tx.project_id();
    // No two creators may have the same handle at any time, so one of them has their id as a handle in between.
    let between = other.0.to_string();
    for (creator_id, handle) in [(other.0, between.as_str()), (one.0, one.1.as_str()), (other.0, other.1.as_str())] {
        let rename = tx.query(sql!("creator_rehandle")).bind(project_id).bind(creator_id).bind(handle);
        rename.execute().await?;
    }
    Ok(())
}

/// Records changes of creators in the changelog: for each the kind of change, and the creator before and after.
pub async fn note(
    tx: &mut Tx,
    project_id: ProjectId,
    event_id: EventId,
    events: &[(CreatorId, &str, &str, &str)],
    now: Instant,
) -> DbResult<()> {
    if !events.is_empty() {
        let insert = tx.query(sql!("creator_changes_insert")).bind(project_id).bind(event_id).bind(now.millis());
        insert.rows(events).execute().await?;
    }
    Ok(())
}

async fn update(
    mut tx: Change,
    creator_id: CreatorId,
    change: &CreatorChange,
    event_id: EventId,
    now: Instant,
) -> DbResult<UpdateCreatorOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id]).await?;
    batch.load_handles(&mut tx, &[change.handle.as_str()]).await?;
    let namesake = batch.by_handle.get(&change.handle).copied().filter(|id| *id != creator_id);
    if let Some(other) = namesake {
        let of_other = batch.creators.get(&other).and_then(|state| state.row.creator.merged_into());
        if of_other != Some(creator_id) {
            return Ok(UpdateCreatorOutcome::HandleTaken(of_other.unwrap_or(other)));
        }
        // Both are one account: the merged creator gets the handle that this one gives up.
        let before = batch.creators.get(&creator_id).map(|state| state.row.creator.handle.clone());
        let before = before.ok_or(DbError::NotFound)?;
        swap_handles(&mut tx, (creator_id, &change.handle), (other, &before)).await?;
        batch.creators.remove(&other);
    }
    let state = batch.creators.get_mut(&creator_id).ok_or(DbError::NotFound)?;
    let creator = &mut state.row.creator;
    if creator.merged_into().is_some() {
        // They are part of another creator.
        return Err(DbError::NotFound);
    }
    let described = |creator: &Creator| {
        let start = creator.tracking_start_date.map(|date| date.to_string()).unwrap_or_default();
        [
            (CreatorEventKind::Renamed, creator.handle.to_string()),
            (CreatorEventKind::TrackingMode, creator.tracking_mode.name().to_owned()),
            (CreatorEventKind::TrackingStart, start),
        ]
    };
    let before = described(creator);
    creator.handle = change.handle.clone();
    creator.display_name.clone_from(&change.display_name);
    creator.tracking_mode = change.tracking_mode;
    creator.tracking_start_date = change.tracking_start_date;
    let after = described(creator);
    state.changed = true;
    batch.book(&mut tx).await?;
    batch.write(&mut tx).await?;
    rename_parked(&mut tx, [creator_id]).await?;
    let pairs = before.iter().zip(&after).filter(|(before, after)| before != after);
    let events: Vec<_> =
        pairs.map(|((kind, from), (_, to))| (creator_id, kind.name(), from.as_str(), to.as_str())).collect();
    note(&mut tx, project_id, event_id, &events, now).await?;
    tx.commit().await?;
    Ok(UpdateCreatorOutcome::Updated)
}

async fn set_membership(
    mut tx: Change,
    creator_id: CreatorId,
    membership: Membership,
    event_id: EventId,
    now: Instant,
) -> DbResult<()> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    if membership == Membership::Removed {
        find_in(&mut tx, project_id, creator_id).await?.ok_or(DbError::NotFound)?;
        remove(&mut tx, &[creator_id], event_id, now).await?;
        return tx.commit().await;
    }
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id]).await?;
    let state = batch.creators.get_mut(&creator_id).ok_or(DbError::NotFound)?;
    let creator = &mut state.row.creator;
    // A merged creator is part of another one.
    if creator.removed_at.is_none() || creator.merged_into().is_some() {
        return Ok(());
    }
    // Restoring the new handle of a probable renaming decides that it is a different account.
    creator.removed_at = None;
    let decides = state.keep_apart();
    state.changed = true;
    batch.write(&mut tx).await?;
    if decides {
        drop_waiting(&mut tx, creator_id).await?;
    }
    note(&mut tx, project_id, event_id, &[(creator_id, CreatorEventKind::Returned.name(), "", "")], now).await?;
    tx.commit().await
}

/// Removes creators from the program, except those who are not in it or are part of another creator; returns how many.
pub async fn remove(tx: &mut Change, creator_ids: &[CreatorId], event_id: EventId, now: Instant) -> DbResult<i64> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(tx, creator_ids.iter().copied()).await?;
    let mut events = Vec::new();
    for creator_id in creator_ids {
        let Some(state) = batch.creators.get_mut(creator_id) else { continue };
        let creator = &mut state.row.creator;
        if creator.removed_at.is_none() && creator.merged_into().is_none() {
            creator.removed_at = Some(now);
            state.changed = true;
            events.push((*creator_id, CreatorEventKind::Removed.name(), "", ""));
        }
    }
    if !events.is_empty() {
        // Whoever returns after this is not taken out by undoing an earlier paste.
        let removed = events.iter().map(|(creator_id, ..)| *creator_id);
        tx.query(sql!("paste_creators_forget")).bind(project_id).list(removed).execute().await?;
        batch.write(tx).await?;
        note(tx, project_id, event_id, &events, now).await?;
    }
    Ok(i64::try_from(events.len()).unwrap_or(i64::MAX))
}

pub async fn notes(engine: &Engine, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Option<String>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("creator_notes")).bind(project_id).bind(creator_id).optional().await?;
    Ok(found.map(|row| row.try_get("notes")).transpose()?)
}

async fn set_notes(mut tx: Change, creator_id: CreatorId, notes: &str) -> DbResult<()> {
    let project_id = tx.project_id();
    let done = tx.query(sql!("creator_notes_update")).bind(project_id).bind(creator_id).bind(notes).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await
}

pub async fn events(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    span: Range<Instant>,
) -> DbResult<Vec<CreatorEvent>> {
    let mut connection = engine.read_once().await?;
    let found = connection
        .query(sql!("creator_changes"))
        .bind(project_id)
        .bind(creator_id)
        .bind(span.start.millis())
        .bind(span.end.millis())
        .all()
        .await?;
    let events = found.iter().map(|row| {
        Ok(CreatorEvent {
            kind: row.named("kind", CreatorEventKind::from_name)?,
            changed_at: row.instant("changed_at")?,
            from: row.try_get("from_value")?,
            to: row.try_get("to_value")?,
        })
    });
    Ok(events.collect::<sqlx::Result<_>>()?)
}

pub async fn totals(engine: &Engine, project_id: ProjectId, creator_ids: &[CreatorId]) -> DbResult<Vec<CreatorTotals>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("creator_totals")).bind(project_id).list(creator_ids.iter().copied()).all().await?;
    let totals = found.iter().map(|row| {
        Ok(CreatorTotals {
            creator_id: row.id("creator_id")?,
            posts: row.try_get("posts")?,
            views: row.try_get("views")?,
            engagement: row.try_get("engagement")?,
            pending: row.try_get("pending")?,
        })
    });
    Ok(totals.collect::<sqlx::Result<_>>()?)
}
