//! "Advisory (in every evaluation)": flags, sentences and context.

use crate::case::{Case, at, just_before};
use compliance::advisory::Freshness;
use compliance::pace::Tenths;
use rstest::rstest;

/// A weekly goal that ends with 10 May 2026.
fn ending() -> Case {
    Case::weekly(10).until("2026-05-10")
}

#[rstest]
#[case::just_before_the_end("2026-05-10T23:59:59.999", true, false)]
#[case::at_the_end("2026-05-11T00:00", false, true)]
#[case::just_before_48_hours("2026-05-12T23:59:59.999", false, true)]
#[case::at_48_hours("2026-05-13T00:00", false, false)]
fn recently_ended_from_the_end_for_exactly_48_hours(
    #[case] as_of: &str,
    #[case] in_progress: bool,
    #[case] recently_ended: bool,
) {
    let advisory = ending().judged_at(at(as_of)).judge().advisory;
    assert_eq!((advisory.period_in_progress, advisory.period_recently_ended), (in_progress, recently_ended));
    assert_eq!(advisory.icon_message().is_some(), recently_ended, "only period_recently_ended shows the icon");
    assert_eq!(advisory.has_advisory, in_progress || recently_ended);
}

#[test]
fn the_48_hours_are_elapsed_time_when_clocks_change() {
    // Clocks in Berlin go forward on Sunday, 29 March 2026, at 02:00: 48 hours after Saturday's start is Monday 01:00.
    let case = Case::daily(1).in_zone("Europe/Berlin").until("2026-03-27");
    assert!(case.clone().judged_at(at("2026-03-29T22:59:59.999")).judge().advisory.period_recently_ended);
    assert!(!case.judged_at(at("2026-03-29T23:00")).judge().advisory.period_recently_ended);
}

#[rstest]
#[case::fresh_now(0, Freshness::Fresh)]
#[case::fresh_at_one_interval(6 * 3_600_000, Freshness::Fresh)]
#[case::stale_over_one_interval(6 * 3_600_000 + 1, Freshness::Stale)]
#[case::stale_at_two_intervals(12 * 3_600_000, Freshness::Stale)]
#[case::overdue_over_two_intervals(12 * 3_600_000 + 1, Freshness::Overdue)]
fn freshness_changes_over_one_and_over_two_intervals(#[case] age: i64, #[case] state: Freshness) {
    let as_of = at("2026-05-06T12:00");
    let advisory = ending().interval(6).judged_at(as_of).collected(as_of.plus_millis(-age)).judge().advisory;
    let freshness = advisory.scrape_freshness.expect("the creator was collected");
    assert_eq!(freshness.state, state);
    assert_eq!(freshness.last_collected_at, as_of.plus_millis(-age));
    assert_eq!(freshness.expected_interval_hours, 6);
    assert_eq!(advisory.scrape_stale, state != Freshness::Fresh);
}

#[rstest]
#[case::two_days_and_a_half("2026-05-06T12:00", Some(1080), None)]
#[case::rounded_down_to_one_decimal("2026-05-10T23:00:00.001", Some(9), None)]
#[case::six_minutes("2026-05-10T23:54", Some(1), None)]
#[case::just_under_six_minutes("2026-05-10T23:54:00.001", Some(0), None)]
#[case::at_the_end("2026-05-11T00:00", None, Some(0))]
#[case::just_under_an_hour_ago("2026-05-11T00:59:59.999", None, Some(9))]
#[case::an_hour_ago("2026-05-11T01:00", None, Some(10))]
#[case::long_ago("2026-05-21T00:00", None, Some(2400))]
fn hours_have_one_decimal_and_are_null_on_the_other_side_of_the_end(
    #[case] as_of: &str,
    #[case] until: Option<i64>,
    #[case] since: Option<i64>,
) {
    let advisory = ending().judged_at(at(as_of)).judge().advisory;
    assert_eq!(advisory.hours_until_period_end.map(Tenths::units), until);
    assert_eq!(advisory.hours_since_period_end.map(Tenths::units), since);
    assert_eq!((advisory.period_start, advisory.period_end), (at("2026-05-04T00:00"), at("2026-05-11T00:00")));
}

#[test]
fn the_age_of_the_data_has_one_decimal() {
    let as_of = at("2026-05-06T12:00");
    let judged = ending().judged_at(as_of).collected(just_before(at("2026-05-06T09:30"))).judge();
    assert_eq!(judged.advisory.scrape_freshness.expect("collected").age_hours.to_string(), "2.5");
}

#[rstest]
#[case::in_progress("2026-05-06T12:00", 0, 1)]
#[case::in_progress_and_stale("2026-05-06T12:00", 25, 2)]
#[case::not_yet_started_is_in_progress_too("2026-05-01T00:00", 0, 2)]
#[case::recently_ended("2026-05-12T00:00", 0, 1)]
#[case::recently_ended_and_stale("2026-05-12T00:00", 30, 2)]
#[case::ended_and_stale("2026-06-12T00:00", 30, 1)]
#[case::ended("2026-06-12T00:00", 0, 0)]
fn one_plain_sentence_per_active_flag(#[case] as_of: &str, #[case] age_hours: i64, #[case] sentences: usize) {
    let as_of = at(as_of);
    let case = ending().from("2026-05-04").judged_at(as_of).collected(as_of.plus_millis(-age_hours * 3_600_000));
    let advisory = case.judge().advisory;
    let flags =
        [advisory.period_in_progress, advisory.period_recently_ended, advisory.scrape_stale, advisory.not_yet_started];
    assert_eq!(flags.into_iter().filter(|flag| *flag).count(), sentences);
    assert_eq!(advisory.messages().len(), sentences, "{:?}", advisory.messages());
    assert_eq!(advisory.has_advisory, sentences > 0);
    for (index, message) in advisory.messages().iter().enumerate() {
        assert!(message.ends_with('.'), "“{message}” is a sentence");
        assert!(!advisory.messages()[..index].contains(message), "“{message}” is said once");
    }
}

#[rstest]
#[case::under_an_hour("2026-05-11T00:30", "less than an hour ago")]
#[case::an_hour("2026-05-11T01:59", " 1 hour ago")]
#[case::hours("2026-05-12T23:59", " 47 hours ago")]
fn the_icon_says_how_long_ago_the_period_ended(#[case] as_of: &str, #[case] part: &str) {
    let advisory = ending().judged_at(at(as_of)).judge().advisory;
    let message = advisory.icon_message().expect("recently ended");
    assert!(message.contains(part), "“{message}” says “{part}”");
    assert!(advisory.messages().contains(&message), "the icon repeats the flag's sentence");
}

#[rstest]
#[case::one_of_each(1, 1, "collected more than 1 hour ago; every hour is expected")]
#[case::as_rounded(24, 24, "collected more than 24 hours ago; every 24 hours is expected")]
#[case::later(24, 25, "collected 25 hours ago; every 24 hours is expected")]
fn the_sentence_of_stale_data_reads_well(#[case] interval: u32, #[case] age_hours: i64, #[case] part: &str) {
    let as_of = at("2026-05-06T12:00");
    let case = ending().interval(interval).judged_at(as_of).collected(as_of.plus_millis(-age_hours * 3_600_000 - 1));
    let messages = case.judge().advisory.messages();
    assert!(messages.iter().any(|message| message.contains(part)), "{messages:?} say “{part}”");
}
