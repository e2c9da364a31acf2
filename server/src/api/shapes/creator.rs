//! The JSON shapes of a creator.

use crate::api::schema::{LocalDate, TrackingModeName};
use crate::api::shapes::given::given;
use crate::api::shapes::instant::instant;
use program::creators::record;
use serde::{Deserialize, Serialize};
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

/// A creator to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatorToAdd {
    /// The TikTok handle, with or without `@`.
    #[schema(example = "mia.moves", pattern = "^@?[A-Za-z0-9._-]{1,64}$")]
    pub tiktok_handle: String,
    /// The display name.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub display_name: Option<String>,
    /// The address of the profile picture, beginning with https://.
    #[serde(default)]
    #[schema(pattern = "^https://[!-~]{1,1900}$")]
    pub avatar_url: Option<String>,
    /// How new posts arrive: `auto` (the default) or `selective`.
    #[serde(default)]
    #[schema(value_type = Option<TrackingModeName>)]
    pub tracking_mode: Option<String>,
    /// The local date from which posts count in full; today by default.
    #[serde(default)]
    #[schema(value_type = Option<LocalDate>)]
    pub tracking_start_date: Option<String>,
}

/// Creators to add.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what is read below")]
pub struct CreatorsToAdd {
    /// 1 to 10,000 creators.
    #[schema(min_items = 1, max_items = 10000)]
    pub creators: Vec<CreatorToAdd>,
}

/// One creator or many.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what is read below")]
pub enum OneOrMany {
    /// One creator.
    One(CreatorToAdd),
    /// Many creators.
    Many(CreatorsToAdd),
}

/// The result of adding a creator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AddedCreator {
    /// Their id.
    pub id: Uuid,
    /// Their handle.
    pub tiktok_handle: String,
    /// `added`, `restored` (had been removed, and was restored with its history) or `present` (nothing changed).
    pub outcome: &'static str,
}

/// The changes of a creator; a field that is left out stays as it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null removes a value, leaving it out keeps it")]
pub struct CreatorPatch {
    /// The TikTok handle, with or without `@`, if the account was renamed.
    #[serde(default)]
    #[schema(pattern = "^@?[A-Za-z0-9._-]{1,64}$")]
    pub tiktok_handle: Option<String>,
    /// The display name; null removes it, and the handle is shown.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 120)]
    pub display_name: Option<Option<String>>,
    /// How new posts arrive: `auto` or `selective`.
    #[serde(default)]
    #[schema(value_type = Option<TrackingModeName>)]
    pub tracking_mode: Option<String>,
    /// The local date from which posts count in full; null means automatic.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocalDate>)]
    pub tracking_start_date: Option<Option<String>>,
}
