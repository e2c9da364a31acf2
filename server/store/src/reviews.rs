//! Review decisions on posts.

use super::accept::Batch;
use super::captions::{Matching, Search};
use super::engine::{Engine, Row, Tx, sql};
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::posts;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::tracking::{Tracking, TrackingStatus};
use program::error::StoreResult;
use program::ids::{CreatorId, PostId, ProjectId, ReviewId};
use program::posts::record::POSTS_PER_PAGE;
use program::reviews::record::{PendingPage, PendingQuery, Review, ReviewOutcome, TrackingChange};
use program::reviews::store::ReviewStore;
use std::collections::{BTreeSet, HashSet};

#[async_trait]
impl ReviewStore for SqlStore {
    async fn tracking_changes(&self, project_id: ProjectId, post_ids: &[PostId]) -> StoreResult<Vec<TrackingChange>> {
        Ok(retried(|| tracking_changes(&self.engine, project_id, post_ids)).await?)
    }

    async fn tracking_changes_of_creator(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        since: Instant,
    ) -> StoreResult<Vec<TrackingChange>> {
        Ok(retried(|| tracking_changes_of_creator(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn pending_count(&self, project_id: ProjectId) -> StoreResult<i64> {
        Ok(retried(|| pending_count(&self.engine, project_id)).await?)
    }

    async fn pending_of_creators(
        &self,
        project_id: ProjectId,
        creator_ids: &[CreatorId],
        most: u32,
    ) -> StoreResult<Vec<(CreatorId, PostId)>> {
        Ok(retried(|| pending_of_creators(&self.engine, project_id, creator_ids, most)).await?)
    }

    async fn pending_posts(&self, project_id: ProjectId, query: &PendingQuery) -> StoreResult<PendingPage> {
        Ok(retried(|| pending(&self.engine, project_id, query)).await?)
    }

    async fn review_posts(
        &self,
        project_id: ProjectId,
        post_ids: &[PostId],
        review: &Review,
        now: Instant,
    ) -> StoreResult<ReviewOutcome> {
        self.change(project_id, |tx| decide(tx, post_ids, review, now)).await
    }

    async fn undo_review(
        &self,
        project_id: ProjectId,
        review_id: ReviewId,
        now: Instant,
    ) -> StoreResult<ReviewOutcome> {
        self.change(project_id, |tx| undo_review(tx, review_id, now)).await
    }
}

/// Returns the review decisions on some posts.
pub async fn tracking_changes(
    engine: &Engine,
    project_id: ProjectId,
    post_ids: &[PostId],
) -> DbResult<Vec<TrackingChange>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("tracking_changes")).bind(project_id).list(post_ids.iter().copied()).all().await?;
    Ok(found.iter().map(tracking_change).collect::<sqlx::Result<_>>()?)
}

/// Returns the review decisions on all posts of a creator.
pub async fn tracking_changes_of_creator(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    since: Instant,
) -> DbResult<Vec<TrackingChange>> {
    let mut tx = engine.read().await?;
    let query = tx.query(sql!("tracking_changes_of_creator")).bind(project_id).bind(creator_id);
    let found = query.bind(since.millis()).all().await?;
    Ok(found.iter().map(tracking_change).collect::<sqlx::Result<_>>()?)
}

async fn changes_of_review(tx: &mut Tx, project_id: ProjectId, review_id: ReviewId) -> DbResult<Vec<TrackingChange>> {
    let found = tx.query(sql!("tracking_changes_of_review")).bind(project_id).bind(review_id).all().await?;
    Ok(found.iter().map(tracking_change).collect::<sqlx::Result<_>>()?)
}

fn tracking_change(row: &Row) -> sqlx::Result<TrackingChange> {
    let state = |status: &str, disabled: &str| -> sqlx::Result<Tracking> {
        Ok(Tracking { status: row.named(status, TrackingStatus::from_name)?, disabled: row.try_get(disabled)? })
    };
    Ok(TrackingChange {
        post_id: row.id("post_id")?,
        changed_at: row.instant("changed_at")?,
        from: state("from_status", "from_disabled")?,
        to: state("to_status", "to_disabled")?,
    })
}

pub async fn pending_count(engine: &Engine, project_id: ProjectId) -> DbResult<i64> {
    let mut connection = engine.read_once().await?;
    Ok(connection.query(sql!("pending_count")).bind(project_id).one().await?.try_get("total")?)
}

pub async fn pending_of_creators(
    engine: &Engine,
    project_id: ProjectId,
    creator_ids: &[CreatorId],
    most: u32,
) -> DbResult<Vec<(CreatorId, PostId)>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("pending_of_creators")).bind(project_id).bind(i64::from(most));
    let found = query.list(creator_ids.iter().copied()).all().await?;
    let ids = found.iter().map(|row| Ok((row.id("creator_id")?, row.id("post_id")?)));
    Ok(ids.collect::<sqlx::Result<_>>()?)
}

pub async fn pending(engine: &Engine, project_id: ProjectId, query: &PendingQuery) -> DbResult<PendingPage> {
    let mut tx = engine.read().await?;
    let (limit, first) = (i64::from(POSTS_PER_PAGE), i64::from(query.page) * i64::from(POSTS_PER_PAGE));
    let (found, total) = match Search::of(&query.search) {
        None => {
            let count = tx.query(sql!("pending_posts_count")).bind(project_id).bind(query.creator_id);
            let total = count.one().await?.try_get("total")?;
            let page = tx.query(sql!("pending_posts_page")).bind(project_id).bind(query.creator_id);
            (page.bind(limit).bind(first).all().await?, total)
        }
        Some(search) => {
            let all = tx.query(sql!("pending_posts_page")).bind(project_id).bind(query.creator_id);
            let all = all.bind(i64::MAX).bind(0_i64).stream();
            let Matching { rows, total } = Matching::of(all, query.page, POSTS_PER_PAGE, |row| {
                let caption: Option<&str> = row.try_get("description")?;
                let handle: &str = row.try_get("tiktok_handle")?;
                Ok(search.is_in(handle) || caption.is_some_and(|caption| search.is_in(caption)))
            })
            .await?;
            (rows, total)
        }
    };
    let posts = found.iter().map(posts::owned);
    Ok(PendingPage { posts: posts.collect::<sqlx::Result<_>>()?, total })
}

/// Applies one review decision to several posts.
async fn decide(mut tx: Change, post_ids: &[PostId], review: &Review, now: Instant) -> DbResult<ReviewOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let mut batch = Batch::new(project, now, "");
    batch.review_id = Some(review.review_id);
    batch.load_posts(&mut tx, post_ids).await?;
    // An earlier try of this call made it and lost the answer.
    let made = changes_of_review(&mut tx, project_id, review.review_id).await?;
    let made: HashSet<PostId> = made.into_iter().map(|change| change.post_id).collect();
    let mut outcome = ReviewOutcome::default();
    for post_id in post_ids.iter().copied().collect::<BTreeSet<_>>() {
        let post = batch.posts.get_mut(&post_id).ok_or(DbError::NotFound)?;
        let from = post.row.post.tracking;
        let to = review.decision.apply(from);
        if made.contains(&post_id) {
            outcome.changed.push(post_id);
        } else if review.seen.is_some_and(|seen| seen != from) {
            outcome.decided_before.push((post_id, from));
        } else if from != to {
            post.decide(to, now);
            outcome.changed.push(post_id);
        }
    }
    batch.book(&mut tx).await?;
    batch.write(&mut tx).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Undoes a review, except for posts that were decided on again since.
async fn undo_review(mut tx: Change, review_id: ReviewId, now: Instant) -> DbResult<ReviewOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let changes = changes_of_review(&mut tx, project_id, review_id).await?;
    if changes.is_empty() {
        return Err(DbError::NotFound);
    }
    let mut batch = Batch::new(project, now, "");
    let ids: Vec<PostId> = changes.iter().map(|change| change.post_id).collect();
    batch.load_posts(&mut tx, &ids).await?;
    let mut outcome = ReviewOutcome::default();
    for change in changes {
        let post = batch.posts.get_mut(&change.post_id).ok_or(DbError::NotFound)?;
        let is = post.row.post.tracking;
        if is == change.to {
            post.decide(change.from, now);
        }
        if is == change.to || is == change.from {
            outcome.changed.push(change.post_id);
        } else {
            outcome.decided_before.push((change.post_id, is));
        }
    }
    batch.book(&mut tx).await?;
    batch.write(&mut tx).await?;
    tx.commit().await?;
    Ok(outcome)
}
