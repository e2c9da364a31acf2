//! The terms of a goal: what may change about it after it was made.

use chrono::NaiveDate;

/// The terms of a goal: what can be edited after it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalTerms {
    /// What a whole period asks for, 1 to [`MAX_COUNT`](crate::bounds::MAX_COUNT).
    pub target_value: i64,
    /// The first local date, inclusive. Without one the goal covers the period in which it was made and all later ones.
    pub start_date: Option<NaiveDate>,
    /// The last local date, inclusive.
    pub end_date: Option<NaiveDate>,
    /// `false` once a person has ended the goal.
    pub is_active: bool,
}
