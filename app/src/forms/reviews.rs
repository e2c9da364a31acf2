//! Forms that decide on posts, and undo decisions.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::tracking::{Tracking, TrackingStatus};
use leptos::server;
use program::actor::Action;
use program::error::AppError;
use program::reviews::inbox::DECISIONS;
use program::reviews::record::{Review, ReviewOutcome};
use program::store::StoreError;
use uuid::Uuid;

/// The most posts that can be decided on at once.
const AT_ONCE: usize = 500;

/// Decides on posts: `approve`, `exclude`, `disable` or `enable`. `posts` are ids, separated by commas or given several
/// times; `seen` is the review state that the page showed, if it is the same for all posts. A post that somebody else
/// has decided on since is not changed, and the page says so.
#[server(prefix = "/forms", endpoint = "review_posts")]
pub async fn review_posts(
    project_id: Uuid,
    #[server(default)] post: Vec<String>,
    #[server(default)] decision: String,
    #[server(default)] seen: String,
    #[server(default)] back: String,
    #[server(default)] next: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let refuse =
        |sentence: &str, why| answer::refused(&page, &[("refused", why)], AppError::Invalid(sentence.to_owned()));
    let Some((name, decision, _)) = DECISIONS.into_iter().find(|(name, ..)| *name == decision) else {
        return refuse("decision is approve, exclude, disable or enable.", "decision");
    };
    let ids: Vec<Uuid> = post.iter().flat_map(|part| part.split(',')).filter_map(|id| id.trim().parse().ok()).collect();
    if ids.is_empty() || ids.len() > AT_ONCE {
        return refuse("Choose 1 to 500 posts.", "none");
    }
    let seen = TrackingStatus::from_name(&seen).map(|status| Tracking { status, disabled: false });
    let review = Review { review_id: Uuid::now_v7(), decision, seen };
    let outcome = caller.store.review_posts(project_id, &ids, &review, caller.now()).await?;
    let told = told(&outcome, name, Some(review.review_id));
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let place = next.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(next.as_str());
    let place = place.filter(|next| !next.is_empty()).map(|next| format!("#post-{next}")).unwrap_or_default();
    answer::done(&format!("{}{place}", answer::and_query(&page, &told)));
    Ok(())
}

/// Undoes a review.
#[server(prefix = "/forms", endpoint = "undo_review")]
pub async fn undo_review(project_id: Uuid, review_id: Uuid, #[server(default)] back: String) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let outcome = match caller.store.undo_review(project_id, review_id, caller.now()).await {
        // The review changed nothing, so there is nothing to undo.
        Err(StoreError::NotFound) => ReviewOutcome::default(),
        outcome => outcome?,
    };
    let told = told(&outcome, "undo", None);
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer::done(&answer::and_query(&page, &told));
    Ok(())
}

/// Returns the result of a review as parameters of a URL.
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
