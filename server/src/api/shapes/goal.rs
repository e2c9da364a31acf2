//! The JSON shape of a goal.

use crate::api::schema::{MetricName, PeriodName};
use compliance::Cadence;
use compliance::metric::Metric;
use program::goals::record::GoalRecord;
use program::ids::ProjectId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A goal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Goal {
    /// Its id.
    pub id: Uuid,
    /// The creator's id.
    pub creator_id: Uuid,
    /// The project's id.
    pub project_id: Uuid,
    /// What is measured: `posts`, `views`, `engagement` or `followers`.
    #[schema(value_type = MetricName, example = "posts")]
    pub metric: Metric,
    /// The period: `daily`, `weekly` or `monthly`.
    #[schema(value_type = PeriodName, example = "weekly")]
    pub period: Cadence,
    /// The target of a whole period.
    #[schema(example = 15)]
    pub target_value: i64,
    /// The first local date that counts.
    pub start_date: Option<String>,
    /// The last local date that counts.
    pub end_date: Option<String>,
    /// Whether it is active.
    pub is_active: bool,
}

impl Goal {
    /// Creates the shape of a goal with its current terms.
    #[must_use]
    pub fn of(project_id: ProjectId, record: &GoalRecord) -> Goal {
        let terms = record.goal.terms();
        Goal {
            id: record.goal_id.into(),
            creator_id: record.creator_id.into(),
            project_id: project_id.into(),
            metric: record.goal.metric,
            period: record.goal.cadence,
            target_value: terms.target_value,
            start_date: terms.start_date.map(|date| date.to_string()),
            end_date: terms.end_date.map(|date| date.to_string()),
            is_active: terms.is_active,
        }
    }
}
