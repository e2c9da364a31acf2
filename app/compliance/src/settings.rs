//! The settings of a project that the rules read.

use crate::period::WeekStart;

/// The settings of a project that affect evaluations. The time zone is separate, in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectSettings {
    /// The day a week starts on.
    pub week_start: WeekStart,
    /// The share of a window, in percent (0 to 100), during which nothing is due yet.
    pub early_grace_percent: u32,
    /// How often creators are expected to be collected, in hours (1 to 8,760).
    pub collection_interval_hours: u32,
}

impl ProjectSettings {
    /// The largest `collection_interval_hours`: one year.
    pub const MAX_COLLECTION_INTERVAL_HOURS: u32 = 8_760;
}

impl Default for ProjectSettings {
    fn default() -> Self {
        ProjectSettings { week_start: WeekStart::Monday, early_grace_percent: 10, collection_interval_hours: 24 }
    }
}
