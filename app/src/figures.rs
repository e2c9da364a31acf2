//! Formats numbers for people, on the server and in the browser.

use compliance::Evaluation;
use compliance::pace::Tenths;

/// Formats `12,345`, with a real minus sign.
#[must_use]
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0 { format!("−{text}") } else { text }
}

/// Formats `+12,345` for gains, `0`, `−3` for losses.
#[must_use]
pub fn signed(value: i64) -> String {
    if value > 0 { format!("+{}", number(value)) } else { number(value) }
}

/// Formats `9,850`, `12.3K`, `4.1M`: short enough for a card.
#[must_use]
pub fn compact(value: i64) -> String {
    let size = value.unsigned_abs();
    let (tenth, name) = match size {
        0..10_000 => return number(value),
        10_000..1_000_000 => (100, "K"),
        _ => (100_000, "M"),
    };
    let tenths = size / tenth;
    let sign = if value < 0 { "−" } else { "" };
    let whole = number(i64::try_from(tenths / 10).unwrap_or(i64::MAX));
    match tenths % 10 {
        0 => format!("{sign}{whole}{name}"),
        part => format!("{sign}{whole}.{part}{name}"),
    }
}

/// Formats `1 post`, `2 posts`.
#[must_use]
pub fn plural(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// Formats a rate: with tenths where they matter, as a whole number above a thousand (rounded up: less is not enough).
#[must_use]
pub fn required_text(required: Tenths) -> String {
    if required.units() >= 10_000 {
        number(required.units().div_euclid(10) + i64::from(required.units() % 10 != 0))
    } else {
        required.to_string()
    }
}

/// Formats the expected amount.
#[must_use]
pub fn expected_text(evaluation: &Evaluation) -> String {
    if evaluation.target >= 1_000 { number(evaluation.expected.units() / 100) } else { evaluation.expected.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands_and_carry_a_real_minus() {
        for (value, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "−1,234,567")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn compact_numbers_are_cut_not_rounded_up() {
        for (value, text) in
            [(9_999, "9,999"), (10_000, "10K"), (12_399, "12.3K"), (999_999, "999.9K"), (4_100_000, "4.1M")]
        {
            assert_eq!(compact(value), text);
        }
    }
}
