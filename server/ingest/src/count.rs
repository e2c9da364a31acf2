//! Counters: whole numbers from 0 to [`MAX_COUNT`](compliance::bounds::MAX_COUNT).

use crate::excerpt::excerpt;
use crate::row_error::Fault;
use compliance::bounds::is_count;

/// Parses a counter. Empty and `null` mean unknown, not 0. A fraction of zeros (`1234.0`) is accepted, because
/// spreadsheets and data frames write it; separators (`1,234`) and abbreviations (`1.2K`) are refused, because
/// the former mean different numbers in different countries and the latter have lost digits.
pub(crate) fn parse(text: &str) -> Result<Option<i64>, Fault> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("null") {
        return Ok(None);
    }
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    match whole.parse::<i64>() {
        Ok(count) if digits && is_count(count) => Ok(Some(count)),
        _ => Err(Fault::new("invalid_count", reason(text, digits))),
    }
}

fn reason(text: &str, digits: bool) -> String {
    let shown = excerpt(text);
    let bare = text.strip_prefix('-').unwrap_or(text);
    let only = |allowed: &[u8]| bare.bytes().all(|b| b.is_ascii_digit() || allowed.contains(&b));
    if digits {
        format!("“{shown}” is larger than 1,000,000,000,000, the largest count accepted.")
    } else if text.starts_with('-') {
        format!("“{shown}” is negative; counts are 0 or more.")
    } else if bare.ends_with(['K', 'k', 'M', 'm', 'B', 'b']) {
        format!("“{shown}” is abbreviated; write the whole number.")
    } else if bare.contains(',') && only(b",.") || bare.matches('.').count() > 1 && only(b".") {
        format!("“{shown}” has separators; write the digits only, as 1234.")
    } else if only(b".") {
        format!("“{shown}” is not a whole number.")
    } else {
        format!("“{shown}” is not a number.")
    }
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
    #[case("1000000000000", Some(MAX_COUNT))]
    #[case("", None)]
    #[case("null", None)]
    fn a_count_is_whole_and_unknown_when_empty(#[case] text: &str, #[case] expected: Option<i64>) {
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[rstest]
    #[case("-1", "negative")]
    #[case("1.5", "whole")]
    #[case("NaN", "not a number")]
    #[case("inf", "not a number")]
    #[case("1,234", "separators")]
    #[case("1.234.567", "separators")]
    #[case("1.2K", "abbreviated")]
    #[case("1e3", "not a number")]
    #[case("0x10", "not a number")]
    #[case("+5", "not a number")]
    #[case("1000000000001", "larger")]
    #[case("99999999999999999999", "larger")]
    #[case(".0", "whole")]
    #[case("１２", "not a number")]
    fn anything_else_is_refused_with_its_reason(#[case] text: &str, #[case] why: &str) {
        let fault = parse(text).unwrap_err();
        assert_eq!(fault.code, "invalid_count");
        assert!(fault.reason.contains(why), "{}", fault.reason);
    }
}
