//! The form that adds a post.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::fact::{Fact, PostFact, PostKind};
use compliance::tracking::TrackingStatus;
use leptos::server;
use program::actor::Action;
use program::error::AppError;
use program::facts::record::{AcceptTerms, FactOutcome};
use program::ids::{CreatorId, ProjectId};
use program::post_address::parse_post_address;

/// The reasons why a post cannot be added by its address, with their names in URLs.
pub const ADD_POST_REFUSALS: [(&str, &str); 4] = [
    ("address", "Enter the address of a TikTok post, such as https://www.tiktok.com/@mia/video/7301234567890123456."),
    ("creator", "This post belongs to another account."),
    ("future", "The id of this post lies in the future."),
    ("taken", "This post belongs to another creator of this project."),
];

/// Adds a post by its address; it becomes "Added Manually".
#[server(prefix = "/forms", endpoint = "add_post")]
pub async fn add_post(project_id: ProjectId, creator_id: CreatorId, address: String) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let creator = caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
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
        now: caller.now(),
        source: "page".to_owned(),
        create_creators: false,
        run_id: None,
        creator_ids: Vec::new(),
    };
    let acceptance = caller.store.accept(project_id, vec![fact], &terms).await?;
    match acceptance.outcomes.first() {
        Some(FactOutcome::Rejected { code: "conflict", .. }) => refuse("taken"),
        Some(FactOutcome::Rejected { .. }) => refuse("future"),
        _ => {
            answer::done(&format!("{page}?done=post_added"));
            Ok(())
        }
    }
}
