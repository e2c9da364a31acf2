//! Local days: where they start, and which one an instant belongs to.
//!
//! A local day starts at the first instant that has its date (or a later one) and lasts to the start of the next.
//! Midnight may be missing or double, and a date may not exist at all: then its day is empty. The day of an instant is
//! the latest day that has started. So days tile the time line by construction. docs/rules.md, "Periods".

use crate::instant::{DAY_MS, Instant};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

/// Days since 1970-01-01, the form in which local dates are stored and indexed.
pub type DayNumber = i32;

/// Returns the day number of a date.
pub fn day_number(date: NaiveDate) -> DayNumber {
    date.to_epoch_days()
}

/// Returns the date of a day number; numbers beyond the calendar are clamped to its ends.
pub fn date_of_day(day: DayNumber) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or(if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

/// The local days of a time zone, as the rules need them.
pub trait LocalDays {
    /// Returns the first instant of the local day: the first instant that has this date or a later one.
    fn start_of(&self, date: NaiveDate) -> Instant;
    /// Returns the latest local day that has started at `at`.
    fn date_of(&self, at: Instant) -> NaiveDate;
}

/// Local days as a list of their starts, covering a few months, for the browser, which has no time-zone data.
///
/// Outside the list, days are assumed to last 24 hours; [`covers`](DayTable::covers) tells whether an answer is exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTable {
    first: DayNumber,
    starts: Vec<Instant>,
}

impl DayTable {
    /// Creates the table of the days from `first` to `last`, inclusive, at least one day.
    pub fn of(days: &impl LocalDays, first: NaiveDate, last: NaiveDate) -> DayTable {
        let last = last.max(first);
        let starts = (day_number(first)..=day_number(last) + 1).map(|day| days.start_of(date_of_day(day))).collect();
        DayTable { first: day_number(first), starts }
    }

    /// Creates the table of the days from `first` on that begin at `starts`; the last start ends the last day.
    pub const fn of_starts(first: DayNumber, starts: Vec<Instant>) -> DayTable {
        DayTable { first, starts }
    }

    /// Returns the arguments from which [`of_starts`](Self::of_starts) creates the same table.
    pub fn into_starts(self) -> (DayNumber, Vec<Instant>) {
        (self.first, self.starts)
    }

    /// Returns whether all of `first..=last` is in the list.
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

/// A cache of local days: each is looked up once.
#[derive(Debug)]
pub struct RememberedDays<'a, Z> {
    days: &'a Z,
    starts: RefCell<HashMap<NaiveDate, Instant>>,
    dates: RefCell<HashMap<Instant, NaiveDate>>,
}

impl<'a, Z: LocalDays> RememberedDays<'a, Z> {
    /// Creates an empty cache.
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

        /// Returns the zone with this IANA name.
        pub fn parse(name: &str) -> Result<Zone, UnknownTimeZone> {
            let name = name.trim();
            name.parse().map(Zone).map_err(|_| UnknownTimeZone(name.chars().take(80).collect()))
        }

        /// Returns the zone that somebody means by a text: its IANA name in any case, or the name of a city. Cities are those of
        /// the tz database and, because it names only one for each zone, some larger ones ([`CITIES`]). Offsets such as `GMT+5`
        /// are no places: the database has them the other way round, as `Etc/GMT-5`.
        pub fn of_place(text: &str) -> Option<Zone> {
            let wanted = plain(text);
            let is_named = |zone: &Zone| plain(zone.name()) == wanted;
            let is_city = |zone: &Zone| {
                let place = zone.name().split_once('/').filter(|(region, _)| REGIONS.contains(region));
                place.is_some_and(|(_, city)| plain(city) == wanted && !PARTS_OF_AUSTRALIA.contains(&city))
            };
            let elsewhere = || {
                let (_, name) = CITIES.iter().find(|(city, _)| *city == wanted)?;
                Zone::parse(name).ok()
            };
            Zone::all().find(is_named).or_else(|| Zone::all().find(is_city)).or_else(elsewhere)
        }

        /// Returns the IANA name.
        pub fn name(self) -> &'static str {
            self.0.name()
        }

        /// Returns every zone, by name.
        pub fn all() -> impl Iterator<Item = Zone> {
            chrono_tz::TZ_VARIANTS.iter().copied().map(Zone)
        }

        /// Returns the version of the tz database, for example `2025b`.
        pub fn database_version() -> &'static str {
            chrono_tz::IANA_TZDB_VERSION
        }

        /// Returns the wall-clock time at `at`, to be shown to people.
        pub fn wall_clock(self, at: Instant) -> chrono::NaiveDateTime {
            self.0.from_utc_datetime(&utc(at).naive_utc()).naive_local()
        }

        /// Returns the first instant whose wall clock shows `local` or, if the clock skips it, the instant of the skip.
        pub fn instant_of(self, local: chrono::NaiveDateTime) -> Instant {
            match self.0.from_local_datetime(&local) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc().into(),
                LocalResult::None => self.first_at_or_after(local),
            }
        }

        /// Finds the instant at which the wall clock skips `local`, by a binary search over four days.
        fn first_at_or_after(self, local: chrono::NaiveDateTime) -> Instant {
            let guess = local.and_utc().timestamp_millis();
            // Offsets are within ±15 h; a skip moves the clock by at most a day.
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

    /// Returns a name as it is compared: small letters, spaces for underscores and hyphens.
    fn plain(name: &str) -> String {
        let words: Vec<&str> =
            name.split(|letter: char| letter.is_whitespace() || matches!(letter, '_' | '-')).collect();
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
    }

    /// The parts of the world whose zones are named after cities.
    const REGIONS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    /// Old names of zones that are no cities, and mean something else elsewhere.
    const PARTS_OF_AUSTRALIA: [&str; 4] = ["North", "South", "Victoria", "West"];

    /// Large cities that the tz database does not name, with their zones.
    const CITIES: [(&str, &str); 48] = [
        ("abu dhabi", "Asia/Dubai"),
        ("antwerp", "Europe/Brussels"),
        ("atlanta", "America/New_York"),
        ("austin", "America/Chicago"),
        ("bangalore", "Asia/Kolkata"),
        ("barcelona", "Europe/Madrid"),
        ("beijing", "Asia/Shanghai"),
        ("bengaluru", "Asia/Kolkata"),
        ("birmingham", "Europe/London"),
        ("boston", "America/New_York"),
        ("busan", "Asia/Seoul"),
        ("calgary", "America/Edmonton"),
        ("cape town", "Africa/Johannesburg"),
        ("cologne", "Europe/Berlin"),
        ("dallas", "America/Chicago"),
        ("delhi", "Asia/Kolkata"),
        ("edinburgh", "Europe/London"),
        ("frankfurt", "Europe/Berlin"),
        ("geneva", "Europe/Zurich"),
        ("hamburg", "Europe/Berlin"),
        ("hanoi", "Asia/Ho_Chi_Minh"),
        ("houston", "America/Chicago"),
        ("köln", "Europe/Berlin"),
        ("krakow", "Europe/Warsaw"),
        ("kyoto", "Asia/Tokyo"),
        ("las vegas", "America/Los_Angeles"),
        ("lyon", "Europe/Paris"),
        ("manchester", "Europe/London"),
        ("miami", "America/New_York"),
        ("milan", "Europe/Rome"),
        ("montreal", "America/Toronto"),
        ("mumbai", "Asia/Kolkata"),
        ("munich", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("new delhi", "Asia/Kolkata"),
        ("nyc", "America/New_York"),
        ("osaka", "Asia/Tokyo"),
        ("ottawa", "America/Toronto"),
        ("philadelphia", "America/New_York"),
        ("rio de janeiro", "America/Sao_Paulo"),
        ("rotterdam", "Europe/Amsterdam"),
        ("san diego", "America/Los_Angeles"),
        ("san francisco", "America/Los_Angeles"),
        ("seattle", "America/Los_Angeles"),
        ("shenzhen", "Asia/Shanghai"),
        ("washington", "America/New_York"),
        ("wellington", "Pacific/Auckland"),
        ("zürich", "Europe/Zurich"),
    ];

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
            // A clock turned back over midnight shows yesterday's date again; the latest day that has started counts.
            let shown = self.wall_clock(at).date();
            match shown.succ_opt() {
                Some(next) if self.start_of(next) <= at => next,
                _ => shown,
            }
        }
    }

    fn utc(at: Instant) -> DateTime<Utc> {
        // Instants from outside are plausible (2000 to 2100); any other is clamped to two days inside the ends of the
        // calendar, so that every offset still has a wall clock there.
        let (first, last) = (DateTime::<Utc>::MIN_UTC.timestamp_millis(), DateTime::<Utc>::MAX_UTC.timestamp_millis());
        let inside = at.millis().clamp(first + 2 * DAY_MS, last - 2 * DAY_MS);
        DateTime::from_timestamp_millis(inside).unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
    }
}
