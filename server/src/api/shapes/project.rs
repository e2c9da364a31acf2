//! The JSON shape of a project.

use crate::api::shapes::instant::instant;
use program::projects::record;
use serde::Serialize;
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
