//! Local days: where they start, and which one an instant belongs to.
//!
//! A local day starts at the first instant that bears its date (or a later one) and lasts to the start of the next.
//! Midnight may be missing or double, a date may not exist at all: then its day is empty. The day of an instant is the
//! latest day that has started. Days therefore tile the time line by construction. docs/rules.md, "Periods".

use crate::instant::{DAY_MS, Instant};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

/// Days since 1970-01-01, the form in which local dates are stored and indexed.
pub type DayNumber = i32;

/// The day number of a date.
pub fn day_number(date: NaiveDate) -> DayNumber {
    date.to_epoch_days()
}

/// The date of a day number; numbers beyond the calendar are brought to its ends.
pub fn date_of_day(day: DayNumber) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or(if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

/// What the rules need to know of a time zone.
pub trait LocalDays {
    /// The first instant of the local day: of the first instant that bears this date or a later one.
    fn start_of(&self, date: NaiveDate) -> Instant;
    /// The latest local day that has started at `at`.
    fn date_of(&self, at: Instant) -> NaiveDate;
}

/// Local days as a list of starts: how the browser, which has no time-zone data, knows a few months of them.
///
/// Outside the list days are taken to last 24 hours; [`covers`](DayTable::covers) tells whether an answer is exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTable {
    first: DayNumber,
    starts: Vec<Instant>,
}

impl DayTable {
    /// The table of the days from `first` to `last`, inclusive, plus the start of the day after. At least one day.
    pub fn of(days: &impl LocalDays, first: NaiveDate, last: NaiveDate) -> DayTable {
        let last = last.max(first);
        let starts = (day_number(first)..=day_number(last) + 1).map(|day| days.start_of(date_of_day(day))).collect();
        DayTable { first: day_number(first), starts }
    }

    /// The table whose day `first` and those after it begin at `starts`; the last start ends the last day.
    pub const fn of_starts(first: DayNumber, starts: Vec<Instant>) -> DayTable {
        DayTable { first, starts }
    }

    /// What [`of_starts`](Self::of_starts) makes the same table of.
    pub fn into_starts(self) -> (DayNumber, Vec<Instant>) {
        (self.first, self.starts)
    }

    /// Whether all of `first..=last` is in the list.
    pub fn covers(&self, first: NaiveDate, last: NaiveDate) -> bool {
        day_number(first) >= self.first && day_number(last) + 1 < self.first + self.len()
    }

    fn len(&self) -> DayNumber {
        DayNumber::try_from(self.starts.len()).unwrap_or(DayNumber::MAX)
    }
}

impl LocalDays for DayTable {
    fn start_of(&self, date: NaiveDate) -> Instant {
        let offset = i64::from(day_number(date)) - i64::from(self.first);
        let last = i64::from(self.len()) - 1;
        let inside = offset.clamp(0, last.max(0));
        let anchor = usize::try_from(inside).ok().and_then(|index| self.starts.get(index));
        anchor.copied().unwrap_or(Instant::from_millis(0)).plus_millis((offset - inside) * DAY_MS)
    }

    fn date_of(&self, at: Instant) -> NaiveDate {
        let started = self.starts.partition_point(|start| *start <= at);
        let (Some(first), Some(last)) = (self.starts.first(), self.starts.last()) else {
            return date_of_day(self.first);
        };
        let day = if started == 0 {
            i64::from(self.first) + at.millis_since(*first).div_euclid(DAY_MS)
        } else if started == self.starts.len() {
            i64::from(self.first + self.len() - 1) + at.millis_since(*last).div_euclid(DAY_MS)
        } else {
            i64::from(self.first) + i64::try_from(started).unwrap_or(0) - 1
        };
        date_of_day(DayNumber::try_from(day).unwrap_or(if day < 0 { DayNumber::MIN } else { DayNumber::MAX }))
    }
}

/// Local days that are asked for again and again: each answer is looked up once and then remembered.
#[derive(Debug)]
pub struct RememberedDays<'a, Z> {
    days: &'a Z,
    starts: RefCell<HashMap<NaiveDate, Instant>>,
    dates: RefCell<HashMap<Instant, NaiveDate>>,
}

impl<'a, Z: LocalDays> RememberedDays<'a, Z> {
    /// Remembers nothing yet.
    pub fn of(days: &'a Z) -> RememberedDays<'a, Z> {
        RememberedDays { days, starts: RefCell::default(), dates: RefCell::default() }
    }
}

impl<Z: LocalDays> LocalDays for RememberedDays<'_, Z> {
    fn start_of(&self, date: NaiveDate) -> Instant {
        *self.starts.borrow_mut().entry(date).or_insert_with(|| self.days.start_of(date))
    }

    fn date_of(&self, at: Instant) -> NaiveDate {
        *self.dates.borrow_mut().entry(at).or_insert_with(|| self.days.date_of(at))
    }
}

#[cfg(feature = "tz")]
pub use zone::{UnknownTimeZone, Zone};

#[cfg(feature = "tz")]
mod zone {
    use super::{Instant, LocalDays, NaiveDate};
    use crate::instant::{DAY_MS, SECOND_MS};
    use chrono::{DateTime, LocalResult, NaiveTime, TimeZone, Utc};
    use std::fmt;
    use thiserror::Error;

    /// The text is not the name of a time zone in the tz database.
    #[derive(Debug, Clone, PartialEq, Eq, Error)]
    #[error("“{0}” is not a known time zone: use an IANA name such as Europe/Berlin or Asia/Seoul")]
    pub struct UnknownTimeZone(pub String);

    /// A time zone of the IANA database.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub struct Zone(chrono_tz::Tz);

    impl Zone {
        /// Coordinated universal time.
        pub const UTC: Zone = Zone(chrono_tz::UTC);

        /// The zone with this IANA name.
        pub fn parse(name: &str) -> Result<Zone, UnknownTimeZone> {
            let name = name.trim();
            name.parse().map(Zone).map_err(|_| UnknownTimeZone(name.chars().take(80).collect()))
        }

        /// The IANA name.
        pub fn name(self) -> &'static str {
            self.0.name()
        }

        /// Every zone, by name.
        pub fn all() -> impl Iterator<Item = Zone> {
            chrono_tz::TZ_VARIANTS.iter().copied().map(Zone)
        }

        /// Version of the tz database the rules come from, for example `2025b`.
        pub fn database_version() -> &'static str {
            chrono_tz::IANA_TZDB_VERSION
        }

        /// The wall clock at `at`, for showing to people.
        pub fn wall_clock(self, at: Instant) -> chrono::NaiveDateTime {
            self.0.from_utc_datetime(&utc(at).naive_utc()).naive_local()
        }

        /// The first instant whose wall clock shows `local` or, where the clock skips it, the instant of the skip.
        pub fn instant_of(self, local: chrono::NaiveDateTime) -> Instant {
            match self.0.from_local_datetime(&local) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc().into(),
                LocalResult::None => self.first_at_or_after(local),
            }
        }

        /// The wall clock skips `local`: finds the instant of the skip by halving the day and a half around it.
        fn first_at_or_after(self, local: chrono::NaiveDateTime) -> Instant {
            let guess = local.and_utc().timestamp_millis();
            // Offsets lie within ±15 h; a skip moves the clock by at most a day.
            let (mut before, mut reached) = ((guess - 2 * DAY_MS) / SECOND_MS, (guess + 2 * DAY_MS) / SECOND_MS);
            while reached - before > 1 {
                let middle = before + (reached - before) / 2;
                if self.wall_clock(Instant::from_millis(middle * SECOND_MS)) >= local {
                    reached = middle;
                } else {
                    before = middle;
                }
            }
            Instant::from_millis(reached * SECOND_MS)
        }
    }

    impl fmt::Display for Zone {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.name())
        }
    }

    impl LocalDays for Zone {
        fn start_of(&self, date: NaiveDate) -> Instant {
            self.instant_of(date.and_time(NaiveTime::MIN))
        }

        fn date_of(&self, at: Instant) -> NaiveDate {
            // A clock turned back over midnight shows yesterday's date again: the latest day that has started counts.
            let shown = self.wall_clock(at).date();
            match shown.succ_opt() {
                Some(next) if self.start_of(next) <= at => next,
                _ => shown,
            }
        }
    }

    fn utc(at: Instant) -> DateTime<Utc> {
        // Instants from outside are plausible (2000 to 2100); anything else is brought to the calendar's ends, two days
        // inside them so that every offset still finds its wall clock there.
        let (first, last) = (DateTime::<Utc>::MIN_UTC.timestamp_millis(), DateTime::<Utc>::MAX_UTC.timestamp_millis());
        let inside = at.millis().clamp(first + 2 * DAY_MS, last - 2 * DAY_MS);
        DateTime::from_timestamp_millis(inside).unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
    }
}
