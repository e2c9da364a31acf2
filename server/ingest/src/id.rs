//! Ids of posts, and ids that have lost their last digits: a spreadsheet keeps 15 digits of a number, JavaScript and data
//! frames 53 bits.

use crate::excerpt::excerpt;
use crate::row_error::Fault;
use compliance::cell::cleaned;
use compliance::fact::{AccountId, AccountIdKind};

/// The digits of an id that can lose some: a shorter number is kept exactly.
const LONG: std::ops::RangeInclusive<usize> = 17..=20;
/// What a spreadsheet leaves of an id of 19 digits ends with this.
const ZEROS: &str = "0000";

/// Parses TikTok's id of a post: 1 to 64 ASCII letters, digits, `_` or `-`.
pub(crate) fn parse(value: &str) -> Result<String, Fault> {
    let value = cleaned(value);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let is_word = ["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word));
    if (1..=64).contains(&value.len()) && value.bytes().all(allowed) && !is_scientific(&value) && !is_word {
        return Ok(value.into_owned());
    }
    // Data frames write a whole number with a fraction of zeros.
    let whole = value.split_once('.').filter(|(_, zeros)| !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0'));
    match whole {
        Some((digits, _)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(digits.to_owned())
        }
        _ if is_scientific(&value) => Err(lost(&value)),
        _ => Err(Fault::new("invalid_post_id", format!("“{}” is not a post id.", excerpt(&value)))),
    }
}

/// Parses TikTok's id of an account. `None` for anything else, and for a number that may have lost digits: two accounts
/// would then share it.
pub(crate) fn account(kind: AccountIdKind, value: &str) -> Option<AccountId> {
    AccountId::parse(kind, &cleaned(value)).filter(|account| !looks_rounded(account.as_str()))
}

fn is_scientific(value: &str) -> bool {
    value.split_once(['E', 'e']).is_some_and(|(mantissa, power)| {
        let is_number = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        };
        let power = power.strip_prefix('+').unwrap_or(power);
        is_number(mantissa) && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns the error for an id whose last digits are lost.
pub(crate) fn lost(value: &str) -> Fault {
    let reason = format!(
        "“{}” looks like a post id that a spreadsheet or a program has rounded: its last digits are lost. Export the ids \
         as text, or add a column with the addresses of the posts.",
        excerpt(value)
    );
    Fault::new("invalid_post_id", reason)
}

/// Returns whether an id looks as if it had lost its last digits. One exact id in a thousand looks so by chance.
pub(crate) fn looks_rounded(id: &str) -> bool {
    is_long_number(id) && (id.ends_with(ZEROS) || as_javascript_prints(id).as_deref() == Some(id))
}

/// Returns whether a value may be what is left of an id: a long number, or one in scientific notation.
pub(crate) fn looks_cut_off(value: &str) -> bool {
    is_scientific(value) || is_long_number(value.split('.').next().unwrap_or(value))
}

/// Returns whether an id is one that a data frame leaves of an exact one: a multiple of 1024, as one exact id in a thousand
/// is by chance. Shorter ids have too few of their digits cut off to tell.
pub(crate) fn is_of_data_frame(id: &str) -> bool {
    id.len() == 19 && is_long_number(id) && as_data_frames_print(id).as_deref() == Some(id)
}

/// Returns whether `id` is what a spreadsheet or JavaScript leaves of `exact`.
pub(crate) fn is_rounded_from(id: &str, exact: &str) -> bool {
    if !is_long_number(id) || !is_long_number(exact) {
        return false;
    }
    let zeros = id.len() - id.trim_end_matches('0').len();
    let (Ok(rounded), Ok(whole)) = (id.parse::<u128>(), exact.parse::<u128>()) else { return false };
    let lost = 10_u128.pow(u32::try_from(zeros).unwrap_or(0));
    zeros >= 2 && rounded.abs_diff(whole) < lost
        || as_javascript_prints(exact).as_deref() == Some(id)
        || as_data_frames_print(exact).as_deref() == Some(id)
}

fn is_long_number(id: &str) -> bool {
    LONG.contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a number as JavaScript prints it: the fewest digits that tell it from other numbers, then zeros.
fn as_javascript_prints(id: &str) -> Option<String> {
    id.parse::<f64>().ok().map(|number| number.to_string())
}

/// Returns a number as it is printed after a program has held it in 53 bits and made a whole number of it again.
fn as_data_frames_print(id: &str) -> Option<String> {
    id.parse::<f64>().ok().map(|number| format!("{number:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(" 7301540000000000001 ", "7301540000000000001")]
    #[case("'7301540000000000001", "7301540000000000001")]
    #[case("=\"7301540000000000001\"", "7301540000000000001")]
    #[case("7301540000000000001.0", "7301540000000000001")]
    #[case("\u{200b}7301540000000000001", "7301540000000000001")]
    #[case("post-1_a", "post-1_a")]
    fn an_id_is_read_as_files_write_it(#[case] text: &str, #[case] id: &str) {
        assert_eq!(parse(text).unwrap(), id);
    }

    #[rstest]
    #[case("7.30154E+18", "rounded")]
    #[case("7,30154E+18", "rounded")]
    #[case("73e17", "rounded")]
    #[case("a/b", "not a post id")]
    #[case("", "not a post id")]
    #[case("FALSE", "not a post id")]
    fn what_is_no_id_is_refused_with_the_reason(#[case] text: &str, #[case] why: &str) {
        let fault = parse(text).unwrap_err();
        assert!(fault.code == "invalid_post_id" && fault.reason.contains(why), "{}", fault.reason);
    }

    #[rstest]
    #[case("7571000000000120000", "7571000000000123401", true)]
    #[case("7571000000000123000", "7571000000000123401", true)]
    #[case("7571000000000123400", "7571000000000123401", true)]
    #[case("7708691486874236928", "7708691486874237361", true)]
    #[case("7708691486874237361", "7708691486874236928", false)]
    #[case("7571000000000123402", "7571000000000123401", false)]
    #[case("7571000000000980000", "7571000000000123401", false)]
    #[case("12", "7571000000000123401", false)]
    fn a_rounded_id_is_known_beside_the_exact_one(#[case] id: &str, #[case] exact: &str, #[case] expected: bool) {
        assert_eq!(is_rounded_from(id, exact), expected);
    }

    #[rstest]
    #[case(AccountIdKind::User, "6800000000000000001", true)]
    #[case(AccountIdKind::User, "'107955", true)]
    #[case(AccountIdKind::User, "6800000000000000000", false)]
    #[case(AccountIdKind::User, "6.8E+18", false)]
    #[case(AccountIdKind::User, "mia.moves", false)]
    #[case(AccountIdKind::User, "0", false)]
    #[case(AccountIdKind::SecUid, "MS4wLjABAAAA-x_1", true)]
    #[case(AccountIdKind::SecUid, "UCx", false)]
    fn an_account_is_known_by_an_id_that_is_whole(
        #[case] kind: AccountIdKind,
        #[case] text: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(account(kind, text).is_some(), expected);
    }

    #[rstest]
    #[case("7571000000000120000", true)]
    #[case("7571000000000123000", true)]
    #[case("7571000000000123401", false)]
    #[case("7571000000000123456", false)]
    #[case("120000", false)]
    fn a_long_id_that_ends_in_zeros_looks_rounded(#[case] id: &str, #[case] expected: bool) {
        assert_eq!(looks_rounded(id), expected);
    }

    #[rstest]
    #[case("7708691486874236928", true)]
    #[case("7708691486874237361", false)]
    #[case("224558012169773056", false)]
    fn a_multiple_of_1024_may_come_from_a_data_frame(#[case] id: &str, #[case] expected: bool) {
        assert_eq!(is_of_data_frame(id), expected);
    }
}
