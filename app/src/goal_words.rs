//! Words about goals, on the server and in the browser.

use crate::figures::{number, plural};
use chrono::{Datelike as _, NaiveDate};
use compliance::back_test::{Actuals, KNOWN_AT_LEAST, PERIODS, PROPOSED_PERCENT};
use compliance::instant::{DAY_MS, HOUR_MS};
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation, Instant};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Formats `1 Dec 2026`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {}", short_date(date), date.year())
}

/// Formats `1 Dec`. Written by hand, because chrono's formatting would be a large part of the wasm.
#[must_use]
pub fn short_date(date: NaiveDate) -> String {
    let month = usize::try_from(date.month0()).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{} {month}", date.day())
}

/// Formats when a goal starts: `1 Dec`, with the year if that is far ahead.
#[must_use]
pub fn start(evaluation: &Evaluation) -> String {
    const FAR_MS: i64 = 300 * DAY_MS;
    let first = evaluation.window.dates.first;
    if evaluation.window.start.millis_since(evaluation.as_of) > FAR_MS { date(first) } else { short_date(first) }
}

/// Formats `under 1 h`, `3 h`, `2 days`.
#[must_use]
pub fn age(at: Instant, as_of: Instant) -> String {
    match as_of.millis_since(at) {
        ..HOUR_MS => "under 1 h".to_owned(),
        age if age < 2 * DAY_MS => format!("{} h", age / HOUR_MS),
        age => format!("{} days", age / DAY_MS),
    }
}

/// Formats a target as it was read: `10,000 views a week`.
#[must_use]
pub fn target(metric: Metric, cadence: Cadence, target_value: i64) -> String {
    format!("{} {} a {}", number(target_value), metric.unit(target_value), period(cadence))
}

/// Formats the periods of a back-test: `last 8 weeks`.
#[must_use]
pub fn last_periods(cadence: Cadence) -> String {
    format!("last {PERIODS} {}s", period(cadence))
}

const fn period(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "day",
        Cadence::Weekly => "week",
        Cadence::Monthly => "month",
    }
}

/// Says how often a target would have been met.
#[must_use]
pub fn would_have_met(actuals: &Actuals, cadence: Cadence, target: Option<i64>) -> String {
    let (known, last) = (actuals.known(), last_periods(cadence));
    match (known, target) {
        (0, _) => format!("None of the {last} has data to compare with."),
        (..KNOWN_AT_LEAST, _) => format!("Too little data to compare with: only {known} of the {last}."),
        (_, None) => "Fill in the target to see in how many it would have been met.".to_owned(),
        (PERIODS, Some(target)) => format!("Would have met {} of the {last}.", actuals.met(target)),
        (_, Some(target)) => {
            let periods = period(cadence);
            format!(
                "Would have met {} of the {known} {periods}s with data, of the last {PERIODS}.",
                actuals.met(target)
            )
        }
    }
}

/// Says which target was met in about 70 % of the periods; `None` if there is too little data.
#[must_use]
pub fn proposal(actuals: &Actuals, cadence: Cadence) -> Option<String> {
    let (known, periods) = (actuals.known(), period(cadence));
    let Some(proposed) = actuals.proposed() else {
        return (known >= KNOWN_AT_LEAST)
            .then(|| format!("Not even a target of 1 was met in {PROPOSED_PERCENT} % of the {periods}s."));
    };
    let met = actuals.met(proposed);
    // Where several periods have the same actual, one fewer would do.
    let about = if met.saturating_sub(1) * 100 < known * PROPOSED_PERCENT { ", about 70 %" } else { "" };
    Some(format!("A target of {} was met in {met} of {known} {periods}s{about}.", number(proposed)))
}

/// Describes one period of a back-test: `From 9 Mar: 5 posts, met`.
#[must_use]
pub fn past_period(
    (metric, cadence): (Metric, Cadence),
    first: NaiveDate,
    actual: Option<i64>,
    target: Option<i64>,
) -> String {
    let from = if cadence == Cadence::Daily { "" } else { "From " };
    let Some(actual) = actual else { return format!("{from}{}: no data", short_date(first)) };
    let verdict = match target {
        None => "",
        Some(target) if actual >= target => ", met",
        Some(_) => ", missed",
    };
    format!("{from}{}: {}{verdict}", short_date(first), plural(actual, metric.unit(1), metric.unit(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKS: Actuals = Actuals([Some(5), Some(1), Some(4), Some(2), Some(8), Some(3), Some(6), Some(7)]);
    const SIX: Actuals = Actuals([None, None, Some(4), Some(4), Some(4), Some(4), Some(4), Some(0)]);
    const TWO: Actuals = Actuals([None, None, None, None, None, None, Some(4), Some(4)]);
    const IDLE: Actuals = Actuals([Some(0); 8]);

    #[test]
    fn a_date_is_written_as_chrono_writes_it() {
        for day in 0..400 {
            let day = compliance::calendar::date_of_day(20_000 + day);
            assert_eq!(date(day), day.format("%-d %b %Y").to_string());
        }
    }

    #[test]
    fn a_target_is_repeated_as_it_was_read() {
        assert_eq!(target(Metric::Views, Cadence::Weekly, 10_000), "10,000 views a week");
        assert_eq!(target(Metric::Posts, Cadence::Daily, 1), "1 post a day");
    }

    #[test]
    fn a_back_test_counts_the_periods_with_data() {
        let said = |actuals: &Actuals, target| would_have_met(actuals, Cadence::Weekly, target);
        assert_eq!(said(&WEEKS, Some(4)), "Would have met 5 of the last 8 weeks.");
        assert_eq!(said(&SIX, Some(4)), "Would have met 5 of the 6 weeks with data, of the last 8.");
        assert_eq!(said(&TWO, Some(4)), "Too little data to compare with: only 2 of the last 8 weeks.");
        assert_eq!(said(&Actuals::default(), None), "None of the last 8 weeks has data to compare with.");
    }

    #[test]
    fn the_proposed_target_comes_with_its_count() {
        let said = |actuals| proposal(actuals, Cadence::Weekly);
        assert_eq!(said(&WEEKS).as_deref(), Some("A target of 3 was met in 6 of 8 weeks, about 70 %."));
        assert_eq!(said(&SIX).as_deref(), Some("A target of 4 was met in 5 of 6 weeks, about 70 %."));
        assert_eq!(said(&IDLE).as_deref(), Some("Not even a target of 1 was met in 70 % of the weeks."));
        assert_eq!(said(&Actuals([Some(5); 8])).as_deref(), Some("A target of 5 was met in 8 of 8 weeks."));
        assert_eq!(said(&TWO), None);
    }

    #[test]
    fn a_past_period_is_described_for_those_who_do_not_see_it() {
        let first = compliance::calendar::date_of_day(20_521);
        let weekly = (Metric::Posts, Cadence::Weekly);
        assert_eq!(past_period(weekly, first, Some(1), Some(1)), "From 9 Mar: 1 post, met");
        assert_eq!(past_period(weekly, first, Some(0), Some(1)), "From 9 Mar: 0 posts, missed");
        assert_eq!(past_period((Metric::Views, Cadence::Daily), first, Some(1_200), None), "9 Mar: 1,200 views");
        assert_eq!(past_period(weekly, first, None, Some(1)), "From 9 Mar: no data");
    }
}
