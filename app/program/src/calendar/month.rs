//! Calendar months, as addresses name them.

use chrono::{Datelike, Months, NaiveDate};
use compliance::Cadence;
use compliance::goal_form::parse_date;
use compliance::period::{Dates, WeekStart};
use std::fmt;

/// A calendar month from January 2000 to December 2099, the range of dates that people can enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// Returns the month that contains a date; `None` beyond the range.
    #[must_use]
    pub fn of(date: NaiveDate) -> Option<Month> {
        let first = date.with_day(1)?;
        (2000..2100).contains(&first.year()).then_some(Month { first })
    }

    /// Parses `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Month> {
        Month::of(parse_date(&format!("{}-01", text.trim())).ok()?)
    }

    /// Returns its dates.
    #[must_use]
    pub fn dates(self) -> Dates {
        // Weeks have no part in the dates of a month.
        Cadence::Monthly.period_of(self.first, WeekStart::default()).dates
    }

    /// Returns the month before; `None` at the beginning of the range.
    #[must_use]
    pub fn before(self) -> Option<Month> {
        Month::of(self.first.checked_sub_months(Months::new(1))?)
    }

    /// Returns the month after; `None` at the end of the range.
    #[must_use]
    pub fn after(self) -> Option<Month> {
        Month::of(self.first.checked_add_months(Months::new(1))?)
    }

    /// Returns the dates of the whole weeks that have a date of the month.
    #[must_use]
    pub fn weeks(self, week_start: WeekStart) -> Dates {
        let dates = self.dates();
        let week = |date| Cadence::Weekly.period_of(date, week_start).dates;
        Dates { first: week(dates.first).first, end: week(dates.last()).end }
    }
}

/// Writes `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.first.format("%Y-%m").fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_it_is_read_and_anything_else_is_none() {
        for text in ["2000-01", "2026-11", "2099-12"] {
            assert_eq!(Month::parse(text).map(|month| month.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "2026", "2026-1", "2026-00", "2026-13", "1999-12", "2100-01", "2026-11-01", "-2026-11", "２026-11"]
        {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_follow_one_another_over_the_new_year_and_end_with_the_range() {
        let neighbours = |text: &str| {
            let month = Month::parse(text);
            let named = |month: Option<Month>| month.map(|month| month.to_string());
            (named(month.and_then(Month::before)), named(month.and_then(Month::after)))
        };
        assert_eq!(neighbours("2026-12"), (Some("2026-11".to_owned()), Some("2027-01".to_owned())));
        assert_eq!(neighbours("2000-01"), (None, Some("2000-02".to_owned())));
        assert_eq!(neighbours("2099-12"), (Some("2099-11".to_owned()), None));
    }

    #[test]
    fn weeks_are_whole_and_begin_as_the_project_says() {
        let weeks = |text: &str, week_start| {
            let dates = Month::parse(text).map(|month| month.weeks(week_start));
            dates.map(|dates| (dates.first.to_string(), dates.last().to_string(), dates.count()))
        };
        let expect = |first: &str, last: &str, count| Some((first.to_owned(), last.to_owned(), count));
        assert_eq!(weeks("2026-11", WeekStart::Monday), expect("2026-10-26", "2026-12-06", 42));
        assert_eq!(weeks("2026-11", WeekStart::Sunday), expect("2026-11-01", "2026-12-05", 35));
        assert_eq!(weeks("2026-11", WeekStart::Saturday), expect("2026-10-31", "2026-12-04", 35));
        assert_eq!(weeks("2027-02", WeekStart::Monday), expect("2027-02-01", "2027-02-28", 28));
    }
}
