//! Other platforms than TikTok, whose rows stand in reports beside TikTok's.

use crate::field::normalised;

/// The platforms, with the names that reports have for them and the hosts of their addresses.
const OTHERS: [(&str, &[&str], &[&str]); 10] = [
    ("Instagram", &["instagram", "ig", "insta", "reels", "instagramreels"], &["instagram.com", "instagr.am"]),
    ("YouTube", &["youtube", "yt", "shorts", "youtubeshorts"], &["youtube.com", "youtu.be"]),
    ("Facebook", &["facebook", "fb", "meta"], &["facebook.com", "fb.com", "fb.watch"]),
    ("X", &["x", "twitter", "xtwitter", "twitterx"], &["x.com", "twitter.com"]),
    ("Snapchat", &["snapchat", "snap"], &["snapchat.com"]),
    ("Pinterest", &["pinterest"], &["pinterest.com", "pin.it"]),
    ("LinkedIn", &["linkedin"], &["linkedin.com", "lnkd.in"]),
    ("Threads", &["threads"], &["threads.net", "threads.com"]),
    ("Twitch", &["twitch"], &["twitch.tv"]),
    ("Bluesky", &["bluesky", "bsky"], &["bsky.app"]),
];

/// Returns the other platform that a cell names. What is not known is not taken for one: the column may mean something else.
pub(crate) fn named(cell: &str) -> Option<&'static str> {
    let cell = normalised(cell);
    OTHERS.iter().find(|(_, names, _)| names.contains(&cell.as_str())).map(|(platform, ..)| *platform)
}

/// Returns the other platform on whose site an address is.
pub(crate) fn of_address(address: &str) -> Option<&'static str> {
    let address = address.trim().to_ascii_lowercase();
    let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let is_of = |site: &&str| host.strip_suffix(*site).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    OTHERS.iter().find(|(.., sites)| sites.iter().any(is_of)).map(|(platform, ..)| *platform)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Instagram", Some("Instagram"))]
    #[case("YouTube Shorts", Some("YouTube"))]
    #[case("TikTok", None)]
    #[case("iOS", None)]
    fn a_platform_is_known_by_its_names(#[case] cell: &str, #[case] expected: Option<&str>) {
        assert_eq!(named(cell), expected);
    }

    #[rstest]
    #[case("https://www.instagram.com/reel/Cxyz/", Some("Instagram"))]
    #[case("youtu.be/dQw4w9WgXcQ", Some("YouTube"))]
    #[case("https://www.tiktok.com/@x.com/video/1", None)]
    #[case("https://tiktok.com/@mia?from=https://x.com", None)]
    #[case("https://notx.com/1", None)]
    #[case("", None)]
    fn a_platform_is_known_by_its_site(#[case] address: &str, #[case] expected: Option<&str>) {
        assert_eq!(of_address(address), expected);
    }
}
