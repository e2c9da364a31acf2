//! Which posts count, and the one reason each post has. docs/rules.md, "Which posts count".

use crate::named;

/// How a creator's new posts arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TrackingMode {
    /// Every new post counts at once.
    #[default]
    Auto,
    /// Every new post waits in the Tracking Inbox.
    Selective,
}

named!(TrackingMode { Auto: "auto", Selective: "selective" });

impl TrackingMode {
    /// Returns whether new posts count only once a person approves them.
    pub const fn waits_for_approval(self) -> bool {
        matches!(self, TrackingMode::Selective)
    }

    /// Returns the status of a new post of such a creator.
    pub const fn arrival_status(self) -> TrackingStatus {
        match self {
            TrackingMode::Auto => TrackingStatus::AutoTracked,
            TrackingMode::Selective => TrackingStatus::PendingReview,
        }
    }
}

/// The review status of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackingStatus {
    /// Arrived from an `auto` creator: counts.
    AutoTracked,
    /// Approved by a person: counts.
    Included,
    /// Added by a person: counts. Shown as "Added Manually".
    DirectAdd,
    /// Waits for a decision: does not count.
    PendingReview,
    /// Excluded by a person: does not count.
    Excluded,
}

// In the order of the documentation.
named!(TrackingStatus {
    AutoTracked: "auto_tracked",
    Included: "included",
    DirectAdd: "direct_add",
    PendingReview: "pending_review",
    Excluded: "excluded"
});

impl TrackingStatus {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            TrackingStatus::AutoTracked => "Auto-tracked",
            TrackingStatus::Included => "Included",
            TrackingStatus::DirectAdd => "Added Manually",
            TrackingStatus::PendingReview => "Pending review",
            TrackingStatus::Excluded => "Excluded",
        }
    }
}

/// The review state of a post: its status and, separately, whether tracking is disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tracking {
    /// The review status.
    pub status: TrackingStatus,
    /// Whether a person has disabled tracking of this post.
    pub disabled: bool,
}

impl Tracking {
    /// Returns whether the post counts toward posts, views and engagement goals.
    pub const fn counts(self) -> bool {
        self.exclusion().is_none()
    }

    /// Returns why the post cannot count in its present state; `None` if it can.
    pub const fn exclusion(self) -> Option<PostReason> {
        if self.disabled {
            return Some(PostReason::TrackingDisabled);
        }
        match self.status {
            TrackingStatus::Excluded => Some(PostReason::Excluded),
            TrackingStatus::PendingReview => Some(PostReason::PendingReview),
            TrackingStatus::AutoTracked | TrackingStatus::Included | TrackingStatus::DirectAdd => None,
        }
    }
}

/// The one reason a post counts or does not count in a period: the first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostReason {
    /// Tracking of the post is disabled.
    TrackingDisabled,
    /// A person excluded the post.
    Excluded,
    /// The post waits for a decision.
    PendingReview,
    /// It has no booking in the period.
    OutsidePeriod,
    /// Published before the period ended, but none of its counters has been read yet.
    NoDataYet,
    /// It counts (a baseline counts with 0).
    Counted,
}

// In order of precedence.
named!(PostReason {
    TrackingDisabled: "tracking_disabled",
    Excluded: "excluded",
    PendingReview: "pending_review",
    OutsidePeriod: "outside_period",
    NoDataYet: "no_data_yet",
    Counted: "counted"
});

impl PostReason {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            PostReason::TrackingDisabled => "Tracking disabled",
            PostReason::Excluded => "Excluded",
            PostReason::PendingReview => "Pending review",
            PostReason::OutsidePeriod => "Outside the period",
            PostReason::NoDataYet => "No data yet",
            PostReason::Counted => "Counted",
        }
    }
}
