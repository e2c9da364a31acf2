//! Posts and their snapshots.

use super::accept::Batch;
use super::captions::{Matching, Search};
use super::engine::{Engine, Row, sql};
use crate::error::{DbError, DbResult};
use crate::project_row::find_in;
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::booking::first_counts_in_full;
use compliance::fact::Counters;
use compliance::gains::DayGains;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{Effect, Stored, Track as _};
use compliance::tracking::{Tracking, TrackingStatus};
use program::error::StoreResult;
use program::ids::{CreatorId, PostId, ProjectId};
use program::posts::record::{
    DaySpan, OwnedPost, POSTS_PER_PAGE, Post, PostGained, PostSort, PostState, PostsPage, PostsPart, PostsQuery,
    PublishedPart, Snapshot, UncountedPosts,
};
use program::posts::store::PostStore;
use std::collections::HashMap;

#[async_trait]
impl PostStore for SqlStore {
    async fn posts(&self, project_id: ProjectId, creator_id: CreatorId, query: &PostsQuery) -> StoreResult<PostsPage> {
        Ok(retried(|| page(&self.engine, project_id, creator_id, query)).await?)
    }

    async fn posts_after(&self, project_id: ProjectId, part: &PostsPart) -> StoreResult<Vec<OwnedPost>> {
        Ok(retried(|| list(&self.engine, project_id, part)).await?)
    }

    async fn posts_published(&self, project_id: ProjectId, part: &PublishedPart) -> StoreResult<Vec<OwnedPost>> {
        Ok(retried(|| published(&self.engine, project_id, part)).await?)
    }

    async fn uncounted_posts(
        &self,
        project_id: ProjectId,
        creator_id: Option<CreatorId>,
        days: &[DaySpan],
    ) -> StoreResult<Vec<UncountedPosts>> {
        Ok(retried(|| uncounted(&self.engine, project_id, creator_id, days)).await?)
    }

    async fn post(&self, project_id: ProjectId, post_id: PostId) -> StoreResult<Option<OwnedPost>> {
        Ok(retried(|| find(&self.engine, project_id, post_id)).await?)
    }

    async fn posts_by_ids(&self, project_id: ProjectId, post_ids: &[PostId]) -> StoreResult<Vec<Post>> {
        Ok(retried(|| by_ids(&self.engine, project_id, post_ids)).await?)
    }

    async fn post_ids(&self, project_id: ProjectId, tiktok_video_ids: &[&str]) -> StoreResult<HashMap<String, PostId>> {
        Ok(retried(|| ids(&self.engine, project_id, tiktok_video_ids)).await?)
    }

    async fn snapshots(&self, project_id: ProjectId, post_id: PostId, as_of: Instant) -> StoreResult<Vec<Snapshot>> {
        Ok(retried(|| snapshots(&self.engine, project_id, post_id, as_of)).await?)
    }

    async fn posts_gained(
        &self,
        project_id: ProjectId,
        posts: &[PostId],
        as_of: Instant,
    ) -> StoreResult<Vec<PostGained>> {
        Ok(retried(|| gained(&self.engine, project_id, posts, as_of)).await?)
    }
}

/// Returns a page of a creator's posts.
pub async fn page(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    query: &PostsQuery,
) -> DbResult<PostsPage> {
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
    let mut tx = engine.read().await?;
    let (limit, first) = (i64::from(POSTS_PER_PAGE), i64::from(query.page) * i64::from(POSTS_PER_PAGE));
    let (found, total) = match Search::of(&query.search) {
        None => {
            let count = tx.query(sql!("posts_count")).bind(project_id).bind(creator_id).bind(state);
            let total = count.one().await?.try_get("total")?;
            let page = tx.query(statement).bind(project_id).bind(creator_id).bind(state);
            (page.bind(limit).bind(first).all().await?, total)
        }
        Some(search) => {
            let all = tx.query(statement).bind(project_id).bind(creator_id).bind(state);
            let all = all.bind(i64::MAX).bind(0_i64).stream();
            let Matching { rows, total } = Matching::of(all, query.page, POSTS_PER_PAGE, |row| {
                let caption: Option<&str> = row.try_get("description")?;
                Ok(caption.is_some_and(|caption| search.is_in(caption)) || search.is(row.try_get("tiktok_video_id")?))
            })
            .await?;
            (rows, total)
        }
    };
    let posts = found.iter().map(|row| rows::post(row).map(|row| row.post)).collect::<sqlx::Result<_>>()?;
    Ok(PostsPage { posts, total })
}

pub async fn list(engine: &Engine, project_id: ProjectId, part: &PostsPart) -> DbResult<Vec<OwnedPost>> {
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
    let posts = found.iter().map(owned);
    Ok(posts.collect::<sqlx::Result<_>>()?)
}

/// Returns a page of the posts that were published in a span of time.
pub async fn published(engine: &Engine, project_id: ProjectId, part: &PublishedPart) -> DbResult<Vec<OwnedPost>> {
    let mut connection = engine.read_once().await?;
    let found = connection
        .query(sql!("posts_published"))
        .bind(project_id)
        .bind(part.from.millis())
        .bind(part.until.millis())
        .bind(part.creator_id)
        .bind(i64::from(POSTS_PER_PAGE))
        .bind(i64::from(part.page) * i64::from(POSTS_PER_PAGE))
        .all()
        .await?;
    let posts = found.iter().map(owned);
    Ok(posts.collect::<sqlx::Result<_>>()?)
}

/// Returns how many posts of each day do not count, by day and review state.
pub async fn uncounted(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: Option<CreatorId>,
    days: &[DaySpan],
) -> DbResult<Vec<UncountedPosts>> {
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let spans: Vec<(i32, i64, i64)> =
        days.iter().map(|span| (span.day, span.from.millis(), span.until.millis())).collect();
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("posts_uncounted")).bind(project_id).bind(creator_id).rows(&spans);
    let found = query.all().await?;
    let posts = found.iter().map(|row| {
        Ok(UncountedPosts { day: row.day("day")?, tracking: row.tracking()?, posts: row.try_get("posts")? })
    });
    Ok(posts.collect::<sqlx::Result<_>>()?)
}

/// Returns the post in a row.
pub fn owned(row: &Row) -> sqlx::Result<OwnedPost> {
    let row = rows::post(row)?;
    Ok(OwnedPost { creator_id: row.creator_id, post: row.post })
}

/// Returns a post.
pub async fn find(engine: &Engine, project_id: ProjectId, post_id: PostId) -> DbResult<Option<OwnedPost>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("post")).bind(project_id).bind(post_id).optional().await?;
    Ok(found.as_ref().map(owned).transpose()?)
}

/// Returns posts by their ids.
pub async fn by_ids(engine: &Engine, project_id: ProjectId, post_ids: &[PostId]) -> DbResult<Vec<Post>> {
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

/// Returns the ids of posts by TikTok's ids.
pub async fn ids(engine: &Engine, project_id: ProjectId, video_ids: &[&str]) -> DbResult<HashMap<String, PostId>> {
    if video_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("posts_by_video_ids")).bind(project_id).list(video_ids.iter().copied());
    let found = query.all().await?;
    let ids = found.iter().map(|row| Ok((row.try_get("tiktok_video_id")?, row.id("post_id")?)));
    Ok(ids.collect::<sqlx::Result<_>>()?)
}

/// Returns the snapshots of a post up to `as_of`.
pub async fn snapshots(
    engine: &Engine,
    project_id: ProjectId,
    post_id: PostId,
    as_of: Instant,
) -> DbResult<Vec<Snapshot>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("snapshots_of_post")).bind(project_id).bind(post_id).bind(as_of.millis());
    let found = query.all().await?;
    let snapshots = found.iter().map(|row| {
        Ok(Snapshot {
            captured_at: row.instant("captured_at")?,
            counters: row.counters()?,
            source: row.try_get("source")?,
            misreading: row.misreading()?,
        })
    });
    Ok(snapshots.collect::<sqlx::Result<_>>()?)
}

/// Returns what posts would gain if they counted, computed from their snapshots: for pages of posts, and for the few
/// single posts in campaigns.
pub async fn gained(
    engine: &Engine,
    project_id: ProjectId,
    posts: &[PostId],
    as_of: Instant,
) -> DbResult<Vec<PostGained>> {
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
    let mut histories: HashMap<PostId, Vec<Stored<Counters>>> = HashMap::new();
    for row in &snapshots {
        let stored = row.stored_snapshot()?;
        if stored.at <= as_of {
            histories.entry(row.id("post_id")?).or_default().push(stored);
        }
    }
    let mut gained = Vec::with_capacity(batch.posts.len());
    for (post_id, state) in &batch.posts {
        let Post { published_at, tracking, .. } = state.row.post;
        let creator = batch.creators.get(&state.row.creator_id).ok_or(DbError::NotFound)?;
        let history = histories.remove(post_id).unwrap_or_default();
        let last_captured_at = history.last().map(|stored| stored.at);
        let mut days = DayGains::default();
        if published_at <= as_of {
            let first_counts_in_full = first_counts_in_full(published_at, creator.start(zone));
            let terms = PostTerms { published_at, tracking: COUNTING, first_counts_in_full };
            terms.book_post(&mut days, &zone);
            let mut track = PostTrack::new(terms);
            for Stored { at, reading, misreading } in history {
                track.read_settled(at, &reading.value, misreading, &mut |effect| {
                    if let Effect::Booked(at, gains) = effect {
                        days.add_at(at, gains, &zone);
                    }
                });
            }
        }
        let creator_id = state.row.creator_id;
        gained.push(PostGained { post_id: *post_id, creator_id, tracking, days, last_captured_at });
    }
    gained.sort_unstable_by_key(|post| post.post_id);
    Ok(gained)
}
