//! Goals: what a creator is to achieve, and how that changed over time.

use crate::calendar::LocalDays;
use crate::covered::Covered;
use crate::instant::Instant;
use crate::metric::Metric;
use crate::period::{Cadence, Dates, WeekStart};
use crate::terms::GoalTerms;
use chrono::NaiveDate;

/// A version of a goal: its terms from one edit to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalVersion {
    /// When the edit was made. It applies from the period of the edit on.
    pub made_at: Instant,
    /// The terms.
    pub terms: GoalTerms,
}

/// One goal of one creator, with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What is measured.
    pub metric: Metric,
    /// The goal's period: daily, weekly or monthly.
    pub cadence: Cadence,
    first: GoalVersion,
    edits: Vec<GoalVersion>,
}

impl Goal {
    /// Creates a goal with its first version.
    pub const fn new(metric: Metric, cadence: Cadence, made: GoalVersion) -> Goal {
        Goal { metric, cadence, first: made, edits: Vec::new() }
    }

    /// Adds an edit; edits have to be added in order of time.
    #[must_use]
    pub fn edited(mut self, version: GoalVersion) -> Goal {
        self.edits.push(version);
        self
    }

    /// Returns when the goal was made.
    pub const fn made_at(&self) -> Instant {
        self.first.made_at
    }

    /// Returns all versions, in order of time; the first is the goal as it was made.
    pub fn versions(&self) -> impl Iterator<Item = &GoalVersion> {
        std::iter::once(&self.first).chain(&self.edits)
    }

    /// Returns the goal as it was at an instant; for an instant before it was made, as it was when it was made.
    #[must_use]
    pub fn as_of(&self, at: Instant) -> Goal {
        let edits = self.edits.iter().filter(|version| version.made_at <= at).copied().collect();
        Goal { edits, ..*self }
    }

    /// Returns the current terms.
    pub fn terms(&self) -> &GoalTerms {
        &self.edits.last().unwrap_or(&self.first).terms
    }

    /// Returns the terms that may apply to a period that ends at `period_end`, in order of preference: the version in
    /// force when it closed, then later ones (an explicit earlier start date covers periods before the goal was made).
    pub fn terms_at_close(&self, period_end: Instant) -> impl Iterator<Item = &GoalTerms> {
        let in_force = self.edits.partition_point(|version| version.made_at < period_end);
        let start = if in_force == 0 { None } else { Some(in_force - 1) };
        let head = if start.is_none() { Some(&self.first) } else { None };
        let tail = self.edits.get(start.unwrap_or(0)..).unwrap_or_default();
        head.into_iter().chain(tail).map(|version| &version.terms)
    }

    /// Returns the first local date the goal covers: its start date, or the first date of the period in which it was
    /// made.
    pub fn covers_from(&self, made_on: NaiveDate, week_start: WeekStart) -> NaiveDate {
        self.cadence.covers_from(self.terms(), made_on, week_start)
    }

    /// Returns the first local date that the goal has covered in any of its versions: a later start in an edit does not
    /// change periods that closed before.
    pub fn covers_since(&self, made_on: NaiveDate, week_start: WeekStart) -> NaiveDate {
        let starts = self.versions().map(|version| self.cadence.covers_from(&version.terms, made_on, week_start));
        starts.min().unwrap_or(made_on)
    }

    /// Returns whether a period, or the goal itself, may have ended before a date under any of its terms, and so
    /// produced a final verdict.
    pub fn may_have_closed_by(&self, date: NaiveDate, made_on: NaiveDate, week_start: WeekStart) -> bool {
        let first = self.cadence.period_of(self.covers_since(made_on, week_start), week_start);
        let mut last_days = self.versions().filter_map(|version| version.terms.end_date);
        first.dates.end <= date || last_days.any(|last| last < date)
    }

    /// Returns the dates the goal covers; without an end date, to the end of the calendar.
    pub fn coverage(&self, made_on: NaiveDate, week_start: WeekStart) -> Dates {
        self.cadence.coverage(self.terms(), made_on, week_start)
    }

    /// Returns what the goal covers.
    pub fn covered(&self, days: &impl LocalDays, week_start: WeekStart) -> Covered {
        let dates = self.coverage(days.date_of(self.made_at()), week_start);
        Covered { metric: self.metric, cadence: self.cadence, dates }
    }

    /// Returns whether another goal of the same metric and period covers some of the same dates, which no two active
    /// goals of a creator may do.
    pub fn overlaps(&self, other: &Goal, days: &impl LocalDays, week_start: WeekStart) -> bool {
        self.covered(days, week_start).overlaps(&other.covered(days, week_start))
    }
}
