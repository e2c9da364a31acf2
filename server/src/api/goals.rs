//! Goals.

use super::envelope::{Envelope, Failure, created, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query};
use super::idempotency;
use super::schema::{Cursor, IdempotencyKey, Limit};
use crate::api::shapes;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use compliance::goal_form::GoalForm;
use program::actor::Action;
use program::goals::changes::{self, GoalEdit};
use program::goals::list::{goal, goals_after};
use program::goals::record::GoalsPart;
use program::ids::{GoalId, ProjectId};
use shapes::{GoalChange, GoalToMake};

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
    let asked = GoalsPart { creator_id, after: part.after.map(GoalId::from), limit: part.one_more() };
    let goals = goals_after(&client.caller, project_id, &asked).await?;
    Ok(part.of(&goals, |record| record.goal_id, |record| shapes::Goal::of(project_id, record)))
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
    let record = goal(&client.caller, project_id, goal_id).await?;
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
    Ok(data(shapes::Goal::of(project_id, &goal(&client.caller, project_id, goal_id).await?)))
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
