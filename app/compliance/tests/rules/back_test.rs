//! "Back-test": how a creator would have done with a target in the last eight periods.

use crate::case::{at, date, zone};
use compliance::back_test::{Actuals, PastActuals, PastDay};
use compliance::calendar::{Zone, day_number};
use compliance::evaluation::Context;
use compliance::gains::Gains;
use compliance::metric::Metric;
use compliance::period::Cadence;
use compliance::{Instant, Looks, ProjectSettings, Scope};
use rstest::rstest;

/// Wednesday; the eight weeks before begin on 9, 16, 23, 30 March and 6, 13, 20, 27 April.
const NOON: &str = "2026-05-06T12:00";

fn context(zone: &Zone, last_look: Option<Instant>) -> Context<'_, Zone> {
    let looks = last_look.map(|at| Looks::at(at, Scope::All)).unwrap_or_default();
    Context { days: zone, settings: ProjectSettings::default(), as_of: at(NOON), looks }
}

fn posts(on: &str, posts: i64) -> PastDay {
    PastDay { day: day_number(date(on)), gains: Gains { posts, ..Gains::default() }, looks: Looks::default() }
}

fn views(on: &str, views: i64) -> PastDay {
    PastDay { day: day_number(date(on)), gains: Gains { views, ..Gains::default() }, looks: Looks::default() }
}

fn looked(on: &str, scope: Scope) -> PastDay {
    let look = at(&format!("{on}T09:00"));
    PastDay { day: day_number(date(on)), gains: Gains::default(), looks: Looks::at(look, scope) }
}

#[track_caller]
fn check(days: &[PastDay], metric: Metric, cadence: Cadence, expected: [Option<i64>; 8]) {
    let zone = zone("UTC");
    let past = PastActuals::of(&context(&zone, Some(at(NOON))), days);
    assert_eq!(past.of_kind(metric, cadence).0, expected);
}

#[test]
fn posts_are_known_from_the_first_day_with_data_because_they_keep_their_dates() {
    let days = [posts("2026-03-25", 2), posts("2026-03-29", 1), posts("2026-04-27", 4), posts("2026-05-05", 9)];
    let weeks = [None, None, Some(3), Some(0), Some(0), Some(0), Some(0), Some(4)];
    check(&days, Metric::Posts, Cadence::Weekly, weeks);
    check(&days, Metric::Posts, Cadence::Monthly, [None, None, None, None, None, None, Some(3), Some(4)]);
    let last_days = [Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), Some(9)];
    check(&days, Metric::Posts, Cadence::Daily, last_days);
}

#[test]
fn what_is_gained_is_known_only_where_somebody_looked() {
    let days = [
        views("2026-03-10", 100),
        looked("2026-03-18", Scope::Followers),
        looked("2026-04-01", Scope::Posts),
        views("2026-04-21", -5),
    ];
    let weeks = [Some(100), None, None, Some(0), None, None, Some(-5), None];
    check(&days, Metric::Views, Cadence::Weekly, weeks);
    let followers = [None, Some(0), None, None, None, None, None, None];
    check(&days, Metric::Followers, Cadence::Weekly, followers);
}

#[test]
fn a_period_without_a_collection_since_its_end_has_no_data() {
    let days = [posts("2026-04-20", 2), posts("2026-04-28", 3)];
    let zone = zone("UTC");
    let weeks = |look| PastActuals::of(&context(&zone, look), &days).of_kind(Metric::Posts, Cadence::Weekly).0;
    assert_eq!(weeks(Some(at("2026-05-04T00:00")))[6..], [Some(2), Some(3)]);
    assert_eq!(weeks(Some(at("2026-05-03T23:59")))[6..], [Some(2), None], "it may still grow");
    assert_eq!(weeks(None), [None; 8]);
}

#[test]
fn periods_are_those_of_the_time_zone() {
    let zone = zone("Asia/Seoul");
    assert_eq!(PastActuals::first_day(&context(&zone, None)), day_number(date("2025-09-01")));
}

#[rstest]
#[case::six_of_eight_are_75_percent([5, 1, 4, 2, 8, 3, 6, 7].map(Some), Some(3))]
#[case::ties([5, 5, 5, 5, 5, 5, 0, 0].map(Some), Some(5))]
#[case::one_tie_too_few([5, 5, 5, 5, 5, 4, 0, 0].map(Some), Some(4))]
#[case::four_of_five([None, Some(1), None, Some(2), Some(3), Some(4), None, Some(5)], Some(2))]
#[case::five_of_seven_are_71_percent([None, Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(7)], Some(3))]
#[case::three_of_three([None, None, None, None, None, Some(9), Some(2), Some(4)], Some(2))]
#[case::two_are_too_few([None, None, None, None, None, None, Some(9), Some(2)], None)]
#[case::nothing([None; 8], None)]
#[case::idle_in_three_of_eight([0, 0, 0, 4, 4, 4, 4, 4].map(Some), None)]
#[case::losses([-5, -4, -3, -2, -1, 0, 1, 2].map(Some), None)]
#[case::no_target_is_larger([i64::MAX; 8].map(Some), Some(1_000_000_000_000))]
fn the_proposed_target_is_the_largest_met_in_at_least_70_percent(
    #[case] actuals: [Option<i64>; 8],
    #[case] expected: Option<i64>,
) {
    assert_eq!(Actuals(actuals).proposed(), expected);
}

#[test]
fn a_target_is_met_in_the_periods_with_at_least_as_much() {
    let actuals = Actuals([None, Some(0), Some(3), Some(2), None, Some(4), Some(3), Some(9)]);
    assert_eq!([1, 2, 3, 4, 10].map(|target| actuals.met(target)), [5, 5, 4, 2, 0]);
    assert_eq!(actuals.known(), 6);
}
