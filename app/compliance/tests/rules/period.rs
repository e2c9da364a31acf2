//! "Daily is one local day, weekly is seven local days from `week_start`, monthly is a calendar month."

use crate::case::{Case, at, date, zone};
use compliance::calendar::{LocalDays, Zone};
use compliance::period::{Cadence, Dates, WeekStart};
use compliance::terms::GoalTerms;
use rstest::rstest;

use Cadence::{Daily, Monthly, Weekly};
use WeekStart::{Monday, Saturday, Sunday};

#[rstest]
#[case::daily(Daily, Monday, "2026-05-06", ("2026-05-06", "2026-05-07"))]
#[case::weekly_from_monday(Weekly, Monday, "2026-05-06", ("2026-05-04", "2026-05-11"))]
#[case::weekly_on_monday(Weekly, Monday, "2026-05-04", ("2026-05-04", "2026-05-11"))]
#[case::weekly_on_sunday(Weekly, Monday, "2026-05-10", ("2026-05-04", "2026-05-11"))]
#[case::weekly_from_sunday(Weekly, Sunday, "2026-05-06", ("2026-05-03", "2026-05-10"))]
#[case::weekly_from_sunday_on_saturday(Weekly, Sunday, "2026-05-09", ("2026-05-03", "2026-05-10"))]
#[case::weekly_from_saturday(Weekly, Saturday, "2026-05-06", ("2026-05-02", "2026-05-09"))]
#[case::weekly_from_saturday_on_friday(Weekly, Saturday, "2026-05-08", ("2026-05-02", "2026-05-09"))]
#[case::weekly_over_new_year(Weekly, Monday, "2026-01-01", ("2025-12-29", "2026-01-05"))]
#[case::monthly(Monthly, Monday, "2026-05-31", ("2026-05-01", "2026-06-01"))]
#[case::monthly_in_december(Monthly, Sunday, "2026-12-01", ("2026-12-01", "2027-01-01"))]
#[case::monthly_in_a_leap_february(Monthly, Monday, "2028-02-29", ("2028-02-01", "2028-03-01"))]
fn a_period_is_known_by_its_local_dates(
    #[case] cadence: Cadence,
    #[case] week_start: WeekStart,
    #[case] day: &str,
    #[case] (first, end): (&str, &str),
) {
    let period = cadence.period_of(date(day), week_start);
    assert_eq!(period.dates, Dates { first: date(first), end: date(end) });
    assert_eq!(period.after(week_start).before(week_start), period);
    assert_eq!(period.after(week_start).dates.first, period.dates.end);
    assert_eq!(period.before(week_start).dates.end, period.dates.first);
}

#[test]
fn a_window_starts_and_ends_with_local_days() {
    let judged = Case::weekly(15).in_zone("America/New_York").judge();
    assert_eq!((judged.window.start, judged.window.end), (at("2026-05-04T04:00"), at("2026-05-11T04:00")));
    // The week in which clocks in Berlin go forward is an hour shorter.
    let judged = Case::weekly(15).in_zone("Europe/Berlin").judged_at(at("2026-03-25T00:00")).judge();
    assert_eq!(judged.window.millis(), (7 * 24 - 1) * 3_600_000);
}

#[test]
fn a_new_time_zone_or_week_start_moves_the_periods() {
    // Sunday, 23:30 UTC, is Monday in Seoul and Sunday in New York.
    let case = Case::weekly(15).judged_at(at("2026-05-10T23:30"));
    let first_dates =
        ["Asia/Seoul", "America/New_York"].map(|zone| case.clone().in_zone(zone).judge().window.dates.first);
    assert_eq!(first_dates, [date("2026-05-11"), date("2026-05-04")]);
    assert_eq!(case.week_start(Sunday).judge().window.dates.first, date("2026-05-10"));
}

#[rstest]
#[case::whole("2026-05-01", "2026-05-31", 31, 100)]
#[case::two_days("2026-05-05", "2026-05-06", 2, 7)]
#[case::one_day("2026-05-31", "2026-05-31", 1, 4)]
#[case::all_but_one("2026-05-02", "2026-06-30", 30, 97)]
fn a_cut_window_asks_for_its_share_rounded_up(
    #[case] start: &str,
    #[case] end: &str,
    #[case] dates: i64,
    #[case] target: i64,
) {
    let case = Case::new(compliance::metric::Metric::Views, Monthly, 100)
        .from(start)
        .until(end)
        .judged_at(at("2026-05-31T12:00"));
    let judged = case.judge();
    assert_eq!((judged.window.dates.count(), judged.target), (dates, target));
}

#[rstest]
#[case::exact_share(7, 3, 3)]
#[case::just_over_an_exact_share(8, 3, 4)]
#[case::one_is_always_asked(1, 1, 1)]
#[case::largest(1_000_000_000_000, 3, 428_571_428_572)]
fn a_share_is_exact(#[case] target_value: i64, #[case] days: u64, #[case] target: i64) {
    let end = date("2026-05-04") + chrono::Days::new(days - 1);
    assert_eq!(Case::weekly(target_value).until(&end.to_string()).judge().target, target);
}

#[test]
fn dates_that_do_not_exist_count_for_the_share() {
    // The week of Friday, 30 December 2011, in Samoa has seven dates and six days.
    let case = Case::weekly(14).in_zone("Pacific/Apia").from("2011-12-28").judged_at(at("2011-12-28T20:00"));
    let judged = case.judge();
    assert_eq!((judged.target, judged.window.dates.count()), (10, 5));
    assert_eq!(judged.window.millis(), 4 * 24 * 3_600_000);
    assert_eq!(case.from("2011-12-26").judge().target, 14);
}

#[rstest]
#[case::uncut(None, None, Some(("2026-05-04", "2026-05-11")))]
#[case::starts_in_it(Some("2026-05-06"), None, Some(("2026-05-06", "2026-05-11")))]
#[case::ends_in_it(None, Some("2026-05-06"), Some(("2026-05-04", "2026-05-07")))]
#[case::one_day(Some("2026-05-06"), Some("2026-05-06"), Some(("2026-05-06", "2026-05-07")))]
#[case::wider_than_it(Some("2026-01-01"), Some("2026-12-31"), Some(("2026-05-04", "2026-05-11")))]
#[case::starts_after_it(Some("2026-05-11"), None, None)]
#[case::starts_on_its_last_day(Some("2026-05-10"), None, Some(("2026-05-10", "2026-05-11")))]
#[case::ends_before_it(None, Some("2026-05-03"), None)]
#[case::ends_on_its_first_day(None, Some("2026-05-04"), Some(("2026-05-04", "2026-05-05")))]
fn a_window_is_the_period_cut_to_the_goals_dates(
    #[case] start: Option<&str>,
    #[case] end: Option<&str>,
    #[case] expected: Option<(&str, &str)>,
) {
    let (start_date, end_date) = (start.map(date), end.map(date));
    let terms = GoalTerms { target_value: 15, start_date, end_date, is_active: true };
    let window = Weekly.period_of(date("2026-05-06"), Monday).window(&terms, &Zone::UTC);
    let dates = window.map(|window| window.dates);
    assert_eq!(dates, expected.map(|(first, end)| Dates { first: date(first), end: date(end) }));
    if let (Some(window), Some(dates)) = (window, dates) {
        assert_eq!((window.start, window.end), (Zone::UTC.start_of(dates.first), Zone::UTC.start_of(dates.end)));
    }
}

#[test]
fn a_day_that_does_not_exist_leaves_no_window() {
    let terms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };
    let apia = zone("Pacific/Apia");
    let window = |day: &str| Daily.period_of(date(day), Monday).window(&terms, &apia);
    assert_eq!(window("2011-12-30"), None);
    assert_eq!(window("2011-12-29").map(|it| it.end), window("2011-12-31").map(|it| it.start));
}

#[test]
fn dates_of_a_range() {
    let dates = Dates { first: date("2026-05-04"), end: date("2026-05-11") };
    assert_eq!((dates.count(), dates.last(), dates.is_empty()), (7, date("2026-05-10"), false));
    assert!(dates.contains(date("2026-05-04")) && dates.contains(date("2026-05-10")));
    assert!(!dates.contains(date("2026-05-03")) && !dates.contains(date("2026-05-11")));
    let empty = Dates { first: date("2026-05-04"), end: date("2026-05-04") };
    assert_eq!((empty.count(), empty.last(), empty.is_empty()), (0, date("2026-05-04"), true));
}
