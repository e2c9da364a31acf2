//! Decisions on posts. Forms and the API call these.

use super::record::{Review, ReviewOutcome, Reviewed, TrackingDecision};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::StoreError;
use crate::ids::{PostId, ProjectId, ReviewId};
use crate::refusal::Refusal;
use compliance::tracking::Tracking;

/// How many posts may be decided on at once.
pub const AT_ONCE: usize = 500;

/// Decides on posts. With `seen`, the state that the person saw, a post that somebody else has decided on since stays as it
/// is.
pub async fn review(
    caller: &Caller,
    project_id: ProjectId,
    posts: &[PostId],
    decision: TrackingDecision,
    seen: Option<Tracking>,
) -> Result<Reviewed, Refusal> {
    caller.project(project_id, Action::Write).await?;
    if posts.is_empty() || posts.len() > AT_ONCE {
        return Err(Refusal::of_fields([("post", "Choose 1 to 500 posts.")]));
    }
    let review = Review { review_id: ReviewId::new(), decision, seen };
    let outcome = caller.store.review_posts(project_id, posts, &review, caller.now()).await?;
    Ok(Reviewed { review_id: review.review_id, outcome })
}

/// Undoes a review; does nothing if the review changed nothing.
pub async fn undo(caller: &Caller, project_id: ProjectId, review_id: ReviewId) -> Result<ReviewOutcome, Refusal> {
    caller.project(project_id, Action::Write).await?;
    match caller.store.undo_review(project_id, review_id, caller.now()).await {
        Err(StoreError::NotFound) => Ok(ReviewOutcome::default()),
        outcome => Ok(outcome?),
    }
}
