//! Posts and their snapshots in the store.

use crate::error::StoreResult;
use crate::ids::{CreatorId, PostId, ProjectId};
use crate::posts::record::DaySpan;
use crate::posts::record::OwnedPost;
use crate::posts::record::Post;
use crate::posts::record::PostGained;
use crate::posts::record::PostsPage;
use crate::posts::record::PostsPart;
use crate::posts::record::PostsQuery;
use crate::posts::record::PublishedPart;
use crate::posts::record::Snapshot;
use crate::posts::record::UncountedPosts;
use async_trait::async_trait;
use compliance::Instant;
use std::collections::HashMap;

/// Posts and their snapshots. Every method is one transaction. Lookups return `Option`; changing what does not exist
/// returns [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait PostStore: Send + Sync + 'static {
    /// Returns one page of a creator's posts.
    async fn posts(&self, project_id: ProjectId, creator_id: CreatorId, query: &PostsQuery) -> StoreResult<PostsPage>;
    /// Returns posts of the project ordered by id.
    async fn posts_after(&self, project_id: ProjectId, part: &PostsPart) -> StoreResult<Vec<OwnedPost>>;
    /// Returns one page of the posts that were published in a span of time, the earliest first.
    async fn posts_published(&self, project_id: ProjectId, part: &PublishedPart) -> StoreResult<Vec<OwnedPost>>;
    /// Returns how many posts of each day do not count, by day and review state: those of one creator, or of everybody in
    /// the program.
    async fn uncounted_posts(
        &self,
        project_id: ProjectId,
        creator_id: Option<CreatorId>,
        days: &[DaySpan],
    ) -> StoreResult<Vec<UncountedPosts>>;
    /// Returns one post.
    async fn post(&self, project_id: ProjectId, post_id: PostId) -> StoreResult<Option<OwnedPost>>;
    /// Returns the posts with these ids, ordered by id.
    async fn posts_by_ids(&self, project_id: ProjectId, post_ids: &[PostId]) -> StoreResult<Vec<Post>>;
    /// Returns the ids of the posts with these TikTok ids, by TikTok id.
    async fn post_ids(&self, project_id: ProjectId, tiktok_video_ids: &[&str]) -> StoreResult<HashMap<String, PostId>>;
    /// Returns the snapshots of a post at or before an instant, in order of time, the latest 2,000.
    async fn snapshots(&self, project_id: ProjectId, post_id: PostId, as_of: Instant) -> StoreResult<Vec<Snapshot>>;
    /// Returns what each post gained, from facts at or before `as_of`.
    async fn posts_gained(
        &self,
        project_id: ProjectId,
        posts: &[PostId],
        as_of: Instant,
    ) -> StoreResult<Vec<PostGained>>;
}
