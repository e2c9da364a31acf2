//! "Consecutive periods tile the time line."

use crate::{cases, dates, instants, zones};
use compliance::calendar::{DayTable, LocalDays, date_of_day, day_number};
use compliance::period::{Cadence, WeekStart};
use compliance::terms::GoalTerms;
use proptest::prelude::*;

fn cadences() -> impl Strategy<Value = (Cadence, WeekStart)> {
    (prop::sample::select(Cadence::ALL.to_vec()), prop::sample::select(WeekStart::ALL.to_vec()))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn consecutive_periods_tile_time(zone in zones(), (cadence, week_start) in cadences(), date in dates()) {
        let terms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };
        let period = cadence.period_of(date, week_start);
        let mut next = period.after(week_start);
        prop_assert_eq!(period.dates.end, next.dates.first);
        prop_assert!(period.dates.contains(date) && !next.dates.contains(date));
        prop_assert_eq!(next.before(week_start), period);
        let window = period.window(&terms, &zone);
        if next.window(&terms, &zone).is_none() {
            next = next.after(week_start); // a date that does not exist
        }
        if let (Some(window), Some(next)) = (window, next.window(&terms, &zone)) {
            prop_assert_eq!(window.end, next.start);
            prop_assert_eq!(zone.date_of(window.end.plus_millis(-1)) < next.dates.first, true);
            prop_assert_eq!(zone.date_of(next.start), next.dates.first);
        }
    }

    #[test]
    fn every_instant_lies_in_exactly_one_period(
        zone in zones(), (cadence, week_start) in cadences(), at in instants(),
    ) {
        let terms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };
        let period = cadence.period_of(zone.date_of(at), week_start);
        let holds = |period: compliance::Period| {
            period.window(&terms, &zone).is_some_and(|window| window.start <= at && at < window.end)
        };
        prop_assert!(holds(period));
        prop_assert!(!holds(period.before(week_start)) && !holds(period.after(week_start)));
    }

    #[test]
    fn a_cut_windows_target_is_its_share_rounded_up(
        zone in zones(), (cadence, week_start) in cadences(), date in dates(),
        target in 1..=1_000_000_000_000_i64, before in 0..40_i32, after in 0..40_i32,
    ) {
        let start_date = Some(date_of_day(day_number(date) - before));
        let end_date = Some(date_of_day(day_number(date) + after));
        let terms = GoalTerms { target_value: target, start_date, end_date, is_active: true };
        let period = cadence.period_of(date, week_start);
        if let Some(window) = period.window(&terms, &zone) {
            let (share, whole) = (i128::from(window.dates.count()), i128::from(period.dates.count()));
            let (asked, exact) = (i128::from(window.target(target)) * whole, i128::from(target) * share);
            prop_assert!(asked >= exact && asked - whole < exact);
            prop_assert!(1 <= window.target(target) && window.target(target) <= target);
        }
    }

    #[test]
    fn a_table_of_days_agrees_with_its_zone(
        zone in zones(), first in dates(), length in 0..100_i32, into in 0..9_000_000_000_i64,
    ) {
        let last = date_of_day(day_number(first) + length);
        let table = DayTable::of(&zone, first, last);
        for day in day_number(first)..=day_number(last) + 1 {
            prop_assert_eq!(table.start_of(date_of_day(day)), zone.start_of(date_of_day(day)));
        }
        let span = zone.start_of(date_of_day(day_number(last) + 1)).millis_since(zone.start_of(first));
        if span > 0 {
            let at = zone.start_of(first).plus_millis(into % span);
            prop_assert_eq!(table.date_of(at), zone.date_of(at));
        }
    }

    #[test]
    fn a_table_of_days_is_consistent_outside_itself(zone in zones(), first in dates(), date in dates()) {
        let table = DayTable::of(&zone, first, first);
        let start = table.start_of(date);
        if day_number(date) > day_number(first) + 1 || date < first {
            prop_assert_eq!(table.date_of(start), date);
            prop_assert!(table.date_of(start.plus_millis(-1)) < date);
        }
    }
}
