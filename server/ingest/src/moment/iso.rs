//! Parses instants: ISO 8601, dates, and epoch seconds or milliseconds.

use super::terms::unreadable;
use crate::excerpt::excerpt;
use crate::row_error::Fault;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use compliance::calendar::{LocalDays, Zone};
use compliance::instant::{Instant, SECOND_MS};

/// How a date or a clock time without an offset is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unzoned {
    /// As the wall clock of this zone; a date alone is the start of that local day.
    In(Zone),
    /// It is refused: the API requires an offset.
    Refused,
}

/// The smallest number that is read as milliseconds: as seconds it would be in the year 5138.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// Parses an instant, and refuses implausible ones (before 2000, after 2099).
pub(super) fn parse(text: &str, unzoned: Unzoned) -> Result<Instant, Fault> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let all_digits = bytes.iter().all(u8::is_ascii_digit);
    let instant = if all_digits && bytes.len() == 8 {
        from_date(date(&text[..4], &text[4..6], &text[6..]), unzoned, text)?
    } else if bytes.len() >= 10 && bytes.is_ascii() && matches!(bytes[4], b'-' | b'/') && bytes[7] == bytes[4] {
        let day = date(&text[..4], &text[5..7], &text[8..10]);
        match text[10..].strip_prefix(['T', 't', ' ']) {
            None if text.len() == 10 => from_date(day, unzoned, text)?,
            None => return Err(unreadable(text)),
            Some(time) => from_clock(day, time.trim_start(), unzoned, text)?,
        }
    } else {
        from_epoch(text)?
    };
    if instant.is_plausible() { Ok(instant) } else { Err(implausible(text)) }
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn from_date(day: Option<NaiveDate>, unzoned: Unzoned, text: &str) -> Result<Instant, Fault> {
    let day = existing(day, text)?;
    match unzoned {
        Unzoned::In(zone) => Ok(zone.start_of(day)),
        Unzoned::Refused => Err(needs_offset(text)),
    }
}

/// Parses `HH:MM[:SS[.fraction]]`, then nothing, `Z`, `UTC` or an offset.
fn from_clock(day: Option<NaiveDate>, time: &str, unzoned: Unzoned, text: &str) -> Result<Instant, Fault> {
    let day = existing(day, text)?;
    let clock_end = time.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(time.len());
    let (clock, offset) = time.split_at(clock_end);
    let clock = clock_time(clock).ok_or_else(|| unreadable(text))?;
    let local = day.and_time(clock);
    match offset.trim() {
        "" => match unzoned {
            Unzoned::In(zone) => {
                // Zones work with whole seconds; the fraction is added afterwards.
                let fraction = i64::from(clock_fraction(clock));
                Ok(zone.instant_of(local - TimeDelta::milliseconds(fraction)).plus_millis(fraction))
            }
            Unzoned::Refused => Err(needs_offset(text)),
        },
        offset => {
            let seconds = offset_seconds(offset).ok_or_else(|| unreadable(text))?;
            Ok(Instant::from(local.and_utc()).plus_millis(-seconds * SECOND_MS))
        }
    }
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    let mut parts = text.splitn(3, ':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let short = |part: &str| (1..=2).contains(&part.len());
    if !(short(hour) && short(minute) && short(second)) {
        return None;
    }
    NaiveTime::from_hms_milli_opt(number(hour)?, number(minute)?, number(second)?, millis(fraction)?)
}

fn clock_fraction(clock: NaiveTime) -> u32 {
    use chrono::Timelike;
    clock.nanosecond() / 1_000_000
}

/// Returns the first three digits of a decimal fraction as milliseconds.
fn millis(fraction: &str) -> Option<u32> {
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number(&format!("{fraction:0<3}")[..3])
}

fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") {
        return Some(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 15 && minutes < 60).then(|| sign * i64::from(hours * 3_600 + minutes * 60))
}

fn from_epoch(text: &str) -> Result<Instant, Fault> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = whole.bytes().all(|b| b.is_ascii_digit());
    let value = whole.parse::<i64>().ok().filter(|_| digits && whole.len() <= 13);
    match (value, millis(fraction)) {
        (Some(value), Some(_)) if value >= FIRST_MILLIS => Ok(Instant::from_millis(value)),
        (Some(value), Some(millis)) => Ok(Instant::from_millis(value * SECOND_MS + i64::from(millis))),
        _ => Err(unreadable(text)),
    }
}

/// Returns the date if it exists in the calendar and is near enough for the zone's data.
fn existing(day: Option<NaiveDate>, text: &str) -> Result<NaiveDate, Fault> {
    match day {
        None if number(&text[..4]) == Some(0) => Err(implausible(text)),
        None => Err(no_date(text)),
        Some(day) if (1_990..=2_110).contains(&day.year()) => Ok(day),
        Some(_) => Err(implausible(text)),
    }
}

pub(super) fn no_date(text: &str) -> Fault {
    Fault::new("invalid_instant", format!("“{}” is not a date in the calendar.", excerpt(text)))
}

pub(super) fn implausible(text: &str) -> Fault {
    Fault::new("implausible_instant", format!("“{}” lies before 2000 or after 2099.", excerpt(text)))
}

fn needs_offset(text: &str) -> Fault {
    let reason = format!("“{}” has no offset; write it as 2026-04-15T04:17:03Z or as epoch seconds.", excerpt(text));
    Fault::new("invalid_instant", reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn seoul() -> Unzoned {
        Unzoned::In(Zone::parse("Asia/Seoul").unwrap())
    }

    /// 2026-04-15T04:17:03Z
    const AT: i64 = 1_776_226_623_000;

    #[rstest]
    #[case("2026-04-15T04:17:03Z", AT)]
    #[case("2026-04-15t04:17:03z", AT)]
    #[case("2026-04-15T04:17:03.250Z", AT + 250)]
    #[case("2026-04-15T04:17:03.123456789+00:00", AT + 123)]
    #[case("2026-04-15 04:17:03 UTC", AT)]
    #[case("2026-04-15T13:17:03+09:00", AT)]
    #[case("2026-04-15T13:17:03+0900", AT)]
    #[case("2026-04-15T13:17:03+09", AT)]
    #[case("2026-04-15T00:17:03-04:00", AT)]
    #[case("2026-04-15 13:17:03", AT)]
    #[case("2026/04/15 13:17:03.5", AT + 500)]
    #[case("2026-04-15 13:17", AT - 3_000)]
    #[case("2026-04-15", AT - 3_000 - 17 * 60_000 - 13 * 3_600_000)]
    #[case("20260415", AT - 3_000 - 17 * 60_000 - 13 * 3_600_000)]
    #[case("1776226623", AT)]
    #[case("1776226623.25", AT + 250)]
    #[case("1776226623000", AT)]
    fn instants_are_read_as_files_write_them(#[case] text: &str, #[case] millis: i64) {
        assert_eq!(parse(text, seoul()).unwrap(), Instant::from_millis(millis));
    }

    #[rstest]
    #[case("2026-02-30", "invalid_instant")]
    #[case("2026-13-01T00:00:00Z", "invalid_instant")]
    #[case("2026-04-15T25:00:00Z", "invalid_instant")]
    #[case("2026-04-15T04:17:03+99:00", "invalid_instant")]
    #[case("2026-04-15Tnoon", "invalid_instant")]
    #[case("2026-04-15x", "invalid_instant")]
    #[case("4/15/2026", "invalid_instant")]
    #[case("yesterday", "invalid_instant")]
    #[case("-1776226623", "invalid_instant")]
    #[case("1776226623000000", "invalid_instant")]
    #[case("2026-0４-15", "invalid_instant")]
    #[case("NaN", "invalid_instant")]
    #[case("", "invalid_instant")]
    #[case("0000-00-00 00:00:00", "implausible_instant")]
    #[case("0000-01-01", "implausible_instant")]
    #[case("9999-12-31T23:59:59Z", "implausible_instant")]
    #[case("1999-12-31", "implausible_instant")]
    #[case("2100-01-01T00:00:00Z", "implausible_instant")]
    #[case("0", "implausible_instant")]
    #[case("-", "invalid_instant")]
    fn an_instant_that_cannot_be_is_refused(#[case] text: &str, #[case] code: &str) {
        assert_eq!(parse(text, Unzoned::In(Zone::UTC)).unwrap_err().code, code, "{text}");
    }

    #[rstest]
    #[case("2026-04-15")]
    #[case("2026-04-15 04:17:03")]
    fn the_api_asks_for_an_offset(#[case] text: &str) {
        assert!(parse(text, Unzoned::Refused).unwrap_err().reason.contains("offset"));
    }

    #[test]
    fn a_clock_time_the_zone_skips_is_the_instant_of_the_skip() {
        let berlin = Unzoned::In(Zone::parse("Europe/Berlin").unwrap());
        let skipped = parse("2026-03-29 02:30:00.500", berlin).unwrap();
        assert_eq!(skipped, parse("2026-03-29T01:00:00.500Z", berlin).unwrap());
    }
}
