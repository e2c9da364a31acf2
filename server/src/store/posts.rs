//! Posts: lists and review decisions.

use super::accept::Batch;
use super::engine::{Engine, Row, Tx, sql};
use super::projects::{find_in, lock};
use super::rows;
use super::{DbError, DbResult};
use app::store::{
    POSTS_PER_PAGE, PendingPage, PendingQuery, Post, PostGained, PostSort, PostState, PostsPage, PostsPart, PostsQuery,
    Review, ReviewOutcome, Snapshot, TrackingChange,
};
use compliance::Instant;
use compliance::fact::Counters;
use compliance::ledger::{DayGains, PostLedger, first_counts_in_full};
use compliance::tracking::{Tracking, TrackingStatus};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

pub async fn page(engine: &Engine, project_id: Uuid, creator_id: Uuid, query: &PostsQuery) -> DbResult<PostsPage> {
    let state = match query.state {
        PostState::Any => "",
        PostState::Status(status) => status.name(),
        PostState::Disabled => "disabled",
    };
    let statement = match query.sort {
        PostSort::Published => sql!("posts_page_by_published"),
        PostSort::Views => sql!("posts_page_by_views"),
        PostSort::Engagement => sql!("posts_page_by_engagement"),
    };
    // As SQL sees it: both engines know upper and lower case of ASCII letters only.
    let search = query.search.to_ascii_lowercase();
    let mut tx = engine.read().await?;
    let total = tx
        .query(sql!("posts_count"))
        .bind(project_id)
        .bind(creator_id)
        .bind(&search)
        .bind(state)
        .one()
        .await?
        .try_get("total")?;
    let found = tx
        .query(statement)
        .bind(project_id)
        .bind(creator_id)
        .bind(&search)
        .bind(state)
        .bind(i64::from(POSTS_PER_PAGE))
        .bind(i64::from(query.page) * i64::from(POSTS_PER_PAGE))
        .all()
        .await?;
    let posts = found.iter().map(|row| rows::post(row).map(|row| row.post)).collect::<sqlx::Result<_>>()?;
    Ok(PostsPage { posts, total })
}

/// Posts of a project in order of their ids, each with its creator's.
pub async fn list(engine: &Engine, project_id: Uuid, part: &PostsPart) -> DbResult<Vec<(Uuid, Post)>> {
    let mut tx = engine.read().await?;
    let found = tx
        .query(sql!("posts_after"))
        .bind(project_id)
        .bind(part.after)
        .bind(part.creator_id)
        .bind(part.status.map(TrackingStatus::name))
        .bind(i64::from(part.limit))
        .all()
        .await?;
    let posts = found.iter().map(|row| rows::post(row).map(|row| (row.creator_id, row.post)));
    Ok(posts.collect::<sqlx::Result<_>>()?)
}

/// One post with its creator's id.
pub async fn find(engine: &Engine, project_id: Uuid, post_id: Uuid) -> DbResult<Option<(Uuid, Post)>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("post")).bind(project_id).bind(post_id).optional().await?;
    Ok(found.as_ref().map(|row| rows::post(row).map(|row| (row.creator_id, row.post))).transpose()?)
}

/// Posts by their ids.
pub async fn by_ids(engine: &Engine, project_id: Uuid, post_ids: &[Uuid]) -> DbResult<Vec<Post>> {
    if post_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("posts_by_ids")).bind(project_id).list(post_ids.iter().copied());
    let found = query.all().await?;
    let mut posts: Vec<Post> = found.iter().map(|row| Ok(rows::post(row)?.post)).collect::<sqlx::Result<_>>()?;
    posts.sort_unstable_by_key(|post| post.post_id);
    Ok(posts)
}

/// Our ids of posts, by TikTok's.
pub async fn ids(engine: &Engine, project_id: Uuid, video_ids: &[&str]) -> DbResult<HashMap<String, Uuid>> {
    if video_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("posts_by_video_ids")).bind(project_id).list(video_ids.iter().copied());
    let found = query.all().await?;
    let ids = found.iter().map(|row| Ok((row.try_get("tiktok_video_id")?, row.id("post_id")?)));
    Ok(ids.collect::<sqlx::Result<_>>()?)
}

/// The counters of a post over time.
pub async fn snapshots(engine: &Engine, project_id: Uuid, post_id: Uuid, as_of: Instant) -> DbResult<Vec<Snapshot>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("snapshots_of_post")).bind(project_id).bind(post_id).bind(as_of.millis());
    let found = query.all().await?;
    let snapshots = found.iter().map(|row| {
        Ok(Snapshot {
            captured_at: row.instant("captured_at")?,
            counters: row.counters()?,
            source: row.try_get("source")?,
        })
    });
    Ok(snapshots.collect::<sqlx::Result<_>>()?)
}

/// The review decisions on some posts.
pub async fn tracking_changes(engine: &Engine, project_id: Uuid, post_ids: &[Uuid]) -> DbResult<Vec<TrackingChange>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("tracking_changes")).bind(project_id).list(post_ids.iter().copied()).all().await?;
    Ok(found.iter().map(tracking_change).collect::<sqlx::Result<_>>()?)
}

/// The review decisions on any post of a creator.
pub async fn tracking_changes_of_creator(
    engine: &Engine,
    project_id: Uuid,
    creator_id: Uuid,
    since: Instant,
) -> DbResult<Vec<TrackingChange>> {
    let mut tx = engine.read().await?;
    let query = tx.query(sql!("tracking_changes_of_creator")).bind(project_id).bind(creator_id);
    let found = query.bind(since.millis()).all().await?;
    Ok(found.iter().map(tracking_change).collect::<sqlx::Result<_>>()?)
}

async fn changes_of_review(tx: &mut Tx, project_id: Uuid, review_id: Uuid) -> DbResult<Vec<TrackingChange>> {
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

pub async fn pending_count(engine: &Engine, project_id: Uuid) -> DbResult<i64> {
    let mut connection = engine.read_once().await?;
    Ok(connection.query(sql!("pending_count")).bind(project_id).one().await?.try_get("total")?)
}

pub async fn pending(engine: &Engine, project_id: Uuid, query: &PendingQuery) -> DbResult<PendingPage> {
    let search = query.search.to_ascii_lowercase();
    let mut tx = engine.read().await?;
    let count = tx.query(sql!("pending_posts_count")).bind(project_id).bind(&search).bind(query.creator_id);
    let total = count.one().await?.try_get("total")?;
    let found = tx
        .query(sql!("pending_posts_page"))
        .bind(project_id)
        .bind(&search)
        .bind(query.creator_id)
        .bind(i64::from(POSTS_PER_PAGE))
        .bind(i64::from(query.page) * i64::from(POSTS_PER_PAGE))
        .all()
        .await?;
    let posts = found.iter().map(|row| rows::post(row).map(|row| (row.creator_id, row.post)));
    Ok(PendingPage { posts: posts.collect::<sqlx::Result<_>>()?, total })
}

/// Decides on posts together.
pub async fn review(
    engine: &Engine,
    project_id: Uuid,
    post_ids: &[Uuid],
    review: &Review,
    now: Instant,
) -> DbResult<ReviewOutcome> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    let mut batch = Batch::new(project, now, "");
    batch.review_id = Some(review.review_id);
    batch.load_posts(&mut tx, post_ids).await?;
    // Made by a try whose success was never heard of.
    let made = changes_of_review(&mut tx, project_id, review.review_id).await?;
    let made: HashSet<Uuid> = made.into_iter().map(|change| change.post_id).collect();
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

/// Takes back what was decided together, where nobody has decided since.
pub async fn undo_review(engine: &Engine, project_id: Uuid, review_id: Uuid, now: Instant) -> DbResult<ReviewOutcome> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    let changes = changes_of_review(&mut tx, project_id, review_id).await?;
    if changes.is_empty() {
        return Err(DbError::NotFound);
    }
    let mut batch = Batch::new(project, now, "");
    let ids: Vec<Uuid> = changes.iter().map(|change| change.post_id).collect();
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

/// What posts would gain if they counted, each computed from its history: for pages of posts, and single posts in
/// campaigns, of which there are few.
pub async fn gained(engine: &Engine, project_id: Uuid, posts: &[Uuid], as_of: Instant) -> DbResult<Vec<PostGained>> {
    const COUNTING: Tracking = Tracking { status: TrackingStatus::Included, disabled: false };
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = engine.read().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let zone = project.zone;
    let mut batch = Batch::new(project, as_of, "");
    batch.load_posts(&mut tx, posts).await?;
    let snapshots = tx.query(sql!("snapshots_of_posts")).bind(project_id).list(posts.iter().copied()).all().await?;
    let mut histories: HashMap<Uuid, Vec<(Instant, Counters)>> = HashMap::new();
    for row in &snapshots {
        let captured_at = row.instant("captured_at")?;
        if captured_at <= as_of {
            histories.entry(row.id("post_id")?).or_default().push((captured_at, row.counters()?));
        }
    }
    let mut gained = Vec::with_capacity(batch.posts.len());
    for (post_id, state) in &batch.posts {
        let Post { published_at, tracking, .. } = state.row.post;
        let creator = batch.creators.get(&state.row.creator_id).ok_or(DbError::NotFound)?;
        let history = histories.remove(post_id).unwrap_or_default();
        let last_captured_at = history.last().map(|(at, _)| *at);
        let mut days = DayGains::default();
        if published_at <= as_of {
            let full = first_counts_in_full(published_at, creator.start(zone));
            let mut book = PostLedger::new(published_at, COUNTING, full, None);
            book.load_history(history);
            days = book.gains(&zone)?;
        }
        let creator_id = state.row.creator_id;
        gained.push(PostGained { post_id: *post_id, creator_id, tracking, days, last_captured_at });
    }
    gained.sort_unstable_by_key(|post| post.post_id);
    Ok(gained)
}
