//! The JSON shapes of a goal.

use crate::api::schema::{LocalDate, MetricName, PeriodName};
use crate::api::shapes::given::{given, maybe_whole, whole};
use compliance::Cadence;
use compliance::metric::Metric;
use program::goals::record::GoalRecord;
use program::ids::ProjectId;
use serde::{Deserialize, Serialize};
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

/// A goal to create.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalToMake {
    /// The creator.
    pub creator_id: Uuid,
    /// `posts`, `views`, `engagement` or `followers`.
    #[schema(value_type = MetricName, example = "posts")]
    pub metric: String,
    /// `daily`, `weekly` or `monthly`.
    #[schema(value_type = PeriodName, example = "weekly")]
    pub period: String,
    /// The target of a whole period, 1 to 10^12.
    #[serde(deserialize_with = "whole")]
    #[schema(example = 15, minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub target_value: i64,
    /// The first local date that counts; null means the current period.
    #[serde(default)]
    #[schema(value_type = Option<LocalDate>)]
    pub start_date: Option<String>,
    /// The last local date that counts.
    #[serde(default)]
    #[schema(value_type = Option<LocalDate>)]
    pub end_date: Option<String>,
}

/// The changes of a goal; a field that is left out stays as it is. A change applies from the current period on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null removes a date, leaving it out keeps it")]
pub struct GoalChange {
    /// The target of a whole period.
    #[serde(default, deserialize_with = "maybe_whole")]
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub target_value: Option<i64>,
    /// The first local date that counts; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocalDate>)]
    pub start_date: Option<Option<String>>,
    /// The last local date that counts; null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocalDate>)]
    pub end_date: Option<Option<String>>,
    /// Whether it is active.
    #[serde(default)]
    pub is_active: Option<bool>,
}
