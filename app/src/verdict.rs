//! Says a verdict in one sentence: the status, its numbers and the rule that joins them.

use crate::figures::{expected_text, number};
use crate::goal_words::{short_date, start};
use chrono::Datelike;
use compliance::calendar::LocalDays;
use compliance::pace::Hundredths;
use compliance::status::{BEHIND_PACE_PERCENT, ON_TRACK_PERCENT};
use compliance::{Evaluation, Status};

/// Returns the verdict with its numbers and its rule: "At Risk: 0 posts; 1.04 expected by now, under 70 %. 5 more by
/// Sunday." The amount expected is that of the last look, like the verdict.
#[must_use]
pub fn sentence(evaluation: &Evaluation, days: &impl LocalDays) -> String {
    if evaluation.advisory.not_yet_started {
        return format!("Starts {}: nothing is due before then.", start(evaluation));
    }
    let (actual, target) = (evaluation.actual, evaluation.target);
    let of_target = format!("{} of {} {}", number(actual), number(target), evaluation.metric.unit(target));
    let over = actual.saturating_sub(target);
    let label = evaluation.status.label();
    if evaluation.has_ended() {
        return match evaluation.status {
            // What is missing is not known either.
            _ if evaluation.awaiting_data() => {
                format!("{label} as far as is known: {of_target}. Nothing was collected since it ended.")
            }
            Status::Completed if over > 0 => format!("{label}: {of_target}, {} over target.", number(over)),
            Status::Completed => format!("{label}: {of_target}, exactly on target."),
            _ => format!("{label}: {of_target}, {} short of the target.", number(over.saturating_neg())),
        };
    }
    if over > 0 {
        return format!("{label}: target reached, {of_target}, {} over target.", number(over));
    }
    if over == 0 {
        return format!("{label}: target reached, {of_target}. Nothing more is needed.");
    }
    let more = format!("{} more {}.", number(over.saturating_neg()), due(evaluation, days));
    if evaluation.no_data_yet() {
        return format!("No data yet: nothing has been collected, so nothing is due. {more}");
    }
    let label = if evaluation.waits_for_data() { "Waiting for data" } else { label };
    let stale = evaluation.advisory.scrape_stale;
    let reached = format!("{} {}", number(actual), evaluation.metric.unit(actual));
    if evaluation.nothing_due_yet() {
        let due = if stale { "nothing was due at the last look" } else { "nothing is due yet, so early in the period" };
        return format!("{label}: {reached}; {due}. {more}");
    }
    let expected = expected_when(evaluation.expected, stale);
    match evaluation.status {
        Status::AtRisk => format!("{label}: {reached}; {expected}, under {BEHIND_PACE_PERCENT} %. {more}"),
        Status::BehindPace => format!("{label}: {reached}; {expected}, under {ON_TRACK_PERCENT} %. {more}"),
        _ => format!("{label}: {reached}, at least the {expected}. {more}"),
    }
}

/// Formats an expected amount with its instant, which is that of the last look: `5.35 expected by now`.
#[must_use]
pub fn expected_when(expected: Hundredths, is_stale: bool) -> String {
    format!("{} expected {}", expected_exactly(expected), if is_stale { "at the last look" } else { "by now" })
}

/// Formats an expected amount: with two decimals below 100, as a whole number from there on, rounded up since less is not
/// enough.
#[must_use]
pub fn expected_exactly(expected: Hundredths) -> String {
    match expected.units() {
        0 => "under 0.01".to_owned(),
        1..10_000 => expected.to_string(),
        _ => expected_text(expected),
    }
}

/// Formats by when the target of an open goal is to be met: `today`, `by Sunday`, `by 31 Aug`.
fn due(evaluation: &Evaluation, days: &impl LocalDays) -> String {
    let last = evaluation.window.dates.last();
    match last.signed_duration_since(days.date_of(evaluation.as_of)).num_days() {
        ..=0 => "today".to_owned(),
        1..=6 => format!("by {}", WEEKDAYS[last.weekday().num_days_from_monday() as usize % 7]),
        _ => format!("by {}", short_date(last)),
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use compliance::calendar::{DayTable, date_of_day, day_number};
    use compliance::evaluation::{Context, evaluate};
    use compliance::gains::Gains;
    use compliance::goal::GoalVersion;
    use compliance::instant::{DAY_MS, HOUR_MS};
    use compliance::terms::GoalTerms;
    use compliance::{Cadence, Goal, Instant, Looks, Metric, ProjectSettings, Scope};

    /// Monday, 10 August 2026, 00:00 UTC.
    const MONDAY: Instant = Instant::from_millis(1_786_320_000_000);

    fn after(days: i64, hours: i64) -> Instant {
        MONDAY.plus_millis(days * DAY_MS + hours * HOUR_MS)
    }

    fn monday() -> NaiveDate {
        date_of_day(i32::try_from(MONDAY.millis() / DAY_MS).unwrap_or(0))
    }

    /// A goal on the week of 10 to 16 August, of which `actual` is reached on Monday.
    #[derive(Clone, Copy)]
    struct Given {
        metric: Metric,
        cadence: Cadence,
        target: i64,
        actual: i64,
        as_of: Instant,
        look: Option<Instant>,
        dates: (Option<i64>, Option<i64>),
    }

    /// Fifteen posts a week, on Wednesday at noon: 5.35 are expected.
    fn posts(actual: i64) -> Given {
        let as_of = after(2, 12);
        let (metric, cadence) = (Metric::Posts, Cadence::Weekly);
        Given { metric, cadence, target: 15, actual, as_of, look: Some(as_of), dates: (None, None) }
    }

    fn at(as_of: Instant, given: Given) -> Given {
        Given { as_of, look: Some(as_of), ..given }
    }

    fn said(given: Given) -> String {
        let date = |days: i64| MONDAY.plus_millis(days * DAY_MS).millis() / DAY_MS;
        let date = |days: i64| date_of_day(i32::try_from(date(days)).unwrap_or(0));
        let (start_date, end_date) = (given.dates.0.map(date), given.dates.1.map(date));
        let terms = GoalTerms { target_value: given.target, start_date, end_date, is_active: true };
        let goal = Goal::new(given.metric, given.cadence, GoalVersion { made_at: after(-30, 0), terms });
        let days = DayTable::of(&DayTable::of_starts(day_number(monday()), vec![MONDAY]), date(-60), date(60));
        let looks = given.look.map_or(Looks::default(), |at| Looks::at(at, Scope::All));
        let context = Context { days: &days, settings: ProjectSettings::default(), as_of: given.as_of, looks };
        let gain = |amount| match given.metric {
            Metric::Views => Gains { views: amount, ..Gains::default() },
            Metric::Followers => Gains { followers: amount, ..Gains::default() },
            _ => Gains { posts: amount, ..Gains::default() },
        };
        let evaluation = evaluate(&goal, &context, &vec![(day_number(monday()), gain(given.actual))]);
        evaluation.map_or_else(String::new, |evaluation| sentence(&evaluation, &days))
    }

    #[test]
    fn an_open_goal_is_said_with_its_numbers_and_its_rule() {
        for (actual, text) in [
            (6, "On Track: 6 posts, at least the 5.35 expected by now. 9 more by Sunday."),
            (5, "Behind Pace: 5 posts; 5.35 expected by now, under 100 %. 10 more by Sunday."),
            (4, "Behind Pace: 4 posts; 5.35 expected by now, under 100 %. 11 more by Sunday."),
            (3, "At Risk: 3 posts; 5.35 expected by now, under 70 %. 12 more by Sunday."),
            (1, "At Risk: 1 post; 5.35 expected by now, under 70 %. 14 more by Sunday."),
            (15, "On Track: target reached, 15 of 15 posts. Nothing more is needed."),
            (18, "On Track: target reached, 18 of 15 posts, 3 over target."),
        ] {
            assert_eq!(said(posts(actual)), text);
        }
    }

    #[test]
    fn the_example_of_the_issue_is_said_as_it_is_written() {
        // 35 of 168 hours of five posts are 1.04.
        let given = Given { target: 5, ..posts(0) };
        assert_eq!(
            said(at(after(1, 11), given)),
            "At Risk: 0 posts; 1.04 expected by now, under 70 %. 5 more by Sunday."
        );
    }

    #[test]
    fn what_is_due_when_is_said_as_people_do() {
        let more = |given| said(given).rsplit_once(". ").map(|(_, more)| more.to_owned());
        assert_eq!(more(at(after(6, 12), posts(3))).as_deref(), Some("12 more today."), "the last day");
        let daily = Given { cadence: Cadence::Daily, target: 3, actual: 1, ..posts(0) };
        assert_eq!(more(at(after(0, 12), daily)).as_deref(), Some("2 more today."));
        let monthly = Given { cadence: Cadence::Monthly, target: 40, ..posts(1) };
        assert_eq!(more(monthly).as_deref(), Some("39 more by 31 Aug."));
    }

    #[test]
    fn large_amounts_come_whole_and_one_is_singular() {
        let views = Given { metric: Metric::Views, target: 150_000, actual: 30_001, ..posts(0) };
        assert_eq!(said(views), "At Risk: 30,001 views; 53,572 expected by now, under 70 %. 119,999 more by Sunday.");
        let lost = Given { metric: Metric::Followers, target: 100, actual: -1, ..posts(0) };
        assert_eq!(said(lost), "At Risk: −1 follower; 35.71 expected by now, under 70 %. 101 more by Sunday.");
    }

    #[test]
    fn what_nobody_looked_at_is_not_said_to_be_on_track() {
        let never = Given { look: None, ..posts(0) };
        assert_eq!(said(never), "No data yet: nothing has been collected, so nothing is due. 15 more by Sunday.");
        // Looked at on Monday at noon, when nothing was due; on Thursday at noon that is three days ago.
        let overdue = Given { as_of: after(3, 12), look: Some(after(0, 12)), ..posts(0) };
        assert_eq!(said(overdue), "Waiting for data: 0 posts; nothing was due at the last look. 15 more by Sunday.");
        let overdue = Given { look: Some(after(1, 0)), ..overdue };
        let overdue = Given { actual: 3, ..overdue };
        assert_eq!(
            said(overdue),
            "Waiting for data: 3 posts, at least the 2.14 expected at the last look. 12 more by Sunday."
        );
        let late = Given { actual: 0, ..overdue };
        assert_eq!(said(late), "At Risk: 0 posts; 2.14 expected at the last look, under 70 %. 15 more by Sunday.");
    }

    #[test]
    fn early_in_the_period_nothing_is_due() {
        let early = at(after(0, 11), posts(0));
        assert_eq!(said(early), "On Track: 0 posts; nothing is due yet, so early in the period. 15 more by Sunday.");
    }

    #[test]
    fn an_ended_goal_is_said_with_what_is_over_or_short() {
        let ended = |actual| Given { dates: (None, Some(6)), ..at(after(7, 12), posts(actual)) };
        assert_eq!(said(ended(15)), "Completed: 15 of 15 posts, exactly on target.");
        assert_eq!(said(ended(18)), "Completed: 18 of 15 posts, 3 over target.");
        assert_eq!(said(ended(9)), "Missed: 9 of 15 posts, 6 short of the target.");
        let unseen = Given { look: Some(after(6, 0)), ..ended(9) };
        let text = "Missed as far as is known: 9 of 15 posts. Nothing was collected since it ended.";
        assert_eq!(said(unseen), text);
    }

    #[test]
    fn a_goal_that_has_not_started_says_when_it_does() {
        let ahead = Given { dates: (Some(22), None), ..posts(0) };
        assert_eq!(said(ahead), "Starts 1 Sep: nothing is due before then.");
    }

    #[test]
    fn expected_amounts_are_exact_while_they_are_small() {
        for (hundredths, text) in
            [(0, "under 0.01"), (1, "0.01"), (500, "5"), (9_999, "99.99"), (10_000, "100"), (10_001, "101")]
        {
            assert_eq!(expected_exactly(Hundredths::from_units(hundredths)), text);
        }
    }
}
