//! "How large numbers may be"

use compliance::bounds::{MAX_COUNT, MAX_GAIN, is_count};
use compliance::gains::{DayGains, Gains};
use compliance::pace::{Progress, Ratio};
use rstest::rstest;

#[rstest]
#[case::none(0, true)]
#[case::the_largest(MAX_COUNT, true)]
#[case::one_more(MAX_COUNT + 1, false)]
#[case::negative(-1, false)]
#[case::the_largest_of_64_bits(i64::MAX, false)]
fn a_count_lies_between_nothing_and_the_largest(#[case] value: i64, #[case] is_one: bool) {
    assert_eq!(is_count(value), is_one);
}

fn all(gain: i64) -> Gains {
    Gains {
        posts: gain,
        views: gain,
        engagement: gain,
        followers: gain,
        awaiting_views: gain,
        awaiting_followers: gain,
    }
}

#[test]
fn a_day_may_change_from_the_least_to_the_most_that_a_creator_can_gain() {
    let mut day = DayGains::default();
    day.add(7, all(-MAX_GAIN));
    let mut change = DayGains::default();
    change.add(7, all(MAX_GAIN));
    change.add(7, all(MAX_GAIN));
    day.apply(&change);
    assert_eq!(day.iter().collect::<Vec<_>>(), [(7, all(MAX_GAIN))]);
}

#[test]
fn a_sum_over_creators_is_exact_and_held_to_the_largest_number() {
    let sum = |gains: &[i64]| Gains::total(gains.iter().map(|gain| all(*gain)));
    assert_eq!(sum(&[]), Gains::default());
    assert_eq!(sum(&[MAX_GAIN, MAX_GAIN]), all(2 * MAX_GAIN));
    assert_eq!(sum(&[MAX_GAIN, MAX_GAIN, MAX_GAIN, -MAX_GAIN]), all(2 * MAX_GAIN), "in between it was more");
    assert_eq!(sum(&[MAX_GAIN; 3]), all(i64::MAX));
    assert_eq!(sum(&[-MAX_GAIN; 100]), all(i64::MIN));
}

#[test]
fn the_largest_numbers_are_compared_exactly() {
    let hundred_years = 100 * 366 * 86_400_000_i64;
    let progress = Progress::of(MAX_COUNT, MAX_GAIN, hundred_years / 2, hundred_years);
    assert_eq!(progress.pace.map(Ratio::percent_floor), Some(800_000_000));
    assert_eq!(progress.projected.map(Ratio::floor), Some(2 * MAX_GAIN));
    assert_eq!(progress.expected.units(), MAX_COUNT * 50);
}
