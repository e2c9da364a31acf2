//! The JSON shape of a campaign.

use crate::api::schema::{CampaignItemKind, LocalDate};
use crate::api::shapes::counts::counted;
use crate::api::shapes::given::{given, maybe_whole, maybe_whole_or_null};
use crate::api::shapes::instant::instant;
use compliance::pace::Hundredths;
use program::campaigns::{reach, record};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A group of creators, posts and other campaigns.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Campaign {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its notes.
    pub notes: String,
    /// Views it should gain from `start_date` to `target_date`; null without a target.
    pub target_views: Option<i64>,
    /// The first local date that counts for the target.
    pub start_date: Option<String>,
    /// The last local date that counts for the target.
    pub target_date: Option<String>,
    /// When it was created.
    pub created_at: Option<String>,
}

/// The numbers of a campaign, each member counted once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignStats {
    /// The first local date that is summed.
    pub from: String,
    /// The last local date that is summed.
    pub to: String,
    /// The number of creators in it, at any depth.
    pub creator_count: u32,
    /// The number of single posts in it whose creator is not.
    pub single_post_count: u32,
    /// Posts published that count.
    pub posts: i64,
    /// Views gained.
    pub views: i64,
    /// Likes, comments, shares and saves gained.
    pub engagement: i64,
    /// Net followers gained by its creators.
    pub followers: i64,
}

/// The progress of a campaign towards its target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignProgress {
    /// Views gained so far.
    pub actual: i64,
    /// Views expected by now.
    #[schema(value_type = f64)]
    pub expected: Hundredths,
    /// actual ÷ expected in percent, rounded down; null while nothing is expected.
    pub pace_percent: Option<i64>,
    /// The views at the target date at this rate; null while nothing is expected.
    pub projected: Option<i64>,
}

/// A campaign with what it reached.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignWithStats {
    /// The campaign.
    #[serde(flatten)]
    pub campaign: Campaign,
    /// Its numbers.
    pub stats: CampaignStats,
    /// Its progress; null without a target.
    pub progress: Option<CampaignProgress>,
}

impl From<&record::Campaign> for Campaign {
    fn from(campaign: &record::Campaign) -> Campaign {
        let target = campaign.terms.target;
        Campaign {
            id: campaign.campaign_id.into(),
            name: campaign.terms.name.clone(),
            notes: campaign.terms.notes.clone(),
            target_views: target.map(|target| target.views),
            start_date: target.map(|target| target.start_date.to_string()),
            target_date: target.map(|target| target.target_date.to_string()),
            created_at: instant(campaign.created_at),
        }
    }
}

impl CampaignWithStats {
    /// A campaign with what it reached.
    #[must_use]
    pub fn new(campaign: &record::Campaign, stats: &reach::CampaignStats) -> CampaignWithStats {
        let reach::CampaignStats { dates, creators, posts, gains, progress } = *stats;
        CampaignWithStats {
            campaign: campaign.into(),
            stats: CampaignStats {
                from: dates.first.to_string(),
                to: dates.last().to_string(),
                creator_count: counted(creators),
                single_post_count: counted(posts),
                posts: gains.posts,
                views: gains.views,
                engagement: gains.engagement,
                followers: gains.followers,
            },
            progress: progress.map(|progress| CampaignProgress {
                actual: progress.actual,
                expected: progress.expected,
                pace_percent: progress.pace_percent,
                projected: progress.projected,
            }),
        }
    }
}

/// A campaign to create.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignToMake {
    /// What people call it, 1 to 120 characters.
    #[schema(example = "Spring Launch", min_length = 1, max_length = 120)]
    pub name: String,
    /// Notes.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    pub notes: Option<String>,
    /// Views to gain; requires a `target_date`.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(example = 1_000_000, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub target_views: Option<i64>,
    /// The first local date that counts for the target; null means today.
    #[serde(default)]
    #[schema(value_type = Option<LocalDate>)]
    pub start_date: Option<String>,
    /// The last local date that counts for the target.
    #[serde(default)]
    #[schema(value_type = Option<LocalDate>)]
    pub target_date: Option<String>,
}

/// The changes of a campaign; a field that is left out stays as it is, null removes its value.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null takes away, leaving out keeps")]
pub struct CampaignPatch {
    /// The name.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 120)]
    pub name: Option<String>,
    /// Notes.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    pub notes: Option<String>,
    /// Views to gain.
    #[serde(default, deserialize_with = "maybe_whole_or_null")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub target_views: Option<Option<i64>>,
    /// The first local date that counts for the target.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocalDate>)]
    pub start_date: Option<Option<String>>,
    /// The last local date that counts for the target.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocalDate>)]
    pub target_date: Option<Option<String>>,
}

/// An item of a campaign.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `creator`, `post` or `campaign`.
    #[schema(value_type = CampaignItemKind, example = "creator")]
    pub kind: String,
    /// Its id.
    pub id: Uuid,
}

/// Items to put into a campaign: all of them, or none.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemsToAdd {
    /// 1 to 10,000 items.
    #[schema(min_items = 1, max_items = 10_000)]
    pub items: Vec<Item>,
}

/// The result of adding items.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemsAdded {
    /// The number of items that were not in the campaign before.
    pub added: u32,
}

impl ItemsAdded {
    /// Creates the shape of this number of items.
    #[must_use]
    pub fn of(added: usize) -> ItemsAdded {
        ItemsAdded { added: counted(added) }
    }
}
