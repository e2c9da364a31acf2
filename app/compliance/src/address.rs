//! Addresses on TikTok: of posts, of profiles, and short links. The one parser for files, forms and the API.

use crate::cell::{cleaned, is_no_value};
use crate::fact::{Handle, PostKind};
use crate::instant::{Instant, SECOND_MS};
use thiserror::Error;

/// What an address on TikTok leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A post: `https://www.tiktok.com/@mia/video/7301234567890123456`.
    Post(PostAddress),
    /// A profile: `tiktok.com/@mia`.
    Profile(Handle),
    /// A short link, such as `https://vm.tiktok.com/ZMabcdef/`. Only TikTok knows where it leads.
    ShortLink,
    /// Another page of TikTok.
    Other,
}

/// What the address of a post contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostAddress {
    /// The creator's handle, if the address contains it.
    pub handle: Option<Handle>,
    /// TikTok's id of the post, 1 to 20 digits.
    pub tiktok_video_id: String,
    /// Only set for a carousel, because `/video/` addresses lead to carousels too.
    pub kind: Option<PostKind>,
}

/// What to do about a short link.
pub const SHORT_LINK: &str = "This is a short link, and only TikTok knows where it leads. Open it in a browser and copy the address that appears.";

/// Why a text names no creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoHandle {
    /// It stands for no value: it is empty, a dash, or a word such as `null`.
    #[error("This stands for no value. Write @ before a handle of this name.")]
    NoValue,
    /// It is a short link.
    #[error("{}", SHORT_LINK)]
    ShortLink,
    /// It is an address of TikTok that names no creator.
    #[error("This address names no creator.")]
    OtherAddress,
    /// It is neither a handle nor an address of TikTok.
    #[error("This is not a TikTok handle.")]
    NotAHandle,
}

/// Parses a handle, or the address of a profile or post, as people paste it and files contain it.
///
/// # Errors
///
/// [`NoHandle`] says what the text is instead.
pub fn handle_in(text: &str) -> Result<Handle, NoHandle> {
    let value = cleaned(text);
    if is_no_value(&value) {
        return Err(NoHandle::NoValue);
    }
    match Address::parse(&value) {
        Some(Address::Post(PostAddress { handle: Some(handle), .. }) | Address::Profile(handle)) => Ok(handle),
        Some(Address::ShortLink) => Err(NoHandle::ShortLink),
        Some(Address::Post(_) | Address::Other) if value.contains('/') => Err(NoHandle::OtherAddress),
        _ => Handle::parse(&value).map_err(|_| NoHandle::NotAHandle),
    }
}

/// Parses the address of a post, or its id alone.
#[must_use]
pub fn post_in(text: &str) -> Option<PostAddress> {
    let value = cleaned(text);
    let of_id = || {
        let tiktok_video_id = published_at(&value).map(|_| value.clone().into_owned())?;
        Some(PostAddress { handle: None, tiktok_video_id, kind: None })
    };
    Address::post(&value).or_else(of_id)
}

/// The hosts that serve TikTok's pages, as do all their subdomains.
const HOSTS: [&str; 3] = ["tiktok.com", "tiktokv.com", "tiktokv.us"];
/// The subdomains whose addresses are short links.
const SHORT_HOSTS: [&str; 2] = ["vm", "vt"];
/// The path segments before the id of a post.
const BEFORE_ID: [&str; 7] = ["video", "photo", "v", "v1", "v2", "embed", "item"];
/// The query parameters that hold the id of the post shown on a page with several posts.
const IDS_IN_QUERY: [&str; 2] = ["item_id", "share_item_id"];

impl Address {
    /// Parses an address with or without scheme and `www.`; `None` if it is not an address on TikTok.
    #[must_use]
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>');
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(scheme)) => rest,
            Some(_) => return None,
            None => text.strip_prefix("//").unwrap_or(text),
        };
        let end_of_host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end_of_host);
        let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let subdomain = HOSTS.iter().find_map(|known| match host.strip_suffix(known)? {
            "" => Some(""),
            front => front.strip_suffix('.'),
        })?;
        let (path, after) = path.split_once(['?', '#']).unwrap_or((path, ""));
        let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
        if SHORT_HOSTS.contains(&subdomain) && segments.peek().is_some_and(|first| *first != "v")
            || segments.peek() == Some(&"t")
        {
            return Some(Address::ShortLink);
        }
        Some(of_path(segments, after))
    }

    /// Returns the post that the address leads to.
    #[must_use]
    pub fn post(text: &str) -> Option<PostAddress> {
        match Address::parse(text) {
            Some(Address::Post(post)) => Some(post),
            _ => None,
        }
    }

    /// Returns the handle in the address of a profile or of a post.
    #[must_use]
    pub fn handle(text: &str) -> Option<Handle> {
        match Address::parse(text) {
            Some(Address::Post(post)) => post.handle,
            Some(Address::Profile(handle)) => Some(handle),
            _ => None,
        }
    }
}

fn of_path<'a>(segments: impl Iterator<Item = &'a str>, query: &str) -> Address {
    let (mut handle, mut before) = (None, "");
    for segment in segments {
        let named = segment.strip_prefix('@').or_else(|| segment.strip_prefix("%40"));
        if let Some(named) = named {
            handle = handle.or_else(|| Handle::parse(named).ok());
        }
        let id = segment.strip_suffix(".html").unwrap_or(segment);
        if BEFORE_ID.contains(&before) && is_id(id) {
            let kind = (before == "photo").then_some(PostKind::PhotoCarousel);
            return Address::Post(PostAddress { handle, tiktok_video_id: id.to_owned(), kind });
        }
        before = segment;
    }
    let shown = query.split(['&', '#']).find_map(|field| {
        let (name, id) = field.split_once('=')?;
        (IDS_IN_QUERY.contains(&name) && is_id(id)).then(|| id.to_owned())
    });
    match (shown, handle) {
        (Some(tiktok_video_id), handle) => Address::Post(PostAddress { handle, tiktok_video_id, kind: None }),
        (None, Some(handle)) => Address::Profile(handle),
        (None, None) => Address::Other,
    }
}

/// The number of digits of the largest id, which is a 64-bit number.
const MOST_DIGITS: usize = 20;

fn is_id(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns when a post was published: the upper half of a TikTok id is the time of publication in seconds. `None` if
/// this is not a TikTok id.
#[must_use]
pub fn published_at(tiktok_video_id: &str) -> Option<Instant> {
    let number: u64 = tiktok_video_id.parse().ok().filter(|_| is_id(tiktok_video_id))?;
    let seconds = i64::try_from(number >> 32).ok()?;
    let published_at = Instant::from_millis(seconds * SECOND_MS);
    published_at.is_plausible().then_some(published_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://www.tiktok.com/@Some.One/video/73?is_copy_url=1", Some("some.one"), "73", None)]
    #[case("tiktok.com/@a/video/73", Some("a"), "73", None)]
    #[case("WWW.TikTok.com/@a/video/73/", Some("a"), "73", None)]
    #[case("HTTPS://us.tiktok.com:443/@a/video/73#x", Some("a"), "73", None)]
    #[case("//www.tiktok.com/@a/video/73", Some("a"), "73", None)]
    #[case("<https://www.tiktok.com/@a/video/73>", Some("a"), "73", None)]
    #[case("https://www.tiktok.com/%40a/video/73", Some("a"), "73", None)]
    #[case("https://www.tiktok.com/@a/photo/74", Some("a"), "74", Some(PostKind::PhotoCarousel))]
    #[case("http://m.tiktok.com/v/75.html", None, "75", None)]
    #[case("https://www.tiktokv.com/share/video/76/", None, "76", None)]
    #[case("https://www.tiktok.com/@/video/77", None, "77", None)]
    #[case("https://www.tiktok.com/embed/v2/78", None, "78", None)]
    #[case("https://www.tiktok.com/embed/79?lang=en", None, "79", None)]
    #[case("https://www.tiktok.com/player/v1/80", None, "80", None)]
    #[case("https://www.tiktok.com/foryou?is_from_webapp=1&item_id=81", None, "81", None)]
    fn an_address_of_a_post_is_read_in_every_form(
        #[case] text: &str,
        #[case] handle: Option<&str>,
        #[case] id: &str,
        #[case] kind: Option<PostKind>,
    ) {
        let post = Address::post(text).unwrap();
        assert_eq!(post.handle.as_ref().map(Handle::as_str), handle);
        assert_eq!((post.tiktok_video_id.as_str(), post.kind), (id, kind));
    }

    #[rstest]
    #[case("https://www.tiktok.com/@Mia")]
    #[case("tiktok.com/@mia?lang=en")]
    #[case("www.tiktok.com/@mia/")]
    #[case("m.tiktok.com/@mia/live")]
    #[case("https://www.tiktok.com/@mia/video/not-an-id")]
    fn an_address_of_a_profile_names_its_handle(#[case] text: &str) {
        assert_eq!(Address::parse(text), Some(Address::Profile(Handle::parse("mia").unwrap())));
    }

    #[rstest]
    #[case("https://vm.tiktok.com/ZMabc/")]
    #[case("vt.tiktok.com/ZSabc")]
    #[case("https://www.tiktok.com/t/ZTabc/")]
    fn a_short_link_is_known_as_one(#[case] text: &str) {
        assert_eq!(Address::parse(text), Some(Address::ShortLink));
    }

    #[rstest]
    #[case("https://nottiktok.com/@a/video/1")]
    #[case("https://tiktok.com.example.com/@a/video/1")]
    #[case("https://example.com/tiktok.com/@a/video/1")]
    #[case("javascript://tiktok.com/@a")]
    #[case("@a/video/1")]
    #[case("mia")]
    #[case("")]
    fn what_is_not_of_tiktok_is_no_address(#[case] text: &str) {
        assert_eq!(Address::parse(text), None);
    }

    #[test]
    fn a_page_without_a_creator_is_another_page() {
        assert_eq!(Address::parse("https://www.tiktok.com/explore"), Some(Address::Other));
    }

    #[rstest]
    #[case("7301234567890123456", Some(1_699_951_143))]
    #[case("73", None)]
    #[case("abc", None)]
    #[case("99999999999999999999", None)]
    fn an_id_holds_the_second_of_publication(#[case] id: &str, #[case] seconds: Option<i64>) {
        assert_eq!(published_at(id).map(|at| at.millis() / SECOND_MS), seconds);
    }
}
