//! Formats numbers, dates and instants for people, in the project's zone and relative to the page's instant.

pub use crate::figures::{compact, noun, number, plural, signed};
pub use crate::goal_words::{age, date, short_date};

use chrono::{DateTime, Datelike, SecondsFormat, Timelike};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::instant::{DAY_MS, HOUR_MS};
use compliance::period::Dates;
use compliance::{Evaluation, Instant};

/// Formats `22 Aug 2026, 21:00`. Every page of a project names its zone once, below.
#[must_use]
pub fn date_time(at: Instant, zone: Zone) -> String {
    let clock = zone.wall_clock(at);
    format!("{}, {:02}:{:02}", date(clock.date()), clock.hour(), clock.minute())
}

/// Formats `21:00`.
#[must_use]
pub fn clock_time(at: Instant, zone: Zone) -> String {
    let clock = zone.wall_clock(at);
    format!("{:02}:{:02}", clock.hour(), clock.minute())
}

/// Formats RFC 3339 in UTC, for `datetime` attributes.
#[must_use]
pub fn iso(at: Instant) -> String {
    DateTime::from_timestamp_millis(at.millis())
        .map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        .unwrap_or_default()
}

/// Formats `just now`, `3 h ago`, `2 days ago`.
#[must_use]
pub fn ago(at: Instant, as_of: Instant) -> String {
    if as_of.millis_since(at) < HOUR_MS { "just now".to_owned() } else { format!("{} ago", age(at, as_of)) }
}

/// Formats by when a goal that is open is to be met: `today`, `by Sun`, `by 31 Aug`.
#[must_use]
pub fn due(evaluation: &Evaluation, zone: Zone) -> String {
    let last = evaluation.window.dates.last();
    match last.signed_duration_since(zone.date_of(evaluation.as_of)).num_days() {
        ..=0 => "today".to_owned(),
        1..=6 => format!("by {}", last.format("%a")),
        _ => format!("by {}", short_date(last)),
    }
}

/// Formats `2 days left`, `5 h left`, rounded down; `ended 3 h ago` once over.
#[must_use]
pub fn time_left(evaluation: &Evaluation) -> String {
    let left = evaluation.window.end.millis_since(evaluation.as_of);
    match left {
        ..=0 => format!("ended {}", ago(evaluation.window.end, evaluation.as_of)),
        1..HOUR_MS => "under 1 h left".to_owned(),
        HOUR_MS.. if left < DAY_MS => format!("{} h left", left / HOUR_MS),
        _ if left < 2 * DAY_MS => "1 day left".to_owned(),
        _ => format!("{} days left", left / DAY_MS),
    }
}

/// Formats `Ends today`, `Ends Sun`, `Ends 31 Aug`; `Ended 17 Aug`.
#[must_use]
pub fn ends(evaluation: &Evaluation, zone: Zone) -> String {
    let last = evaluation.window.dates.last();
    let today = zone.date_of(evaluation.as_of);
    match last.signed_duration_since(today).num_days() {
        _ if evaluation.has_ended() => format!("Ended {}", short_date(last)),
        0 => "Ends today".to_owned(),
        1..=6 => format!("Ends {}", last.format("%a")),
        _ => format!("Ends {}", short_date(last)),
    }
}

/// Formats the dates of a window: `22 Aug`, `17 – 23 Aug`, `27 Jul – 2 Aug`.
#[must_use]
pub fn window(evaluation: &Evaluation) -> String {
    span(evaluation.window.dates)
}

/// Formats a range of dates: `22 Aug`, `17 – 23 Aug`, `27 Jul – 2 Aug`.
#[must_use]
pub fn span(dates: Dates) -> String {
    let (first, last) = (dates.first, dates.last());
    if first == last {
        short_date(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} – {}", first.day(), short_date(last))
    } else {
        format!("{} – {}", short_date(first), short_date(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_the_zone_of_the_project() {
        let seoul = Zone::parse("Asia/Seoul").expect("a zone");
        assert_eq!(date_time(Instant::from_millis(1_787_400_000_000), seoul), "22 Aug 2026, 21:00");
    }

    #[test]
    fn an_age_is_told_in_hours_for_two_days_and_then_in_days() {
        let at = Instant::from_millis(0);
        for (millis, text) in
            [(HOUR_MS - 1, "just now"), (HOUR_MS, "1 h ago"), (2 * DAY_MS - 1, "47 h ago"), (2 * DAY_MS, "2 days ago")]
        {
            assert_eq!(ago(at, Instant::from_millis(millis)), text);
        }
    }
}
