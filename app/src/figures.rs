//! Formats numbers for people, on the server and in the browser.

use compliance::pace::{Hundredths, Tenths};
use compliance::{Cadence, Evaluation};

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
    format!("{} {}", number(count), noun(count, one, many))
}

/// Returns the unit for a number: `post` after 1 and −1, `posts` after any other.
#[must_use]
pub const fn noun<'a>(count: i64, one: &'a str, many: &'a str) -> &'a str {
    if matches!(count, 1 | -1) { one } else { many }
}

/// Returns what a goal needs: a number and its unit, such as `8` and `posts a day`. The number is whole, since nobody
/// publishes half a post, and rounded up, since less is not enough. If half a post a day or less is enough, one a day
/// would ask for at least twice as much, so the total is shown: `3` and `more posts`.
#[must_use]
pub fn needs(evaluation: &Evaluation) -> Option<(i64, String)> {
    let required = evaluation.required_per_day?;
    if (1..=5).contains(&required.units()) {
        let missing = evaluation.target.saturating_sub(evaluation.actual);
        return Some((missing, format!("more {}", evaluation.metric.unit(missing))));
    }
    let rate = whole(required.units(), 10);
    let when = if evaluation.cadence == Cadence::Daily { "today" } else { "a day" };
    Some((rate, format!("{} {when}", evaluation.metric.unit(rate))))
}

/// Formats the required amount per day for a list of figures.
#[must_use]
pub fn required_text(required: Tenths) -> String {
    if (1..=5).contains(&required.units()) { "under 1".to_owned() } else { number(whole(required.units(), 10)) }
}

/// Formats the expected amount as a whole number, rounded up: with less a goal is behind.
#[must_use]
pub fn expected_text(expected: Hundredths) -> String {
    number(whole(expected.units(), 100))
}

/// Divides and rounds up.
const fn whole(units: i64, parts: i64) -> i64 {
    units.div_euclid(parts) + (units.rem_euclid(parts) != 0) as i64
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

    #[test]
    fn one_is_singular_also_below_zero() {
        for (count, text) in [(0, "0 posts"), (1, "1 post"), (-1, "−1 post"), (2, "2 posts"), (1_001, "1,001 posts")]
        {
            assert_eq!(plural(count, "post", "posts"), text);
        }
    }

    #[test]
    fn what_is_required_a_day_is_whole_and_rounded_up() {
        for (tenths, text) in
            [(0, "0"), (1, "under 1"), (5, "under 1"), (6, "1"), (8, "1"), (10, "1"), (11, "2"), (2_378, "238")]
        {
            assert_eq!(required_text(Tenths::from_units(tenths)), text);
        }
    }

    #[test]
    fn what_is_expected_by_now_is_whole_and_rounded_up() {
        for (hundredths, text) in [(0, "0"), (43, "1"), (1_000, "10"), (1_071, "11"), (12_345_600, "123,456")] {
            assert_eq!(expected_text(Hundredths::from_units(hundredths)), text);
        }
    }
}
