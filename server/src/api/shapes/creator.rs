//! The JSON shape of a creator.

use crate::api::shapes::instant::instant;
use program::creators::record;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The names of a creator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatorName {
    /// Their id.
    pub id: Uuid,
    /// The TikTok handle, without `@`.
    #[schema(example = "mia.moves")]
    pub tiktok_handle: String,
    /// The display name.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
}

/// A creator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Creator {
    /// The creator's names.
    #[serde(flatten)]
    pub name: CreatorName,
    /// How new posts arrive: `auto` or `selective`.
    pub tracking_mode: &'static str,
    /// The local date from which posts count in full; null means automatic.
    pub tracking_start_date: Option<String>,
    /// The last follower reading.
    pub followers: Option<i64>,
    /// The latest collection of the creator.
    pub last_collected_at: Option<String>,
    /// Whether the creator is in the program, rather than removed from it.
    pub is_active: bool,
    /// The creator who is the same TikTok account and has this one's posts since both were merged; otherwise null.
    pub merged_into: Option<Uuid>,
}

impl From<&record::Creator> for CreatorName {
    fn from(creator: &record::Creator) -> CreatorName {
        CreatorName {
            id: creator.creator_id.into(),
            tiktok_handle: creator.handle.as_str().to_owned(),
            display_name: creator.display_name.clone(),
            avatar_url: creator.avatar_url.clone(),
        }
    }
}

impl From<&record::Creator> for Creator {
    fn from(creator: &record::Creator) -> Creator {
        Creator {
            name: creator.into(),
            tracking_mode: creator.tracking_mode.name(),
            tracking_start_date: creator.tracking_start_date.map(|date| date.to_string()),
            followers: creator.followers,
            last_collected_at: creator.looks.latest().and_then(instant),
            is_active: creator.removed_at.is_none(),
            merged_into: creator.merged_into().map(Into::into),
        }
    }
}
