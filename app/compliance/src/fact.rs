//! Facts: observations of creators and posts from outside, each with the instant it describes.

use crate::instant::Instant;
use crate::look::Scope;
use crate::named;
use crate::tracking::TrackingStatus;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// How far ahead of now a fact may be dated, in milliseconds (clocks of scrapers drift). docs/rules.md, "Actual".
pub const MAX_AHEAD_MS: i64 = 5 * 60 * 1_000;

/// Why a fact of an instant further ahead is refused.
pub const AHEAD: &str = "This is more than five minutes in the future.";

/// Returns whether an instant is further ahead of now than a fact may be dated.
#[must_use]
pub fn is_ahead(at: Instant, now: Instant) -> bool {
    at.millis_since(now) > MAX_AHEAD_MS
}

/// A TikTok handle without `@`, lower case: `[a-z0-9._-]`, 1 to 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Handle(String);

/// The error for a text that is not a handle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not a TikTok handle: use letters, digits, dots, hyphens and underscores, at most 64")]
pub struct InvalidHandle(String);

impl Handle {
    /// Parses a handle; surrounding space, a leading `@` and upper case are accepted.
    pub fn parse(text: &str) -> Result<Handle, InvalidHandle> {
        let bare = text.trim();
        let bare = bare.strip_prefix('@').unwrap_or(bare).to_ascii_lowercase();
        let well_formed = (1..=64).contains(&bare.len())
            && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        if well_formed { Ok(Handle(bare)) } else { Err(InvalidHandle(text.trim().chars().take(80).collect())) }
    }

    /// Returns the handle without `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Handle {
    type Error = InvalidHandle;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Handle::parse(&text)
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> Self {
        handle.0
    }
}

/// The kinds of ids by which TikTok knows an account. They stay when the handle changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountIdKind {
    /// The number of the account: `author.id`, `uploader_id`.
    User,
    /// The id in TikTok's own addresses: `secUid`, `channel_id`.
    SecUid,
}

named!(AccountIdKind { User: "user_id", SecUid: "sec_uid" });

/// TikTok's id of an account, which stays when the handle changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId {
    kind: AccountIdKind,
    id: String,
}

impl AccountId {
    /// Returns the id of this kind: a number of at most 20 digits, or a `secUid`, which begins with `MS4w` and has at most
    /// 200 letters, digits, `_` and `-`. `None` for other texts.
    pub fn parse(kind: AccountIdKind, text: &str) -> Option<AccountId> {
        let text = text.trim();
        let well_formed = match kind {
            AccountIdKind::User => {
                (2..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
            }
            AccountIdKind::SecUid => {
                text.starts_with("MS4w")
                    && text.len() <= 200
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            }
        };
        well_formed.then(|| AccountId { kind, id: text.to_owned() })
    }

    /// Returns its kind.
    pub const fn kind(&self) -> AccountIdKind {
        self.kind
    }

    /// Returns the id.
    pub fn as_str(&self) -> &str {
        &self.id
    }
}

/// A video or a photo carousel; both count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PostKind {
    /// An ordinary video.
    #[default]
    Video,
    /// A carousel of photos.
    PhotoCarousel,
}

named!(PostKind { Video: "video", PhotoCarousel: "photo_carousel" });

/// The counters of one post at one instant. `None` means unknown, not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Counters {
    /// Plays.
    pub views: Option<i64>,
    /// Likes ("diggs").
    pub likes: Option<i64>,
    /// Comments.
    pub comments: Option<i64>,
    /// Shares ("reposts").
    pub shares: Option<i64>,
    /// Saves ("collects", "favourites").
    pub saves: Option<i64>,
}

impl Counters {
    /// Returns the four counters that make up engagement, in a fixed order.
    pub const fn engagement(&self) -> [Option<i64>; 4] {
        [self.likes, self.comments, self.shares, self.saves]
    }

    /// Returns the counters with their names in the API.
    pub const fn by_name(&self) -> [(&'static str, Option<i64>); 5] {
        [
            ("view_count", self.views),
            ("like_count", self.likes),
            ("comment_count", self.comments),
            ("share_count", self.shares),
            ("save_count", self.saves),
        ]
    }

    /// Returns whether no counter is known.
    pub fn is_empty(&self) -> bool {
        self.views.is_none() && self.engagement().iter().all(Option::is_none)
    }
}

/// A post as described by a source; a later fact about the same post updates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFact {
    /// TikTok's id of the post, 1 to 64 ASCII letters, digits, `_` or `-`.
    pub tiktok_video_id: String,
    /// The creator's handle; `None` only while reading a file that does not contain it (the import then supplies it).
    pub handle: Option<Handle>,
    /// Video or carousel; `None` when the source does not say.
    pub kind: Option<PostKind>,
    /// When it was published.
    pub published_at: Instant,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// A review decision in the fact; it takes precedence over the creator's tracking mode.
    pub tracking_status: Option<TrackingStatus>,
}

/// A reading of the counters of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostStatsFact {
    /// TikTok's id of the post.
    pub tiktok_video_id: String,
    /// The creator's handle, if the source says it.
    pub handle: Option<Handle>,
    /// When the counters were read.
    pub captured_at: Instant,
    /// The counters.
    pub counters: Counters,
    /// Who read them, if the fact says so.
    pub source: Option<String>,
}

/// A reading of the follower count of a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorStatsFact {
    /// The creator's handle.
    pub handle: Handle,
    /// When the count was read.
    pub captured_at: Instant,
    /// Followers at that instant, 0 or more.
    pub followers: i64,
    /// Who read it, if the fact says so.
    pub source: Option<String>,
}

/// A creator's profile as described by a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFact {
    /// The creator's handle.
    pub handle: Handle,
    /// TikTok's ids of the account, at most one of each kind.
    pub accounts: Vec<AccountId>,
    /// When the account had this handle, if the source says it.
    pub seen_at: Option<Instant>,
    /// The name shown on the profile.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
}

/// A collection of a creator, even one that found nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionFact {
    /// The creator's handle.
    pub handle: Handle,
    /// When the creator was collected.
    pub collected_at: Instant,
    /// What was collected.
    pub scope: Scope,
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A creator's profile.
    Profile(ProfileFact),
    /// A post.
    Post(PostFact),
    /// A post's counters.
    PostStats(PostStatsFact),
    /// A creator's follower count.
    CreatorStats(CreatorStatsFact),
    /// A collection of a creator.
    Collection(CollectionFact),
}
