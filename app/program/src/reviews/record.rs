//! The records of review decisions.

use crate::ids::{CreatorId, PostId, ReviewId};
use crate::posts::record::OwnedPost;
use compliance::Instant;
use compliance::tracking::{Tracking, TrackingStatus};

/// One review decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackingChange {
    /// The post.
    pub post_id: PostId,
    /// When it happened.
    pub changed_at: Instant,
    /// The state before.
    pub from: Tracking,
    /// The state after.
    pub to: Tracking,
}

/// The query of the posts pending review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PendingQuery {
    /// Part of the caption or the handle.
    pub search: String,
    /// Only posts of this creator.
    pub creator_id: Option<CreatorId>,
    /// 0 for the first page.
    pub page: u32,
}

/// One page of posts pending review, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPage {
    /// The posts of the page, each with its creator's id.
    pub posts: Vec<OwnedPost>,
    /// The number on all pages.
    pub total: i64,
}

/// A review: a decision on one post or on many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The id of the review, by which it can be undone.
    pub review_id: ReviewId,
    /// The decision.
    pub decision: TrackingDecision,
    /// Only posts that are still in this state, which is what the person who decides has seen.
    pub seen: Option<Tracking>,
}

/// The result of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewOutcome {
    /// Posts whose state changed, by id.
    pub changed: Vec<PostId>,
    /// Posts that somebody else decided on meanwhile, by id, with their state; they were not changed.
    pub decided_before: Vec<(PostId, Tracking)>,
}

/// A review that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Its id, by which it can be undone.
    pub review_id: ReviewId,
    /// The outcome for the posts.
    pub outcome: ReviewOutcome,
}

/// A decision on a post; what is `None` stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrackingDecision {
    /// Approve or exclude: a new status.
    pub status: Option<TrackingStatus>,
    /// Switch tracking off or on.
    pub switch: Option<TrackingSwitch>,
}

/// Whether a post is tracked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackingSwitch {
    /// It is tracked.
    Enabled,
    /// It is not tracked, and never counts.
    Disabled,
}

impl TrackingDecision {
    /// Returns the decision for a new status.
    #[must_use]
    pub const fn status(status: TrackingStatus) -> TrackingDecision {
        TrackingDecision { status: Some(status), switch: None }
    }

    /// Returns the decision that switches tracking off or on.
    #[must_use]
    pub const fn switch(switch: TrackingSwitch) -> TrackingDecision {
        TrackingDecision { status: None, switch: Some(switch) }
    }

    /// Returns the review state after the decision.
    #[must_use]
    pub const fn apply(self, before: Tracking) -> Tracking {
        let status = match self.status {
            Some(status) => status,
            None => before.status,
        };
        let disabled = match self.switch {
            Some(switch) => matches!(switch, TrackingSwitch::Disabled),
            None => before.disabled,
        };
        Tracking { status, disabled }
    }
}
