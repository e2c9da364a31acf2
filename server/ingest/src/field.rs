//! The fields that a column can contain, and the header names for them.

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
    /// TikTok's number of the creator's account.
    AccountId,
    /// TikTok's `secUid` of the creator's account.
    SecUid,
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
    /// The platform: rows about another one than TikTok are refused.
    Platform,
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
    AccountId: "account_id",
    SecUid: "sec_uid",
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
    Platform: "platform",
    Ignore: "ignore"
});

impl Field {
    /// Returns every name, for messages and help.
    pub fn names() -> String {
        Field::ALL.map(Field::name).join(", ")
    }
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

    #[test]
    fn every_field_is_parsed_from_its_own_name() {
        for field in Field::ALL {
            assert_eq!(field.name().parse(), Ok(field));
        }
        assert!("colour".parse::<Field>().unwrap_err().to_string().contains("post_id, creator"));
    }
}
