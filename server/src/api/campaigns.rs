//! Campaigns: groups of creators, posts and other campaigns, and their combined numbers.

use super::envelope::{Envelope, Failure, created, data};
use super::error::ApiError;
use super::extract::{Body, Client, Path, Query};
use super::goals::written;
use super::idempotency;
use super::schema::{Cursor, IdempotencyKey, Limit, LocalDate};
use crate::api::shapes;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use compliance::period::Dates;
use program::actor::Action;
use program::campaigns::changes::{self, CampaignEdit};
use program::campaigns::form::CampaignForm;
use program::campaigns::list::campaigns_by_id;
use program::campaigns::reach::campaign_stats;
use program::campaigns::record::CampaignItem;
use program::campaigns::view::{campaign_items, find_campaign};
use program::ids::{CampaignId, ProjectId};
use shapes::{CampaignPatch, CampaignToMake, Item, ItemsAdded, ItemsToAdd};
use uuid::Uuid;

/// List campaigns
#[utoipa::path(get, path = "/projects/{project_id}/campaigns", operation_id = "list_campaigns", tag = "Campaigns",
    params(
        ("project_id" = Uuid, Path),
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<shapes::Campaign>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn list(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
) -> Result<Json<Envelope<Vec<shapes::Campaign>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    let campaigns = campaigns_by_id(&client.caller, project_id).await?;
    Ok(part.of(&campaigns, |campaign| campaign.campaign_id, shapes::Campaign::from))
}

/// Create a campaign
///
/// The new campaign is empty.
#[utoipa::path(post, path = "/projects/{project_id}/campaigns", operation_id = "create_campaign", tag = "Campaigns",
    params(
        ("project_id" = Uuid, Path),
        ("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours"),
    ), request_body = CampaignToMake,
    responses(
        (status = 201, body = Envelope<shapes::Campaign>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn make(
    client: Client,
    Path(project_id): Path<ProjectId>,
    query: Query,
    headers: HeaderMap,
    Body { value, hash }: Body<CampaignToMake>,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    let made = make_campaign(client.clone(), project_id, value);
    idempotency::once(&client, &headers, format!("POST /projects/{project_id}/campaigns"), hash, made).await
}

async fn make_campaign(client: Client, project_id: ProjectId, body: CampaignToMake) -> Result<Response, ApiError> {
    let form = CampaignForm {
        name: body.name,
        notes: body.notes.unwrap_or_default(),
        target_views: body.target_views.map(|views| views.to_string()).unwrap_or_default(),
        start_date: written("start_date", body.start_date)?,
        target_date: written("target_date", body.target_date)?,
    };
    let campaign = changes::create(&client.caller, project_id, CampaignId::new(), &form).await?;
    Ok(created(shapes::Campaign::from(&campaign)))
}

/// Get a campaign with its numbers
///
/// The numbers cover the local dates `from` to `to`, both included, or the last 30 days: everything of every creator in
/// the campaign, at any depth, and of every single post in it whose creator is not. What is contained twice counts
/// once.
#[utoipa::path(get, path = "/projects/{project_id}/campaigns/{campaign_id}", operation_id = "get_campaign", tag = "Campaigns",
    params(
        ("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path),
        ("from" = Option<LocalDate>, Query, description = "The first local date; with it, `to`"),
        ("to" = Option<LocalDate>, Query, description = "The last local date"),
    ),
    responses((status = 200, body = Envelope<shapes::CampaignWithStats>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn one(
    client: Client,
    Path((project_id, campaign_id)): Path<(ProjectId, CampaignId)>,
    query: Query,
) -> Result<Json<Envelope<shapes::CampaignWithStats>>, ApiError> {
    let query = query.only(&["from", "to"])?;
    let dates = match (query.date("from")?, query.date("to")?) {
        (Some(from), Some(to)) if from <= to => to.succ_opt().map(|end| Dates { first: from, end }),
        (Some(_), Some(_)) => return Err(ApiError::query("to", "“to” lies before “from”.")),
        (None, None) => None,
        (None, Some(_)) => return Err(ApiError::query("from", "Give “from” too.")),
        (Some(_), None) => return Err(ApiError::query("to", "Give “to” too.")),
    };
    let campaign = find_campaign(&client.caller, project_id, campaign_id).await?;
    let stats = campaign_stats(&client.caller, project_id, &campaign, dates).await?;
    Ok(data(shapes::CampaignWithStats::new(&campaign, &stats)))
}

/// Change a campaign
#[utoipa::path(patch, path = "/projects/{project_id}/campaigns/{campaign_id}", operation_id = "update_campaign", tag = "Campaigns",
    params(("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path)), request_body = CampaignPatch,
    responses(
        (status = 200, body = Envelope<shapes::Campaign>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 413, body = Failure),
    ))]
pub async fn change(
    client: Client,
    Path((project_id, campaign_id)): Path<(ProjectId, CampaignId)>,
    query: Query,
    Body { value, .. }: Body<CampaignPatch>,
) -> Result<Json<Envelope<shapes::Campaign>>, ApiError> {
    query.only(&[])?;
    let edit = CampaignEdit {
        name: value.name,
        notes: value.notes,
        target_views: value.target_views.map(|views| views.map(|views| views.to_string()).unwrap_or_default()),
        start_date: value.start_date.map(|date| written("start_date", date)).transpose()?,
        target_date: value.target_date.map(|date| written("target_date", date)).transpose()?,
    };
    let campaign = changes::edit(&client.caller, project_id, campaign_id, edit).await?;
    Ok(data((&campaign).into()))
}

/// Delete a campaign
///
/// The items in it are not deleted; campaigns that contain it continue without it.
#[utoipa::path(delete, path = "/projects/{project_id}/campaigns/{campaign_id}", operation_id = "delete_campaign", tag = "Campaigns",
    params(("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path)),
    responses(
        (status = 204), (status = 400, body = Failure), (status = 401, body = Failure), (status = 403, body = Failure),
        (status = 404, body = Failure),
    ))]
pub async fn delete(
    client: Client,
    Path((project_id, campaign_id)): Path<(ProjectId, CampaignId)>,
    query: Query,
) -> Result<StatusCode, ApiError> {
    query.only(&[])?;
    changes::delete(&client.caller, project_id, campaign_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the items of a campaign
///
/// Only the items directly in it, not those of campaigns in it.
#[utoipa::path(get, path = "/projects/{project_id}/campaigns/{campaign_id}/items", operation_id = "list_campaign_items", tag = "Campaigns",
    params(
        ("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path),
        ("limit" = Option<Limit>, Query, description = "Rows at most; 50 if not given"),
        ("cursor" = Option<Cursor>, Query, description = "`meta.nextCursor` of the previous page"),
    ),
    responses((status = 200, body = Envelope<Vec<Item>>), (status = 400, body = Failure), (status = 401, body = Failure), (status = 404, body = Failure)))]
pub async fn items(
    client: Client,
    Path((project_id, campaign_id)): Path<(ProjectId, CampaignId)>,
    query: Query,
) -> Result<Json<Envelope<Vec<Item>>>, ApiError> {
    let part = query.only(&["limit", "cursor"])?.part()?;
    let items = campaign_items(&client.caller, project_id, campaign_id).await?;
    Ok(part.of(items, |item| item.id(), |item| Item { kind: item.kind().to_owned(), id: item.id() }))
}

/// Add items to a campaign
///
/// Creators, posts and campaigns: all of them, or none. Items that are in it already stay. A campaign that would
/// contain itself, at any depth, is refused with 409; the error names the circle.
#[utoipa::path(post, path = "/projects/{project_id}/campaigns/{campaign_id}/items", operation_id = "add_campaign_items", tag = "Campaigns",
    params(
        ("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path),
        ("Idempotency-Key" = Option<IdempotencyKey>, Header, description = "The same key and body get the same answer for 24 hours"),
    ), request_body = ItemsToAdd,
    responses(
        (status = 201, body = Envelope<ItemsAdded>), (status = 400, body = Failure), (status = 401, body = Failure),
        (status = 403, body = Failure), (status = 404, body = Failure), (status = 413, body = Failure),
        (status = 409, body = Failure, description = "The items would create a circle; the error names it"),
    ))]
pub async fn add(
    client: Client,
    Path((project_id, campaign_id)): Path<(ProjectId, CampaignId)>,
    query: Query,
    headers: HeaderMap,
    Body { value, hash }: Body<ItemsToAdd>,
) -> Result<Response, ApiError> {
    query.only(&[])?;
    client.project(project_id, Action::Write).await?;
    let added = add_items(client.clone(), project_id, campaign_id, value.items);
    let route = format!("POST /projects/{project_id}/campaigns/{campaign_id}/items");
    idempotency::once(&client, &headers, route, hash, added).await
}

async fn add_items(
    client: Client,
    project_id: ProjectId,
    campaign_id: CampaignId,
    items: Vec<Item>,
) -> Result<Response, ApiError> {
    let known = items.iter().enumerate().map(|(place, item)| {
        let refused = || ApiError::body(Some(format!("items[{place}].kind")), "Choose creator, post or campaign.");
        CampaignItem::new(&item.kind, item.id).ok_or_else(refused)
    });
    let known = known.collect::<Result<Vec<_>, _>>()?;
    let added = changes::add_items(&client.caller, project_id, campaign_id, &known).await?;
    Ok(created(ItemsAdded::of(added)))
}

/// Remove an item from a campaign
#[utoipa::path(delete, path = "/projects/{project_id}/campaigns/{campaign_id}/items/{item_id}", operation_id = "remove_campaign_item", tag = "Campaigns",
    params(("project_id" = Uuid, Path), ("campaign_id" = Uuid, Path), ("item_id" = Uuid, Path, description = "The id of the creator, post or campaign")),
    responses(
        (status = 204), (status = 400, body = Failure), (status = 401, body = Failure), (status = 403, body = Failure),
        (status = 404, body = Failure),
    ))]
pub async fn remove(
    client: Client,
    Path((project_id, campaign_id, item_id)): Path<(ProjectId, CampaignId, Uuid)>,
    query: Query,
) -> Result<StatusCode, ApiError> {
    query.only(&[])?;
    changes::remove_item(&client.caller, project_id, campaign_id, item_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
