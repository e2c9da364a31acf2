//! Addresses of posts on TikTok: `https://www.tiktok.com/@handle/video/123`, `…/photo/123`.

use compliance::fact::{Handle, PostKind};

/// What the address of a post contains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PostLink {
    pub handle: Option<Handle>,
    pub post_id: Option<String>,
    /// Only set for a carousel: `/video/` addresses are used for carousels too.
    pub kind: Option<PostKind>,
}

/// Parses an address; one of another site has no fields.
pub(crate) fn parse(address: &str) -> PostLink {
    let mut link = PostLink::default();
    let Some((_, rest)) = address.split_once("://") else { return link };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let mut segments = rest.split('/');
    let host = segments.next().unwrap_or_default().to_ascii_lowercase();
    let is_tiktok = ["tiktok.com", "tiktokv.com"]
        .iter()
        .any(|domain| host.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.')));
    if !is_tiktok {
        return link;
    }
    let mut before = "";
    for segment in segments {
        if let Some(handle) = segment.strip_prefix('@') {
            link.handle = Handle::parse(handle).ok();
        }
        let id = segment.strip_suffix(".html").unwrap_or(segment);
        let is_id = (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
        if is_id && matches!(before, "video" | "photo" | "v") {
            link.post_id = Some(id.to_owned());
            link.kind = (before == "photo").then_some(PostKind::PhotoCarousel);
        }
        before = segment;
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://www.tiktok.com/@Some.One/video/73?is_copy_url=1", Some("some.one"), Some("73"), None)]
    #[case("https://www.tiktok.com/@a/photo/74", Some("a"), Some("74"), Some(PostKind::PhotoCarousel))]
    #[case("http://m.tiktok.com/v/75.html", None, Some("75"), None)]
    #[case("https://www.tiktokv.com/share/video/76/", None, Some("76"), None)]
    #[case("https://www.tiktok.com/@/video/77", None, Some("77"), None)]
    #[case("https://www.tiktok.com/@a", Some("a"), None, None)]
    #[case("https://vm.tiktok.com/ZMabc/", None, None, None)]
    #[case("https://nottiktok.com/@a/video/1", None, None, None)]
    #[case("https://example.com/@a/video/1", None, None, None)]
    #[case("@a/video/1", None, None, None)]
    fn handle_id_and_kind_are_read_out_of_an_address(
        #[case] address: &str,
        #[case] handle: Option<&str>,
        #[case] post_id: Option<&str>,
        #[case] kind: Option<PostKind>,
    ) {
        let link = parse(address);
        assert_eq!(link.handle.as_ref().map(Handle::as_str), handle);
        assert_eq!(link.post_id.as_deref(), post_id);
        assert_eq!(link.kind, kind);
    }
}
