//! Creators: listing, adding, changing, removing.

use super::envelope::{Envelope, Failure, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query};
use super::goals::written;
use super::idempotency;
use super::schema::{Cursor, IdempotencyKey, Limit};
use crate::api::shapes;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use program::actor::Action;
use program::creators::changes::{self, CreatorEdit};
use program::creators::record::AddCreatorOutcome;
use program::creators::view::{creators_by_id, find_creator};
use program::ids::{CreatorId, ProjectId};
use serde::Deserialize;
use shapes::{AddedCreator, CreatorPatch, CreatorToAdd, OneOrMany};

/// Both forms, parsed as one struct, so that every error can be named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreatorsBody {
    creators: Option<Vec<CreatorToAdd>>,
    tiktok_handle: Option<String>,
    display_name: Option<String>,
    avatar_url: Option<String>,
    tracking_mode: Option<String>,
    tracking_start_date: Option<String>,
}

impl CreatorsBody {
    fn creators(self) -> Result<Vec<CreatorToAdd>, ApiError> {
        let CreatorsBody { creators, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date } =
            self;
        let refused = |sentence: &str| ApiError::body(Some("tiktok_handle".to_owned()), sentence);
        match (creators, tiktok_handle) {
            (Some(creators), None) => Ok(creators),
            (None, Some(tiktok_handle)) => {
                Ok(vec![CreatorToAdd { tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date }])
            }
            (Some(_), Some(_)) => Err(refused("Give one creator, or a list of creators, not both.")),
            (None, None) => Err(refused("Give a tiktok_handle, or a list of creators.")),
        }
    }
}

/// List creators
#[utoipa::path(get, path = "/projects/{project_id}/creators", operation_id = "list_creators", tag = "Creators",
    params(
        ("project_id" = Uuid, Path),
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<shapes::Creator>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn list(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
) -> Result<Json<Envelope<Vec<shapes::Creator>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    let creators = creators_by_id(&client.caller, project_id).await?;
    Ok(part.of(&creators, |creator| creator.creator_id, shapes::Creator::from))
}

/// Get a creator
///
/// The creator may be in the program or removed from it.
#[utoipa::path(get, path = "/projects/{project_id}/creators/{creator_id}", operation_id = "get_creator", tag = "Creators",
    params(("project_id" = Uuid, Path), ("creator_id" = Uuid, Path)),
    responses((status = 200, body = Envelope<shapes::Creator>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn one(
    client: Client,
    Path((project_id, creator_id)): Path<(ProjectId, CreatorId)>,
    query: Query,
) -> Result<Json<Envelope<shapes::Creator>>, ApiError> {
    query.only(&[])?;
    let creator = find_creator(&client.caller, project_id, creator_id).await?;
    Ok(data((&creator).into()))
}

/// Add creators
///
/// One, or many as `{"creators": […]}`. Creators who are in the program stay as they are; removed ones are restored
/// with their history.
#[utoipa::path(post, path = "/projects/{project_id}/creators", operation_id = "add_creators", tag = "Creators",
    params(
        ("project_id" = Uuid, Path),
        ("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours"),
    ),
    request_body = OneOrMany,
    responses(
        (status = 201, body = Envelope<Vec<AddedCreator>>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn add(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
    Body { value, hash }: Body<CreatorsBody>,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    let added = add_creators(client.clone(), project_id, value);
    idempotency::once(&client, &headers, format!("POST /projects/{project_id}/creators"), hash, added).await
}

async fn add_creators(client: Client, project_id: ProjectId, body: CreatorsBody) -> Result<Response, ApiError> {
    let creators = body.creators()?.into_iter().map(changes::CreatorToAdd::from).collect();
    let added = changes::add(&client.caller, project_id, creators).await?;
    let added: Vec<AddedCreator> = added
        .into_iter()
        .map(|(new, outcome)| {
            let (id, outcome) = match outcome {
                AddCreatorOutcome::Added(id) => (id, "added"),
                AddCreatorOutcome::Restored(id) => (id, "restored"),
                AddCreatorOutcome::Present(id) => (id, "present"),
            };
            AddedCreator { id: id.into(), tiktok_handle: new.handle.as_str().to_owned(), outcome }
        })
        .collect();
    Ok((StatusCode::CREATED, data(added)).into_response())
}

impl From<CreatorToAdd> for changes::CreatorToAdd {
    fn from(creator: CreatorToAdd) -> changes::CreatorToAdd {
        let CreatorToAdd { tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date } = creator;
        changes::CreatorToAdd { tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date }
    }
}

/// Change a creator
///
/// Changes the handle, the display name and the tracking. Fields that are left out stay. A handle of another creator is
/// refused with 409.
#[utoipa::path(patch, path = "/projects/{project_id}/creators/{creator_id}", operation_id = "update_creator", tag = "Creators",
    params(("project_id" = Uuid, Path), ("creator_id" = Uuid, Path)), request_body = CreatorPatch,
    responses(
        (status = 200, body = Envelope<shapes::Creator>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn change(
    client: Client,
    Path((project_id, creator_id)): Path<(ProjectId, CreatorId)>,
    query: Query,
    Body { value, .. }: Body<CreatorPatch>,
) -> Result<Json<Envelope<shapes::Creator>>, ApiError> {
    query.only(&[])?;
    let start = value.tracking_start_date.map(|date| written("tracking_start_date", date)).transpose()?;
    let edit = CreatorEdit {
        tiktok_handle: value.tiktok_handle,
        display_name: value.display_name.map(Option::unwrap_or_default),
        tracking_mode: value.tracking_mode,
        tracking_start_date: start,
    };
    let creator = changes::edit(&client.caller, project_id, creator_id, edit).await?;
    Ok(data((&creator).into()))
}

/// Remove a creator
///
/// The history is kept, and is there again when the creator is added again.
#[utoipa::path(delete, path = "/projects/{project_id}/creators/{creator_id}", operation_id = "remove_creator", tag = "Creators",
    params(("project_id" = Uuid, Path), ("creator_id" = Uuid, Path)),
    responses((status = 204), (status = 400, body = Failure), (status = 401, body = Failure), (status = 403, body = Failure), (status = 404, body = Failure)))]
pub async fn remove(
    client: Client,
    Path((project_id, creator_id)): Path<(ProjectId, CreatorId)>,
    query: Query,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    changes::remove(&client.caller, project_id, creator_id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
