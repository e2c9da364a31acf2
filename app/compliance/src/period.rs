//! Cadences, their periods, and the window that a goal cuts from a period. docs/rules.md, "Periods".

use crate::calendar::LocalDays;
use crate::instant::Instant;
use crate::named;
use crate::terms::GoalTerms;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day a project's weeks start on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WeekStart {
    /// ISO weeks.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
    /// As in much of the Middle East.
    Saturday,
}

// The default first.
named!(WeekStart { Monday: "monday", Sunday: "sunday", Saturday: "saturday" });

impl WeekStart {
    const fn weekday(self) -> Weekday {
        match self {
            WeekStart::Monday => Weekday::Mon,
            WeekStart::Sunday => Weekday::Sun,
            WeekStart::Saturday => Weekday::Sat,
        }
    }
}

/// How often a goal repeats. On the wire and on screen this is the goal's `period`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    /// One local day.
    Daily,
    /// Seven local days from the project's week start.
    Weekly,
    /// A calendar month.
    Monthly,
}

// Shortest first.
named!(Cadence { Daily: "daily", Weekly: "weekly", Monthly: "monthly" });

impl Cadence {
    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Cadence::Daily => "Daily",
            Cadence::Weekly => "Weekly",
            Cadence::Monthly => "Monthly",
        }
    }

    /// Returns the period that contains the local date.
    pub fn period_of(self, date: NaiveDate, week_start: WeekStart) -> Period {
        let dates = match self {
            Cadence::Daily => Dates { first: date, end: after(date, 1) },
            Cadence::Weekly => {
                let into_week = date.weekday().days_since(week_start.weekday());
                let first = date.checked_sub_days(Days::new(u64::from(into_week))).unwrap_or(NaiveDate::MIN);
                Dates { first, end: after(first, 7) }
            }
            Cadence::Monthly => {
                let first = date.with_day(1).unwrap_or(date);
                Dates { first, end: first.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX) }
            }
        };
        Period { cadence: self, dates }
    }

    /// Returns the first local date that a goal of this cadence covers, if it was made on `made_on` with these terms: its
    /// start date, or the first date of the period in which it was made.
    pub fn covers_from(self, terms: &GoalTerms, made_on: NaiveDate, week_start: WeekStart) -> NaiveDate {
        terms.start_date.unwrap_or_else(|| self.period_of(made_on, week_start).dates.first)
    }

    /// Returns the dates that such a goal covers; without an end date, to the end of the calendar.
    pub fn coverage(self, terms: &GoalTerms, made_on: NaiveDate, week_start: WeekStart) -> Dates {
        let end = terms.end_date.and_then(|last| last.succ_opt()).unwrap_or(NaiveDate::MAX);
        Dates { first: self.covers_from(terms, made_on, week_start), end }
    }
}

fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A half-open range of local dates, `first <= date < end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dates {
    /// The first date in the range.
    pub first: NaiveDate,
    /// The first date after the range.
    pub end: NaiveDate,
}

impl Dates {
    /// Returns the number of calendar dates in the range, including those that do not exist in a zone.
    pub fn count(self) -> i64 {
        self.end.signed_duration_since(self.first).num_days().max(0)
    }

    /// Returns whether the range is empty.
    pub fn is_empty(self) -> bool {
        self.first >= self.end
    }

    /// Returns the last date in the range (the first date, if the range is empty).
    pub fn last(self) -> NaiveDate {
        self.end.pred_opt().map_or(self.first, |last| last.max(self.first))
    }

    /// Returns whether the range contains `date`.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first <= date && date < self.end
    }
}

/// One period of a cadence, as local dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The cadence it is a period of.
    pub cadence: Cadence,
    /// Its local dates.
    pub dates: Dates,
}

impl Period {
    /// Returns the period before this one.
    #[must_use]
    pub fn before(self, week_start: WeekStart) -> Period {
        self.cadence.period_of(self.dates.first.pred_opt().unwrap_or(NaiveDate::MIN), week_start)
    }

    /// Returns the period after this one.
    #[must_use]
    pub fn after(self, week_start: WeekStart) -> Period {
        self.cadence.period_of(self.dates.end, week_start)
    }

    /// Returns this period cut to the dates of a goal, as a window of instants; `None` if nothing is left of it, or if
    /// none of its dates exists in the zone (such a window is never judged).
    pub fn window(self, terms: &GoalTerms, days: &impl LocalDays) -> Option<Window> {
        let first = terms.start_date.map_or(self.dates.first, |start| start.max(self.dates.first));
        let end = terms.end_date.map_or(self.dates.end, |last| after(last, 1).min(self.dates.end));
        let dates = Dates { first, end };
        if dates.is_empty() {
            return None;
        }
        let (start, end) = (days.start_of(dates.first), days.start_of(dates.end));
        (start < end).then_some(Window { period: self, dates, start, end })
    }
}

/// The window of a goal: a period cut to the goal's dates, `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The whole period.
    pub period: Period,
    /// The local dates in the window.
    pub dates: Dates,
    /// The first instant of the window.
    pub start: Instant,
    /// The first instant after the window.
    pub end: Instant,
}

impl Window {
    /// Returns the length in elapsed milliseconds, more than 0.
    pub const fn millis(&self) -> i64 {
        self.end.millis_since(self.start)
    }

    /// Returns the target of this window, rounded up: the share of a full period's target that corresponds to its
    /// calendar dates.
    pub fn target(&self, target_value: i64) -> i64 {
        let (window, period) = (i128::from(self.dates.count()), i128::from(self.period.dates.count().max(1)));
        let share = (i128::from(target_value) * window + period - 1).div_euclid(period);
        i64::try_from(share).unwrap_or(i64::MAX)
    }
}
