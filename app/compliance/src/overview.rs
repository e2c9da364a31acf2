//! The order of creators by urgency, and counts by status. docs/rules.md, "Overview order".

use crate::evaluation::Evaluation;
use crate::pace::Ratio;
use crate::status::Status;
use std::cmp::Ordering;

/// How urgently a goal needs attention: smaller is more urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgency {
    rank: u8,
    order_by: Option<Ratio>,
}

impl Urgency {
    /// Returns the urgency of one goal: that of its own verdict or, if worse, that of a period that just ended as
    /// missed (and does not merely await data).
    pub fn of(evaluation: &Evaluation) -> Urgency {
        let own = Urgency { rank: evaluation.status.rank(), order_by: evaluation.order_by };
        let missed = evaluation.just_ended().filter(|ended| ended.status == Status::Missed && !ended.awaiting_data());
        match missed {
            Some(ended) => own.min(Urgency { rank: Status::Missed.rank(), order_by: ended.order_by }),
            None => own,
        }
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
    pub fn needs_attention(&self) -> bool {
        self.rank <= Status::Missed.rank()
    }
}

/// Orders by rank, then by pace or attainment, lowest first, unknown last.
impl Ord for Urgency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then_with(|| match (&self.order_by, &other.order_by) {
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
