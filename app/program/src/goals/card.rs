//! A goal beside its verdict.

use crate::goals::record::GoalRecord;
use compliance::Evaluation;

/// A goal with its verdict.
#[derive(Debug, Clone)]
pub struct GoalCard {
    /// The goal.
    pub record: GoalRecord,
    /// Its evaluation; `None` if its dates leave no window.
    pub evaluation: Option<Evaluation>,
}
