//! "Misreadings": a single failed reading never becomes a loss and then a gain.

use crate::case::{Case, at};
use compliance::calendar::Zone;
use compliance::fact::Counters;
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{Track, recompute};
use compliance::metric::Metric;
use compliance::misreading::Misreading::{Dip, Spike, Zero};
use compliance::misreading::{Misreading, Reading, Source, awaits_next};
use compliance::period::Cadence;
use compliance::tracking::{Tracking, TrackingStatus};
use compliance::{Instant, Scope};
use rstest::rstest;
use std::collections::BTreeMap;

/// Readings by one source, one a day, from Monday, 4 May 2026.
fn daily<T: Clone>(values: &[T], source: Option<&str>) -> BTreeMap<Instant, Reading<T>> {
    let reading = |value: &T| Reading { value: value.clone(), source: Source::named(source) };
    (4..).zip(values).map(|(day, value)| (at(&format!("2026-05-{day:02}T10:00")), reading(value))).collect()
}

/// What is gained, and by day of the month which readings are misreadings.
fn booked<T: Track>(track: T, readings: &BTreeMap<Instant, Reading<T::Value>>) -> (i64, Vec<(i64, Misreading)>) {
    let (gains, wrong) = recompute(track, readings, &Zone::UTC).expect("every reading");
    let gained = gains.iter().map(|(_, gains)| gains.views + gains.followers + gains.engagement).sum();
    let day = |at: Instant| at.millis_since(Instant::EARLIEST) / 86_400_000 - 9_616;
    (gained, wrong.into_iter().map(|(at, why)| (day(at), why)).collect())
}

#[rstest]
#[case::a_zero_adds_nothing(&[1_100, 0, 1_110], 10, &[(5, Zero)])]
#[case::however_long_it_lasts(&[1_100, 0, 0, 0, 0, 1_110], 10, &[(5, Zero), (6, Zero), (7, Zero), (8, Zero)])]
#[case::also_if_it_is_the_last(&[1_100, 1_110, 0], 10, &[(6, Zero)])]
#[case::zeros_before_the_first_positive_reading_are_placeholders(&[0, 0, 1_100, 1_110], 10, &[])]
#[case::a_dip_that_is_taken_back(&[1_000, 970, 1_005], 5, &[(5, Dip)])]
#[case::a_fall_that_lasts_is_a_loss(&[1_000, 970, 975], -25, &[])]
#[case::until_the_next_one_is_there_it_counts(&[1_000, 970], -30, &[])]
#[case::a_zero_is_not_the_next_one(&[1_000, 970, 0, 1_005], 5, &[(5, Dip), (6, Zero)])]
#[case::a_spike_that_is_taken_back(&[1_000, 1_500, 1_005], 5, &[(5, Spike)])]
#[case::a_rise_that_lasts_is_a_gain(&[1_000, 1_500, 1_505], 505, &[])]
#[case::a_dip_and_then_a_gain(&[1_000, 900, 2_000], 1_000, &[(5, Dip)])]
#[case::a_spike_and_then_a_loss(&[1_000, 1_500, 800], -200, &[])]
#[case::two_in_a_row_are_no_single_failure(&[1_000, 900, 900, 1_000], 0, &[])]
#[case::one_after_the_other(&[1_000, 900, 1_500, 1_000], 0, &[(5, Dip), (6, Spike)])]
fn followers_are_counted_without_misreadings(
    #[case] readings: &[i64],
    #[case] gained: i64,
    #[case] wrong: &[(i64, Misreading)],
) {
    assert_eq!(booked(FollowerTrack::new(), &daily(readings, None)), (gained, wrong.to_vec()));
}

#[rstest]
#[case::just_below_98_percent(9_799, 10_000, Some(Dip))]
#[case::at_98_percent(9_800, 10_000, None)]
#[case::back_at_99_percent(5_000, 9_900, Some(Dip))]
#[case::just_below_99_percent(5_000, 9_899, None)]
#[case::back_at_more_than_before(5_000, 20_000, Some(Dip))]
#[case::at_102_percent(10_200, 10_000, None)]
#[case::just_above_102_percent(10_201, 10_000, Some(Spike))]
#[case::a_spike_back_at_99_percent(20_000, 9_900, Some(Spike))]
#[case::a_spike_back_just_below_99_percent(20_000, 9_899, None)]
#[case::a_spike_back_at_101_percent(20_000, 10_100, Some(Spike))]
#[case::a_spike_back_just_above_101_percent(20_000, 10_101, None)]
fn each_threshold_is_exact(#[case] reading: i64, #[case] next: i64, #[case] expected: Option<Misreading>) {
    assert_eq!(Misreading::of(10_000, reading, next), expected);
    // The same with numbers that floating point would round.
    let scale = 99_999_989;
    assert_eq!(Misreading::of(10_000 * scale, reading * scale, next * scale), expected);
    let differs = !(9_800..=10_200).contains(&reading);
    assert_eq!(awaits_next(10_000, reading), differs);
    assert!(!awaits_next(0, reading), "nothing can be back at 0");
}

fn snapshot(views: i64, likes: i64) -> Counters {
    Counters { views: Some(views), likes: Some(likes), ..Counters::default() }
}

fn track() -> PostTrack {
    let tracking = Tracking { status: TrackingStatus::AutoTracked, disabled: false };
    PostTrack::new(PostTerms { published_at: at("2026-05-01T00:00"), tracking, first_counts_in_full: false })
}

#[test]
fn a_snapshot_with_no_views_after_positive_ones_adds_nothing() {
    let views = |views| Counters { views: Some(views), ..Counters::default() };
    assert_eq!(booked(track(), &daily(&[views(1_200), views(0), views(1_250)], None)), (50, vec![(5, Zero)]));
}

#[test]
fn of_a_snapshot_with_no_views_no_counter_is_taken() {
    let snapshots = [snapshot(1_200, 10), snapshot(0, 0), snapshot(1_250, 13)];
    assert_eq!(booked(track(), &daily(&snapshots, None)), (53, vec![(5, Zero)]));
    let other_counters_only = [snapshot(1_200, 10), Counters { views: None, ..snapshot(0, 0) }, snapshot(1_250, 13)];
    assert_eq!(booked(track(), &daily(&other_counters_only, None)), (53, vec![]), "without views it is a snapshot");
}

#[test]
fn of_a_dip_or_a_spike_only_the_views_are_not_taken() {
    let snapshots = [snapshot(1_000, 10), snapshot(500, 20), snapshot(1_001, 12)];
    let (gains, wrong) = recompute(track(), &daily(&snapshots, None), &Zone::UTC).expect("every snapshot");
    let by_day: Vec<_> = gains.iter().map(|(_, gains)| (gains.views, gains.engagement)).collect();
    assert_eq!(by_day, [(0, 10), (1, -8)], "the likes rise by 10 and fall by 8");
    assert_eq!(wrong.into_values().collect::<Vec<_>>(), [Dip]);
}

#[test]
fn a_post_without_views_yet_is_no_misreading() {
    assert_eq!(booked(track(), &daily(&[snapshot(0, 0), snapshot(0, 1), snapshot(40, 2)], None)), (42, vec![]));
}

#[test]
fn a_reading_is_judged_by_those_of_its_source_and_booked_against_any() {
    let mut readings = daily(&[1_000, 1_004, 1_008], Some("a"));
    let b = |value| Reading { value, source: Source::named(Some("b")) };
    // Sources that disagree are booked against each other.
    readings.insert(at("2026-05-04T12:00"), b(1_100));
    readings.insert(at("2026-05-05T12:00"), b(1_104));
    assert_eq!(booked(FollowerTrack::new(), &readings), (8, vec![]));
    // A wrong reading of one source is found by the next reading of that source.
    readings.insert(at("2026-05-05T12:00"), b(600));
    assert_eq!(booked(FollowerTrack::new(), &readings), (8, vec![]), "it awaits the next one");
    readings.insert(at("2026-05-06T12:00"), b(1_110));
    assert_eq!(booked(FollowerTrack::new(), &readings), (110, vec![(5, Dip)]));
}

#[test]
fn a_zero_is_judged_by_any_source() {
    let mut readings = daily(&[1_000, 1_004], Some("a"));
    readings.insert(at("2026-05-04T12:00"), Reading { value: 0, source: Source::default() });
    assert_eq!(booked(FollowerTrack::new(), &readings), (4, vec![(4, Zero)]));
}

#[rstest]
#[case::the_next_reading_is_awaited("2026-05-24T23:59:59.999", 1, false)]
#[case::for_14_days_after_the_end("2026-05-25T00:00", 1, true)]
#[case::nothing_is_awaited("2026-05-13T00:00", 0, true)]
fn a_period_with_a_reading_that_awaits_the_next_one_is_not_final(
    #[case] as_of: &str,
    #[case] awaiting: i64,
    #[case] is_final: bool,
) {
    for metric in Metric::ALL {
        let case = Case::new(metric, Cadence::Weekly, 10).until("2026-05-10").judged_at(at(as_of)).never_collected();
        let case = case.looked(at("2026-05-12T00:00"), Scope::All).awaiting(awaiting);
        let matters = matches!(metric, Metric::Views | Metric::Followers);
        assert_eq!(case.judge().is_final, is_final || !matters, "{metric:?}");
    }
}

#[test]
fn a_reading_that_awaits_the_next_one_leaves_other_periods_final() {
    let case = Case::new(Metric::Views, Cadence::Weekly, 10).judged_at(at("2026-05-20T00:00")).never_collected();
    let case = case.looked(at("2026-05-19T00:00"), Scope::All).awaiting(1);
    assert!(case.previous().is_final, "the reading is of the week before");
}
