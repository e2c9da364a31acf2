//! The posts of a creator, and the page of one post.

use crate::actor::Action;
use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::record::Campaign;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::ids::{CreatorId, PostId, ProjectId};
use crate::posts::record::{OwnedPost, Post, PostGained, PostsPage, PostsPart, PostsQuery, Snapshot};
use crate::reviews::effects::contribution;
use crate::reviews::record::TrackingChange;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation};
use std::collections::HashMap;

/// A goal for which a post counts in the current period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountsFor {
    /// What the goal measures.
    pub metric: Metric,
    /// Its period: daily, weekly or monthly.
    pub cadence: Cadence,
    /// What the post contributes.
    pub contribution: i64,
}

impl CountsFor {
    /// Returns what a post contributes to a goal; `None` if it contributes nothing.
    fn of(post: &PostGained, goal: &Evaluation) -> Option<CountsFor> {
        let counts = CountsFor {
            metric: goal.metric,
            cadence: goal.cadence,
            contribution: if goal.metric == Metric::Followers { 0 } else { contribution(post, goal) },
        };
        (counts.contribution != 0).then_some(counts)
    }
}

/// The Posts tab.
#[derive(Debug, Clone)]
pub struct Posts {
    /// The creator.
    pub creator: CreatorView,
    /// The requested posts.
    pub page: PostsPage,
    /// The review decisions on them, newest first.
    pub changes: HashMap<PostId, Vec<TrackingChange>>,
    /// The goals for which each post counts in the current period, and its contribution.
    pub counts_for: HashMap<PostId, Vec<CountsFor>>,
    /// The campaigns of the project, by name.
    pub campaigns: Vec<Campaign>,
}

/// Returns a page of a creator's posts.
pub async fn posts(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    query: &PostsQuery,
) -> Result<Posts, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let page = caller.store.posts(project_id, creator_id, query).await?;
    let ids: Vec<PostId> = page.posts.iter().map(|post| post.post_id).collect();
    let mut changes: HashMap<PostId, Vec<TrackingChange>> = HashMap::new();
    for change in caller.store.tracking_changes(project_id, &ids).await? {
        changes.entry(change.post_id).or_default().push(change);
    }
    let mut counts_for = HashMap::new();
    if let Some(standing) = creator.standing.as_ref().filter(|standing| !standing.evaluations.is_empty()) {
        for post in caller.store.posts_gained(project_id, &ids, creator.as_of).await? {
            let goals = standing.evaluations.iter().filter_map(|(_, goal)| CountsFor::of(&post, goal));
            counts_for.insert(post.post_id, goals.collect());
        }
    }
    let campaigns = campaigns_by_name(caller, project_id).await?;
    Ok(Posts { creator, page, changes, counts_for, campaigns })
}

/// One post with everything that is known of it.
#[derive(Debug, Clone)]
pub struct PostView {
    /// The creator.
    pub creator: CreatorView,
    /// The post.
    pub post: Post,
    /// The review decisions on it, newest first.
    pub changes: Vec<TrackingChange>,
    /// Its counters over time.
    pub snapshots: Vec<Snapshot>,
    /// The goals for which it counts in the current period, and its contribution.
    pub counts_for: Vec<CountsFor>,
}

/// Returns one post of a creator.
pub async fn post_view(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    post_id: PostId,
) -> Result<PostView, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let found = caller.store.post(project_id, post_id).await?;
    let found = found.filter(|found| found.creator_id == creator_id);
    let OwnedPost { post, .. } = found.ok_or(AppError::NotFound)?;
    let changes = caller.store.tracking_changes(project_id, &[post_id]).await?;
    let snapshots = caller.store.snapshots(project_id, post_id, creator.as_of).await?;
    let gained = caller.store.posts_gained(project_id, &[post_id], creator.as_of).await?;
    let goals = creator.standing.iter().flat_map(|standing| &standing.evaluations);
    let counts_for = match gained.first().filter(|gained| gained.tracking.counts()) {
        Some(gained) => goals.filter_map(|(_, goal)| CountsFor::of(gained, goal)).collect(),
        None => Vec::new(),
    };
    Ok(PostView { creator, post, changes, snapshots, counts_for })
}

/// Returns posts of a project ordered by id.
pub async fn posts_after(caller: &Caller, project_id: ProjectId, part: &PostsPart) -> Result<Vec<OwnedPost>, AppError> {
    caller.project(project_id, Action::Read).await?;
    Ok(caller.store.posts_after(project_id, part).await?)
}

/// Returns one post of a project.
pub async fn find_post(caller: &Caller, project_id: ProjectId, post_id: PostId) -> Result<OwnedPost, AppError> {
    caller.project(project_id, Action::Read).await?;
    caller.store.post(project_id, post_id).await?.ok_or(AppError::NotFound)
}
