//! Probable renamings, and the decision that two creators are two accounts.

use crate::accept::{Batch, drop_waiting};
use crate::change::Change;
use crate::creators::find_in;
use crate::engine::{Engine, Tx, sql};
use crate::error::{DbError, DbResult};
use crate::rows;
use compliance::Instant;
use program::creators::record::{Creator, SameAs};
use program::ids::{CreatorId, ProjectId};
use program::merges::record::{DECISION_MS, ProbableRenaming};
use std::collections::{BTreeSet, HashMap};

/// Returns the probable renamings of a project, the newest first; at most 100.
pub async fn all(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<ProbableRenaming>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("doubles")).bind(project_id).all().await?;
    let doubles = found.iter().map(|row| Ok(rows::creator(row)?.creator)).collect::<sqlx::Result<Vec<Creator>>>()?;
    of_doubles(&mut tx, project_id, doubles).await
}

/// Returns the number of probable renamings of a project.
pub async fn count(engine: &Engine, project_id: ProjectId) -> DbResult<i64> {
    let mut connection = engine.read_once().await?;
    Ok(connection.query(sql!("doubles_count")).bind(project_id).one().await?.try_get("total")?)
}

/// Returns the probable renaming that makes a creator the new name of another one, if there is one.
pub async fn of(engine: &Engine, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Option<ProbableRenaming>> {
    let mut tx = engine.read().await?;
    let double = find_in(&mut tx, project_id, creator_id).await?;
    let double = double.filter(|creator| matches!(creator.same_as, Some(SameAs::Probably(_))));
    Ok(of_doubles(&mut tx, project_id, double.into_iter().collect()).await?.pop())
}

async fn of_doubles(tx: &mut Tx, project_id: ProjectId, doubles: Vec<Creator>) -> DbResult<Vec<ProbableRenaming>> {
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

/// Decides that a creator is another account than the one of whom they probably were the new name.
pub async fn keep_apart(mut tx: Change, creator_id: CreatorId, now: Instant) -> DbResult<()> {
    let project = tx.project().clone();
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, [creator_id]).await?;
    let state = batch.creators.get_mut(&creator_id).ok_or(DbError::NotFound)?;
    if !state.keep_apart() {
        return Ok(());
    }
    // A creator found by an id may have been removed by a person earlier. They return all the same, because somebody has
    // decided about them.
    state.row.creator.removed_at = None;
    batch.write(&mut tx).await?;
    drop_waiting(&mut tx, creator_id).await?;
    tx.commit().await
}
