//! The JSON shape of a verdict.

use crate::api::schema::StatusName;
use crate::api::shapes::creator::CreatorName;
use crate::api::shapes::goal::Goal;
use crate::api::shapes::instant::instant;
use compliance::advisory::Freshness;
use compliance::pace::{Hundredths, Tenths};
use compliance::{Status, advisory};
use program::ids::{GoalId, ProjectId};
use program::standings::standing::{CreatorProgram, Standing};
use serde::Serialize;
use utoipa::ToSchema;

/// How fresh the data of a creator is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScrapeFreshness {
    /// `fresh`, `stale` (older than one interval) or `overdue` (older than two).
    pub state: &'static str,
    /// The latest collection.
    pub last_collected_at: Option<String>,
    /// The hours since then.
    #[schema(value_type = f64)]
    pub age_hours: Tenths,
    /// The expected interval between collections, in hours.
    pub expected_interval_hours: u32,
}

/// Flags saying that the numbers may still move.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, clippy::struct_field_names, reason = "the flags as the API names them")]
pub struct Advisory {
    /// Any of the flags below.
    pub has_advisory: bool,
    /// The window has not ended.
    pub period_in_progress: bool,
    /// The window ended less than 48 hours ago.
    pub period_recently_ended: bool,
    /// The last collection is older than the project's interval.
    pub scrape_stale: bool,
    /// The window has not begun.
    pub not_yet_started: bool,
    /// One plain sentence per flag that is set.
    pub messages: Vec<String>,
    /// The first instant of the window.
    pub period_start: Option<String>,
    /// The first instant after the window.
    pub period_end: Option<String>,
    /// Hours until the window ends; null once ended.
    #[schema(value_type = Option<f64>)]
    pub hours_until_period_end: Option<Tenths>,
    /// Hours since it ended; null while open.
    #[schema(value_type = Option<f64>)]
    pub hours_since_period_end: Option<Tenths>,
    /// How fresh the data is; null if the creator was never collected.
    pub scrape_freshness: Option<ScrapeFreshness>,
}

/// A goal evaluated at one instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evaluation {
    /// The target of this window.
    pub target: i64,
    /// The amount measured so far.
    pub actual: i64,
    /// actual ÷ target in percent, rounded half up.
    pub percentage: i64,
    /// `on_track`, `behind_pace`, `at_risk`, `completed` or `missed`.
    #[schema(value_type = StatusName, example = "behind_pace")]
    pub status: Status,
    /// Flags saying that the numbers may still move.
    pub advisory: Advisory,
    /// The amount expected by now.
    #[schema(value_type = f64)]
    pub expected: Hundredths,
    /// actual ÷ expected in percent, rounded down; null while nothing is expected.
    pub pace_percent: Option<i64>,
    /// The amount at the end of the window at this pace.
    pub projected: Option<i64>,
    /// What is needed per day from now on; null once ended.
    #[schema(value_type = Option<f64>)]
    pub required_per_day: Option<Tenths>,
    /// The instant up to which the numbers are measured: the last collection, at most now.
    pub measured_at: Option<String>,
    /// Whether late data can no longer be expected to change this verdict.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// The verdict of the previous period.
    #[schema(no_recursion)]
    pub previous: Option<Box<Evaluation>>,
}

/// A goal with its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoalCompliance {
    /// The goal.
    pub goal: Goal,
    /// Its verdict.
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

/// A creator with the verdicts of their goals, the most urgent first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatorCompliance {
    /// The creator.
    pub creator: CreatorName,
    /// Their goals.
    pub compliance: Vec<GoalCompliance>,
}

impl From<&compliance::Evaluation> for Evaluation {
    fn from(evaluation: &compliance::Evaluation) -> Evaluation {
        Evaluation {
            target: evaluation.target,
            actual: evaluation.actual,
            percentage: evaluation.percentage,
            status: evaluation.status,
            advisory: (&evaluation.advisory).into(),
            expected: evaluation.expected,
            pace_percent: evaluation.pace_percent,
            projected: evaluation.projected,
            required_per_day: evaluation.required_per_day,
            measured_at: evaluation.measured_at.and_then(instant),
            is_final: evaluation.is_final,
            previous: evaluation.previous.as_deref().map(|previous| Box::new(previous.into())),
        }
    }
}

impl From<&advisory::Advisory> for Advisory {
    fn from(advisory: &advisory::Advisory) -> Advisory {
        let freshness = advisory.scrape_freshness.map(|freshness| ScrapeFreshness {
            state: match freshness.state {
                Freshness::Fresh => "fresh",
                Freshness::Stale => "stale",
                Freshness::Overdue => "overdue",
            },
            last_collected_at: instant(freshness.last_collected_at),
            age_hours: freshness.age_hours,
            expected_interval_hours: freshness.expected_interval_hours,
        });
        Advisory {
            has_advisory: advisory.has_advisory,
            period_in_progress: advisory.period_in_progress,
            period_recently_ended: advisory.period_recently_ended,
            scrape_stale: advisory.scrape_stale,
            not_yet_started: advisory.not_yet_started,
            messages: advisory.messages(),
            period_start: instant(advisory.period_start),
            period_end: instant(advisory.period_end),
            hours_until_period_end: advisory.hours_until_period_end,
            hours_since_period_end: advisory.hours_since_period_end,
            scrape_freshness: freshness,
        }
    }
}

impl CreatorCompliance {
    /// Creates the shape of a creator with the evaluations of their goals.
    #[must_use]
    pub fn of(project_id: ProjectId, standing: &Standing) -> CreatorCompliance {
        Self::new(project_id, &standing.program, &standing.evaluations)
    }

    /// Creates the shape of a creator with these evaluations of their goals.
    #[must_use]
    pub fn new(
        project_id: ProjectId,
        program: &CreatorProgram,
        evaluations: &[(GoalId, compliance::Evaluation)],
    ) -> CreatorCompliance {
        let compliance = evaluations.iter().filter_map(|(goal_id, evaluation)| {
            let record = program.goals.iter().find(|record| record.goal_id == *goal_id)?;
            Some(GoalCompliance { goal: Goal::of(project_id, record), evaluation: evaluation.into() })
        });
        CreatorCompliance { creator: (&program.creator).into(), compliance: compliance.collect() }
    }
}
