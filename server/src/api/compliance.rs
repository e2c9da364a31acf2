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
use compliance::Cadence;
use program::error::AppError;
use program::ids::{CreatorId, ProjectId};
use program::judged::past::CreatorEvaluations;
use program::judged::verdicts::{Verdicts, VerdictsQuery, count_verdicts, verdicts};
use serde::Serialize;

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
    let asked = VerdictsQuery { creator_id, cadence, date };
    let found = verdicts(&client.caller, project_id, &asked).await.map_err(ApiError::of_query)?;
    let Verdicts { creators, judged } = found;
    let show =
        |(program, evaluations): &CreatorEvaluations| shapes::CreatorCompliance::new(project_id, program, evaluations);
    let answer = part.of(&creators, |(program, _)| program.creator.creator_id, show);
    let mut response = tagged(&headers, answer);
    let position = judged.as_ref().map(|judged| Position::of(judged).to_string());
    if let Some(position) = position.and_then(|position| HeaderValue::try_from(position).ok()) {
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

/// Count verdicts by status
///
/// The number of evaluations of a project with each status: in total, by metric and by period.
#[utoipa::path(get, path = "/analytics/aggregate/goal-compliance", operation_id = "count_goal_compliance", tag = "Compliance",
    params(("project_id" = Uuid, Query)),
    responses((status = 200, body = Envelope<shapes::Aggregate>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn aggregate(client: Client, query: Query) -> Result<Json<Envelope<shapes::Aggregate>>, ApiError> {
    let project_id = query.only(&["project_id"])?.id("project_id")?;
    let project_id = project_id.ok_or_else(|| ApiError::query("project_id", "Name the project: project_id=…"))?;
    Ok(data(count_verdicts(&client.caller, project_id).await?.into()))
}
