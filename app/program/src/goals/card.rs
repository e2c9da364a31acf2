//! A goal beside its verdict.

use crate::goals::record::GoalRecord;
use compliance::Evaluation;
use compliance::course::Course;

/// A goal with its verdict.
#[derive(Debug, Clone)]
pub struct GoalCard {
    /// The goal.
    pub record: GoalRecord,
    /// Its evaluation; `None` if its dates leave no window.
    pub evaluation: Option<Evaluation>,
    /// Its course through the window, for a listed goal that has one.
    pub course: Option<Course>,
}
