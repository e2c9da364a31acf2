//! The evidence for the verdicts of a goal, and the verdicts of its past periods.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Client, Path, Query};
use super::schema::LocalDate;
use crate::api::shapes;
use axum::Json;
use program::goals::list::goal;
use program::goals::periods::explain;
use program::ids::{GoalId, ProjectId};
use shapes::{Evidence, PeriodVerdict};

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
    Ok(data(Evidence::of(project_id, &record, &evaluation, contributions)))
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
    let record = goal(&client.caller, project_id, goal_id).await?;
    let verdicts = program::goals::periods::periods(&client.caller, project_id, &record, from, to).await;
    let verdicts = verdicts.map_err(ApiError::of_query)?;
    Ok(data(verdicts.iter().map(PeriodVerdict::from).collect()))
}
