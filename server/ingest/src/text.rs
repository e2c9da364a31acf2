//! Texts from outside: cleaned, shortened, and quoted safely.

use crate::excerpt::{excerpt, is_unsafe};
use crate::row_error::Fault;
use compliance::address::{Address, NoHandle, SHORT_LINK, handle_in};
use compliance::cell::{cleaned, is_no_value};
use compliance::fact::Handle;
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
    let value = cleaned(value);
    if is_no_value(&value) {
        return Ok(None);
    }
    let value = value.trim_start_matches('<').trim_end_matches('>');
    let bare = !value.contains("://") && Address::parse(value).is_some();
    let full = if bare { format!("https://{}", value.trim_start_matches("//")) } else { value.to_owned() };
    let scheme = full.get(..8).unwrap_or(&full).to_ascii_lowercase();
    let is_web = scheme.starts_with("https://") || scheme.starts_with("http://");
    if is_web && full.len() <= MAX_ADDRESS && !full.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(Some(full))
    } else {
        Err(Fault::new("invalid_url", format!("“{}” is not a web address.", excerpt(value))))
    }
}

/// Parses a creator's handle, or the address of a profile; `None` if the value stands for no value.
pub(crate) fn handle(value: &str) -> Result<Option<Handle>, Fault> {
    let shown = || excerpt(&cleaned(value));
    let reason = match handle_in(value) {
        Ok(handle) => return Ok(Some(handle)),
        Err(NoHandle::NoValue) => return Ok(None),
        Err(NoHandle::ShortLink) => SHORT_LINK.to_owned(),
        Err(NoHandle::OtherAddress) => format!("“{}” is an address that names no creator.", shown()),
        Err(NoHandle::NotAHandle) => format!("“{}” is not a TikTok handle.", shown()),
    };
    Err(Fault::new("invalid_handle", reason))
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

    #[rstest]
    #[case("@Mia", Some("mia"))]
    #[case("＠mia\u{200b}", Some("mia"))]
    #[case("'mia", Some("mia"))]
    #[case("tiktok.com/@mia?lang=en", Some("mia"))]
    #[case("https://www.tiktok.com/@mia/video/7571000000000123401", Some("mia"))]
    #[case("@none", Some("none"))]
    #[case("null", None)]
    #[case("N/A", None)]
    #[case("-", None)]
    fn a_handle_is_read_as_people_paste_it(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(handle(text).unwrap().as_ref().map(Handle::as_str), expected);
    }

    #[rstest]
    #[case("Lina Baker", "not a TikTok handle")]
    #[case("https://vm.tiktok.com/ZMabc/", "short link")]
    #[case("https://www.tiktok.com/explore", "names no creator")]
    #[case("https://example.com/@mia", "not a TikTok handle")]
    fn what_is_no_handle_is_refused(#[case] text: &str, #[case] why: &str) {
        assert!(handle(text).unwrap_err().reason.contains(why));
    }
}
