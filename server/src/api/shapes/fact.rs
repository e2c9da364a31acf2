//! The shapes of facts for the description of the API. `ingest` parses them.

#![expect(dead_code, reason = "these types only describe what is read elsewhere, field by field")]

use crate::api::schema::LookScope;
use utoipa::ToSchema;
use uuid::Uuid;

/// A fact. It names its creator by `tiktok_handle` or `creator_id`; instants are ISO 8601 with an offset, or epoch
/// seconds.
#[derive(ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FactToTakeIn {
    /// A post; a creator has at most 1,000,000.
    Post(PostFact),
    /// The counters of a post at one instant; a counter that is missing is unknown, not 0.
    PostStats(PostStatsFact),
    /// The follower count of a creator at one instant.
    CreatorStats(CreatorStatsFact),
    /// A collection of a creator, even if nothing new was found.
    Collection(CollectionFact),
}

/// A post.
#[derive(ToSchema)]
pub struct PostFact {
    /// TikTok's id.
    #[schema(example = "7301234567890123456")]
    tiktok_video_id: String,
    /// Whose.
    #[schema(example = "mia.moves")]
    tiktok_handle: Option<String>,
    /// Whose, by our id.
    creator_id: Option<Uuid>,
    /// `video` (the default) or `photo_carousel`.
    kind: Option<String>,
    /// When it was published.
    #[schema(example = "2026-05-04T10:00:00Z")]
    published_at: String,
    /// Its address on TikTok.
    url: Option<String>,
    /// Its caption.
    description: Option<String>,
    /// `auto_tracked`, `pending_review`, `included`, `excluded` or `direct_add`; takes precedence over the tracking
    /// mode.
    tracking_status: Option<String>,
}

/// The counters of a post at one instant.
#[derive(ToSchema)]
pub struct PostStatsFact {
    /// TikTok's id of the post.
    #[schema(example = "7301234567890123456")]
    tiktok_video_id: String,
    /// Whose.
    #[schema(example = "mia.moves")]
    tiktok_handle: Option<String>,
    /// Whose, by our id.
    creator_id: Option<Uuid>,
    /// When the counters were read.
    #[schema(example = "2026-05-04T12:00:00Z")]
    captured_at: String,
    /// Views, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    view_count: Option<i64>,
    /// Likes, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    like_count: Option<i64>,
    /// Comments, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    comment_count: Option<i64>,
    /// Shares, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    share_count: Option<i64>,
    /// Saves, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    save_count: Option<i64>,
    /// Who read them.
    #[schema(example = "nightly scraper", max_length = 100)]
    source: Option<String>,
}

/// The follower count of a creator at one instant.
#[derive(ToSchema)]
pub struct CreatorStatsFact {
    /// Whose.
    #[schema(example = "mia.moves")]
    tiktok_handle: Option<String>,
    /// Whose, by our id.
    creator_id: Option<Uuid>,
    /// When it was read.
    captured_at: String,
    /// The count, 0 to 10^12.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    follower_count: i64,
    /// Who read it.
    #[schema(example = "nightly scraper", max_length = 100)]
    source: Option<String>,
}

/// A collection of a creator: they were read at this instant.
#[derive(ToSchema)]
pub struct CollectionFact {
    /// The creator's handle.
    #[schema(example = "mia.moves")]
    tiktok_handle: Option<String>,
    /// The creator's id.
    creator_id: Option<Uuid>,
    /// When the creator was collected.
    collected_at: String,
    /// What was read: `posts`, `followers` or `all` (the default). Goals about posts, views and engagement use
    /// collections of posts, followers goals those of followers.
    #[schema(value_type = Option<LookScope>)]
    scope: Option<String>,
}
