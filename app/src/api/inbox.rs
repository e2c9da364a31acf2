//! The Tracking Inbox: posts that wait for a decision, with what approving them would do; and the decisions.

use super::effects::{Effect, effects};
use super::overview::Judged;
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{
    Creator, PendingQuery, Post, PostGained, Project, Review, ReviewOutcome, Standing, StoreError, TrackingDecision,
};
use compliance::Instant;
use compliance::tracking::{Tracking, TrackingStatus};
use leptos::server;
use std::collections::HashMap;
use uuid::Uuid;

/// The Tracking Inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// The creator whose posts alone are listed.
    pub only: Option<Creator>,
    /// The posts of the page, the newest first.
    pub posts: Vec<PendingPost>,
    /// How many there are on all pages.
    pub total: i64,
    /// How many creators of the project let their posts wait for approval.
    pub selective: usize,
}

/// A post that waits for a decision.
#[derive(Debug, Clone)]
pub struct PendingPost {
    /// The post.
    pub post: Post,
    /// How its creator stands.
    pub standing: Standing,
    /// What approving it would change.
    pub effects: Vec<Effect>,
}

/// The state in which posts wait for a decision.
pub const PENDING: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };

/// A page of the Tracking Inbox.
pub async fn inbox(server: &Server, project_id: Uuid, query: &PendingQuery) -> Result<Inbox, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let page = server.store.pending_posts(project_id, query).await?;
    let ids: Vec<Uuid> = page.posts.iter().map(|(_, post)| post.post_id).collect();
    let gained = server.store.posts_gained(project_id, &ids, judged.as_of).await?;
    let gained: HashMap<Uuid, PostGained> = gained.into_iter().map(|post| (post.post_id, post)).collect();
    let posts = page.posts.into_iter().filter_map(|(creator_id, post)| {
        let standing = judged.standing(creator_id)?;
        let effects = gained.get(&post.post_id).map(|gained| effects(&judged, &standing, &[gained]));
        Some(PendingPost { post, standing, effects: effects.unwrap_or_default() })
    });
    let posts = posts.collect();
    let creators = judged.program.creators.iter().map(|program| &program.creator);
    let only = query.creator_id.and_then(|id| creators.clone().find(|creator| creator.creator_id == id)).cloned();
    let selective = creators.filter(|creator| creator.tracking_mode.waits_for_approval()).count();
    Ok(Inbox { project, as_of: judged.as_of, only, posts, total: page.total, selective })
}

/// The names of decisions in forms, and what people read once they are made.
pub const DECISIONS: [(&str, TrackingDecision, &str); 4] = [
    ("approve", TrackingDecision::Status(TrackingStatus::Included), "Approved"),
    ("exclude", TrackingDecision::Status(TrackingStatus::Excluded), "Excluded"),
    ("disable", TrackingDecision::Disabled(true), "Disabled tracking of"),
    ("enable", TrackingDecision::Disabled(false), "Enabled tracking of"),
];

/// The longest list of posts that is decided on at once.
const AT_ONCE: usize = 500;

/// Decides on posts: `approve`, `exclude`, `disable` or `enable`. `posts` are ids, separated by commas or given several
/// times; `seen` is the review state that the page showed, if all posts have the same: a post that somebody else has
/// decided on since stays as it is, and the page says so.
#[server(prefix = "/forms", endpoint = "review_posts")]
pub async fn review_posts(
    project_id: Uuid,
    #[server(default)] post: Vec<String>,
    #[server(default)] decision: String,
    #[server(default)] seen: String,
    #[server(default)] back: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let refuse = |sentence: &str, why| {
        answer::refused(&answer::and_query(&page, &[("refused", why)]), &[], AppError::Invalid(sentence.to_owned()))
    };
    let Some((name, decision, _)) = DECISIONS.into_iter().find(|(name, ..)| *name == decision) else {
        return refuse("decision is approve, exclude, disable or enable.", "decision");
    };
    let ids: Vec<Uuid> = post.iter().flat_map(|part| part.split(',')).filter_map(|id| id.trim().parse().ok()).collect();
    if ids.is_empty() || ids.len() > AT_ONCE {
        return refuse("Choose 1 to 500 posts.", "none");
    }
    let seen = TrackingStatus::from_name(&seen).map(|status| Tracking { status, disabled: false });
    let review = Review { review_id: Uuid::now_v7(), decision, seen };
    let outcome = server.store.review_posts(project_id, &ids, &review, server.now()).await?;
    let told = told(&outcome, name, Some(review.review_id));
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let place = next.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(next.as_str());
    let place = place.filter(|next| !next.is_empty()).map(|next| format!("#post-{next}")).unwrap_or_default();
    answer::done(&format!("{}{place}", answer::and_query(&page, &told)));
    Ok(())
}

/// Takes back what was decided together.
#[server(prefix = "/forms", endpoint = "undo_review")]
pub async fn undo_review(project_id: Uuid, review_id: Uuid, #[server(default)] back: String) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let outcome = match server.store.undo_review(project_id, review_id, server.now()).await {
        // Nothing was changed, so there is nothing to take back.
        Err(StoreError::NotFound) => ReviewOutcome::default(),
        outcome => outcome?,
    };
    let told = told(&outcome, "undo", None);
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer::done(&answer::and_query(&page, &told));
    Ok(())
}

/// What became of a review, in the words of a URL.
fn told(outcome: &ReviewOutcome, decision: &str, review_id: Option<Uuid>) -> Vec<(&'static str, String)> {
    let mut told = vec![("reviewed", decision.to_owned()), ("count", outcome.changed.len().to_string())];
    if let Some((_, tracking)) = outcome.decided_before.first() {
        let state = if tracking.disabled { "disabled" } else { tracking.status.name() };
        told.push(("before", outcome.decided_before.len().to_string()));
        told.push(("state", state.to_owned()));
    }
    if let Some(review_id) = review_id.filter(|_| !outcome.changed.is_empty()) {
        told.push(("undo", review_id.to_string()));
    }
    told
}
