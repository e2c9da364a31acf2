//! Counters: whole numbers from 0 to [`MAX_COUNT`](compliance::bounds::MAX_COUNT), as people and programs write them.

use crate::excerpt::excerpt;
use crate::row_error::Fault;
use compliance::bounds::is_count;
use compliance::cell::{POINT_MARK, cleaned, is_no_value};
use compliance::named;

/// What separates the whole part of a number from its fraction in a file. The other sign then groups digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decimal {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

named!(Decimal { Point: "point", Comma: "comma" });

/// More digits than the largest count has, because zeros may precede it.
const MOST_DIGITS: usize = 18;

/// Words for an unknown counter, beside those that stand for no value in every field.
const UNKNOWN: [&str; 8] = ["hidden", "private", "unknown", "missing", "empty", "(empty)", "not available", "tbd"];
/// What follows an abbreviated number, in lower case: thousands, millions, billions in the languages of spreadsheets.
const ABBREVIATIONS: [&str; 29] = [
    "k", "m", "b", "mn", "bn", "t", "thousand", "million", "millions", "billion", "tsd", "tsd.", "mio", "mio.", "mrd",
    "mrd.", "mil", "mill", "mill.", "mi", "md", "mld", "lakh", "crore", "万", "萬", "亿", "億", "천",
];

/// Parses a counter as people and programs write it; `None` if the cell is empty, which means unknown, not 0. Thousands
/// separators are accepted if the number has only one meaning.
///
/// Fails with the code `no_value` for a word that stands for no value, and for the −1 with which scrapers mark a hidden
/// counter; with `invalid_count` for everything else. An abbreviated number (`1.2K`), for example, has lost digits.
pub(crate) fn parse(text: &str, decimal: Option<Decimal>) -> Result<Option<i64>, Fault> {
    // Most counters are bare digits.
    if let Some(count) = digits(text.trim()) {
        return Ok(Some(count));
    }
    let decimal = if text.ends_with(POINT_MARK) { Some(Decimal::Point) } else { decimal };
    let value = cleaned(text);
    let fault = |reason| Err(Fault::new("invalid_count", reason));
    let shown = || excerpt(&value);
    if value.is_empty() {
        return Ok(None);
    }
    if is_no_value(&value) || UNKNOWN.iter().any(|word| word.eq_ignore_ascii_case(&value)) {
        return Err(Fault::new("no_value", format!("“{}” stands for no value.", shown())));
    }
    let (negative, bare) = match value.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, &*value),
    };
    let digits = match whole(bare, decimal) {
        Number::Whole(digits) => digits,
        Number::Open => {
            return fault(format!(
                "“{}” has a separator that could group thousands or begin a fraction; say which, or write the digits only.",
                shown()
            ));
        }
        Number::Fraction => return fault(format!("“{}” is not a whole number.", shown())),
        Number::No if is_abbreviated(bare) => {
            return fault(format!("“{}” is abbreviated and has lost digits; write the whole number.", shown()));
        }
        Number::No if bare.bytes().any(|byte| byte.is_ascii_digit()) && only_digits_and_separators(bare) => {
            return fault(format!("“{}” has separators; write the digits only, as 1234.", shown()));
        }
        Number::No => return fault(format!("“{}” is not a number.", shown())),
    };
    match digits.parse::<i64>() {
        Ok(1) if negative => Err(Fault::new("no_value", "“-1” stands for a hidden number, which is unknown.")),
        Ok(0) => Ok(Some(0)),
        _ if negative => fault(format!("“{}” is negative; counts are 0 or more.", shown())),
        Ok(count) if is_count(count) => Ok(Some(count)),
        _ => fault(format!("“{}” is larger than 1,000,000,000,000, the largest count accepted.", shown())),
    }
}

/// Parses a counter of the API: bare digits, also with a fraction of zeros (`1234.0`); `None` if it is empty or `null`.
pub(crate) fn parse_exact(text: &str) -> Result<Option<i64>, Fault> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("null") {
        return Ok(None);
    }
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    match digits(whole) {
        Some(count) => Ok(Some(count)),
        // All other errors are worded as for a file; what only a file may contain is refused here.
        None => match parse(text, Some(Decimal::Point)) {
            Ok(_) => {
                let shown = excerpt(text);
                Err(Fault::new("invalid_count", format!("“{shown}” has separators; write the digits only, as 1234.")))
            }
            Err(fault) if fault.code == "no_value" && text.starts_with('-') => {
                let shown = excerpt(text);
                Err(Fault::new("invalid_count", format!("“{shown}” is negative; counts are 0 or more.")))
            }
            Err(fault) if fault.code == "no_value" => {
                Err(Fault::new("invalid_count", format!("“{}” is not a number.", excerpt(text))))
            }
            Err(fault) => Err(fault),
        },
    }
}

/// Returns the count that bare digits are, if it is not too large.
fn digits(text: &str) -> Option<i64> {
    let bare = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|count| bare && is_count(*count))
}

/// Returns what a value proves about the numbers of its file, if anything: `1.234.567` groups with points, so its
/// fractions begin with a comma.
pub(crate) fn proof(text: &str) -> Option<Decimal> {
    if text.ends_with(POINT_MARK) {
        return None;
    }
    let value = cleaned(text);
    let (points, commas) = (value.matches('.').count(), value.matches(',').count());
    if points + commas == 0 || !value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    match (points, commas) {
        (1, 0) => (!is_grouped(&value, '.')).then_some(Decimal::Point),
        (0, 1) => (!is_grouped(&value, ',')).then_some(Decimal::Comma),
        (_, 0) => is_grouped(&value, '.').then_some(Decimal::Comma),
        (0, _) => is_grouped(&value, ',').then_some(Decimal::Point),
        _ => Some(if value.rfind('.') > value.rfind(',') { Decimal::Point } else { Decimal::Comma }),
    }
}

/// Returns whether a value is read differently with a decimal point than with a decimal comma.
pub fn is_open(text: &str) -> bool {
    !text.ends_with(POINT_MARK) && whole(&cleaned(text), None) == Number::Open
}

#[derive(Debug, PartialEq, Eq)]
enum Number {
    /// The digits of a whole number.
    Whole(String),
    /// A number with a fraction other than 0.
    Fraction,
    /// Two different numbers, depending on what the separator means.
    Open,
    /// Not a number.
    No,
}

fn whole(value: &str, decimal: Option<Decimal>) -> Number {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::Whole(value.to_owned());
    }
    for (group, point) in [(',', '.'), ('.', ',')] {
        let expected = if point == '.' { Decimal::Point } else { Decimal::Comma };
        if decimal.is_some_and(|decimal| decimal != expected) {
            continue;
        }
        let (front, fraction) = value.split_once(point).unwrap_or((value, ""));
        // `1.234` alone: a fraction, or thousands. `12,400` has no other meaning for a count that is whole.
        if decimal.is_none() && point == '.' && is_grouped(value, '.') && value.matches('.').count() == 1 {
            return Number::Open;
        }
        let digits = grouped(front, group);
        let fraction_is_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(digits) = digits
            && fraction_is_digits
            && (fraction.is_empty() != value.contains(point))
        {
            return if fraction.bytes().all(|byte| byte == b'0') { Number::Whole(digits) } else { Number::Fraction };
        }
    }
    Number::No
}

/// Returns the digits of a number without its separators: `group`, a space or an apostrophe, each before three digits
/// (or two, as in `12,34,567`).
fn grouped(text: &str, group: char) -> Option<String> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    [group, ' ', '\'', '’']
        .into_iter()
        .find(|separator| is_grouped(text, *separator))
        .map(|separator| text.replace(separator, ""))
}

fn is_grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let Some((last, between)) = rest.split_last() else { return false };
    let is_first = |most: usize| (1..=most).contains(&first.len()) && is_digits(first);
    let ends = last.len() == 3 && is_digits(last);
    let thousands = is_first(3) && between.iter().all(|group| group.len() == 3 && is_digits(group));
    let lakhs = separator == ','
        && is_first(2)
        && !between.is_empty()
        && between.iter().all(|group| group.len() == 2 && is_digits(group));
    // A number that begins with 0 is not grouped: `0.123`.
    ends && (thousands || lakhs) && !first.starts_with('0')
}

fn is_abbreviated(text: &str) -> bool {
    let digits_end = text.rfind(|letter: char| letter.is_ascii_digit()).map_or(0, |last| last + 1);
    let (number, unit) = text.split_at(digits_end);
    let unit = unit.trim().trim_start_matches('+').trim_end_matches('+').to_lowercase();
    let is_scientific =
        || number.split_once(['E', 'e']).is_some_and(|(mantissa, _)| only_digits_and_separators(mantissa));
    !number.is_empty()
        && (ABBREVIATIONS.contains(&unit.as_str()) && only_digits_and_separators(number)
            || unit.is_empty() && is_scientific())
}

fn only_digits_and_separators(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::bounds::MAX_COUNT;
    use rstest::rstest;

    #[rstest]
    #[case("0", Some(0))]
    #[case(" 42 ", Some(42))]
    #[case("1234.0", Some(1234))]
    #[case("1234,0", Some(1234))]
    #[case("1234,00", Some(1234))]
    #[case("1000000000000", Some(MAX_COUNT))]
    #[case("12,400", Some(12_400))]
    #[case("1,234,567", Some(1_234_567))]
    #[case("1.234.567", Some(1_234_567))]
    #[case("1,234.0", Some(1_234))]
    #[case("1.234,0", Some(1_234))]
    #[case("12 400", Some(12_400))]
    #[case("12\u{a0}400", Some(12_400))]
    #[case("1\u{202f}234\u{202f}567", Some(1_234_567))]
    #[case("1'234'567", Some(1_234_567))]
    #[case("1’234", Some(1_234))]
    #[case("12,34,567", Some(1_234_567))]
    #[case("'1234", Some(1_234))]
    #[case("=\"1234\"", Some(1_234))]
    #[case("１２", Some(12))]
    #[case("", None)]
    #[case(" ", None)]
    fn a_count_is_whole_and_unknown_when_empty(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse(text, None).unwrap(), expected);
    }

    #[rstest]
    #[case("null")]
    #[case("NA")]
    #[case("NaN")]
    #[case("--")]
    #[case("#N/A")]
    #[case("hidden")]
    #[case("-1")]
    #[case("-1.0")]
    fn what_stands_for_no_value_is_told_apart(#[case] text: &str) {
        assert_eq!(parse(text, None).unwrap_err().code, "no_value");
    }

    #[rstest]
    #[case("42", Some(42))]
    #[case("1234.0", Some(1234))]
    #[case("null", None)]
    #[case("", None)]
    fn the_api_takes_bare_digits(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse_exact(text).unwrap(), expected);
    }

    #[rstest]
    #[case("1,234", "separators")]
    #[case("-1", "negative")]
    #[case("NaN", "not a number")]
    #[case("12 400", "separators")]
    #[case("1.5", "whole")]
    fn the_api_refuses_what_only_files_contain(#[case] text: &str, #[case] why: &str) {
        let fault = parse_exact(text).unwrap_err();
        assert!(fault.code == "invalid_count" && fault.reason.contains(why), "{}", fault.reason);
    }

    #[rstest]
    #[case("-2", "negative")]
    #[case("-1,234", "negative")]
    #[case("1.5", "whole")]
    #[case("1,5", "whole")]
    #[case("0.123", "whole")]
    #[case("inf", "not a number")]
    #[case("1.234", "group thousands or begin a fraction")]
    #[case("1,23,45", "separators")]
    #[case("1.2K", "abbreviated")]
    #[case("3,4 Mio.", "abbreviated")]
    #[case("1.2万", "abbreviated")]
    #[case("10M+", "abbreviated")]
    #[case("1.2E+06", "abbreviated")]
    #[case("0x10", "not a number")]
    #[case("+5", "not a number")]
    #[case("1000000000001", "larger")]
    #[case("99999999999999999999", "larger")]
    #[case("twelve", "not a number")]
    fn anything_else_is_refused_with_its_reason(#[case] text: &str, #[case] why: &str) {
        let fault = parse(text, None).unwrap_err();
        assert_eq!(fault.code, "invalid_count");
        assert!(fault.reason.contains(why), "{}", fault.reason);
    }

    #[rstest]
    #[case("1.234", Decimal::Comma, Some(1_234))]
    #[case("1,234", Decimal::Point, Some(1_234))]
    #[case("1.234", Decimal::Point, None)]
    #[case("12,400", Decimal::Comma, None)]
    #[case("1.234,00", Decimal::Comma, Some(1_234))]
    fn a_separator_means_what_the_file_says(
        #[case] text: &str,
        #[case] decimal: Decimal,
        #[case] expected: Option<i64>,
    ) {
        assert_eq!(parse(text, Some(decimal)).ok().flatten(), expected);
    }

    #[test]
    fn the_point_in_a_number_of_a_workbook_is_a_decimal_point() {
        let number = format!("1.234{POINT_MARK}");
        for decimal in [None, Some(Decimal::Comma), Some(Decimal::Point)] {
            assert!(parse(&number, decimal).unwrap_err().reason.contains("“1.234” is not a whole number"));
        }
        assert!(!is_open(&number) && proof(&format!("12.5{POINT_MARK}")).is_none());
    }

    #[rstest]
    #[case("1.234.567", Some(Decimal::Comma))]
    #[case("1,234,567", Some(Decimal::Point))]
    #[case("1.234,5", Some(Decimal::Comma))]
    #[case("1,234.5", Some(Decimal::Point))]
    #[case("1234,0", Some(Decimal::Comma))]
    #[case("12.5", Some(Decimal::Point))]
    #[case("1.234", None)]
    #[case("12,400", None)]
    #[case("1234", None)]
    #[case("1.2.3", None)]
    fn some_values_prove_what_their_separators_mean(#[case] text: &str, #[case] decimal: Option<Decimal>) {
        assert_eq!(proof(text), decimal);
    }
}
