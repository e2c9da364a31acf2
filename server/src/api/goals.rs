//! Goals, and the evidence for their verdicts.

use super::envelope::{Envelope, Failure, created, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query, given, maybe_whole, whole};
use super::idempotency;
use super::schema::{Cursor, IdempotencyKey, Limit, LocalDate, MetricName, PeriodName};
use crate::api::shapes;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use compliance::calendar::LocalDays as _;
use compliance::goal_form::GoalForm;
use compliance::misreading::Misread;
use program::actor::Action;
use program::error::AppError;
use program::goals::changes::{self, GoalEdit};
use program::goals::evidence::Contributions;
use program::goals::periods::explain;
use program::goals::record::{GoalRecord, GoalsPart};
use program::ids::{GoalId, ProjectId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

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

/// List goals
///
/// The list includes the goals of creators who were removed from the program; they cannot be changed until the creator
/// is restored.
#[utoipa::path(get, path = "/projects/{project_id}/goals", operation_id = "list_goals", tag = "Goals",
    params(
        ("project_id" = Uuid, Path),
        ("creator_id" = Option<Uuid>, Query, description = "Only goals of this creator"),
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<shapes::Goal>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn list(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
) -> Result<Json<Envelope<Vec<shapes::Goal>>>, ApiError> {
    let query = query.only(&["creator_id", "limit", "cursor"])?;
    let (part, creator_id) = (query.part()?, query.id("creator_id")?);
    client.project(project_id, Action::Read).await?;
    // One more than is returned tells whether there is a next page.
    let limit = u32::try_from(part.limit + 1).unwrap_or(u32::MAX);
    let asked = GoalsPart { creator_id, after: part.after.map(GoalId::from), limit };
    let goals = client.caller.store.goals_after(project_id, &asked).await?;
    Ok(part.of(&goals, |record| record.goal_id, |record| shapes::Goal::of(project_id, record)))
}

/// Returns a goal, also of a creator who was removed.
async fn find(client: &Client, project_id: ProjectId, goal_id: GoalId) -> Result<GoalRecord, ApiError> {
    client.project(project_id, Action::Read).await?;
    Ok(client.caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)?)
}

/// Add a goal
#[utoipa::path(post, path = "/projects/{project_id}/goals", operation_id = "create_goal", tag = "Goals",
    params(
        ("project_id" = Uuid, Path),
        ("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours"),
    ), request_body = GoalToMake,
    responses(
        (status = 201, body = Envelope<shapes::Goal>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 413, body = Failure),
        (status = 409, body = Failure, description = "Another active goal of the same creator, metric and period covers some of the same dates, or the creator was removed"),
    ))]
pub async fn make(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
    Body { value, hash }: Body<GoalToMake>,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    let made = make_goal(client.clone(), project_id, value);
    idempotency::once(&client, &headers, format!("POST /projects/{project_id}/goals"), hash, made).await
}

async fn make_goal(client: Client, project_id: ProjectId, body: GoalToMake) -> Result<Response, ApiError> {
    let form = GoalForm {
        metric: body.metric,
        period: body.period,
        target_value: body.target_value.to_string(),
        start_date: written("start_date", body.start_date)?,
        end_date: written("end_date", body.end_date)?,
    };
    let goal_id = GoalId::new();
    changes::create(&client.caller, project_id, body.creator_id.into(), goal_id, &form).await?;
    let record = find(&client, project_id, goal_id).await?;
    Ok(created(shapes::Goal::of(project_id, &record)))
}

/// Returns a date as the form has it. In the API only null means no date; an empty text is an error.
pub fn written(field: &str, date: Option<String>) -> Result<String, ApiError> {
    match date {
        Some(date) if date.trim().is_empty() => {
            Err(ApiError::body(Some(field.to_owned()), "Give a date such as 2026-05-04, or null."))
        }
        date => Ok(date.unwrap_or_default()),
    }
}

/// Get a goal
#[utoipa::path(get, path = "/projects/{project_id}/goals/{goal_id}", operation_id = "get_goal", tag = "Goals",
    params(("project_id" = Uuid, Path), ("goal_id" = Uuid, Path)),
    responses((status = 200, body = Envelope<shapes::Goal>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn one(
    client: Client,
    Path((project_id, goal_id)): Path<(ProjectId, GoalId)>,
    query: Query,
) -> Result<Json<Envelope<shapes::Goal>>, ApiError> {
    query.only(&[])?;
    Ok(data(shapes::Goal::of(project_id, &find(&client, project_id, goal_id).await?)))
}

/// Change a goal
///
/// Changes the target, the dates, or whether the goal is active. Periods that have closed are judged as before.
#[utoipa::path(patch, path = "/projects/{project_id}/goals/{goal_id}", operation_id = "update_goal", tag = "Goals",
    params(("project_id" = Uuid, Path), ("goal_id" = Uuid, Path)), request_body = GoalChange,
    responses(
        (status = 200, body = Envelope<shapes::Goal>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn change(
    client: Client,
    Path((project_id, goal_id)): Path<(ProjectId, GoalId)>,
    query: Query,
    Body { value: body, .. }: Body<GoalChange>,
) -> Result<Json<Envelope<shapes::Goal>>, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    find(&client, project_id, goal_id).await?;
    let edit = GoalEdit {
        target_value: body.target_value.map(|target| target.to_string()),
        start_date: body.start_date.map(|date| written("start_date", date)).transpose()?,
        end_date: body.end_date.map(|date| written("end_date", date)).transpose()?,
        is_active: body.is_active,
    };
    let record = changes::edit(&client.caller, project_id, goal_id, edit).await?;
    Ok(data(shapes::Goal::of(project_id, &record)))
}

/// Delete a goal with its history
#[utoipa::path(delete, path = "/projects/{project_id}/goals/{goal_id}", operation_id = "delete_goal", tag = "Goals",
    params(("project_id" = Uuid, Path), ("goal_id" = Uuid, Path)),
    responses((status = 204), (status = 400, body = Failure), (status = 401, body = Failure), (status = 403, body = Failure), (status = 404, body = Failure)))]
pub async fn delete(
    client: Client,
    Path((project_id, goal_id)): Path<(ProjectId, GoalId)>,
    query: Query,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    changes::delete(&client.caller, project_id, goal_id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

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
    let record = find(&client, project_id, goal_id).await?;
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

/// The most days for which periods can be requested at once.
const DAYS_AT_MOST: i64 = 400;

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
    let project = client.project(project_id, Action::Read).await?;
    let today = project.zone.date_of(client.caller.now());
    let days = to.unwrap_or(today).signed_duration_since(from.unwrap_or(today)).num_days();
    if !(0..=DAYS_AT_MOST).contains(&days) {
        return Err(ApiError::query("from", "Ask for at most 400 days, the first not after the last."));
    }
    let record = find(&client, project_id, goal_id).await?;
    let verdicts = program::goals::periods::periods(&client.caller, project_id, &record, from, to).await?;
    let verdicts = verdicts.iter().map(|evaluation| PeriodVerdict {
        first_date: evaluation.window.dates.first.to_string(),
        last_date: evaluation.window.dates.last().to_string(),
        evaluation: shapes::Evaluation { previous: None, ..evaluation.into() },
    });
    Ok(data(verdicts.collect()))
}
