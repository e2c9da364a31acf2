//! "Streak, best and average": what the past periods of a goal come to.

use crate::case::{Case, at};
use compliance::Evaluation;
use compliance::track_record::TrackRecord;

/// A week of ten posts that ended long ago, of which so many were published, collected to its end or until Thursday.
fn week(actual: i64, is_collected: bool) -> Evaluation {
    let case = Case::weekly(10).until("2026-05-10").judged_at(at("2026-06-01T00:00")).actual(actual);
    let case = if is_collected { case } else { case.collected(at("2026-05-07T00:00")) };
    case.judge()
}

fn record(actuals: &[i64]) -> TrackRecord {
    TrackRecord::of(&actuals.iter().map(|actual| week(*actual, true)).collect::<Vec<_>>())
}

#[test]
fn the_streak_is_what_was_completed_in_a_row_up_to_the_latest_period() {
    for (actuals, streak, unbroken) in [
        (&[10, 12, 9, 10][..], 2, false),
        (&[9, 10, 10][..], 0, false),
        (&[10, 11, 10][..], 3, true),
        (&[][..], 0, false),
    ] {
        let record = record(actuals);
        assert_eq!((record.streak, record.unbroken), (streak, unbroken), "{actuals:?}");
    }
}

#[test]
fn a_period_that_awaits_data_neither_continues_nor_breaks_a_streak() {
    let weeks = [week(10, true), week(3, false), week(12, true), week(4, true)];
    let record = TrackRecord::of(&weeks);
    assert_eq!((record.streak, record.unbroken), (2, false));
    // What is completed is completed, although more may come.
    assert_eq!(TrackRecord::of(&[week(10, false), week(10, true)]).streak, 2);
}

#[test]
fn best_and_average_are_percentages_of_periods_collected_to_their_end() {
    let of = |actuals: &[i64]| (record(actuals).best, record(actuals).average);
    assert_eq!(of(&[10, 14, 5]), (Some(140), Some(97)), "290 ÷ 3 is 96.7");
    assert_eq!(of(&[10, 5]), (Some(100), Some(75)));
    assert_eq!(of(&[6, 7, 7, 6]), (Some(70), Some(65)));
    assert_eq!(of(&[3, 4, 4]), (Some(40), Some(37)), "110 ÷ 3 is 36.7");
    assert_eq!(of(&[4, 3, 3]), (Some(40), Some(33)), "100 ÷ 3 is 33.3");
    assert_eq!(of(&[-4]), (Some(0), Some(0)), "a percentage is at least 0");
    assert_eq!(of(&[]), (None, None));
    let weeks = [week(3, false), week(30, false), week(8, true)];
    assert_eq!(TrackRecord::of(&weeks).best, Some(80), "the numbers of the others are not complete");
    assert_eq!(TrackRecord::of(&weeks).average, Some(80));
}

#[test]
fn a_period_that_is_open_is_left_out() {
    let open = Case::weekly(10).actual(30).judge();
    assert_eq!(TrackRecord::of(&[open, week(5, true)]), TrackRecord::of(&[week(5, true)]));
}
