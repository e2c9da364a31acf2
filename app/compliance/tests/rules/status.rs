//! "Exactly five; ratios compared by cross-multiplication, so 69.99 % is never 70 %."

use crate::case::{Case, at, just_before};
use compliance::Status;
use compliance::metric::Metric;
use compliance::period::Cadence;
use rstest::rstest;

use Status::{AtRisk, BehindPace, Completed, Missed, OnTrack};

#[track_caller]
fn check(case: &Case, expected: Status) {
    let evaluation = case.judge();
    assert_eq!(
        evaluation.status, expected,
        "{} of {} at {:?}, pace {:?} %",
        evaluation.actual, evaluation.target, evaluation.as_of, evaluation.pace_percent
    );
}

#[rstest]
#[case::on_track_at_six(6, OnTrack)]
#[case::behind_pace_at_five(5, BehindPace)]
#[case::behind_pace_at_four(4, BehindPace)]
#[case::at_risk_at_three(3, AtRisk)]
#[case::at_risk_below_nothing(-1, AtRisk)]
#[case::on_track_once_the_target_is_met(15, OnTrack)]
fn worked_example_of_fifteen_posts_on_wednesday_noon(#[case] actual: i64, #[case] expected: Status) {
    check(&Case::weekly(15).judged_at(at("2026-05-06T12:00")).actual(actual), expected);
}

#[rstest]
#[case::five_of_five_expected(Metric::Posts, 10, 5, OnTrack)]
#[case::four_of_five_expected(Metric::Posts, 10, 4, BehindPace)]
#[case::exactly_all(Metric::Views, 1000, 500, OnTrack)]
#[case::one_view_less_than_all(Metric::Views, 1000, 499, BehindPace)]
#[case::exactly_seventy_percent(Metric::Views, 1000, 350, BehindPace)]
#[case::one_view_less_than_seventy_percent(Metric::Views, 1000, 349, AtRisk)]
#[case::exactly_seventy_percent_of_a_huge_target(Metric::Views, 1_000_000_000_000, 350_000_000_000, BehindPace)]
#[case::a_hair_below_seventy_percent(Metric::Views, 1_000_000_000_000, 349_999_999_999, AtRisk)]
#[case::a_hair_below_all(Metric::Followers, 1_000_000_000_000, 499_999_999_999, BehindPace)]
fn half_of_the_window_expects_half_of_the_target(
    #[case] metric: Metric,
    #[case] target: i64,
    #[case] actual: i64,
    #[case] expected: Status,
) {
    let case = Case::new(metric, Cadence::Weekly, target).judged_at(at("2026-05-07T12:00"));
    check(&case.actual(actual), expected);
}

#[test]
fn pace_thresholds_are_exact_in_time_too() {
    // 350 of 1000 is exactly 70 % of what is expected at Thursday noon, and less a millisecond later.
    let case = Case::new(Metric::Views, Cadence::Weekly, 1000).actual(350);
    check(&case.clone().judged_at(at("2026-05-07T12:00")), BehindPace);
    check(&case.judged_at(at("2026-05-07T12:00:00.001")), AtRisk);
    let case = Case::new(Metric::Views, Cadence::Weekly, 1000).actual(500);
    check(&case.clone().judged_at(at("2026-05-07T12:00")), OnTrack);
    check(&case.judged_at(at("2026-05-07T12:00:00.001")), BehindPace);
}

#[rstest]
// 10 % of a week is 16 h 48 min.
#[case::worked_example_monday_noon(10, "2026-05-04T12:00", OnTrack)]
#[case::last_millisecond_of_grace(10, "2026-05-04T16:47:59.999", OnTrack)]
#[case::grace_is_over_at_its_share(10, "2026-05-04T16:48", AtRisk)]
#[case::without_grace_the_first_instant_is_on_track(0, "2026-05-04T00:00", OnTrack)]
#[case::without_grace_the_next_millisecond_counts(0, "2026-05-04T00:00:00.001", AtRisk)]
#[case::full_grace_lasts_to_the_end(100, "2026-05-10T23:59:59.999", OnTrack)]
#[case::a_day_of_grace(25, "2026-05-05T17:59:59.999", OnTrack)]
#[case::a_day_of_grace_is_over(25, "2026-05-05T18:00", AtRisk)]
fn on_track_with_nothing_while_the_elapsed_share_is_below_the_grace(
    #[case] percent: u32,
    #[case] as_of: &str,
    #[case] expected: Status,
) {
    check(&Case::weekly(10).grace(percent).judged_at(at(as_of)), expected);
}

#[test]
fn nothing_is_due_only_within_the_grace_and_below_the_target_rate() {
    // Of 10 a week, 0.5 posts are expected by Monday 08:24.
    let early = Case::weekly(10).judged_at(at("2026-05-04T08:24"));
    assert!(early.clone().actual(0).judge().nothing_due_yet());
    assert!(!early.clone().actual(1).judge().nothing_due_yet(), "ahead of the target rate already");
    assert!(!early.actual(10).judge().nothing_due_yet(), "the target is met");
    let grace_over = Case::weekly(10).judged_at(at("2026-05-04T16:48"));
    assert!(!grace_over.clone().actual(0).judge().nothing_due_yet(), "now it is");
    assert!(!grace_over.actual(1).judge().nothing_due_yet());
}

#[rstest]
#[case::completed_at_the_target(10, Completed)]
#[case::completed_above_the_target(11, Completed)]
#[case::missed_one_below_the_target(9, Missed)]
#[case::missed_below_nothing(-3, Missed)]
fn completed_or_missed_once_the_window_ended(#[case] actual: i64, #[case] expected: Status) {
    let end = at("2026-05-11T00:00");
    let case = Case::weekly(10).until("2026-05-10").actual(actual);
    check(&case.clone().judged_at(end), expected);
    check(&case.clone().judged_at(at("2027-01-01T00:00")), expected);
    let open = case.judged_at(just_before(end)).judge();
    assert!(!open.has_ended());
    assert!(!matches!(open.status, Completed | Missed), "open until the last millisecond, not {:?}", open.status);
}

#[test]
fn the_worked_example_of_sunday_midnight_is_the_previous_verdict_of_the_new_week() {
    let end = at("2026-05-11T00:00");
    assert_eq!(Case::weekly(10).actual(10).judged_at(end).previous().status, Completed);
    assert_eq!(Case::weekly(10).actual(9).judged_at(end).previous().status, Missed);
}

#[test]
fn target_reached_is_a_marker_beside_an_open_status() {
    let case = Case::weekly(15).until("2026-05-10");
    assert!(!case.clone().actual(14).judge().target_reached());
    let reached = case.clone().actual(15).judge();
    assert!(reached.target_reached());
    assert_eq!(reached.status, OnTrack);
    assert!(!case.actual(15).judged_at(at("2026-05-11T00:00")).judge().target_reached(), "completed says it already");
}

#[test]
fn a_goal_whose_start_date_lies_ahead_is_on_track_and_not_yet_started() {
    let case = Case::weekly(15).from("2026-06-01").judged_at(at("2026-05-06T12:00"));
    let ahead = case.judge();
    assert_eq!(ahead.status, OnTrack);
    assert!(ahead.advisory.not_yet_started);
    assert_eq!((ahead.window.start, ahead.window.end), (at("2026-06-01T00:00"), at("2026-06-08T00:00")));
    assert_eq!((ahead.pace_percent, ahead.projected, ahead.expected.units()), (None, None, 0));
    assert!(ahead.previous.is_none());

    assert!(case.clone().judged_at(at("2026-05-31T23:59:59.999")).judge().advisory.not_yet_started);
    assert!(!case.judged_at(at("2026-06-01T00:00")).judge().advisory.not_yet_started);
}

#[test]
fn five_statuses_have_five_names_labels_and_ranks() {
    let names = ["at_risk", "missed", "behind_pace", "on_track", "completed"];
    let labels = ["At Risk", "Missed", "Behind Pace", "On Track", "Completed"];
    for (rank, status) in (0..).zip(Status::ALL) {
        assert_eq!((status.name(), status.label()), (names[usize::from(rank)], labels[usize::from(rank)]));
        assert_eq!(status.rank(), rank);
        assert_eq!(Status::from_name(status.name()), Some(status));
        assert_eq!(status.needs_attention(), matches!(status, AtRisk | Missed));
    }
    assert_eq!(Status::from_name("On Track"), None);
}
