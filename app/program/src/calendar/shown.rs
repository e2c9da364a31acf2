//! What a calendar shows.

use super::day::{Day, Uncounted, Week};
use super::month::Month;
use crate::creators::record::Creator;
use crate::posts::record::Post;
use crate::projects::record::Project;
use chrono::NaiveDate;
use compliance::Instant;

/// The query of a calendar; all of it comes from the URL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CalendarQuery {
    /// The month; that of the day, or the current one, if not given.
    pub month: Option<Month>,
    /// The day whose posts are listed, if it is in one of the weeks shown.
    pub day: Option<NaiveDate>,
    /// The page of the day's posts; 0 for the first.
    pub page: u32,
}

/// The calendar of a month.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The project.
    pub project: Project,
    /// The instant it is of.
    pub as_of: Instant,
    /// The local date of that instant.
    pub today: NaiveDate,
    /// The month.
    pub month: Month,
    /// Every week with a date of the month.
    pub weeks: Vec<Week>,
    /// The number of creators it is about.
    pub creators: usize,
    /// The number of those whose posts were never collected.
    pub never_seen: usize,
    /// The day whose posts are listed.
    pub open: Option<OpenDay>,
}

impl Calendar {
    /// Returns the days of the month, without those of other months in its weeks.
    pub fn days(&self) -> impl Iterator<Item = &Day> {
        let dates = self.month.dates();
        self.weeks.iter().flat_map(|week| &week.days).filter(move |day| dates.contains(day.date))
    }

    /// Returns the number of the month's posts that count.
    #[must_use]
    pub fn posts(&self) -> i64 {
        self.days().map(|day| day.posts).fold(0, i64::saturating_add)
    }

    /// Returns the month's posts that do not count.
    #[must_use]
    pub fn uncounted(&self) -> Uncounted {
        let mut sum = Uncounted::default();
        self.days().for_each(|day| sum.add(day.uncounted));
        sum
    }
}

/// A day with its posts.
#[derive(Debug, Clone)]
pub struct OpenDay {
    /// The day.
    pub day: Day,
    /// One page of its posts, whether they count or not, the earliest first.
    pub posts: Vec<DayPost>,
    /// The page; 0 for the first.
    pub page: u32,
    /// The number of pages.
    pub pages: u32,
}

/// A post with its creator.
#[derive(Debug, Clone)]
pub struct DayPost {
    /// The creator.
    pub creator: Creator,
    /// The post.
    pub post: Post,
}
