//! Undoes a merge.

use super::pair::{Pair, book, renaming};
use super::stored::StoredMerge;
use crate::accept::{Batch, rename_parked};
use crate::change::Change;
use crate::creators::{note, swap_handles};
use crate::engine::sql;
use crate::error::{DbError, DbResult};
use compliance::Instant;
use program::creators::record::CreatorEventKind;
use program::ids::{CreatorId, EventId, MergeId};
use program::merges::record::{Merge, UndoMergeOutcome};

/// Undoes a merge made since `since`; it moves back what the merge moved.
pub async fn undo(
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
        // Done by an earlier try, or by the same form sent before.
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
    parked.bind(merge_id).execute().await?;
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
    rename_parked(&mut tx, [creator_id, merged_creator_id]).await?;
    let undone = (creator_id, CreatorEventKind::MergeUndone.name(), merged_handle.as_str(), "");
    let events = renaming(creator_id, &known.handle, &renamed).chain([undone]).collect::<Vec<_>>();
    note(&mut tx, project_id, event_id, &events, now).await?;
    tx.query(sql!("merge_undo")).bind(project_id).bind(merge_id).bind(now.millis()).execute().await?;
    book(&mut tx, Pair { creator_id, merged_creator_id }).await?;
    tx.commit().await?;
    Ok(UndoMergeOutcome::Undone)
}
