//! Values as spreadsheets and web pages hand them over: cleaned once, before they are read as an id, a handle, a date or
//! a number. Captions and names keep what they contain.

use std::borrow::Cow;

/// Words that stand for "no value". A handle of this name is written with `@`.
const NO_VALUE: [&str; 22] = [
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "n\\a",
    "nan",
    "<na>",
    "nat",
    "none",
    "null",
    "(null)",
    "nil",
    "undefined",
    "\\n",
    "#n/a",
    "#na",
    "#null!",
    "#value!",
    "#ref!",
    "#name?",
    "#div/0!",
    "#num!",
];
/// Labels of rows of sums below a table.
const TOTALS: [&str; 37] = [
    "total",
    "totals",
    "total:",
    "totals:",
    "grand total",
    "grand totals",
    "subtotal",
    "sub total",
    "sum",
    "sum:",
    "sums",
    "average",
    "averages",
    "avg",
    "mean",
    "median",
    "summe",
    "gesamt",
    "gesamtsumme",
    "mittelwert",
    "somme",
    "moyenne",
    "suma",
    "totale",
    "totaal",
    "insgesamt",
    "endsumme",
    "zwischensumme",
    "durchschnitt",
    "sub-total",
    "totaux",
    "promedio",
    "totalt",
    "razem",
    "toplam",
    "celkem",
    "jumlah",
];

/// The length of the longest of them, in bytes.
const LONGEST_TOTAL: usize = 13;

/// Marks the end of a cell that a workbook holds as a number with a fraction: its point is a decimal point, whatever
/// points and commas mean in the texts of the file. It is a control character, which is never part of a value.
pub const POINT_MARK: char = '\u{1f}';

/// Returns the value without what surrounds it: white space of every kind, invisible marks, and the leading apostrophe
/// or `="…"` with which spreadsheets keep a number as text. Full-width characters become ordinary ones.
#[must_use]
pub fn cleaned(cell: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    let cell = if cell.bytes().all(plain) {
        Cow::Borrowed(cell.trim())
    } else {
        let kept: String = cell.chars().filter(|letter| !is_invisible(*letter)).map(ordinary).collect();
        Cow::Owned(kept.trim().to_owned())
    };
    match unwrapped(&cell) {
        Some(inner) => Cow::Owned(inner.to_owned()),
        None => cell,
    }
}

/// Returns the value inside `="7301"` or after the apostrophe of `'7301`.
fn unwrapped(cell: &str) -> Option<&str> {
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let marked =
        || cell.strip_prefix('\'').filter(|rest| !rest.is_empty()).map(|rest| rest.strip_suffix('\'').unwrap_or(rest));
    formula.or_else(marked).map(str::trim)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || letter.is_control() && !letter.is_whitespace()
}

/// Returns the ordinary character for a full-width one, a digit of another script, a space or a dash that only looks
/// different.
fn ordinary(letter: char) -> char {
    let shifted = |zero: char| char::from_u32(u32::from('0') + u32::from(letter) - u32::from(zero)).unwrap_or(letter);
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{660}'..='\u{669}' => shifted('\u{660}'),
        '\u{6f0}'..='\u{6f9}' => shifted('\u{6f0}'),
        '\u{fe6b}' => '@',
        '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }
}

/// Returns whether a cleaned value says that there is none: empty, a dash, or a word for it.
#[must_use]
pub fn is_no_value(value: &str) -> bool {
    value.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '.' | '?' | ' '))
        || NO_VALUE.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// Returns whether a cleaned value labels a row of sums.
#[must_use]
pub fn is_total(value: &str) -> bool {
    // Most cells are longer, or are numbers.
    if value.len() > LONGEST_TOTAL || value.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let value = value.to_lowercase();
    TOTALS.contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(" 42\t", "42")]
    #[case("\u{feff}mia\u{200b}", "mia")]
    #[case("\u{202a}@mia\u{202c}", "@mia")]
    #[case("＠ｍｉａ", "@mia")]
    #[case("１２３", "123")]
    #[case("٤٢", "42")]
    #[case("12\u{a0}400", "12 400")]
    #[case("12\u{202f}400", "12 400")]
    #[case("'7571000000000123401", "7571000000000123401")]
    #[case("=\"7571000000000123401\"", "7571000000000123401")]
    #[case("'", "'")]
    #[case("−1", "-1")]
    #[case("", "")]
    fn a_cell_loses_what_only_a_spreadsheet_or_a_page_added(#[case] cell: &str, #[case] value: &str) {
        assert_eq!(cleaned(cell), value);
    }

    #[rstest]
    #[case("")]
    #[case("NA")]
    #[case("NaN")]
    #[case("N/A")]
    #[case("--")]
    #[case("-")]
    #[case("–")]
    #[case("None")]
    #[case("#N/A")]
    #[case("#DIV/0!")]
    #[case("NULL")]
    fn words_for_no_value_are_no_value(#[case] value: &str) {
        assert!(is_no_value(value));
    }

    #[test]
    fn a_label_of_sums_is_known_in_any_case() {
        assert!(TOTALS.iter().all(|label| label.len() <= LONGEST_TOTAL && is_total(&label.to_uppercase())));
        assert!(!is_total("@total") && !is_total("totally") && !is_total(""));
    }

    #[rstest]
    #[case("0")]
    #[case("-1")]
    #[case("@none")]
    #[case("nana")]
    fn a_value_is_a_value(#[case] value: &str) {
        assert!(!is_no_value(value));
    }
}
