//! The records of review decisions.

use crate::ids::{CreatorId, PostId, ReviewId};
use crate::posts::record::Post;
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
    pub posts: Vec<(CreatorId, Post)>,
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

/// A decision on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackingDecision {
    /// Approve or exclude: a new status.
    Status(TrackingStatus),
    /// Switch tracking off or on.
    Disabled(bool),
}

impl TrackingDecision {
    /// Returns the review state after the decision.
    #[must_use]
    pub const fn apply(self, before: Tracking) -> Tracking {
        match self {
            TrackingDecision::Status(status) => Tracking { status, ..before },
            TrackingDecision::Disabled(disabled) => Tracking { disabled, ..before },
        }
    }
}
