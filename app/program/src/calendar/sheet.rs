//! An empty calendar for a month, and how it is filled.

use super::day::{Day, Uncounted, Week, When};
use super::month::Month;
use super::shown::{Calendar, CalendarQuery, DayPost, OpenDay};
use crate::caller::Caller;
use crate::creators::record::Creator;
use crate::error::AppError;
use crate::ids::CreatorId;
use crate::posts::record::{DaySpan, POSTS_PER_PAGE, PublishedPart};
use crate::projects::record::Project;
use crate::standings::gains::PostsOfDay;
use chrono::NaiveDate;
use compliance::Instant;
use compliance::calendar::{DayNumber, LocalDays as _, date_of_day, day_number};
use compliance::period::Dates;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// An empty calendar.
pub(super) struct Sheet {
    project: Project,
    as_of: Instant,
    pub(super) today: NaiveDate,
    pub(super) month: Month,
    /// The dates of its weeks.
    pub(super) dates: Dates,
    /// Its days, from start to end.
    spans: Vec<DaySpan>,
}

/// What a calendar is filled with.
pub(super) struct Known {
    /// The posts that count.
    pub(super) posts: Vec<PostsOfDay>,
    /// When each creator's posts were last collected.
    pub(super) looks: Vec<Option<Instant>>,
}

impl Sheet {
    /// Returns the calendar of the month that is asked for, or of the current month.
    pub(super) fn of(project: &Project, as_of: Instant, query: &CalendarQuery) -> Result<Sheet, AppError> {
        let today = project.zone.date_of(as_of);
        let day = query.day.and_then(Month::of);
        let month = query.month.or(day).or_else(|| Month::of(today));
        let month = month.ok_or_else(|| AppError::Invalid("The clock is beyond the calendar.".to_owned()))?;
        let dates = month.weeks(project.settings.week_start);
        let start = |day| project.zone.start_of(date_of_day(day));
        let numbers = day_number(dates.first)..day_number(dates.end);
        let spans = numbers.map(|day| DaySpan { day, from: start(day), until: start(day + 1) }).collect();
        Ok(Sheet { project: project.clone(), as_of, today, month, dates, spans })
    }

    pub(super) fn day_numbers(&self) -> Range<DayNumber> {
        day_number(self.dates.first)..day_number(self.dates.end)
    }

    /// Fills the calendar with what is known of one creator, or of everybody. `creator_of` finds a creator by id.
    pub(super) async fn filled(
        self,
        caller: &Caller,
        query: &CalendarQuery,
        whose: Option<CreatorId>,
        known: &Known,
        creator_of: impl Fn(CreatorId) -> Option<Creator> + Send,
    ) -> Result<Calendar, AppError> {
        let project_id = self.project.project_id;
        let begun = self.spans.iter().map(|span| DaySpan { until: self.known_until(span), ..*span });
        let begun: Vec<DaySpan> = begun.filter(|span| span.from < span.until).collect();
        let mut uncounted: HashMap<DayNumber, Uncounted> = HashMap::new();
        for posts in caller.store.uncounted_posts(project_id, whose, &begun).await? {
            uncounted.entry(posts.day).or_default().add_posts(posts.tracking, posts.posts);
        }
        let days = self.days(known, &uncounted);
        let asked = query.day.and_then(|date| days.iter().position(|day| day.date == date));
        let open = match asked {
            Some(place) => {
                let (day, span) = (days[place], self.spans[place]);
                let page = query.page.min(last_page(&day));
                let (from, until) = (span.from, self.known_until(&span));
                let part = PublishedPart { creator_id: whose, from, until, page };
                let found = caller.store.posts_published(project_id, &part).await?.into_iter();
                let posts = found
                    .filter_map(|owned| Some(DayPost { creator: creator_of(owned.creator_id)?, post: owned.post }))
                    .collect();
                Some(OpenDay { day, posts, page, pages: last_page(&day) + 1 })
            }
            None => None,
        };
        let never_seen = known.looks.iter().filter(|look| look.is_none()).count();
        let weeks = days.chunks(7).map(|days| Week { days: days.to_vec() }).collect();
        let Sheet { project, as_of, today, month, .. } = self;
        Ok(Calendar { project, as_of, today, month, weeks, creators: known.looks.len(), never_seen, open })
    }

    /// Returns the end of what is known of a day.
    fn known_until(&self, span: &DaySpan) -> Instant {
        span.until.min(self.as_of.plus_millis(1))
    }

    fn days(&self, known: &Known, uncounted: &HashMap<DayNumber, Uncounted>) -> Vec<Day> {
        let counted: HashMap<DayNumber, PostsOfDay> = known.posts.iter().map(|posts| (posts.day, *posts)).collect();
        let mut looks: Vec<Instant> = known.looks.iter().flatten().copied().collect();
        looks.sort_unstable();
        let day = |span: &DaySpan| {
            let date = date_of_day(span.day);
            let when = match date.cmp(&self.today) {
                _ if span.from >= span.until => When::Missing,
                Ordering::Less => When::Past,
                Ordering::Equal => When::Today,
                Ordering::Greater => When::Ahead,
            };
            let unseen = if when == When::Past { looks.partition_point(|look| *look < span.until) } else { 0 };
            Day {
                date,
                when,
                posts: counted.get(&span.day).map_or(0, |posts| posts.posts),
                creators: counted.get(&span.day).map_or(0, |posts| posts.creators),
                uncounted: uncounted.get(&span.day).copied().unwrap_or_default(),
                unseen: i64::try_from(unseen).unwrap_or(i64::MAX),
                is_gap: false,
            }
        };
        self.spans.iter().map(day).collect()
    }
}

/// Returns the last page of a day's posts, from 0.
fn last_page(day: &Day) -> u32 {
    let last = day.published().max(1) - 1;
    u32::try_from(last / i64::from(POSTS_PER_PAGE)).unwrap_or(u32::MAX)
}
