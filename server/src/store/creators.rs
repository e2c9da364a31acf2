//! Creators: adding, changing, removing, and sums over their posts.

use super::accept::{Batch, CreatorState};
use super::engine::{Engine, Tx, sql};
use super::projects::{self, next_version};
use super::rows::{self, CreatorRow};
use super::{DbError, DbResult};
use app::store::{AddCreatorOutcome, Creator, CreatorChange, CreatorTotals, NewCreator};
use compliance::Instant;
use compliance::calendar::DayNumber;
use compliance::ledger::Gains;
use std::ops::Range;
use uuid::Uuid;

pub async fn find(engine: &Engine, project_id: Uuid, creator_id: Uuid) -> DbResult<Option<Creator>> {
    find_in(&mut engine.read().await?, project_id, creator_id).await
}

pub async fn find_in(tx: &mut Tx, project_id: Uuid, creator_id: Uuid) -> DbResult<Option<Creator>> {
    let found = tx.query(sql!("creator")).bind(project_id).bind(creator_id).optional().await?;
    Ok(found.as_ref().map(rows::creator).transpose()?.map(|row| row.creator))
}

pub async fn changed_since(engine: &Engine, project_id: Uuid, version: i64) -> DbResult<Vec<Creator>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("creators_changed_since")).bind(project_id).bind(version).all().await?;
    Ok(found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<_>>()?)
}

pub async fn gained(engine: &Engine, project_id: Uuid, creators: &[Uuid], days: Range<DayNumber>) -> DbResult<Gains> {
    let mut connection = engine.read_once().await?;
    let sum = connection
        .query(sql!("creator_days_sum"))
        .bind(project_id)
        .bind(days.start)
        .bind(days.end)
        .list(creators.iter().copied())
        .one()
        .await?;
    Ok(Gains {
        posts: sum.try_get("posts")?,
        views: sum.try_get("views")?,
        engagement: sum.try_get("engagement")?,
        followers: sum.try_get("followers")?,
    })
}

pub async fn add(
    engine: &Engine,
    project_id: Uuid,
    creators: &[NewCreator],
    ids: &[Uuid],
    now: Instant,
) -> DbResult<Vec<AddCreatorOutcome>> {
    let mut tx = engine.write().await?;
    let project = projects::lock(&mut tx, project_id).await?;
    let zone = project.zone;
    let mut batch = Batch::new(project, now, "");
    let handles: Vec<&str> = creators.iter().map(|creator| creator.handle.as_str()).collect();
    batch.load_handles(&mut tx, &handles).await?;
    let mut outcomes = Vec::with_capacity(creators.len());
    for (new, id) in creators.iter().zip(ids) {
        let known = batch.by_handle.get(&new.handle).and_then(|id| batch.creators.get_mut(id));
        outcomes.push(if let Some(state) = known {
            let creator = &mut state.row.creator;
            if creator.removed_at.take().is_some() {
                state.changed = true;
                AddCreatorOutcome::Restored(creator.creator_id)
            } else if creator.creator_id == *id {
                // Added by a try whose success was never heard of.
                AddCreatorOutcome::Added(*id)
            } else {
                AddCreatorOutcome::Present(creator.creator_id)
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
                last_collected_at: None,
                removed_at: None,
                created_at: now,
            };
            let creator_id = creator.creator_id;
            let row =
                CreatorRow { creator, first_post_snapshot_at: None, first_reading_at: None, last_reading_at: None };
            let mut state = CreatorState::stored(row, zone);
            (state.is_new, state.changed) = (true, true);
            batch.add_creator(state);
            AddCreatorOutcome::Added(creator_id)
        });
    }
    batch.write(&mut tx).await?;
    tx.commit().await?;
    Ok(outcomes)
}

pub async fn update(engine: &Engine, project_id: Uuid, creator_id: Uuid, change: &CreatorChange) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let project = projects::lock(&mut tx, project_id).await?;
    // The instant dates review decisions and new rows; a creator's change makes neither.
    let mut batch = Batch::new(project, Instant::from_millis(0), "");
    batch.load_creators(&mut tx, [creator_id]).await?;
    let state = batch.creators.get_mut(&creator_id).ok_or(DbError::NotFound)?;
    let creator = &mut state.row.creator;
    creator.display_name.clone_from(&change.display_name);
    creator.tracking_mode = change.tracking_mode;
    creator.tracking_start_date = change.tracking_start_date;
    state.changed = true;
    batch.book(&mut tx).await?;
    batch.write(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn set_removed(
    engine: &Engine,
    project_id: Uuid,
    creator_id: Uuid,
    removed_at: Option<Instant>,
) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let version = next_version(&mut tx, project_id).await?;
    let done = tx
        .query(sql!("creator_set_removed"))
        .bind(project_id)
        .bind(creator_id)
        .bind(removed_at.map(Instant::millis))
        .bind(version)
        .execute()
        .await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

pub async fn totals(engine: &Engine, project_id: Uuid, creator_ids: &[Uuid]) -> DbResult<Vec<CreatorTotals>> {
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
