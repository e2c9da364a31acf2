//! The JSON shape of a project.

use crate::api::schema::WeekStartName;
use crate::api::shapes::given::maybe_whole;
use crate::api::shapes::instant::instant;
use program::projects::record;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A program of creators.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Project {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Summer Program")]
    pub name: String,
    /// The IANA time zone of its local days.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: &'static str,
    /// The day weeks start on: `monday`, `sunday` or `saturday`.
    #[schema(example = "monday")]
    pub week_start: &'static str,
    /// The share of a period, in percent, during which nothing is due yet.
    #[schema(example = 10)]
    pub early_grace_percent: u32,
    /// How often creators are expected to be collected, in hours.
    #[schema(example = 24)]
    pub collection_interval_hours: u32,
    /// When it was created.
    pub created_at: Option<String>,
}

impl From<&record::Project> for Project {
    fn from(project: &record::Project) -> Project {
        Project {
            id: project.project_id.into(),
            name: project.name.clone(),
            time_zone: project.zone.name(),
            week_start: project.settings.week_start.name(),
            early_grace_percent: project.settings.early_grace_percent,
            collection_interval_hours: project.settings.collection_interval_hours,
            created_at: instant(project.created_at),
        }
    }
}

/// A project to create.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectToMake {
    /// What people call it, 1 to 120 characters.
    #[schema(example = "Summer Program", min_length = 1, max_length = 120)]
    pub name: String,
    /// The IANA time zone of its local days.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// The day weeks start on: `monday` (the default), `sunday` or `saturday`.
    #[serde(default)]
    #[schema(value_type = Option<WeekStartName>)]
    pub week_start: Option<String>,
    /// The share of a period, in percent, during which nothing is due yet; 10 by default.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(minimum = 0, maximum = 100)]
    pub early_grace_percent: Option<u32>,
    /// How often creators are expected to be collected, in hours; 24 by default.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(minimum = 1, maximum = 8760)]
    pub collection_interval_hours: Option<u32>,
}

/// The changes of a project; a field that is left out stays as it is. After a change of the time zone or week start
/// every period is judged again, including closed ones.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPatch {
    /// What people call it, 1 to 120 characters.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 120)]
    pub name: Option<String>,
    /// The IANA time zone of its local days.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// The day weeks start on: `monday`, `sunday` or `saturday`.
    #[serde(default)]
    #[schema(value_type = Option<WeekStartName>)]
    pub week_start: Option<String>,
    /// The share of a period, in percent, during which nothing is due yet.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(minimum = 0, maximum = 100)]
    pub early_grace_percent: Option<u32>,
    /// How often creators are expected to be collected, in hours.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(minimum = 1, maximum = 8760)]
    pub collection_interval_hours: Option<u32>,
}
