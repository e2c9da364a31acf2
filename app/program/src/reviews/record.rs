//! Review decisions on posts, as they are stored.

use crate::posts::record::Post;
use compliance::Instant;
use compliance::tracking::{Tracking, TrackingStatus};
use uuid::Uuid;

/// One review decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackingChange {
    /// On which post.
    pub post_id: Uuid,
    /// When.
    pub changed_at: Instant,
    /// The state before.
    pub from: Tracking,
    /// The state after.
    pub to: Tracking,
}

/// Which posts that wait for a decision to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PendingQuery {
    /// Part of the caption or the handle.
    pub search: String,
    /// Only posts of this creator.
    pub creator_id: Option<Uuid>,
    /// 0 for the first page.
    pub page: u32,
}

/// One page of posts that wait for a decision, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPage {
    /// The posts of the page, each with its creator's id.
    pub posts: Vec<(Uuid, Post)>,
    /// How many there are on all pages.
    pub total: i64,
}

/// A decision on one post or on many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Names the decision, so that it can be undone.
    pub review_id: Uuid,
    /// What is decided.
    pub decision: TrackingDecision,
    /// Only posts that still are in this state: what the person who decides has seen.
    pub seen: Option<Tracking>,
}

/// What became of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewOutcome {
    /// Posts whose state changed, by id.
    pub changed: Vec<Uuid>,
    /// Posts that somebody else decided on meanwhile, by id, with their state; they stay as they are.
    pub decided_before: Vec<(Uuid, Tracking)>,
}

/// A decision on one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackingDecision {
    /// Approve or exclude: a new status.
    Status(TrackingStatus),
    /// Switch tracking off or on.
    Disabled(bool),
}

impl TrackingDecision {
    /// The review state after the decision.
    #[must_use]
    pub const fn apply(self, before: Tracking) -> Tracking {
        match self {
            TrackingDecision::Status(status) => Tracking { status, ..before },
            TrackingDecision::Disabled(disabled) => Tracking { disabled, ..before },
        }
    }
}
