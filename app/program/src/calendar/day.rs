//! The days and weeks of a calendar.

use chrono::NaiveDate;
use compliance::PostReason;
use compliance::period::Dates;
use compliance::tracking::Tracking;

/// Whether a day is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is over.
    Past,
    /// It is the current day.
    Today,
    /// It has not begun.
    Ahead,
    /// Its date does not exist in the project's zone.
    Missing,
}

/// How many posts do not count, by their reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uncounted {
    /// Those pending review.
    pub pending: i64,
    /// Those that were excluded.
    pub excluded: i64,
    /// Those whose tracking is disabled.
    pub disabled: i64,
}

impl Uncounted {
    /// Returns the number of all.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.pending.saturating_add(self.excluded).saturating_add(self.disabled)
    }

    /// Adds posts of a review state, unless such posts count.
    pub fn add_posts(&mut self, tracking: Tracking, posts: i64) {
        let sum = match tracking.exclusion() {
            Some(PostReason::TrackingDisabled) => &mut self.disabled,
            Some(PostReason::Excluded) => &mut self.excluded,
            Some(PostReason::PendingReview) => &mut self.pending,
            Some(PostReason::OutsidePeriod | PostReason::NoDataYet | PostReason::Counted) | None => return,
        };
        *sum = sum.saturating_add(posts);
    }

    /// Adds the posts of another day.
    pub fn add(&mut self, other: Uncounted) {
        self.pending = self.pending.saturating_add(other.pending);
        self.excluded = self.excluded.saturating_add(other.excluded);
        self.disabled = self.disabled.saturating_add(other.disabled);
    }
}

/// One day of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The local date.
    pub date: NaiveDate,
    /// Whether it is over.
    pub when: When,
    /// The posts that were published on it and count.
    pub posts: i64,
    /// The creators who published them.
    pub creators: i64,
    /// The posts that were published on it and do not count.
    pub uncounted: Uncounted,
    /// The creators whose posts were collected before, but not since it ended: they may have published more. Those whose
    /// posts were never collected are left out.
    pub unseen: i64,
    /// Whether it is a gap: it is over and known, a goal for posts covered it, and nothing was published.
    pub is_gap: bool,
}

impl Day {
    /// Returns the number of all posts that were published on the day.
    #[must_use]
    pub const fn published(&self) -> i64 {
        self.posts.saturating_add(self.uncounted.total())
    }
}

/// Seven days, from the project's start of weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// The days.
    pub days: Vec<Day>,
}

impl Week {
    /// Returns its dates.
    #[must_use]
    pub fn dates(&self) -> Option<Dates> {
        let (first, last) = (self.days.first()?, self.days.last()?);
        Some(Dates { first: first.date, end: last.date.succ_opt()? })
    }

    /// Returns the number of posts on its days that count.
    #[must_use]
    pub fn posts(&self) -> i64 {
        self.days.iter().map(|day| day.posts).fold(0, i64::saturating_add)
    }
}

/// The gaps of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gaps {
    /// The number of days that are gaps.
    pub days: usize,
    /// The dates of the longest run of gaps, the earliest of equally long ones.
    pub longest: Option<Dates>,
}

impl Gaps {
    /// Counts the gaps among consecutive days.
    #[must_use]
    pub fn among<'d>(days: impl IntoIterator<Item = &'d Day>) -> Gaps {
        let mut gaps = Gaps::default();
        let mut run: Option<Dates> = None;
        for day in days {
            if !day.is_gap {
                run = None;
                continue;
            }
            gaps.days += 1;
            let end = day.date.succ_opt().unwrap_or(day.date);
            let dates = Dates { end, ..run.unwrap_or(Dates { first: day.date, end }) };
            if gaps.longest.is_none_or(|longest| longest.count() < dates.count()) {
                gaps.longest = Some(dates);
            }
            run = Some(dates);
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_of_gaps_is_found_and_the_earlier_of_two() {
        let day = |number: u32, is_gap: bool| Day {
            date: NaiveDate::from_ymd_opt(2026, 11, number).unwrap_or_default(),
            when: When::Past,
            posts: 0,
            creators: 0,
            uncounted: Uncounted::default(),
            unseen: 0,
            is_gap,
        };
        let gaps = |marks: &str| {
            let days: Vec<Day> = (1..).zip(marks.chars()).map(|(number, mark)| day(number, mark == 'g')).collect();
            let Gaps { days, longest } = Gaps::among(&days);
            (days, longest.map(|dates| (dates.first.to_string(), dates.last().to_string())))
        };
        let run = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(gaps("...."), (0, None));
        assert_eq!(gaps(".g.gg.g"), (4, run("2026-11-04", "2026-11-05")));
        assert_eq!(gaps("gg.gg"), (4, run("2026-11-01", "2026-11-02")));
        assert_eq!(gaps("gggg"), (4, run("2026-11-01", "2026-11-04")));
    }
}
