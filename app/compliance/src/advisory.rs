//! Flags saying that the numbers may still move. docs/rules.md, "Advisory".

use crate::instant::{HOUR_MS, Instant};
use crate::pace::Tenths;
use crate::period::Window;

/// How long after its end a period counts as recently ended, in elapsed time.
pub const RECENTLY_ENDED_MS: i64 = 48 * HOUR_MS;

/// How fresh the data of a creator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// Within one collection interval.
    Fresh,
    /// Older than one interval.
    Stale,
    /// Older than two intervals.
    Overdue,
}

/// When a creator was last collected, compared with the expected interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScrapeFreshness {
    /// Fresh, stale or overdue.
    pub state: Freshness,
    /// The latest collection at or before `as_of`.
    pub last_collected_at: Instant,
    /// Hours since then, rounded down to one decimal.
    pub age_hours: Tenths,
    /// The project's collection interval in hours.
    pub expected_interval_hours: u32,
}

impl ScrapeFreshness {
    /// Returns the freshness, at `as_of`, of a collection at `last_collected_at`.
    pub fn at(last_collected_at: Instant, as_of: Instant, expected_interval_hours: u32) -> ScrapeFreshness {
        let age = as_of.millis_since(last_collected_at);
        let interval = i64::from(expected_interval_hours) * HOUR_MS;
        let state = if age > 2 * interval {
            Freshness::Overdue
        } else if age > interval {
            Freshness::Stale
        } else {
            Freshness::Fresh
        };
        ScrapeFreshness { state, last_collected_at, age_hours: hours(age), expected_interval_hours }
    }
}

/// The flags of one evaluation, with the context that explains them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are independent and named by the specification")]
pub struct Advisory {
    /// Any of the flags below.
    pub has_advisory: bool,
    /// The window has not ended.
    pub period_in_progress: bool,
    /// The window ended less than 48 hours ago. Only this flag shows the amber icon.
    pub period_recently_ended: bool,
    /// The creator was last collected longer ago than the project's interval.
    pub scrape_stale: bool,
    /// The window has not begun.
    pub not_yet_started: bool,
    /// The first instant of the window.
    pub period_start: Instant,
    /// The first instant after the window.
    pub period_end: Instant,
    /// Hours until the window ends, rounded down to one decimal; `None` once ended.
    pub hours_until_period_end: Option<Tenths>,
    /// Hours since the window ended, rounded down to one decimal; `None` while open.
    pub hours_since_period_end: Option<Tenths>,
    /// How fresh the data is; `None` if the creator was never collected.
    pub scrape_freshness: Option<ScrapeFreshness>,
}

impl Advisory {
    /// Returns the advisory of a window at `as_of`.
    pub fn at(window: &Window, as_of: Instant, last_collection: Option<Instant>, interval_hours: u32) -> Advisory {
        let since_end = as_of.millis_since(window.end);
        let period_in_progress = since_end < 0;
        let period_recently_ended = (0..RECENTLY_ENDED_MS).contains(&since_end);
        let not_yet_started = as_of < window.start;
        let scrape_freshness = last_collection.map(|at| ScrapeFreshness::at(at, as_of, interval_hours));
        let scrape_stale = scrape_freshness.is_some_and(|freshness| freshness.state != Freshness::Fresh);
        Advisory {
            has_advisory: period_in_progress || period_recently_ended || scrape_stale || not_yet_started,
            period_in_progress,
            period_recently_ended,
            scrape_stale,
            not_yet_started,
            period_start: window.start,
            period_end: window.end,
            hours_until_period_end: period_in_progress.then(|| hours(window.end.millis_since(as_of))),
            hours_since_period_end: (!period_in_progress).then(|| hours(since_end)),
            scrape_freshness,
        }
    }

    /// Returns the advisory without the hours, which follow the clock; what is left changes only when something
    /// happens.
    #[must_use]
    pub(crate) fn without_hours(self) -> Advisory {
        let still = |freshness| ScrapeFreshness { age_hours: Tenths::from_units(0), ..freshness };
        Advisory {
            hours_until_period_end: None,
            hours_since_period_end: None,
            scrape_freshness: self.scrape_freshness.map(still),
            ..self
        }
    }

    /// Returns one plain sentence per flag that is set. They are not stored: most evaluations are only counted.
    pub fn messages(&self) -> Vec<String> {
        let mut messages = Vec::new();
        if self.not_yet_started {
            messages.push("This goal has not started yet.".to_owned());
        }
        if self.period_in_progress {
            messages.push("The period is still in progress: the numbers will change until it ends.".to_owned());
        }
        messages.extend(self.notes());
        messages
    }

    /// Returns the sentences that need not be said of every goal that is open: the period ended recently, or the data is
    /// stale.
    pub fn notes(&self) -> Vec<String> {
        let stale = self.scrape_freshness.filter(|_| self.scrape_stale);
        self.icon_message().into_iter().chain(stale.map(|freshness| stale_message(&freshness))).collect()
    }

    /// Returns the sentence behind the amber icon, while the icon is shown.
    pub fn icon_message(&self) -> Option<String> {
        let since_end = self.hours_since_period_end.filter(|_| self.period_recently_ended)?;
        Some(recently_ended_message(since_end))
    }
}

fn stale_message(freshness: &ScrapeFreshness) -> String {
    let unit = if freshness.age_hours == Tenths::from_units(10) { "hour" } else { "hours" };
    let interval = match freshness.expected_interval_hours {
        1 => "hour".to_owned(),
        hours => format!("{hours} hours"),
    };
    // Stale data is older than the interval, even if the rounded hours are the same.
    let more = freshness.age_hours == Tenths::from_units(i64::from(freshness.expected_interval_hours) * 10);
    let more = if more { "more than " } else { "" };
    format!("This creator was last collected {more}{} {unit} ago; every {interval} is expected.", freshness.age_hours)
}

fn recently_ended_message(since_end: Tenths) -> String {
    let ago = match since_end.units() / 10 {
        0 => "less than an hour".to_owned(),
        1 => "1 hour".to_owned(),
        hours => format!("{hours} hours"),
    };
    format!("The period ended {ago} ago: late data may still change this result until 48 hours after its end.")
}

fn hours(millis: i64) -> Tenths {
    Tenths::floor(i128::from(millis), i128::from(HOUR_MS))
}
