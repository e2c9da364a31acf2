//! The posts of a creator, and the page of one post.

use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::record::Campaign;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::ids::{CreatorId, PostId, ProjectId};
use crate::posts::record::{Post, PostsPage, PostsQuery, Snapshot};
use crate::reviews::effects::contribution;
use crate::reviews::record::TrackingChange;
use compliance::Cadence;
use compliance::metric::Metric;
use std::collections::HashMap;

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
    pub counts_for: HashMap<PostId, Vec<(Metric, Cadence, i64)>>,
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
            let goals = standing.evaluations.iter().filter(|(_, evaluation)| evaluation.metric != Metric::Followers);
            let goals = goals.map(|(_, goal)| (goal.metric, goal.cadence, contribution(&post, goal)));
            counts_for.insert(post.post_id, goals.filter(|(.., gain)| *gain != 0).collect());
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
    pub counts_for: Vec<(Metric, Cadence, i64)>,
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
    let (_, post) = found.filter(|(owner, _)| *owner == creator_id).ok_or(AppError::NotFound)?;
    let changes = caller.store.tracking_changes(project_id, &[post_id]).await?;
    let snapshots = caller.store.snapshots(project_id, post_id, creator.as_of).await?;
    let gained = caller.store.posts_gained(project_id, &[post_id], creator.as_of).await?;
    let goals = creator.standing.iter().flat_map(|standing| &standing.evaluations);
    let counts_for = match gained.first().filter(|gained| gained.tracking.counts()) {
        Some(gained) => goals
            .filter(|(_, goal)| goal.metric != Metric::Followers)
            .map(|(_, goal)| (goal.metric, goal.cadence, contribution(gained, goal)))
            .filter(|(.., gain)| *gain != 0)
            .collect(),
        None => Vec::new(),
    };
    Ok(PostView { creator, post, changes, snapshots, counts_for })
}
