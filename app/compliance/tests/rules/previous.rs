//! "Goals recur, so an evaluation of the current period carries `previous`: the verdict of the goal's period before it."

use crate::case::{Case, at, date, just_before, wall_clock, zone};
use compliance::period::Dates;
use compliance::{Evaluation, Status};
use rstest::rstest;

const WEEK_BEFORE: (&str, &str) = ("2026-04-27", "2026-05-04");

#[track_caller]
fn check_dates(evaluation: &Evaluation, (first, end): (&str, &str)) {
    assert_eq!(evaluation.window.dates, Dates { first: date(first), end: date(end) });
}

#[test]
fn previous_is_the_verdict_of_the_period_before_with_its_own_advisory() {
    let case = Case::weekly(15).gained("2026-05-03", 15).actual(6);
    let judged = case.judge();
    let previous = case.previous();
    check_dates(&previous, WEEK_BEFORE);
    assert_eq!((previous.status, previous.actual), (Status::Completed, 15));
    assert_eq!((judged.status, judged.actual), (Status::OnTrack, 6));
    assert_eq!(previous.advisory.period_end, judged.advisory.period_start);
    assert_eq!(previous.as_of, judged.as_of);
    assert_eq!(previous.previous, None, "without a previous of its own");
}

#[rstest]
#[case::first_instant_of_the_new_week("2026-05-04T00:00", true)]
#[case::tuesday_just_before_midnight("2026-05-05T23:59:59.999", true)]
#[case::tuesday_midnight("2026-05-06T00:00", false)]
fn previous_is_shown_as_a_badge_while_it_is_recently_ended(#[case] as_of: &str, #[case] shown: bool) {
    let judged = Case::weekly(15).judged_at(at(as_of)).judge();
    assert_eq!(judged.just_ended().is_some(), shown);
    assert!(judged.previous.is_some(), "it stays in the evaluation");
}

#[rstest]
#[case::first_instant_of_the_period("2026-05-04T00:00", None)]
#[case::in_the_middle_of_the_period("2026-05-06T11:00", None)]
#[case::last_instant_of_the_period_before("2026-05-03T23:59:59.999", Some(WEEK_BEFORE))]
#[case::first_instant_of_the_period_before("2026-04-27T00:00", Some(WEEK_BEFORE))]
fn a_goal_without_start_date_covers_the_period_in_which_it_was_made(
    #[case] made: &str,
    #[case] previous: Option<(&str, &str)>,
) {
    let judged = Case::weekly(15).made(at(made)).judge();
    check_dates(&judged, ("2026-05-04", "2026-05-11"));
    assert_eq!(judged.target, 15, "the period in which it was made is not cut");
    match (judged.previous, previous) {
        (Some(judged), Some(expected)) => {
            check_dates(&judged, expected);
            assert_eq!(judged.target, 15);
        }
        (judged, expected) => assert_eq!(judged.is_some(), expected.is_some()),
    }
}

#[rstest]
#[case::the_whole_period_before("2026-04-27", Some(("2026-04-27", 15)))]
#[case::long_before("2025-01-01", Some(("2026-04-27", 15)))]
#[case::five_dates_of_it("2026-04-29", Some(("2026-04-29", 11)))]
#[case::one_date_of_it("2026-05-03", Some(("2026-05-03", 3)))]
#[case::none_of_it("2026-05-04", None)]
fn an_explicit_earlier_start_date_asks_for_earlier_periods(
    #[case] start_date: &str,
    #[case] expected: Option<(&str, i64)>,
) {
    let judged = Case::weekly(15).made(at("2026-05-06T11:00")).from(start_date).judge();
    assert_eq!(judged.target, 15);
    let previous = judged.previous.map(|previous| (previous.window.dates.first, previous.target));
    assert_eq!(previous, expected.map(|(first, target)| (date(first), target)));
}

#[test]
fn a_reference_date_before_the_coverage_is_answered_as_if_the_goal_had_been_in_force() {
    let judged = Case::weekly(15).made(at("2026-05-06T11:00")).gained("2026-03-03", 15).judge_on("2026-03-05");
    check_dates(&judged, ("2026-03-02", "2026-03-09"));
    assert_eq!((judged.status, judged.actual, judged.as_of), (Status::OnTrack, 15, at("2026-03-06T00:00")));
    assert_eq!(judged.previous, None);
}

#[rstest]
#[case::last_day_of_a_week("2026-05-03", WEEK_BEFORE, "2026-05-04T00:00", Status::Missed)]
#[case::first_day_of_a_week("2026-04-27", WEEK_BEFORE, "2026-04-28T00:00", Status::AtRisk)]
#[case::today("2026-05-06", ("2026-05-04", "2026-05-11"), "2026-05-06T12:00", Status::AtRisk)]
fn a_reference_date_is_judged_at_its_end_on_the_period_that_contains_it(
    #[case] reference_date: &str,
    #[case] period: (&str, &str),
    #[case] as_of: &str,
    #[case] status: Status,
) {
    let judged = Case::weekly(15).judged_at(at("2026-05-06T12:00")).judge_on(reference_date);
    check_dates(&judged, period);
    assert_eq!((judged.as_of, judged.status), (at(as_of), status));
}

#[rstest]
#[case::with_the_period_before("2025-01-01", ("2026-04-27", "2026-05-11"))]
#[case::cut_before("2026-04-29", ("2026-04-29", "2026-05-11"))]
#[case::without("2026-05-04", ("2026-05-04", "2026-05-11"))]
fn the_dates_an_evaluation_needs_are_those_of_its_windows(
    #[case] start_date: &str,
    #[case] (first, end): (&str, &str),
) {
    let case = Case::weekly(15).from(start_date);
    let dates = Dates { first: date(first), end: date(end) };
    assert_eq!(case.dates_needed(), Some(dates));
    assert_eq!(case.dates_needed_on("2026-05-04"), Some(dates));
    let a_week_later = Dates { first: date("2026-05-04"), end: date("2026-05-18") };
    assert_eq!(case.dates_needed_on("2026-05-11"), Some(a_week_later));
}

#[test]
fn a_goal_past_its_end_date_keeps_its_last_windows_verdict() {
    let case = Case::weekly(15).until("2026-05-06").gained("2026-05-05", 7).gained("2026-05-07", 100);
    for as_of in ["2026-05-07T00:00", "2026-05-20T00:00", "2027-05-20T00:00"] {
        let judged = case.clone().judged_at(at(as_of)).judge();
        check_dates(&judged, ("2026-05-04", "2026-05-07"));
        assert_eq!((judged.status, judged.actual, judged.target), (Status::Completed, 7, 7));
        check_dates(&judged.previous.expect("the week before"), WEEK_BEFORE);
    }
}

#[test]
fn seven_days_after_its_end_a_goal_leaves_overview_and_badges() {
    let case = Case::weekly(15).until("2026-05-06");
    let left = at("2026-05-14T00:00");
    assert!(case.clone().judged_at(at("2026-05-07T00:00")).is_listed());
    assert!(case.clone().judged_at(just_before(left)).is_listed());
    assert!(!case.judged_at(left).is_listed());
}

#[test]
fn a_goal_that_is_not_active_leaves_at_once() {
    let case = Case::weekly(15).judged_at(at("2026-05-06T12:00"));
    assert!(case.is_listed());
    assert!(!case.edited(at("2026-05-06T12:00"), |terms| terms.is_active = false).is_listed());
}

#[test]
fn previous_is_the_last_period_that_is_not_empty() {
    // Friday, 30 December 2011, does not exist in Samoa.
    let noon = zone("Pacific/Apia").instant_of(wall_clock("2011-12-31T12:00"));
    let case = Case::daily(3).in_zone("Pacific/Apia").judged_at(noon);
    check_dates(&case.judge(), ("2011-12-31", "2012-01-01"));
    check_dates(&case.previous(), ("2011-12-29", "2011-12-30"));
    let asked_from_the_missing_day = case.from("2011-12-30").judge();
    assert_eq!(asked_from_the_missing_day.previous, None, "that day is judged never");
}

#[test]
fn a_date_that_does_not_exist_is_judged_never() {
    let apia = zone("Pacific/Apia");
    let case = Case::daily(3).in_zone("Pacific/Apia");
    let ahead = case.clone().from("2011-12-30").judged_at(apia.instant_of(wall_clock("2011-12-20T12:00")));
    check_dates(&ahead.judge(), ("2011-12-31", "2012-01-01"));
    let behind = case.clone().until("2011-12-30").judged_at(apia.instant_of(wall_clock("2012-01-05T12:00")));
    check_dates(&behind.judge(), ("2011-12-29", "2011-12-30"));
    let nothing_left = case.from("2011-12-30").until("2011-12-30");
    assert_eq!(nothing_left.judged_at(apia.instant_of(wall_clock("2012-01-05T12:00"))).evaluate(), None);
}
