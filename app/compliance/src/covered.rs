//! What a goal covers, and which goals of one creator exclude each other.

use crate::metric::Metric;
use crate::period::{Cadence, Dates};

/// The metric, cadence and dates that a goal covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// What is measured.
    pub metric: Metric,
    /// The goal's period: daily, weekly or monthly.
    pub cadence: Cadence,
    /// The dates; without an end date, to the end of the calendar.
    pub dates: Dates,
}

impl Covered {
    /// Returns whether both cover some of the same dates with the same metric and period, which no two active goals of a
    /// creator may do. The server decides by this when a goal is sent, and the browser while it is typed.
    pub fn overlaps(&self, other: &Covered) -> bool {
        (self.metric, self.cadence) == (other.metric, other.cadence)
            && other.dates.first < self.dates.end
            && self.dates.first < other.dates.end
    }
}
