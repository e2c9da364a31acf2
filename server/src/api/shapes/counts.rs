//! The JSON shape of counts of verdicts.

use compliance::Status;
use compliance::overview::Counts;
use program::judged::verdicts::VerdictCounts;
use serde::Serialize;
use utoipa::ToSchema;

/// Returns a count as it is sent.
pub fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The number of evaluations with each status.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatusCounts {
    /// Open, and projected to meet the target.
    pub on_track: u32,
    /// Open, at 70 % of the target rate or more.
    pub behind_pace: u32,
    /// Open, below 70 % of the target rate.
    pub at_risk: u32,
    /// Ended, target met.
    pub completed: u32,
    /// Ended, target not met.
    pub missed: u32,
}

impl StatusCounts {
    fn of(count: impl Fn(Status) -> usize) -> StatusCounts {
        let count = |status| counted(count(status));
        StatusCounts {
            on_track: count(Status::OnTrack),
            behind_pace: count(Status::BehindPace),
            at_risk: count(Status::AtRisk),
            completed: count(Status::Completed),
            missed: count(Status::Missed),
        }
    }

    fn current(counts: &Counts) -> StatusCounts {
        StatusCounts::of(|status| counts.current(status))
    }
}

/// Counts of one metric or period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedCounts {
    /// The metric or period.
    pub name: &'static str,
    /// Its evaluations by status.
    pub by_status: StatusCounts,
}

impl NamedCounts {
    fn of(name: &'static str, counts: &Counts) -> NamedCounts {
        NamedCounts { name, by_status: StatusCounts::current(counts) }
    }
}

/// The counts of a project.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Aggregate {
    /// Creators in the program.
    pub creators: u32,
    /// Those of them who need attention.
    pub creators_needing_attention: u32,
    /// Goals that are judged.
    pub goals: u32,
    /// All evaluations by status.
    pub by_status: StatusCounts,
    /// The same for each metric.
    pub by_metric: Vec<NamedCounts>,
    /// The same for each period.
    pub by_period: Vec<NamedCounts>,
    /// Verdicts of the last 48 hours by status.
    pub just_ended: StatusCounts,
}

impl From<VerdictCounts> for Aggregate {
    fn from(counts: VerdictCounts) -> Aggregate {
        let VerdictCounts { creators, creators_needing_attention, all, by_metric, by_period } = counts;
        Aggregate {
            creators: counted(creators),
            creators_needing_attention: counted(creators_needing_attention),
            goals: counted(all.total()),
            by_status: StatusCounts::current(&all),
            by_metric: by_metric.iter().map(|(metric, counts)| NamedCounts::of(metric.name(), counts)).collect(),
            by_period: by_period.iter().map(|(cadence, counts)| NamedCounts::of(cadence.name(), counts)).collect(),
            just_ended: StatusCounts::of(|status| all.just_ended(status)),
        }
    }
}
