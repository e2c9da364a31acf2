//! Numbers, dates and times of a workbook as text.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use compliance::cell::POINT_MARK;

/// What a date of the system that begins in 1904 is less than the same date of the usual one.
const DAYS_TO_1904: f64 = 1_462.0;
/// The day after 9999-12-31, the last day of a spreadsheet.
const DAYS: f64 = 2_958_466.0;
const SECONDS_OF_DAY: i64 = 86_400;

/// Returns a number: whole numbers as digits, others with a decimal point and [`POINT_MARK`]. A fraction keeps 15 digits,
/// which is what spreadsheets show: the 499.99999999999994 of a formula is 500 to its author.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let shown = if value.fract() == 0.0 { value } else { format!("{value:.14e}").parse().unwrap_or(value) };
    if shown == 0.0 {
        "0".to_owned()
    } else if shown.fract() == 0.0 {
        shown.to_string()
    } else {
        format!("{shown}{POINT_MARK}")
    }
}

/// Returns the date and time of a day number, rounded to the second; a day number below 1 is a time alone, and a whole one
/// a date alone.
pub(super) fn moment(day_number: f64, is_1904: bool) -> String {
    let is_time = (0.0..1.0).contains(&day_number);
    let days = if is_1904 { day_number + DAYS_TO_1904 } else { day_number };
    if is_time {
        return duration(day_number);
    }
    let date_time = seconds(days).and_then(|seconds| {
        let midnight = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
        midnight.checked_add_signed(TimeDelta::try_seconds(seconds)?)
    });
    date_time.map_or_else(|| number(day_number), shown)
}

/// Returns hours, minutes and seconds; there may be more than 24 hours.
pub(super) fn duration(days: f64) -> String {
    let Some(seconds) = seconds(days) else { return number(days) };
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Returns a date or date and time in ISO 8601 as this file writes others; what is not one stays as it is.
pub(super) fn iso(text: &str) -> String {
    let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    let rounded = read.and_then(|read| {
        let later = read.checked_add_signed(TimeDelta::milliseconds(500))?;
        later.date().and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::seconds(second_of_day(later)))
    });
    rounded.map_or_else(|| text.to_owned(), shown)
}

/// Returns a time such as `PT09H30M00S` as `09:30:00`; what is not one stays as it is.
pub(super) fn iso_time(text: &str) -> String {
    let parts = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        let is_number = |part: &str| (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        [hours, minutes, seconds].into_iter().all(is_number).then(|| format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
    };
    parts().unwrap_or_else(|| text.to_owned())
}

fn shown(date_time: NaiveDateTime) -> String {
    let format = if second_of_day(date_time) == 0 { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M:%S" };
    date_time.format(format).to_string()
}

fn second_of_day(date_time: NaiveDateTime) -> i64 {
    date_time.and_utc().timestamp().rem_euclid(SECONDS_OF_DAY)
}

/// Returns the seconds in a number of days, if it is not beyond what a spreadsheet has.
fn seconds(days: f64) -> Option<i64> {
    if !(0.0..DAYS).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 2,958,466 days")]
    let seconds = (days * 86_400.0).round() as i64;
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(1234.0, "1234")]
    #[case(-1.0, "-1")]
    #[case(-0.0, "0")]
    #[case(1.234, "1.234\u{1f}")]
    #[case(0.5, "0.5\u{1f}")]
    #[case(499.999_999_999_999_94, "500")]
    #[case(0.1 + 0.2, "0.3\u{1f}")]
    #[case(7.571e18, "7571000000000000000")]
    #[case(7.571_000_000_000_12e18, "7571000000000120000")]
    #[case(f64::NAN, "")]
    fn a_number_is_written_with_all_its_digits(#[case] value: f64, #[case] text: &str) {
        assert_eq!(number(value), text);
    }

    #[rstest]
    #[case(46_342.375, false, "2026-11-16 09:00:00")]
    #[case(44_880.375, true, "2026-11-16 09:00:00")]
    #[case(46_342.0, false, "2026-11-16")]
    #[case(46_342.375_000_004, false, "2026-11-16 09:00:00")]
    #[case(46_342.999_999_999, false, "2026-11-17")]
    #[case(0.375, false, "09:00:00")]
    #[case(-3.0, false, "-3")]
    #[case(1e15, false, "1000000000000000")]
    fn a_day_number_is_a_date_and_a_time_to_the_second(#[case] days: f64, #[case] is_1904: bool, #[case] text: &str) {
        assert_eq!(moment(days, is_1904), text);
    }

    #[rstest]
    #[case("2026-11-16T09:00:00", "2026-11-16 09:00:00")]
    #[case("2026-11-16T08:59:59.6", "2026-11-16 09:00:00")]
    #[case("2026-11-16T00:00:00", "2026-11-16")]
    #[case("2026-11-16", "2026-11-16")]
    #[case("2026-11-16T09:00:00Z", "2026-11-16T09:00:00Z")]
    #[case("soon", "soon")]
    fn a_date_in_iso_8601_is_rounded_to_the_second(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(iso(text), expected);
    }

    #[test]
    fn a_time_is_hours_minutes_and_seconds() {
        assert_eq!(duration(1.5), "36:00:00");
        assert_eq!(iso_time("PT09H30M00S"), "09:30:00");
        assert_eq!(iso_time("PT36H05M07.25S"), "36:05:07");
        assert_eq!(iso_time("P1D"), "P1D");
    }
}
