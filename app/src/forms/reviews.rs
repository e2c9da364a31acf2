//! Forms that decide on posts, and undo decisions.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::tracking::{Tracking, TrackingStatus};
use leptos::server;
use program::error::AppError;
use program::ids::{PostId, ProjectId, ReviewId};
use program::reviews::changes;
use program::reviews::inbox::ReviewChoice;
use program::reviews::record::{ReviewOutcome, Reviewed};

/// Decides on posts: `approve`, `exclude`, `disable` or `enable`. `posts` are ids, separated by commas or given several
/// times; `seen` is the review state that the page showed, if it is the same for all posts. A post that somebody else
/// has decided on since is not changed, and the page says so.
#[server(prefix = "/forms", endpoint = "review_posts")]
pub async fn review_posts(
    project_id: ProjectId,
    #[server(default)] post: Vec<String>,
    #[server(default)] decision: String,
    #[server(default)] seen: String,
    #[server(default)] back: String,
    #[server(default)] next: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let Some(choice) = ReviewChoice::from_name(&decision) else {
        return Err(AppError::Invalid("Choose approve, exclude, disable or enable.".to_owned()).into());
    };
    let ids: Vec<PostId> =
        post.iter().flat_map(|part| part.split(',')).filter_map(|id| id.trim().parse().ok()).collect();
    let seen = TrackingStatus::from_name(&seen).map(|status| Tracking { status, disabled: false });
    let Reviewed { review_id, outcome } =
        match changes::review(&caller, project_id, &ids, choice.decision(), seen).await {
            Ok(reviewed) => reviewed,
            Err(refusal) => return answer::refusal(&page, &[("refused", "none")], refusal),
        };
    let told = told(&outcome, choice.name(), Some(review_id));
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let place = next.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(next.as_str());
    let place = place.filter(|next| !next.is_empty()).map(|next| format!("#post-{next}")).unwrap_or_default();
    answer::done(&format!("{}{place}", answer::and_query(&page, &told)));
    Ok(())
}

/// Undoes a review.
#[server(prefix = "/forms", endpoint = "undo_review")]
pub async fn undo_review(
    project_id: ProjectId,
    review_id: ReviewId,
    #[server(default)] back: String,
) -> Result<(), FormError> {
    let page = answer::back_to(&back, &format!("/projects/{project_id}/inbox"));
    let outcome = changes::undo(&caller()?, project_id, review_id).await?;
    let told = told(&outcome, "undo", None);
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer::done(&answer::and_query(&page, &told));
    Ok(())
}

/// Returns the result of a review as parameters of a URL.
fn told(outcome: &ReviewOutcome, decision: &str, review_id: Option<ReviewId>) -> Vec<(&'static str, String)> {
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
