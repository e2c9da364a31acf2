//! The order of creators by urgency, in groups, and counts by status. docs/rules.md, "Overview order".

use crate::evaluation::Evaluation;
use crate::named;
use crate::pace::Ratio;
use crate::status::Status;
use std::cmp::Ordering;

/// The groups of the overview. A creator is in that of their most urgent goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// At risk now.
    AtRisk,
    /// Missed, or missed in the period that just ended.
    Missed,
    /// Behind pace.
    BehindPace,
    /// On track only as far as anybody has looked: never collected or overdue, and the target not reached.
    Waiting,
    /// On track.
    OnTrack,
    /// Completed.
    Completed,
    /// Without a goal.
    NoGoals,
}

// In the order of attention.
named!(Group {
    AtRisk: "at_risk",
    Missed: "missed",
    BehindPace: "behind_pace",
    Waiting: "waiting",
    OnTrack: "on_track",
    Completed: "completed",
    NoGoals: "no_goals",
});

impl Group {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Group::AtRisk => "At risk now",
            Group::Missed => "Missed",
            Group::BehindPace => "Behind pace",
            Group::Waiting => "Waiting for data",
            Group::OnTrack => "On track",
            Group::Completed => "Completed",
            Group::NoGoals => "No goals",
        }
    }

    /// Returns whether somebody should look at these creators today.
    pub const fn needs_attention(self) -> bool {
        matches!(self, Group::AtRisk | Group::Missed)
    }

    /// Returns the group of an evaluation by its own verdict.
    fn of(evaluation: &Evaluation) -> Group {
        match evaluation.status {
            Status::AtRisk => Group::AtRisk,
            Status::Missed => Group::Missed,
            Status::BehindPace => Group::BehindPace,
            Status::OnTrack if evaluation.waits_for_data() => Group::Waiting,
            Status::OnTrack => Group::OnTrack,
            Status::Completed => Group::Completed,
        }
    }
}

/// How urgently a goal needs attention: smaller is more urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgency {
    group: Group,
    order_by: Option<Ratio>,
}

impl Urgency {
    /// Returns the urgency of one goal: that of its own verdict or, if worse, that of a period that just ended as
    /// missed (and does not merely await data).
    pub fn of(evaluation: &Evaluation) -> Urgency {
        let own = Urgency { group: Group::of(evaluation), order_by: evaluation.order_by };
        match evaluation.just_missed() {
            Some(ended) => own.min(Urgency { group: Group::Missed, order_by: ended.order_by }),
            None => own,
        }
    }

    /// Returns the group of a goal or creator with this urgency.
    pub const fn group(&self) -> Group {
        self.group
    }

    /// Returns the urgency of a creator: that of their worst goal. `None` without goals, which orders last.
    pub fn worst<'a>(evaluations: impl IntoIterator<Item = &'a Evaluation>) -> Option<Urgency> {
        evaluations.into_iter().map(Urgency::of).min()
    }

    /// Compares creators by urgency; those without goals come last.
    pub fn order(left: Option<&Urgency>, right: Option<&Urgency>) -> Ordering {
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// Returns whether somebody should look at this creator today.
    pub const fn needs_attention(&self) -> bool {
        self.group.needs_attention()
    }
}

/// Orders by group, then by pace or attainment, lowest first, unknown last.
impl Ord for Urgency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.group.cmp(&other.group).then_with(|| match (&self.order_by, &other.order_by) {
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        })
    }
}

impl PartialOrd for Urgency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The number of creators in each group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GroupCounts([usize; Group::ALL.len()]);

impl GroupCounts {
    /// Counts a creator.
    pub const fn add(&mut self, group: Group) {
        self.0[group as usize] += 1;
    }

    /// Returns the number of creators in a group.
    pub const fn of(&self, group: Group) -> usize {
        self.0[group as usize]
    }

    /// Returns the number of creators who need attention.
    pub fn attention(&self) -> usize {
        Group::ALL.into_iter().filter(|group| group.needs_attention()).map(|group| self.of(group)).sum()
    }
}

/// The number of evaluations with each status: current ones and, separately, periods that just ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    current: [usize; 5],
    just_ended: [usize; 5],
}

impl Counts {
    /// Counts one evaluation and its recently ended previous period.
    pub fn add(&mut self, evaluation: &Evaluation) {
        self.current[usize::from(evaluation.status.rank())] += 1;
        if let Some(ended) = evaluation.just_ended() {
            self.just_ended[usize::from(ended.status.rank())] += 1;
        }
    }

    /// Returns the number of current evaluations with this status.
    pub const fn current(&self, status: Status) -> usize {
        self.current[status.rank() as usize]
    }

    /// Returns the number of recently ended periods with this status.
    pub const fn just_ended(&self, status: Status) -> usize {
        self.just_ended[status.rank() as usize]
    }

    /// Returns the number of all current evaluations.
    pub fn total(&self) -> usize {
        self.current.iter().sum()
    }
}
