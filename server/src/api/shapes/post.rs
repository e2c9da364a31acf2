//! The JSON shapes of a post.

use crate::api::schema::TrackingStatusName;
use crate::api::shapes::instant::instant;
use program::ids::CreatorId;
use program::posts::record;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A video or photo carousel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Post {
    /// Its id.
    pub id: Uuid,
    /// The creator's id.
    pub creator_id: Uuid,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// `video` or `photo_carousel`.
    pub kind: &'static str,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// `auto_tracked`, `pending_review`, `included`, `excluded` or `direct_add`.
    pub tracking_status: &'static str,
    /// Whether tracking is disabled; then the post never counts.
    pub tracking_disabled: bool,
    /// The last known views.
    pub view_count: Option<i64>,
    /// The last known likes.
    pub like_count: Option<i64>,
    /// The last known comments.
    pub comment_count: Option<i64>,
    /// The last known shares.
    pub share_count: Option<i64>,
    /// The last known saves.
    pub save_count: Option<i64>,
    /// The instant of the last snapshot.
    pub last_captured_at: Option<String>,
}

impl Post {
    /// Creates the shape of a creator's post.
    #[must_use]
    pub fn of(creator_id: CreatorId, post: &record::Post) -> Post {
        Post {
            id: post.post_id.into(),
            creator_id: creator_id.into(),
            tiktok_video_id: post.tiktok_video_id.clone(),
            kind: post.kind.name(),
            url: post.url.clone(),
            description: post.description.clone(),
            published_at: instant(post.published_at),
            tracking_status: post.tracking.status.name(),
            tracking_disabled: post.tracking.disabled,
            view_count: post.counters.views,
            like_count: post.counters.likes,
            comment_count: post.counters.comments,
            share_count: post.counters.shares,
            save_count: post.counters.saves,
            last_captured_at: post.last_captured_at.and_then(instant),
        }
    }
}

/// A decision on a post; a field that is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostPatch {
    /// `included` or `excluded`; also `auto_tracked`, `pending_review` and `direct_add`.
    #[serde(default)]
    #[schema(value_type = Option<TrackingStatusName>)]
    pub tracking_status: Option<String>,
    /// Whether tracking is disabled; then the post never counts.
    #[serde(default)]
    pub tracking_disabled: Option<bool>,
}
