//! Instants that are bare numbers: finer epochs than milliseconds, numbers in scientific form, and the day numbers of
//! spreadsheets.

use crate::excerpt::excerpt;
use crate::row_error::Fault;
use chrono::{NaiveDate, TimeDelta};
use compliance::calendar::Zone;
use compliance::instant::{Instant, SECOND_MS};

/// The day numbers of 2000-01-01 and of 2100-01-01.
const DAY_NUMBERS: std::ops::Range<i64> = 36_526..73_051;
/// The smallest number that is read as microseconds, and as nanoseconds.
const FIRST_MICROS: i64 = 100_000_000_000_000;
const FIRST_NANOS: i64 = 100_000_000_000_000_000;
/// The digits that an epoch in seconds has, until the year 2286.
const DIGITS_OF_SECONDS: usize = 10;

/// Parses a number; `None` if the text is not one of these.
pub(super) fn parse(text: &str, zone: Zone) -> Option<Result<Instant, Fault>> {
    if let Some((mantissa, exponent)) = text.split_once(['E', 'e']) {
        return scientific(text, mantissa, exponent);
    }
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match number {
        number if DAY_NUMBERS.contains(&number) => of_day_number(number, fraction, zone).map(Ok),
        number if number >= FIRST_NANOS => Some(Ok(Instant::from_millis(number / 1_000_000))),
        number if number >= FIRST_MICROS => Some(Ok(Instant::from_millis(number / 1_000))),
        _ => None,
    }
}

/// Returns the instant of a day number: days since 1899-12-30, the fraction is the clock time in the zone. It is exact to
/// the second; spreadsheets keep no more.
fn of_day_number(day: i64, fraction: &str, zone: Zone) -> Option<Instant> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let midnight = first.checked_add_signed(TimeDelta::days(day))?.and_hms_opt(0, 0, 0)?;
    let digits: String = fraction.chars().take(12).collect();
    let part: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let unit = 10_i64.pow(u32::try_from(digits.len()).ok()?);
    let seconds = (i128::from(part) * 86_400 + i128::from(unit) / 2) / i128::from(unit);
    Some(zone.instant_of(midnight + TimeDelta::seconds(i64::try_from(seconds).ok()?)))
}

/// Parses `1.7948196E9`. A number with too few digits for its seconds was rounded.
fn scientific(text: &str, mantissa: &str, exponent: &str) -> Option<Result<Instant, Fault>> {
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok().filter(|power| *power <= 18)?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if whole.len() != 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) || fraction.len() > exponent {
        return None;
    }
    // Programs that print numbers in this form print all digits but zeros at the end; spreadsheets print six.
    if digits.len() + 2 < DIGITS_OF_SECONDS {
        let reason = format!(
            "“{}” is a number that a spreadsheet has rounded; format the column as text or as a date and export it again.",
            excerpt(text)
        );
        return Some(Err(Fault::new("invalid_instant", reason)));
    }
    let number: i64 = format!("{digits:0<width$}", width = exponent + 1).parse().ok()?;
    let millis = match number {
        number if number >= FIRST_NANOS => number / 1_000_000,
        number if number >= FIRST_MICROS => number / 1_000,
        number if exponent >= 12 => number,
        number => number * SECOND_MS,
    };
    Some(Ok(Instant::from_millis(millis)))
}
