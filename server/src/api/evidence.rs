//! The evidence for the verdicts of a goal, and the verdicts of its past periods.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::schema::LocalDate;
use crate::api::shapes;
use axum::Json;
use compliance::misreading::Misread;
use program::actor::Action;
use program::goals::evidence::Contributions;
use program::goals::list::goal;
use program::goals::periods::explain;
use program::ids::{GoalId, ProjectId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A post and its contribution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostContribution {
    /// The post.
    pub post_id: Uuid,
    /// TikTok's id of the post.
    pub tiktok_video_id: String,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Its one reason: `counted`, or why it does not count.
    pub reason: &'static str,
    /// What it adds to the actual.
    pub contribution: i64,
}

/// A follower count as read at one instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reading {
    /// When it was read.
    pub captured_at: Option<String>,
    /// The count.
    pub followers: i64,
}

/// The evidence for a verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evidence {
    /// The goal.
    pub goal: shapes::Goal,
    /// The verdict that it explains.
    pub evaluation: shapes::Evaluation,
    /// Every post of the period, counted or not, each with its one reason; empty for followers.
    pub posts: Vec<PostContribution>,
    /// The number of further posts without a booking in the period.
    pub posts_outside_period: usize,
    /// For followers: the last reading before the window or, without one, the first in it.
    pub baseline: Option<Reading>,
    /// For followers: the readings in the window.
    pub readings: Vec<Reading>,
    /// The sum of all contributions: the actual.
    pub sum: i64,
    /// The misreadings of the period, in order of time. They add nothing.
    pub misreadings: Vec<Misreading>,
}

/// A reading of views or followers that does not count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Misreading {
    /// When it was read.
    pub captured_at: Option<String>,
    /// The source that it names; null if it names none.
    pub source: Option<String>,
    /// The views or followers that were read.
    pub value: i64,
    /// `zero` (0 after a positive reading), `dip` (more than 2 % below the reading before it, while the next one is back)
    /// or `spike` (more than 2 % above it, while the next one is back).
    pub kind: &'static str,
    /// The same as a sentence.
    pub reason: &'static str,
    /// The post; null for followers.
    pub post_id: Option<Uuid>,
    /// TikTok's id of the post; null for followers.
    pub tiktok_video_id: Option<String>,
}

impl Misreading {
    fn of(misread: &Misread, post: Option<(Uuid, String)>) -> Misreading {
        let (post_id, tiktok_video_id) = post.unzip();
        Misreading {
            captured_at: shapes::instant(misread.captured_at),
            source: misread.source.name().map(str::to_owned),
            value: misread.value,
            kind: misread.why.name(),
            reason: misread.why.sentence(),
            post_id,
            tiktok_video_id,
        }
    }
}

/// Get the evidence for a verdict
///
/// Every post of a period with its reason and contribution, adding up to the actual, and the readings that do not count.
#[utoipa::path(get, path = "/projects/{project_id}/goals/{goal_id}/evidence", operation_id = "get_goal_evidence", tag = "Goals",
    params(
        ("project_id" = Uuid, Path), ("goal_id" = Uuid, Path),
        ("period_start" = Option<LocalDate>, Query, description = "A local date of the period, such as its first; today if not given"),
    ),
    responses((status = 200, body = Envelope<Evidence>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn evidence(
    client: Client,
    Path((project_id, goal_id)): Path<(ProjectId, GoalId)>,
    query: Query,
) -> Result<Json<Envelope<Evidence>>, ApiError> {
    let date = query.only(&["period_start"])?.date("period_start")?;
    let record = goal(&client.caller, project_id, goal_id).await?;
    let (evaluation, contributions) = explain(&client.caller, project_id, &record, date).await?.ok_or_else(|| {
        ApiError::query("period_start", "The goal covers no day of this period, or the period lies ahead.")
    })?;
    let mut evidence = Evidence {
        goal: shapes::Goal::of(project_id, &record),
        evaluation: (&evaluation).into(),
        posts: Vec::new(),
        posts_outside_period: 0,
        baseline: None,
        readings: Vec::new(),
        sum: 0,
        misreadings: Vec::new(),
    };
    let reading = |reading: program::facts::record::FollowerReading| Reading {
        captured_at: shapes::instant(reading.captured_at),
        followers: reading.followers,
    };
    match contributions {
        Contributions::Posts { of_period, outside, sum, misreadings } => {
            evidence.misreadings = misreadings
                .into_iter()
                .map(|listed| Misreading::of(&listed.misread, Some((listed.post_id.into(), listed.tiktok_video_id))))
                .collect();
            (evidence.posts_outside_period, evidence.sum) = (outside, sum);
            evidence.posts = of_period
                .into_iter()
                .map(|part| PostContribution {
                    post_id: part.post.post_id.into(),
                    published_at: shapes::instant(part.post.window.published_at),
                    tiktok_video_id: part.post.tiktok_video_id,
                    url: part.post.url,
                    description: part.post.description,
                    reason: part.reason.name(),
                    contribution: part.contribution,
                })
                .collect();
        }
        Contributions::Followers { baseline, readings, sum, misreadings } => {
            evidence.misreadings = misreadings.iter().map(|misread| Misreading::of(misread, None)).collect();
            evidence.baseline = baseline.map(reading);
            evidence.readings = readings.into_iter().map(reading).collect();
            evidence.sum = sum;
        }
    }
    Ok(data(evidence))
}

/// One period of a goal with its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodVerdict {
    /// The first local date of the window.
    pub first_date: String,
    /// The last local date of the window.
    pub last_date: String,
    /// The verdict.
    #[serde(flatten)]
    pub evaluation: shapes::Evaluation,
}

/// List the verdicts of past periods
///
/// Returns the periods of one goal, the latest first, whether their verdict is final or not.
#[utoipa::path(get, path = "/projects/{project_id}/goals/{goal_id}/periods", operation_id = "list_goal_periods", tag = "Goals",
    params(
        ("project_id" = Uuid, Path), ("goal_id" = Uuid, Path),
        ("from" = Option<LocalDate>, Query, description = "A local date of the first period; today if not given"),
        ("to" = Option<LocalDate>, Query, description = "A local date of the last period; today if not given. At most 400 days after `from`"),
    ),
    responses((status = 200, body = Envelope<Vec<PeriodVerdict>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn periods(
    client: Client,
    Path((project_id, goal_id)): Path<(ProjectId, GoalId)>,
    query: Query,
) -> Result<Json<Envelope<Vec<PeriodVerdict>>>, ApiError> {
    let query = query.only(&["from", "to"])?;
    let (from, to) = (query.date("from")?, query.date("to")?);
    client.project(project_id, Action::Read).await?;
    let record = goal(&client.caller, project_id, goal_id).await?;
    let verdicts = program::goals::periods::periods(&client.caller, project_id, &record, from, to).await;
    let verdicts = verdicts.map_err(ApiError::of_query)?;
    let verdicts = verdicts.iter().map(|evaluation| PeriodVerdict {
        first_date: evaluation.window.dates.first.to_string(),
        last_date: evaluation.window.dates.last().to_string(),
        evaluation: shapes::Evaluation { previous: None, ..evaluation.into() },
    });
    Ok(data(verdicts.collect()))
}
