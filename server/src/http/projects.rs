//! Projects and their creators.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Caller, Path, Query};
use crate::wire;
use app::actor::{Action, authorize};
use axum::Json;
use compliance::Instant;
use uuid::Uuid;

/// The projects that the key is good for, oldest first
#[utoipa::path(get, path = "/projects", tag = "Projects",
    params(
        ("limit" = Option<u32>, Query, description = "Rows at most, 1 to 100; 50 if not given"),
        ("cursor" = Option<String>, Query, description = "`meta.nextCursor` of the page before"),
    ),
    responses((status = 200, body = Envelope<Vec<wire::Project>>), (status = 400, body = Failure), (status = 401, body = Failure)))]
pub async fn list(caller: Caller, query: Query) -> Result<Json<Envelope<Vec<wire::Project>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    authorize(caller.server.actor, None, Action::Read)?;
    let projects = caller.server.store.projects().await?;
    let own = projects.into_iter().filter(|project| caller.key.project_id.is_none_or(|own| own == project.project_id));
    Ok(part.of(own, |project| project.project_id, |project| wire::Project::from(&project)))
}

/// One project
#[utoipa::path(get, path = "/projects/{project_id}", tag = "Projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = Envelope<wire::Project>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn one(
    caller: Caller,
    Path(project_id): Path<Uuid>,
    query: Query,
) -> Result<Json<Envelope<wire::Project>>, ApiError> {
    query.only(&[])?;
    let project = caller.project(project_id, Action::Read).await?;
    Ok(data((&project).into()))
}

/// The creators of a project
#[utoipa::path(get, path = "/projects/{project_id}/creators", tag = "Creators",
    params(
        ("project_id" = Uuid, Path),
        ("limit" = Option<u32>, Query, description = "Rows at most, 1 to 100; 50 if not given"),
        ("cursor" = Option<String>, Query, description = "`meta.nextCursor` of the page before"),
    ),
    responses((status = 200, body = Envelope<Vec<wire::Creator>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn creators(
    caller: Caller,
    Path(project_id): Path<Uuid>,
    query: Query,
) -> Result<Json<Envelope<Vec<wire::Creator>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    caller.project(project_id, Action::Read).await?;
    let now: Instant = caller.server.now();
    let program = caller.server.store.program(project_id, now).await?.ok_or(app::error::AppError::NotFound)?;
    let creators = program.creators.iter().map(|program| &program.creator);
    Ok(part.of(creators, |creator| creator.creator_id, wire::Creator::from))
}

/// One creator, in the program or removed from it
#[utoipa::path(get, path = "/projects/{project_id}/creators/{creator_id}", tag = "Creators",
    params(("project_id" = Uuid, Path), ("creator_id" = Uuid, Path)),
    responses((status = 200, body = Envelope<wire::Creator>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn creator(
    caller: Caller,
    Path((project_id, creator_id)): Path<(Uuid, Uuid)>,
    query: Query,
) -> Result<Json<Envelope<wire::Creator>>, ApiError> {
    query.only(&[])?;
    caller.project(project_id, Action::Read).await?;
    let creator = caller.server.store.creator(project_id, creator_id).await?.ok_or(app::error::AppError::NotFound)?;
    Ok(data((&creator).into()))
}
