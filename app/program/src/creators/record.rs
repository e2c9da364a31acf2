//! The records of creators.

use crate::ids::CreatorId;
use chrono::NaiveDate;
use compliance::calendar::{LocalDays as _, Zone};
use compliance::fact::Handle;
use compliance::named;
use compliance::tracking::TrackingMode;
use compliance::{Instant, Looks};

/// Whether a creator is in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// They are in the program.
    Member,
    /// They were removed; the history is kept.
    Removed,
}

/// The creator who is the same account as another one, under another handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameAs {
    /// Probably this creator; a person decides.
    Probably(CreatorId),
    /// This creator, into whom they were merged.
    Merged(CreatorId),
}

impl SameAs {
    /// Returns the other creator.
    #[must_use]
    pub const fn creator_id(self) -> CreatorId {
        match self {
            SameAs::Probably(creator_id) | SameAs::Merged(creator_id) => creator_id,
        }
    }
}

/// A TikTok account in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// Its id.
    pub creator_id: CreatorId,
    /// The handle, without `@`.
    pub handle: Handle,
    /// The display name; without one the handle is shown.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// The date from which posts count in full; `None` means automatic.
    pub tracking_start_date: Option<NaiveDate>,
    /// The earliest known snapshot of the creator or their posts.
    pub first_snapshot_at: Option<Instant>,
    /// The last follower reading.
    pub followers: Option<i64>,
    /// The creator's latest collections.
    pub looks: Looks,
    /// When the creator was removed from the program.
    pub removed_at: Option<Instant>,
    /// When the creator was added.
    pub created_at: Instant,
    /// The creator who is the same account, if this is a double.
    pub same_as: Option<SameAs>,
}

impl Creator {
    /// Returns the creator who is the same account and has its posts, if this one was merged.
    #[must_use]
    pub const fn merged_into(&self) -> Option<CreatorId> {
        match self.same_as {
            Some(SameAs::Merged(creator_id)) => Some(creator_id),
            _ => None,
        }
    }

    /// Returns the name shown to people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.display_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(self.handle.as_str())
    }

    /// Returns the local date from which posts count in full; `None` while automatic and nothing was collected.
    #[must_use]
    pub fn tracking_start(&self, zone: Zone) -> Option<NaiveDate> {
        self.tracking_start_date.or_else(|| self.first_snapshot_at.map(|at| zone.date_of(at)))
    }
}

/// A creator to add by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCreator {
    /// The handle.
    pub handle: Handle,
    /// The name shown.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// The date from which posts count in full.
    pub tracking_start_date: NaiveDate,
}

/// The result of adding a creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddCreatorOutcome {
    /// The creator is new in the program.
    Added(CreatorId),
    /// The creator had been removed, and was restored with its history.
    Restored(CreatorId),
    /// The creator is in the program already; nothing changed.
    Present(CreatorId),
}

impl AddCreatorOutcome {
    /// Returns the creator, if they came into the program.
    #[must_use]
    pub const fn brought(&self) -> Option<CreatorId> {
        match self {
            AddCreatorOutcome::Added(creator_id) | AddCreatorOutcome::Restored(creator_id) => Some(*creator_id),
            AddCreatorOutcome::Present(_) => None,
        }
    }
}

/// What can be edited about a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorChange {
    /// The handle.
    pub handle: Handle,
    /// The name shown.
    pub display_name: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// The date from which posts count in full; `None` means automatic.
    pub tracking_start_date: Option<NaiveDate>,
}

/// Sums over a creator's posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatorTotals {
    /// The creator's id.
    pub creator_id: CreatorId,
    /// The number of known posts.
    pub posts: i64,
    /// The sum of their latest view counts.
    pub views: i64,
    /// The sum of their latest likes, comments, shares and saves.
    pub engagement: i64,
    /// The number of posts pending review.
    pub pending: i64,
}

impl CreatorTotals {
    /// Returns the sums for a creator without posts.
    #[must_use]
    pub const fn none(creator_id: CreatorId) -> CreatorTotals {
        CreatorTotals { creator_id, posts: 0, views: 0, engagement: 0, pending: 0 }
    }
}

/// The result of editing a creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateCreatorOutcome {
    /// The change was made.
    Updated,
    /// The new handle belongs to this other creator, in the program or removed from it; nothing changed.
    HandleTaken(CreatorId),
}

/// A change of a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorEvent {
    /// The kind of change.
    pub kind: CreatorEventKind,
    /// When it happened.
    pub changed_at: Instant,
    /// The value before, in the form that the kind implies.
    pub from: String,
    /// The value after.
    pub to: String,
}

/// The kinds of changes of a creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreatorEventKind {
    /// From one handle to another.
    Renamed,
    /// Removed from the program.
    Removed,
    /// Added again after having been removed.
    Returned,
    /// From one [`TrackingMode`] to another.
    TrackingMode,
    /// From one local date to another; empty is automatic.
    TrackingStart,
    /// Another creator, with the first handle, was merged into this one.
    Merged,
    /// That merge was undone.
    MergeUndone,
}

named!(CreatorEventKind {
    Renamed: "renamed",
    Removed: "removed",
    Returned: "returned",
    TrackingMode: "tracking_mode",
    TrackingStart: "tracking_start",
    Merged: "merged",
    MergeUndone: "merge_undone"
});
