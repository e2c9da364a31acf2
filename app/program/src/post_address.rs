//! Parses the addresses of posts.

use compliance::Instant;
use compliance::fact::PostKind;
use compliance::instant::SECOND_MS;

/// What the address of a post contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostAddress {
    /// The creator's handle, if the address contains it.
    pub handle: Option<String>,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Video or carousel.
    pub kind: PostKind,
    /// When it was published: the upper half of TikTok's ids is the second of publication.
    pub published_at: Instant,
}

/// Parses `https://www.tiktok.com/@mia/video/7301234567890123456`, or the id alone.
#[must_use]
pub fn parse_post_address(text: &str) -> Option<PostAddress> {
    let text = text.trim();
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let bare = bare.trim_start_matches("www.").trim_start_matches("m.");
    let (handle, kind, id) = match bare.strip_prefix("tiktok.com/@") {
        Some(rest) => {
            let mut parts = rest.split(['/', '?', '#']);
            let (handle, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
            let kind = match kind {
                "video" => PostKind::Video,
                "photo" => PostKind::PhotoCarousel,
                _ => return None,
            };
            (Some(handle.to_ascii_lowercase()), kind, id)
        }
        None => (None, PostKind::Video, text),
    };
    let number: u64 = id.parse().ok().filter(|_| id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = i64::try_from(number >> 32).ok()?;
    let published_at = Instant::from_millis(seconds * SECOND_MS);
    published_at.is_plausible().then(|| PostAddress { handle, tiktok_video_id: id.to_owned(), kind, published_at })
}
