//! Laws that hold for every creator, goal, zone and instant. 1,000 cases each; `PROPTEST_CASES` raises it.

mod books;
mod numbers;
mod time;
mod verdicts;

#[path = "../support/mod.rs"]
mod support;

use chrono::NaiveDate;
use compliance::Instant;
use compliance::calendar::{DayNumber, Zone, date_of_day};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// 1,000 cases unless `PROPTEST_CASES` says otherwise; failures are printed, not kept in files.
fn cases() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: asked.unwrap_or(1_000), failure_persistence: None, ..Config::default() }
}

/// Any zone, those with odd days more often.
fn zones() -> impl Strategy<Value = Zone> {
    let odd =
        ["Pacific/Apia", "America/St_Johns", "America/Havana", "Antarctica/Casey", "Africa/Cairo", "Europe/Berlin"];
    let odd = odd.map(|name| Zone::parse(name).expect("a zone"));
    prop_oneof![
        1 => prop::sample::select(odd.to_vec()),
        2 => prop::sample::select(Zone::all().collect::<Vec<_>>()),
    ]
}

/// Days of 2008 to 2035; those around 30 December 2011, which Samoa skipped, more often.
fn days() -> impl Strategy<Value = DayNumber> {
    prop_oneof![3 => 13_900..24_100_i32, 1 => 15_320..15_350_i32]
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    days().prop_map(date_of_day)
}

/// Instants of those days, to the millisecond.
fn instants() -> impl Strategy<Value = Instant> {
    (days(), 0..86_400_000_i64).prop_map(|(day, ms)| Instant::from_millis(i64::from(day) * 86_400_000 + ms))
}
