//! "Numbers": what is rounded how.

use crate::case::{Case, at};
use compliance::Evaluation;
use compliance::metric::Metric;
use compliance::pace::{Hundredths, Ratio, Tenths, percentage};
use compliance::period::Cadence;
use rstest::rstest;
use std::cmp::Ordering;

#[rstest]
#[case::eleven_of_fifteen(11, 15, 73)]
#[case::half_goes_up(1, 200, 1)]
#[case::below_half_goes_down(49, 10_000, 0)]
#[case::nothing(0, 15, 0)]
#[case::never_negative(-5, 15, 0)]
#[case::never_negative_by_far(i64::MIN, 1, 0)]
#[case::ninety_nine_and_a_half_of_an_unmet_target(199, 200, 99)]
#[case::almost_all_of_an_unmet_target(999_999, 1_000_000, 99)]
#[case::ninety_eight_and_a_half(197, 200, 99)]
#[case::below_ninety_eight_and_a_half(984, 1000, 98)]
#[case::all(200, 200, 100)]
#[case::above_all(201, 200, 101)]
#[case::half_above_all_goes_up(1005, 1000, 101)]
#[case::many_times_the_target(i64::MAX, 1, i64::MAX)]
fn percentage_is_rounded_half_up_and_99_where_it_would_say_100_of_an_unmet_target(
    #[case] actual: i64,
    #[case] target: i64,
    #[case] expected: i64,
) {
    assert_eq!(percentage(actual, target), expected);
}

fn views(actual: i64, as_of: &str) -> Evaluation {
    Case::new(Metric::Views, Cadence::Weekly, 1000).actual(actual).judged_at(at(as_of)).judge()
}

#[rstest]
#[case::exact(350, 70, 700)]
#[case::floored(349, 69, 698)]
#[case::one(1, 0, 2)]
#[case::more_than_expected(1001, 200, 2002)]
#[case::falling_counters_floor_away_from_zero(-1, -1, -2)]
fn pace_percent_and_projected_are_floored(#[case] actual: i64, #[case] pace_percent: i64, #[case] projected: i64) {
    let judged = views(actual, "2026-05-07T12:00");
    assert_eq!((judged.pace_percent, judged.projected), (Some(pace_percent), Some(projected)));
}

#[test]
fn projected_of_a_third_of_the_window_is_floored_below_nothing_too() {
    // 2 of 7 days elapsed: -1 × 7 ÷ 2 = -3.5.
    assert_eq!(views(-1, "2026-05-06T00:00").projected, Some(-4));
    assert_eq!(views(1, "2026-05-06T00:00").projected, Some(3));
}

#[rstest]
#[case::worked_example_fifteen_posts(15, "2026-05-06T12:00", 535)]
#[case::exact(10, "2026-05-07T12:00", 500)]
#[case::a_millisecond_less(10, "2026-05-07T11:59:59.999", 499)]
#[case::almost_nothing(10, "2026-05-04T00:00:00.001", 0)]
#[case::nothing(10, "2026-05-04T00:00", 0)]
fn expected_is_floored_to_two_decimals(#[case] target: i64, #[case] as_of: &str, #[case] hundredths: i64) {
    assert_eq!(Case::weekly(target).judged_at(at(as_of)).judge().expected, Hundredths::from_units(hundredths));
}

#[rstest]
#[case::ceiled_to_one_decimal(15, 6, "2026-05-06T12:00", Some(20))]
#[case::just_over_is_ceiled(15, 5, "2026-05-06T12:00", Some(23))]
#[case::nothing_missing(15, 15, "2026-05-06T12:00", Some(0))]
#[case::never_negative(15, 99, "2026-05-06T12:00", Some(0))]
#[case::falling_counters_ask_for_more(15, -3, "2026-05-06T12:00", Some(40))]
#[case::exactly_one_day_left(15, 10, "2026-05-10T00:00", Some(50))]
#[case::a_millisecond_more_than_a_day_left(15, 10, "2026-05-09T23:59:59.999", Some(50))]
#[case::at_least_a_day_is_left(15, 10, "2026-05-10T23:59:59.999", Some(50))]
#[case::from_the_start_of_the_window(14, 0, "2026-04-29T00:00", Some(20))]
#[case::null_once_ended(15, 10, "2026-05-11T00:00", None)]
fn required_per_day_is_what_is_missing_over_the_days_left(
    #[case] target: i64,
    #[case] actual: i64,
    #[case] as_of: &str,
    #[case] tenths: Option<i64>,
) {
    let case = Case::weekly(target).from("2026-05-04").until("2026-05-10").actual(actual).judged_at(at(as_of));
    assert_eq!(case.judge().required_per_day.map(Tenths::units), tenths);
}

#[test]
fn required_per_day_counts_from_now_although_the_data_is_older() {
    let case = Case::weekly(15).actual(10).judged_at(at("2026-05-09T00:00")).collected(at("2026-05-06T12:00"));
    assert_eq!(case.judge().required_per_day.map(Tenths::units), Some(25));
}

#[test]
fn numbers_of_an_ended_window_speak_of_its_end() {
    let judged = Case::weekly(10).until("2026-05-10").actual(9).judged_at(at("2026-05-20T00:00")).judge();
    assert_eq!((judged.expected.units(), judged.pace_percent, judged.projected), (1000, Some(90), Some(9)));
    assert_eq!(judged.percentage, 90);
}

#[rstest]
#[case::whole(20, "2")]
#[case::one_place(24, "2.4")]
#[case::nothing(0, "0")]
#[case::below_one(1, "0.1")]
#[case::negative(-15, "-1.5")]
#[case::negative_below_one(-5, "-0.5")]
fn tenths_are_shown_without_trailing_zeros(#[case] units: i64, #[case] shown: &str) {
    assert_eq!(Tenths::from_units(units).to_string(), shown);
}

#[rstest]
#[case::two_places(536, "5.36")]
#[case::a_zero_between(501, "5.01")]
#[case::a_zero_at_the_end(550, "5.5")]
#[case::whole(500, "5")]
#[case::negative(-501, "-5.01")]
fn hundredths_are_shown_without_trailing_zeros(#[case] units: i64, #[case] shown: &str) {
    assert_eq!(Hundredths::from_units(units).to_string(), shown);
}

#[test]
fn decimals_round_in_their_direction_below_nothing_too() {
    assert_eq!((Tenths::floor(-1, 3).units(), Tenths::ceil(-1, 3).units()), (-4, -3));
    assert_eq!((Tenths::floor(1, 3).units(), Tenths::ceil(1, 3).units()), (3, 4));
    assert_eq!((Tenths::floor(3, 10).units(), Tenths::ceil(3, 10).units()), (3, 3));
    assert_eq!((Tenths::floor(5, 0), Tenths::ceil(5, 0)), (Tenths::from_units(0), Tenths::from_units(0)));
}

#[test]
fn sixty_nine_point_nine_nine_percent_is_never_seventy() {
    let ratio = |numerator, denominator| Ratio::new(numerator, denominator).expect("a positive denominator");
    assert!(ratio(7, 10).is_at_least_percent(70));
    assert!(!ratio(6_999, 10_000).is_at_least_percent(70));
    let huge = 10_i128.pow(30);
    assert!(ratio(7 * huge, 10 * huge).is_at_least_percent(70));
    assert!(!ratio(7 * huge - 1, 10 * huge).is_at_least_percent(70));
}

#[test]
fn ratios_that_no_multiplication_could_compare_are_ordered() {
    let ratio = |numerator, denominator| Ratio::new(numerator, denominator).expect("a positive denominator");
    let (big, one_less) = (ratio(i128::MAX, i128::MAX - 1), ratio(i128::MAX - 1, i128::MAX - 2));
    assert_eq!(big.cmp(&one_less), Ordering::Less);
    assert_eq!(ratio(i128::MIN, 1).cmp(&ratio(i128::MIN, i128::MAX)), Ordering::Less);
    assert_eq!(ratio(2, 4), ratio(1, 2));
    assert!(Ratio::new(1, 0).is_none() && Ratio::new(1, -1).is_none());
}
