//! Projects.

use super::envelope::{Envelope, Failure, created, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query};
use super::idempotency;
use super::schema::{Cursor, IdempotencyKey, Limit};
use crate::api::shapes;
use axum::Json;
use axum::http::HeaderMap;
use axum::response::Response;
use program::actor::{Action, authorize};
use program::ids::ProjectId;
use program::projects::changes::{self, ProjectEdit};
use program::projects::form::ProjectForm;
use program::projects::view::projects_of_actor;
use shapes::{ProjectPatch, ProjectToMake};

impl From<ProjectPatch> for ProjectEdit {
    fn from(patch: ProjectPatch) -> ProjectEdit {
        ProjectEdit {
            name: patch.name,
            time_zone: patch.time_zone,
            week_start: patch.week_start,
            early_grace_percent: patch.early_grace_percent.map(|percent| percent.to_string()),
            collection_interval_hours: patch.collection_interval_hours.map(|hours| hours.to_string()),
        }
    }
}

/// List projects
///
/// Returns the projects that the key gives access to, oldest first.
#[utoipa::path(get, path = "/projects", operation_id = "list_projects", tag = "Projects",
    params(
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<shapes::Project>>), (status = 400, body = Failure), (status = 401, body = Failure)))]
pub async fn list(client: Client, query: Query) -> Result<Json<Envelope<Vec<shapes::Project>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    let projects = projects_of_actor(&client.caller).await?;
    Ok(part.of(projects, |project| project.project_id, |project| shapes::Project::from(&project)))
}

/// Get a project
#[utoipa::path(get, path = "/projects/{project_id}", operation_id = "get_project", tag = "Projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = Envelope<shapes::Project>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn one(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
) -> Result<Json<Envelope<shapes::Project>>, ApiError> {
    query.only(&[])?;
    let project = client.project(project_id, Action::Read).await?;
    Ok(data((&project).into()))
}

/// Create a project
///
/// The key must give access to every project.
#[utoipa::path(post, path = "/projects", operation_id = "create_project", tag = "Projects",
    params(("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours")),
    request_body = ProjectToMake,
    responses(
        (status = 201, body = Envelope<shapes::Project>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 409, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn make(
    client: Client,
    query: Query,
    headers: HeaderMap,
    Body { value, hash }: Body<ProjectToMake>,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    authorize(client.caller.actor, None, Action::Administer).map_err(|error| {
        // A key that may write but gives access to one project only is refused for another reason.
        ApiError::scope(error.to_string(), client.key.scope)
    })?;
    let made = make_project(client.clone(), value);
    idempotency::once(&client, &headers, "POST /projects".to_owned(), hash, made).await
}

async fn make_project(client: Client, body: ProjectToMake) -> Result<Response, ApiError> {
    let ProjectToMake { name, time_zone, week_start, early_grace_percent, collection_interval_hours } = body;
    let patch = ProjectPatch {
        name: Some(name),
        time_zone: Some(time_zone),
        week_start,
        early_grace_percent,
        collection_interval_hours,
    };
    let form = ProjectEdit::from(patch).on(ProjectForm::blank());
    let project = changes::create(&client.caller, ProjectId::new(), &form).await?;
    Ok(created(shapes::Project::from(&project)))
}

/// Change a project
#[utoipa::path(patch, path = "/projects/{project_id}", operation_id = "update_project", tag = "Projects",
    params(("project_id" = Uuid, Path)), request_body = ProjectPatch,
    responses(
        (status = 200, body = Envelope<shapes::Project>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn change(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    Body { value, .. }: Body<ProjectPatch>,
) -> Result<Json<Envelope<shapes::Project>>, ApiError> {
    query.only(&[])?;
    let project = changes::edit(&client.caller, project_id, value.into()).await?;
    Ok(data((&project).into()))
}
