//! Evaluations as programs read them: the JSON shapes of the API.

use app::store::{GoalRecord, Project, Standing};
use chrono::{DateTime, SecondsFormat};
use compliance::advisory::{Advisory, Freshness};
use compliance::{Evaluation, Instant};
use serde_json::{Value, json};

/// A creator with the evaluations of their goals.
#[must_use]
pub fn standing(project: &Project, standing: &Standing) -> Value {
    let creator = &standing.program.creator;
    let goals = &standing.program.goals;
    let compliance = standing.evaluations.iter().filter_map(|(goal_id, evaluation)| {
        let record = goals.iter().find(|record| record.goal_id == *goal_id)?;
        let mut value = self::evaluation(evaluation);
        value["goal"] = goal(project, record);
        Some(value)
    });
    json!({
        "creator": {
            "id": creator.creator_id,
            "tiktok_handle": creator.handle.as_str(),
            "display_name": creator.display_name,
            "avatar_url": creator.avatar_url,
        },
        "compliance": compliance.collect::<Vec<_>>(),
    })
}

fn goal(project: &Project, record: &GoalRecord) -> Value {
    let terms = record.goal.terms();
    json!({
        "id": record.goal_id,
        "creator_id": record.creator_id,
        "project_id": project.project_id,
        "metric": record.goal.metric,
        "period": record.goal.cadence,
        "target_value": terms.target_value,
        "start_date": terms.start_date.map(|date| date.to_string()),
        "end_date": terms.end_date.map(|date| date.to_string()),
        "is_active": terms.is_active,
    })
}

fn evaluation(evaluation: &Evaluation) -> Value {
    json!({
        "target": evaluation.target,
        "actual": evaluation.actual,
        "percentage": evaluation.percentage,
        "status": evaluation.status,
        "advisory": advisory(&evaluation.advisory),
        "expected": evaluation.expected,
        "pace_percent": evaluation.pace_percent,
        "projected": evaluation.projected,
        "required_per_day": evaluation.required_per_day,
        "measured_at": evaluation.measured_at.map(instant),
        "previous": evaluation.previous.as_deref().map(self::evaluation),
    })
}

fn advisory(advisory: &Advisory) -> Value {
    let freshness = advisory.scrape_freshness.map(|freshness| {
        json!({
            "state": match freshness.state {
                Freshness::Fresh => "fresh",
                Freshness::Stale => "stale",
                Freshness::Overdue => "overdue",
            },
            "last_collected_at": instant(freshness.last_collected_at),
            "age_hours": freshness.age_hours,
            "expected_interval_hours": freshness.expected_interval_hours,
        })
    });
    json!({
        "has_advisory": advisory.has_advisory,
        "period_in_progress": advisory.period_in_progress,
        "period_recently_ended": advisory.period_recently_ended,
        "scrape_stale": advisory.scrape_stale,
        "not_yet_started": advisory.not_yet_started,
        "messages": advisory.messages(),
        "period_start": instant(advisory.period_start),
        "period_end": instant(advisory.period_end),
        "hours_until_period_end": advisory.hours_until_period_end,
        "hours_since_period_end": advisory.hours_since_period_end,
        "scrape_freshness": freshness,
    })
}

/// An instant as ISO 8601 in UTC, with milliseconds only where there are any.
fn instant(at: Instant) -> Option<String> {
    DateTime::from_timestamp_millis(at.millis()).map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
