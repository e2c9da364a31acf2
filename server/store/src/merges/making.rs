//! Merges two creators.

use super::pair::{Pair, book, renaming};
use crate::accept::{Batch, rename_parked};
use crate::change::Change;
use crate::creators::{note, swap_handles};
use crate::engine::sql;
use crate::error::{DbError, DbResult};
use compliance::Instant;
use compliance::bounds::MAX_POSTS;
use program::creators::record::{Creator, CreatorEventKind, SameAs};
use program::ids::{CreatorId, EventId, MergeId};
use program::merges::record::{DECISION_MS, MergeOutcome};

/// The ids that a merge gives.
#[derive(Clone, Copy)]
pub struct Ids {
    pub merge_id: MergeId,
    pub event_id: EventId,
}

/// Merges two creators; a retry with the same ids finds what was done.
pub async fn merge(mut tx: Change, pair: Pair, ids: Ids, now: Instant) -> DbResult<MergeOutcome> {
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
    let is_undecided = |creator: &Creator, with: Option<CreatorId>| match creator.same_as {
        Some(SameAs::Probably(other)) => Some(other) != with,
        Some(SameAs::Merged(_)) | None => false,
    };
    if is_undecided(known, None) || is_undecided(merged, Some(creator_id)) {
        // Facts that wait for that decision would be lost.
        return Ok(MergeOutcome::Undecided);
    }
    if batch.are_two_accounts(creator_id, merged_creator_id) {
        return Ok(MergeOutcome::OtherAccount);
    }
    if posts_of(&mut tx, pair).await? > MAX_POSTS {
        return Ok(MergeOutcome::TooManyPosts);
    }
    let removed_at = match (merged.removed_at, merged.same_as) {
        // They may have been taken out of the program only until the decision.
        (Some(at), Some(_)) => removed_by_a_person(&mut tx, merged_creator_id, at).await?,
        (removed_at, _) => removed_at,
    };
    let insert = tx.query(sql!("merge_insert")).bind(project_id).bind(ids.merge_id).bind(creator_id);
    let insert = insert.bind(merged_creator_id).bind(now.millis()).bind(known.handle.as_str());
    insert.bind(merged.handle.as_str()).bind(removed_at.map(Instant::millis)).execute().await?;
    let moved = [
        sql!("merge_posts"),
        sql!("merge_readings"),
        sql!("merge_collections"),
        sql!("merge_account_ids"),
        sql!("merge_parked"),
    ];
    for statement in moved {
        let moved = tx.query(statement).bind(project_id).bind(merged_creator_id).bind(creator_id);
        moved.bind(ids.merge_id).execute().await?;
    }
    let doubles = tx.query(sql!("merge_doubles")).bind(project_id).bind(merged_creator_id).bind(creator_id);
    doubles.execute().await?;
    let joined = tx.query(sql!("merge_campaigns")).bind(project_id).bind(merged_creator_id).bind(creator_id);
    joined.bind(ids.merge_id).execute().await?;
    let items = tx.query(sql!("merge_campaign_items")).bind(project_id).bind(ids.merge_id).bind(creator_id);
    items.bind(now.millis()).execute().await?;
    // Undoing a paste takes out neither of them from now on.
    tx.query(sql!("paste_creators_forget")).bind(project_id).list([creator_id, merged_creator_id]).execute().await?;
    let hide = tx.query(sql!("creator_merge")).bind(project_id).bind(merged_creator_id).bind(creator_id);
    hide.bind(ids.merge_id).bind(now.millis()).execute().await?;
    // The account has the handle that was seen last.
    let handle = if merged.looks.latest() >= known.looks.latest() { &merged.handle } else { &known.handle };
    if *handle == merged.handle {
        swap_handles(&mut tx, (creator_id, &merged.handle), (merged_creator_id, &known.handle)).await?;
    }
    rename_parked(&mut tx, [creator_id]).await?;
    let merge = (creator_id, CreatorEventKind::Merged.name(), merged.handle.as_str(), "");
    let events = renaming(creator_id, &known.handle, handle).chain([merge]).collect::<Vec<_>>();
    note(&mut tx, project_id, ids.event_id, &events, now).await?;
    book(&mut tx, pair).await?;
    tx.commit().await?;
    Ok(MergeOutcome::Merged(ids.merge_id))
}

/// Returns the number of posts that two creators have together.
async fn posts_of(tx: &mut Change, pair: Pair) -> DbResult<i64> {
    let both = [pair.creator_id, pair.merged_creator_id];
    let project_id = tx.project_id();
    let found = tx.query(sql!("posts_held")).bind(project_id).list(both).all().await?;
    let posts = found.iter().map(|row| row.try_get::<i64>("posts"));
    Ok(posts.sum::<sqlx::Result<_>>()?)
}

/// Returns when a creator was removed from the program, if a person did so at `at`.
async fn removed_by_a_person(tx: &mut Change, creator_id: CreatorId, at: Instant) -> DbResult<Option<Instant>> {
    let project_id = tx.project_id();
    let find = tx.query(sql!("creator_changes")).bind(project_id).bind(creator_id);
    let found = find.bind(at.millis()).bind(at.plus_millis(1).millis()).all().await?;
    let kinds = found.iter().map(|row| row.named("kind", CreatorEventKind::from_name));
    let kinds = kinds.collect::<sqlx::Result<Vec<_>>>()?;
    Ok(kinds.contains(&CreatorEventKind::Removed).then_some(at))
}
