//! "A local day starts at the first instant that bears its date and lasts to the start of the next."

use crate::case::{at, date, just_before, wall_clock, zone};
use compliance::Instant;
use compliance::calendar::{DayTable, LocalDays, Zone, date_of_day, day_number};
use rstest::rstest;

const HOUR_MS: i64 = 3_600_000;

#[rstest]
#[case::utc("UTC", "2026-05-04", "2026-05-04T00:00", 24)]
#[case::east("Asia/Seoul", "2026-05-04", "2026-05-03T15:00", 24)]
#[case::west("America/New_York", "2026-05-04", "2026-05-04T04:00", 24)]
#[case::quarter_hours("Asia/Kathmandu", "2026-05-04", "2026-05-03T18:15", 24)]
#[case::spring_forward("Europe/Berlin", "2026-03-29", "2026-03-28T23:00", 23)]
#[case::fall_back("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", 25)]
#[case::midnight_is_missing("Africa/Cairo", "2026-04-24", "2026-04-23T22:00", 23)]
#[case::midnight_is_double("America/Havana", "2025-11-02", "2025-11-02T04:00", 25)]
#[case::clock_turned_back_at_midnight("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00", 25)]
#[case::the_day_after_it("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00", 24)]
#[case::clock_turned_back_over_midnight("America/St_Johns", "2010-11-07", "2010-11-07T02:30", 25)]
#[case::the_day_before_it("America/St_Johns", "2010-11-06", "2010-11-06T02:30", 24)]
#[case::a_date_that_does_not_exist("Pacific/Apia", "2011-12-30", "2011-12-30T10:00", 0)]
#[case::the_day_before_a_missing_one("Pacific/Apia", "2011-12-29", "2011-12-29T10:00", 24)]
#[case::the_day_after_a_missing_one("Pacific/Apia", "2011-12-31", "2011-12-30T10:00", 24)]
#[case::a_shift_of_three_hours("Antarctica/Casey", "2010-03-05", "2010-03-04T13:00", 27)]
fn a_local_day_starts_with_its_first_instant(
    #[case] name: &str,
    #[case] day: &str,
    #[case] start: &str,
    #[case] hours: i64,
) {
    let (zone, day) = (zone(name), date(day));
    assert_eq!(zone.start_of(day), at(start));
    let next = zone.start_of(day.succ_opt().expect("a next day"));
    assert_eq!(next.millis_since(at(start)), hours * HOUR_MS);
    assert!(zone.date_of(just_before(at(start))) < day);
    assert_eq!(zone.date_of(at(start)) == day, hours > 0, "an empty day holds no instant");
}

#[test]
fn the_day_of_an_instant_is_the_latest_day_that_has_started() {
    // At 00:01 on 7 November 2010 the clock in St. John's went back to 23:01 on the 6th: the 7th had started.
    let st_johns = zone("America/St_Johns");
    let turned_back = at("2010-11-07T02:31");
    assert_eq!(st_johns.wall_clock(turned_back), wall_clock("2010-11-06T23:01"));
    assert_eq!(st_johns.date_of(turned_back), date("2010-11-07"));
    assert_eq!(st_johns.date_of(at("2010-11-07T02:29:59.999")), date("2010-11-06"));
}

#[rstest]
#[case::once("2026-05-04T12:00", "2026-05-04T10:00")]
#[case::twice_takes_the_first("2026-10-25T02:30", "2026-10-25T00:30")]
#[case::skipped_takes_the_skip("2026-03-29T02:30", "2026-03-29T01:00")]
fn a_wall_clock_reading_is_the_first_instant_that_shows_it(#[case] local: &str, #[case] expected: &str) {
    assert_eq!(zone("Europe/Berlin").instant_of(wall_clock(local)), at(expected));
}

#[test]
fn a_zone_is_known_by_its_name() {
    assert_eq!(Zone::parse(" Europe/Berlin ").map(Zone::name), Ok("Europe/Berlin"));
    assert_eq!(Zone::UTC.to_string(), "UTC");
    let unknown = Zone::parse("Mars/Olympus").expect_err("not on Earth").to_string();
    assert!(unknown.contains("“Mars/Olympus”"), "{unknown}");
    assert!(Zone::parse("").is_err());
}

#[test]
fn instants_beyond_the_calendar_are_brought_to_its_ends() {
    for name in ["Pacific/Kiritimati", "Pacific/Niue", "UTC"] {
        for extreme in [i64::MIN, i64::MAX] {
            let day = zone(name).date_of(Instant::from_millis(extreme));
            assert_eq!(day > date("2026-01-01"), extreme > 0);
        }
    }
    assert_eq!(date_of_day(i32::MAX), chrono::NaiveDate::MAX);
    assert_eq!(date_of_day(i32::MIN), chrono::NaiveDate::MIN);
    assert_eq!(date_of_day(day_number(date("2026-05-04"))), date("2026-05-04"));
}

#[test]
fn a_day_table_knows_which_days_it_holds() {
    let table = DayTable::of(&zone("Europe/Berlin"), date("2026-03-01"), date("2026-03-31"));
    assert!(table.covers(date("2026-03-01"), date("2026-03-31")));
    assert!(!table.covers(date("2026-02-28"), date("2026-03-31")));
    assert!(!table.covers(date("2026-03-01"), date("2026-04-01")));
    let single = DayTable::of(&Zone::UTC, date("2026-03-02"), date("2026-03-01"));
    assert!(single.covers(date("2026-03-02"), date("2026-03-02")), "at least one day");
}

#[test]
fn a_day_table_takes_days_outside_for_24_hours() {
    let table = DayTable::of(&zone("Europe/Berlin"), date("2026-03-27"), date("2026-03-30"));
    for (day, start) in [
        ("2026-03-25", "2026-03-24T23:00"),
        ("2026-03-29", "2026-03-28T23:00"),
        ("2026-03-30", "2026-03-29T22:00"),
        ("2026-03-31", "2026-03-30T22:00"),
        ("2026-04-02", "2026-04-01T22:00"),
    ] {
        assert_eq!(table.start_of(date(day)), at(start), "{day}");
        assert_eq!(table.date_of(at(start)), date(day));
        assert_eq!(table.date_of(just_before(at(start))), date(day).pred_opt().expect("a day before"));
    }
}
