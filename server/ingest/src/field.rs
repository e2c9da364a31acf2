//! The fields that a column can contain, and the header names for them.

use crate::json::item::CAPTURE_NAMES;
use crate::synonyms::{MOMENTS, SYNONYMS};
use compliance::named;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// TikTok's id of the post.
    PostId,
    /// The creator's handle.
    Creator,
    /// The name shown on the creator's profile.
    CreatorName,
    /// The address of the creator's picture.
    AvatarUrl,
    /// When the post was published.
    PublishedAt,
    /// When the numbers were read.
    CapturedAt,
    /// Plays.
    Views,
    /// Likes.
    Likes,
    /// Comments.
    Comments,
    /// Shares.
    Shares,
    /// Saves.
    Saves,
    /// Followers of the creator.
    Followers,
    /// The post's caption.
    Description,
    /// The post's address; id and handle may be read out of it.
    Url,
    /// Video or photo carousel.
    Kind,
    /// A column that is not imported.
    Ignore,
}

/// The error for a text that is not a field's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not a field: use one of {names}", names = Field::names())]
pub struct UnknownField(String);

// In the order shown to people.
named!(Field {
    PostId: "post_id",
    Creator: "creator",
    CreatorName: "creator_name",
    AvatarUrl: "avatar_url",
    PublishedAt: "published_at",
    CapturedAt: "captured_at",
    Views: "views",
    Likes: "likes",
    Comments: "comments",
    Shares: "shares",
    Saves: "saves",
    Followers: "followers",
    Description: "description",
    Url: "url",
    Kind: "kind",
    Ignore: "ignore"
});

impl Field {
    /// Returns every name, for messages and help.
    pub fn names() -> String {
        Field::ALL.map(Field::name).join(", ")
    }

    /// Returns the field that a header names, and the rank of the name (0 is the best). `date` and similar names are
    /// not included: see `names_a_moment`.
    pub fn of_header(header: &str) -> Option<(Field, usize)> {
        let name = normalised(header);
        let listed = SYNONYMS.iter().find_map(|(field, names)| {
            names.iter().position(|synonym| *synonym == name).map(|position| (*field, position))
        });
        let is_capture = || CAPTURE_NAMES.iter().position(|synonym| *synonym == name);
        listed.or_else(|| is_capture().map(|position| (Field::CapturedAt, position))).or_else(|| match name {
            name if name.starts_with("digg") => Some((Field::Likes, usize::MAX)),
            name if name.starts_with("repost") => Some((Field::Shares, usize::MAX)),
            _ => None,
        })
    }
}

/// Returns whether a header names a time without saying of what, as `date` does.
pub(crate) fn names_a_moment(header: &str) -> bool {
    MOMENTS.contains(&normalised(header).as_str())
}

/// Returns a header in lower case, without spaces, underscores and other punctuation.
pub(crate) fn normalised(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = UnknownField;
    fn from_str(text: &str) -> Result<Field, UnknownField> {
        let wanted = normalised(text);
        let field = Field::ALL.into_iter().find(|field| normalised(field.name()) == wanted);
        field.ok_or_else(|| UnknownField(text.chars().take(60).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Views", Field::Views)]
    #[case("playCount", Field::Views)]
    #[case("diggCount", Field::Likes)]
    #[case("digg_total", Field::Likes)]
    #[case("Comment Count", Field::Comments)]
    #[case("repost_count", Field::Shares)]
    #[case("Saved", Field::Saves)]
    #[case("collects", Field::Saves)]
    #[case("Account Followers", Field::Followers)]
    #[case("Date Posted", Field::PublishedAt)]
    #[case("createTime", Field::PublishedAt)]
    #[case("Date Collected", Field::CapturedAt)]
    #[case("collected_at", Field::CapturedAt)]
    #[case("epoch", Field::CapturedAt)]
    #[case("PostURL", Field::Url)]
    #[case("aweme_id", Field::PostId)]
    #[case("Hearts", Field::Likes)]
    #[case("Total likes", Field::Likes)]
    #[case("Replies", Field::Comments)]
    #[case("Shared", Field::Shares)]
    #[case("Bookmarked", Field::Saves)]
    #[case("Went live", Field::PublishedAt)]
    #[case("Post time", Field::PublishedAt)]
    #[case("Video link", Field::Url)]
    #[case("Total views", Field::Views)]
    #[case("authorMeta/name", Field::Creator)]
    #[case("authorMeta.fans", Field::Followers)]
    #[case("stats/playCount", Field::Views)]
    #[case("collectTime", Field::CapturedAt)]
    #[case("Aufrufe", Field::Views)]
    #[case("member_name", Field::CreatorName)]
    fn a_header_is_recognised_whatever_its_case_and_spacing(#[case] header: &str, #[case] field: Field) {
        assert_eq!(Field::of_header(header).map(|(found, _)| found), Some(field));
    }

    #[rstest]
    #[case("member_id")]
    #[case("video_no")]
    #[case("duration_min")]
    #[case("date")]
    #[case("")]
    fn a_header_that_could_mean_anything_is_left_to_the_mapping(#[case] header: &str) {
        assert_eq!(Field::of_header(header), None);
    }

    #[test]
    fn every_field_is_parsed_from_its_own_name() {
        for field in Field::ALL {
            assert_eq!(field.name().parse(), Ok(field));
        }
        assert!("colour".parse::<Field>().unwrap_err().to_string().contains("post_id, creator"));
    }
}
