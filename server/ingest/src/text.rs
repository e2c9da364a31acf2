//! Texts from outside: cleaned, shortened, and quoted safely.

use crate::excerpt::{excerpt, is_unsafe};
use crate::row_error::Fault;
use compliance::name;

/// The longest caption kept, in characters; TikTok's own limit is 4,000.
pub(crate) const MAX_DESCRIPTION: usize = 4_000;

/// The longest display name kept, in characters.
pub(crate) const MAX_NAME: usize = 200;

const MAX_ADDRESS: usize = 2_048;

/// Returns the text without surrounding space and control characters (PostgreSQL refuses NUL), at most `max`
/// characters; `None` if nothing is left.
pub(crate) fn clean(value: &str, max: usize) -> Option<String> {
    let kept: String = value.trim().chars().filter(|c| !is_unsafe(*c)).take(max).collect();
    let kept = kept.trim_end();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// Returns a creator's name without invisible characters, at most [`MAX_NAME`] characters; `None` if nothing is left.
pub(crate) fn name(value: &str) -> Option<String> {
    // Cut first, which bounds the work.
    let cut: String = value.trim().chars().take(4 * MAX_NAME).collect();
    let kept: String = name::visible(&cut).chars().take(MAX_NAME).collect();
    // The cut may have separated characters that belong together, so invisible ones are removed again.
    let kept = name::visible(&kept);
    (!kept.is_empty()).then_some(kept)
}

/// Parses a web address; `None` if empty. Other schemes are refused, because pages link to these addresses.
pub(crate) fn address(value: &str) -> Result<Option<String>, Fault> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let bare = ["www.tiktok.com/", "tiktok.com/", "m.tiktok.com/"].iter().any(|host| value.starts_with(host));
    let full = if bare { format!("https://{value}") } else { value.to_owned() };
    let scheme = full.get(..8).unwrap_or(&full).to_ascii_lowercase();
    let is_web = scheme.starts_with("https://") || scheme.starts_with("http://");
    if is_web && full.len() <= MAX_ADDRESS && !full.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(Some(full))
    } else {
        Err(Fault::new("invalid_url", format!("“{}” is not a web address.", excerpt(value))))
    }
}

/// Parses TikTok's id of a post: 1 to 64 ASCII letters, digits, `_` or `-`.
pub(crate) fn post_id(value: &str) -> Result<String, Fault> {
    let value = value.trim();
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if (1..=64).contains(&value.len()) && value.bytes().all(allowed) {
        return Ok(value.to_owned());
    }
    let rounded = value.contains(['E', 'e']) && value.parse::<f64>().is_ok();
    let reason = if rounded {
        format!("“{}” is a post id that a spreadsheet has rounded; the id itself is lost.", excerpt(value))
    } else {
        format!("“{}” is not a post id.", excerpt(value))
    };
    Err(Fault::new("invalid_post_id", reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("  a caption\n#tag ", Some("a caption\n#tag"))]
    #[case("nul\0 inside", Some("nul inside"))]
    #[case(" \u{0} ", None)]
    #[case("", None)]
    fn texts_lose_control_characters_and_surrounding_space(#[case] given: &str, #[case] expected: Option<&str>) {
        assert_eq!(clean(given, 100).as_deref(), expected);
    }

    #[rstest]
    #[case("https://www.tiktok.com/@a/video/1", Some("https://www.tiktok.com/@a/video/1"))]
    #[case("www.tiktok.com/@a/video/1", Some("https://www.tiktok.com/@a/video/1"))]
    #[case(" ", None)]
    fn web_addresses_are_kept(#[case] given: &str, #[case] expected: Option<&str>) {
        assert_eq!(address(given).unwrap().as_deref(), expected);
    }

    #[rstest]
    #[case("javascript:alert(1)")]
    #[case("data:text/html,x")]
    #[case("https://a b")]
    #[case("ftp://x")]
    #[case("héé")]
    fn other_addresses_are_refused(#[case] given: &str) {
        assert_eq!(address(given).unwrap_err().code, "invalid_url");
    }

    #[test]
    fn a_post_id_rounded_by_a_spreadsheet_says_so() {
        assert!(post_id("7.30154E+18").unwrap_err().reason.contains("spreadsheet"));
        assert_eq!(post_id(" 7301540000000000001 ").unwrap(), "7301540000000000001");
        assert!(post_id("a/b").is_err());
        assert!(post_id(&"1".repeat(65)).is_err());
    }
}
