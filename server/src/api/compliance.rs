//! Goal compliance: every goal of a project, evaluated at one instant.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::events::LAST_EVENT_ID;
use super::extract::{Client, Path, Query};
use super::schema::{Cursor, Limit, LocalDate, PeriodFilter};
use super::tagged::Tagged;
use crate::api::shapes;
use crate::feed::Position;
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use compliance::calendar::LocalDays as _;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation, Status};
use program::actor::Action;
use program::error::AppError;
use program::ids::{CreatorId, ProjectId};
use program::judged::Judged;
use program::judged::past::{self, CreatorEvaluations};
use program::standings::standing::Standing;
use serde::Serialize;
use utoipa::ToSchema;

/// List the verdicts on all goals
///
/// The verdicts come from one consistent state at one instant. With a `reference_date` the period that contains it is
/// judged at the end of that local day, with today's review states. The `ETag` changes when anything in the answer
/// does.
#[utoipa::path(get, path = "/projects/{project_id}/goal-compliance", operation_id = "list_goal_compliance", tag = "Compliance",
    params(
        ("project_id" = Uuid, Path),
        ("creator_id" = Option<Uuid>, Query, description = "Only this creator"),
        ("period" = Option<PeriodFilter>, Query, description = "`daily`, `weekly`, `monthly` or `all`"),
        ("reference_date" = Option<LocalDate>, Query, description = "A local date, not after today, such as 2026-05-04"),
        ("limit" = Option<Limit>, Query, description = "Creators at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of an earlier answer"),
    ),
    responses(
        (status = 200, body = Envelope<Vec<shapes::CreatorCompliance>>,
            headers(("Last-Event-ID" = String, description = "The position of this answer, from which to listen to the project's events"))),
        (status = 304, description = "Nothing changed"),
        (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure),
    ))]
pub async fn compliance(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.only(&["creator_id", "period", "reference_date", "limit", "cursor"])?;
    let (part, creator_id) = (query.part()?, query.id::<CreatorId>("creator_id")?);
    let all = |text: &str| if text == "all" { Some(None) } else { Cadence::from_name(text).map(Some) };
    let cadence = query.read("period", "daily, weekly, monthly or all", all)?.flatten();
    let date = query.date("reference_date")?;
    let project = client.project(project_id, Action::Read).await?;
    let today = project.zone.date_of(client.caller.now());
    let (mut judged, position) = match date {
        Some(date) if date > today => {
            return Err(ApiError::query("reference_date", "The reference date lies in the future."));
        }
        Some(date) if date < today => (past::judged_on(&client.caller, project_id, date).await?, None),
        Some(_) | None => {
            let judged = Judged::now(&client.caller, project_id).await?;
            let standings = judged.standings().into_iter();
            let standings = standings.map(|Standing { program, evaluations, .. }| (program, evaluations)).collect();
            (standings, Some(Position::of(&judged)))
        }
    };
    judged.retain(|(program, _)| creator_id.is_none_or(|id| id == program.creator.creator_id));
    judged.sort_unstable_by_key(|(program, _)| program.creator.creator_id);
    for (_, evaluations) in &mut judged {
        evaluations.retain(|(_, evaluation)| cadence.is_none_or(|cadence| cadence == evaluation.cadence));
    }
    let show =
        |(program, evaluations): &CreatorEvaluations| shapes::CreatorCompliance::new(project_id, program, evaluations);
    let answer = part.of(&judged, |(program, _)| program.creator.creator_id, show);
    let mut response = tagged(&headers, answer);
    if let Some(position) = position.and_then(|position| HeaderValue::try_from(position.to_string()).ok()) {
        response.headers_mut().insert(LAST_EVENT_ID, position);
    }
    Ok(response)
}

/// Returns the answer with its `ETag`, or 304 if the client has it already.
fn tagged<T: Serialize>(headers: &HeaderMap, Json(answer): Json<Envelope<T>>) -> Response {
    let body = match serde_json::to_vec(&answer) {
        Ok(body) => Bytes::from(body),
        Err(cause) => {
            tracing::error!(%cause, "an answer could not be written");
            return ApiError::from(AppError::Unavailable).into_response();
        }
    };
    Tagged::of(body).answer(headers)
}

/// The number of evaluations with each status.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct StatusCounts {
    /// Open, and projected to meet the target.
    pub on_track: usize,
    /// Open, at 70 % of the target rate or more.
    pub behind_pace: usize,
    /// Open, below 70 % of the target rate.
    pub at_risk: usize,
    /// Ended, target met.
    pub completed: usize,
    /// Ended, target not met.
    pub missed: usize,
}

impl StatusCounts {
    fn of<'a>(evaluations: impl Iterator<Item = &'a Evaluation>) -> StatusCounts {
        let mut counts = StatusCounts::default();
        for evaluation in evaluations {
            *match evaluation.status {
                Status::OnTrack => &mut counts.on_track,
                Status::BehindPace => &mut counts.behind_pace,
                Status::AtRisk => &mut counts.at_risk,
                Status::Completed => &mut counts.completed,
                Status::Missed => &mut counts.missed,
            } += 1;
        }
        counts
    }
}

/// Counts of one metric or period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedCounts {
    /// The metric or period.
    pub name: &'static str,
    /// Its evaluations by status.
    pub by_status: StatusCounts,
}

/// The counts of a project.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Aggregate {
    /// Creators in the program.
    pub creators: usize,
    /// Those of them who need attention.
    pub creators_needing_attention: usize,
    /// Goals that are judged.
    pub goals: usize,
    /// All evaluations by status.
    pub by_status: StatusCounts,
    /// The same for each metric.
    pub by_metric: Vec<NamedCounts>,
    /// The same for each period.
    pub by_period: Vec<NamedCounts>,
    /// Verdicts of the last 48 hours by status.
    pub just_ended: StatusCounts,
}

/// Count verdicts by status
///
/// The number of evaluations of a project with each status: in total, by metric and by period.
#[utoipa::path(get, path = "/analytics/aggregate/goal-compliance", operation_id = "count_goal_compliance", tag = "Compliance",
    params(("project_id" = Uuid, Query)),
    responses((status = 200, body = Envelope<Aggregate>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn aggregate(client: Client, query: Query) -> Result<Json<Envelope<Aggregate>>, ApiError> {
    let project_id = query.only(&["project_id"])?.id("project_id")?;
    let project_id = project_id.ok_or_else(|| ApiError::query("project_id", "Name the project: project_id=…"))?;
    client.project(project_id, Action::Read).await?;
    let standings = Judged::now(&client.caller, project_id).await?.standings();
    let all = || standings.iter().flat_map(|standing| &standing.evaluations).map(|(_, evaluation)| evaluation);
    Ok(data(Aggregate {
        creators: standings.len(),
        creators_needing_attention: standings.iter().filter(|standing| standing.needs_attention()).count(),
        goals: all().count(),
        by_status: StatusCounts::of(all()),
        by_metric: Metric::ALL
            .map(|metric| NamedCounts {
                name: metric.name(),
                by_status: StatusCounts::of(all().filter(|evaluation| evaluation.metric == metric)),
            })
            .to_vec(),
        by_period: Cadence::ALL
            .map(|cadence| NamedCounts {
                name: cadence.name(),
                by_status: StatusCounts::of(all().filter(|evaluation| evaluation.cadence == cadence)),
            })
            .to_vec(),
        just_ended: StatusCounts::of(all().filter_map(Evaluation::just_ended)),
    }))
}
