//! Posts: lists and review decisions.

use super::accept::Batch;
use super::engine::{Engine, sql};
use super::projects::{find_in, lock};
use super::rows;
use super::{DbError, DbResult};
use app::store::{
    POSTS_PER_PAGE, Post, PostSort, PostState, PostsGained, PostsPage, PostsPart, PostsQuery, TrackingChange,
    TrackingDecision,
};
use compliance::Instant;
use compliance::fact::Counters;
use compliance::ledger::{PostLedger, first_counts_in_full};
use compliance::tracking::{Tracking, TrackingStatus};
use std::collections::HashMap;
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

pub async fn tracking_changes(engine: &Engine, project_id: Uuid, post_ids: &[Uuid]) -> DbResult<Vec<TrackingChange>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("tracking_changes")).bind(project_id).list(post_ids.iter().copied()).all().await?;
    let changes = found.iter().map(|row| {
        let state = |status: &str, disabled: &str| -> sqlx::Result<Tracking> {
            Ok(Tracking { status: row.named(status, TrackingStatus::from_name)?, disabled: row.try_get(disabled)? })
        };
        Ok(TrackingChange {
            post_id: row.id("post_id")?,
            changed_at: row.instant("changed_at")?,
            from: state("from_status", "from_disabled")?,
            to: state("to_status", "to_disabled")?,
        })
    });
    Ok(changes.collect::<sqlx::Result<_>>()?)
}

pub async fn set_tracking(
    engine: &Engine,
    project_id: Uuid,
    post_id: Uuid,
    decision: TrackingDecision,
    now: Instant,
) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    let mut batch = Batch::new(project, now, "");
    batch.load_post(&mut tx, post_id).await?;
    let post = batch.posts.get_mut(&post_id).ok_or(DbError::NotFound)?;
    post.decide(decision.apply(post.row.post.tracking), now);
    batch.book(&mut tx).await?;
    batch.write(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// What posts gained together, computed from their histories: they are single ones, and few.
pub async fn gained(engine: &Engine, project_id: Uuid, posts: &[Uuid], as_of: Instant) -> DbResult<PostsGained> {
    let mut tx = engine.read().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let zone = project.zone;
    let mut batch = Batch::new(project, as_of, "");
    batch.load_posts(&mut tx, posts).await?;
    let snapshots = tx.query(sql!("snapshots_of_posts")).bind(project_id).list(posts.iter().copied()).all().await?;
    let mut histories: HashMap<Uuid, Vec<(Instant, Counters)>> = HashMap::new();
    let mut gained = PostsGained::default();
    for row in &snapshots {
        let captured_at = row.instant("captured_at")?;
        if captured_at <= as_of {
            gained.last_captured_at = gained.last_captured_at.max(Some(captured_at));
            histories.entry(row.id("post_id")?).or_default().push((captured_at, row.counters()?));
        }
    }
    for (post_id, state) in &batch.posts {
        let Post { published_at, tracking, .. } = state.row.post;
        let creator = batch.creators.get(&state.row.creator_id).ok_or(DbError::NotFound)?;
        if published_at <= as_of {
            let full = first_counts_in_full(published_at, creator.start(zone));
            let mut book = PostLedger::new(published_at, tracking, full, None);
            book.load_history(histories.remove(post_id).unwrap_or_default());
            gained.days.apply(&book.gains(&zone)?);
        }
    }
    Ok(gained)
}
