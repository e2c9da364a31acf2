//! The five statuses. docs/rules.md, "Status".

use crate::named;
use crate::pace::Ratio;

/// The pace in percent from which an open goal is on track.
pub const ON_TRACK_PERCENT: u32 = 100;
/// The pace in percent from which an open goal is behind pace rather than at risk.
pub const BEHIND_PACE_PERCENT: u32 = 70;

/// The verdict on one goal in one period. There are exactly five; "Target reached" and the like are markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Open, and projected to meet the target, or met already, or nothing due yet.
    OnTrack,
    /// Open, at 70 % of the expected pace or more, but below 100 %.
    BehindPace,
    /// Open, below 70 % of the expected pace.
    AtRisk,
    /// Ended, target met.
    Completed,
    /// Ended, target not met.
    Missed,
}

// In the order in which creators need attention.
named!(Status {
    AtRisk: "at_risk",
    Missed: "missed",
    BehindPace: "behind_pace",
    OnTrack: "on_track",
    Completed: "completed"
});

impl Status {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Status::OnTrack => "On Track",
            Status::BehindPace => "Behind Pace",
            Status::AtRisk => "At Risk",
            Status::Completed => "Completed",
            Status::Missed => "Missed",
        }
    }

    /// Returns the place in the order of attention, 0 for the most urgent. docs/rules.md, "Overview order".
    pub const fn rank(self) -> u8 {
        match self {
            Status::AtRisk => 0,
            Status::Missed => 1,
            Status::BehindPace => 2,
            Status::OnTrack => 3,
            Status::Completed => 4,
        }
    }

    /// Returns whether somebody should look at this creator today.
    pub const fn needs_attention(self) -> bool {
        matches!(self, Status::AtRisk | Status::Missed)
    }
}

/// A marker shown beside a status; never a sixth status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// Open, target met.
    TargetReached,
    /// The creator was never collected.
    NoDataYet,
    /// Ended, target not met, and not collected since.
    AwaitingData,
}

named!(Marker { TargetReached: "target_reached", NoDataYet: "no_data_yet", AwaitingData: "awaiting_data" });

impl Marker {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Marker::TargetReached => "Target reached",
            Marker::NoDataYet => "No data yet",
            Marker::AwaitingData => "Awaiting data",
        }
    }
}

/// Returns the status of a window that has ended.
pub const fn of_ended(actual: i64, target: i64) -> Status {
    if actual >= target { Status::Completed } else { Status::Missed }
}

/// Returns whether so little of a window's `whole` milliseconds has elapsed that nothing is called late.
pub fn is_early(elapsed: i64, whole: i64, early_grace_percent: u32) -> bool {
    i128::from(elapsed) * 100 < i128::from(early_grace_percent) * i128::from(whole)
}

/// Returns the status of an open window. `pace` is `None` while nothing is expected.
pub fn of_open(actual: i64, target: i64, in_grace: bool, pace: Option<Ratio>) -> Status {
    match pace {
        _ if actual >= target || in_grace => Status::OnTrack,
        None => Status::OnTrack,
        Some(pace) if pace.is_at_least_percent(ON_TRACK_PERCENT) => Status::OnTrack,
        Some(pace) if pace.is_at_least_percent(BEHIND_PACE_PERCENT) => Status::BehindPace,
        Some(_) => Status::AtRisk,
    }
}
