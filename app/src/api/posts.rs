//! A creator's posts: the list, adding one by its address, deciding which count.

use super::campaigns::campaigns_by_name;
use super::creators::{CreatorView, creator};
use super::effects::contribution;
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{
    AcceptTerms, Campaign, FactOutcome, Post, PostState, PostsPage, PostsQuery, Snapshot, TrackingChange,
};
use compliance::fact::{Fact, PostFact, PostKind};
use compliance::instant::SECOND_MS;
use compliance::tracking::TrackingStatus;
use compliance::{Cadence, Instant, Metric};
use leptos::server;
use std::collections::HashMap;
use uuid::Uuid;

/// The Posts tab.
#[derive(Debug, Clone)]
pub struct Posts {
    /// The creator.
    pub creator: CreatorView,
    /// The posts asked for.
    pub page: PostsPage,
    /// The review decisions on them, newest first.
    pub changes: HashMap<Uuid, Vec<TrackingChange>>,
    /// For which goals they count in the current period, and with how much.
    pub counts_for: HashMap<Uuid, Vec<(Metric, Cadence, i64)>>,
    /// The campaigns of the project, by name.
    pub campaigns: Vec<Campaign>,
}

/// A page of a creator's posts.
pub async fn posts(server: &Server, project_id: Uuid, creator_id: Uuid, query: &PostsQuery) -> Result<Posts, AppError> {
    let creator = creator(server, project_id, creator_id).await?;
    let page = server.store.posts(project_id, creator_id, query).await?;
    let ids: Vec<Uuid> = page.posts.iter().map(|post| post.post_id).collect();
    let mut changes: HashMap<Uuid, Vec<TrackingChange>> = HashMap::new();
    for change in server.store.tracking_changes(project_id, &ids).await? {
        changes.entry(change.post_id).or_default().push(change);
    }
    let mut counts_for = HashMap::new();
    if let Some(standing) = creator.standing.as_ref().filter(|standing| !standing.evaluations.is_empty()) {
        for post in server.store.posts_gained(project_id, &ids, creator.as_of).await? {
            let goals = standing.evaluations.iter().filter(|(_, evaluation)| evaluation.metric != Metric::Followers);
            let goals = goals.map(|(_, goal)| (goal.metric, goal.cadence, contribution(&post, goal)));
            counts_for.insert(post.post_id, goals.filter(|(.., gain)| *gain != 0).collect());
        }
    }
    let campaigns = campaigns_by_name(server, project_id).await?;
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
    /// For which goals it counts in the current period, and with how much.
    pub counts_for: Vec<(Metric, Cadence, i64)>,
}

/// One post of a creator.
pub async fn post_view(
    server: &Server,
    project_id: Uuid,
    creator_id: Uuid,
    post_id: Uuid,
) -> Result<PostView, AppError> {
    let creator = creator(server, project_id, creator_id).await?;
    let found = server.store.post(project_id, post_id).await?;
    let (_, post) = found.filter(|(owner, _)| *owner == creator_id).ok_or(AppError::NotFound)?;
    let changes = server.store.tracking_changes(project_id, &[post_id]).await?;
    let snapshots = server.store.snapshots(project_id, post_id, creator.as_of).await?;
    let gained = server.store.posts_gained(project_id, &[post_id], creator.as_of).await?;
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

/// The name of a state filter in URLs.
#[must_use]
pub const fn state_name(state: PostState) -> &'static str {
    match state {
        PostState::Any => "",
        PostState::Status(status) => status.name(),
        PostState::Disabled => "disabled",
    }
}

/// The state filter with this name.
#[must_use]
pub fn state_from_name(name: &str) -> PostState {
    match name {
        "disabled" => PostState::Disabled,
        name => TrackingStatus::from_name(name).map_or(PostState::Any, PostState::Status),
    }
}

/// What the address of a post says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostAddress {
    /// Whose post it is, if the address says.
    pub handle: Option<String>,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Video or carousel.
    pub kind: PostKind,
    /// When it was published: TikTok's ids carry the second in their upper half.
    pub published_at: Instant,
}

/// Reads `https://www.tiktok.com/@mia/video/7301234567890123456`, or the id alone.
#[must_use]
pub fn parse_post_address(text: &str) -> Option<PostAddress> {
    let text = text.trim();
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let bare = bare.trim_start_matches("www.").trim_start_matches("m.");
    let (handle, kind, id) = match bare.strip_prefix("tiktok.com/@") {
        Some(rest) => {
            let mut parts = rest.split(['/', '?', '#']);
            let (handle, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
            let kind = match kind {
                "video" => PostKind::Video,
                "photo" => PostKind::PhotoCarousel,
                _ => return None,
            };
            (Some(handle.to_ascii_lowercase()), kind, id)
        }
        None => (None, PostKind::Video, text),
    };
    let number: u64 = id.parse().ok().filter(|_| id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = i64::try_from(number >> 32).ok()?;
    let published_at = Instant::from_millis(seconds * SECOND_MS);
    published_at.is_plausible().then(|| PostAddress { handle, tiktok_video_id: id.to_owned(), kind, published_at })
}

/// Why a post cannot be added by the address typed; the name is used in URLs.
pub const ADD_POST_REFUSALS: [(&str, &str); 4] = [
    ("address", "Enter the address of a TikTok post, such as https://www.tiktok.com/@mia/video/7301234567890123456."),
    ("creator", "This post belongs to another account."),
    ("future", "The id of this post lies in the future."),
    ("taken", "This post belongs to another creator of this project."),
];

/// Adds a post by its address; it becomes "Added Manually".
#[server(prefix = "/forms", endpoint = "add_post")]
pub async fn add_post(project_id: Uuid, creator_id: Uuid, address: String) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let creator = server.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    let page = format!("/projects/{project_id}/creators/{creator_id}/posts");
    let refuse = |why: &'static str| {
        let sentence = ADD_POST_REFUSALS.iter().find(|(name, _)| *name == why).map_or("", |(_, sentence)| sentence);
        let typed = [("address", address.as_str()), ("refused", why)];
        answer::refused(&page, &typed, AppError::Invalid(sentence.to_owned()))
    };
    let Some(post) = parse_post_address(&address) else { return refuse("address") };
    if post.handle.as_deref().is_some_and(|handle| handle != creator.handle.as_str()) {
        return refuse("creator");
    }
    let folder = if post.kind == PostKind::Video { "video" } else { "photo" };
    let fact = Fact::Post(PostFact {
        url: Some(format!("https://www.tiktok.com/@{}/{folder}/{}", creator.handle, post.tiktok_video_id)),
        tiktok_video_id: post.tiktok_video_id,
        handle: Some(creator.handle),
        kind: Some(post.kind),
        published_at: post.published_at,
        description: None,
        tracking_status: Some(TrackingStatus::DirectAdd),
    });
    let terms = AcceptTerms {
        now: server.now(),
        source: "page".to_owned(),
        create_creators: false,
        run_id: None,
        creator_ids: Vec::new(),
    };
    let acceptance = server.store.accept(project_id, vec![fact], &terms).await?;
    match acceptance.outcomes.first() {
        Some(FactOutcome::Rejected { code: "conflict", .. }) => refuse("taken"),
        Some(FactOutcome::Rejected { .. }) => refuse("future"),
        _ => {
            answer::done(&format!("{page}?done=post_added"));
            Ok(())
        }
    }
}
