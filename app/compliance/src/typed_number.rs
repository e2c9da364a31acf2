//! Whole numbers as people type them. docs/rules.md, "Numbers people type".

use thiserror::Error;

/// Why a text is no whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unread {
    /// It has a fraction, or is no number at all.
    #[error("not a whole number")]
    NotWhole,
    /// Its point or comma may separate thousands or a fraction, as in `1.500k`.
    #[error("can be read in two ways")]
    TwoWays,
}

/// Parses a whole number without a sign: `10000`, `10,000`, `10.000`, `10 000`, `10k`, `1.5k` and `2m`.
///
/// A point or comma separates thousands if exactly three digits follow each; any other single one begins a fraction,
/// which has to come to a whole number (`1.5k` does, `1.5` does not). Spaces, apostrophes and underscores only ever
/// separate thousands. A number too large for an `i64` becomes the largest one.
pub fn whole_number(text: &str) -> Result<i64, Unread> {
    let text = text.trim();
    let (text, zeros) = match text.strip_suffix(['k', 'K']) {
        Some(text) => (text.trim_end(), 3_usize),
        None => text.strip_suffix(['m', 'M']).map_or((text, 0), |text| (text.trim_end(), 6)),
    };
    let separators: Vec<char> = text.matches(is_separator).map(kind).collect();
    let groups: Vec<&str> = text.split(is_separator).collect();
    if !groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Unread::NotWhole);
    }
    let (whole, fraction) = match (&separators[..], &groups[..]) {
        ([], _) => (&groups[..], ""),
        // 1,500k is a million and a half to some people and 1,500 to others.
        ([',' | '.'], all) if is_grouped(&separators, all) && zeros > 0 => return Err(Unread::TwoWays),
        (_, all) if is_grouped(&separators, all) => (all, ""),
        ([before @ .., point @ (',' | '.')], [whole @ .., fraction])
            if !before.contains(point) && (before.is_empty() || is_grouped(before, whole)) =>
        {
            if !before.is_empty() && fraction.len() == 3 {
                return Err(Unread::TwoWays);
            }
            (whole, fraction.trim_end_matches('0'))
        }
        _ => return Err(Unread::NotWhole),
    };
    let missing = zeros.checked_sub(fraction.len()).ok_or(Unread::NotWhole)?;
    let digits = whole.concat() + fraction + &"000000"[..missing];
    // Digits alone fail to parse only if they are too many.
    Ok(digits.parse().unwrap_or(i64::MAX))
}

/// Returns whether the separators are all of one kind and every group but the first has three digits.
fn is_grouped(separators: &[char], groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    separators.windows(2).all(|pair| pair[0] == pair[1])
        && first.len() <= 3
        && !first.starts_with('0')
        && rest.iter().all(|group| group.len() == 3)
}

/// Thin, figure and no-break spaces are common in numbers copied from elsewhere.
const fn is_separator(letter: char) -> bool {
    matches!(letter, ',' | '.' | ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '_' | '’' | '\'')
}

fn kind(separator: &str) -> char {
    match separator {
        "," => ',',
        "." => '.',
        _ => ' ',
    }
}
