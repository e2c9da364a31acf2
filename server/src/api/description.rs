//! The description of the API (`OpenAPI` 3.1): generated from the handlers, and completed here.

use super::schema;
use axum::http::StatusCode;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr, Response};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Creator Goals",
        description = "Who is meeting their goal, who needs attention, why, and what it would take.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/api/v1")),
    // utoipa does not find the types of parameters.
    components(schemas(
        schema::Limit, schema::Cursor, schema::LocalDate, schema::IdempotencyKey, schema::PeriodFilter,
        schema::TrackingStatusName,
    )),
    security(("api_key" = [])),
    modifiers(&ApiKeyScheme),
    tags(
        (name = "Compliance", description = "Goals judged at one instant"),
        (name = "Goals", description = "The targets of creators, and the evidence for each verdict"),
        (name = "Facts", description = "Observations: posts, counters, follower counts, collections"),
        (name = "Creators", description = "TikTok accounts in a project"),
        (name = "Posts", description = "Videos and photo carousels, and their review"),
        (name = "Campaigns", description = "Groups of creators, posts and other campaigns"),
        (name = "Projects", description = "Programs of creators"),
    ),
)]
struct Description;

struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("cg_ and 64 hexadecimal digits");
        let scheme =
            scheme.description(Some("An API key, created on the Settings page or with `creator-goals key create`."));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("api_key", SecurityScheme::Http(scheme.build()));
    }
}

/// Returns the general part of the description; the handlers add the rest.
pub fn beginning() -> Document {
    Description::openapi()
}

/// Links from an answer to operations that need a value from it: (operation, others, parameter, where).
const LINKS: [(&str, &[&str], &str, &str); 4] = [
    (
        "create_project",
        &["get_project", "update_project", "list_creators", "list_goals"],
        "project_id",
        "$response.body#/data/id",
    ),
    (
        "create_goal",
        &["get_goal", "update_goal", "get_goal_evidence", "list_goal_periods", "delete_goal"],
        "goal_id",
        "$response.body#/data/id",
    ),
    (
        "create_campaign",
        &["get_campaign", "update_campaign", "list_campaign_items", "add_campaign_items", "delete_campaign"],
        "campaign_id",
        "$response.body#/data/id",
    ),
    ("list_goals", &["get_goal", "get_goal_evidence", "list_goal_periods"], "goal_id", "$response.body#/data/0/id"),
];

/// Completes the description with what applies to every operation, so that handlers need not repeat it.
pub fn finished(mut document: Document) -> Document {
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let responses = &mut operation.responses.responses;
        // Any request may arrive too slowly, or exceed a limit.
        if let Some(failure) = responses.get("401").cloned() {
            for status in ["408", "503"] {
                responses.entry(status.to_owned()).or_insert_with(|| failure.clone());
            }
        }
        for (status, response) in responses.iter_mut() {
            if let RefOr::T(response) = response {
                describe(status, response);
            }
        }
        let id = operation.operation_id.clone().unwrap_or_default();
        for (_, others, parameter, place) in LINKS.iter().filter(|(from, ..)| *from == id) {
            let made = responses.iter_mut().find(|(status, _)| status.starts_with('2'));
            let Some((_, RefOr::T(made))) = made else { continue };
            for other in *others {
                let mut link = Link::builder().operation_id(*other).parameter(*parameter, *place);
                if *parameter != "project_id" {
                    link = link.parameter("project_id", "$request.path.project_id");
                }
                made.links.insert((*other).to_owned(), RefOr::T(link.build()));
            }
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, post, patch, delete, .. } = item;
    [get, post, patch, delete].into_iter().flatten()
}

/// Adds a description to a response, which `OpenAPI` requires; mostly the meaning of its status.
fn describe(status: &str, response: &mut Response) {
    if response.description.is_empty() {
        let status = status.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
        let meaning = match status.map_or(0, |status| status.as_u16()) {
            400 => "The request cannot be understood; the field, parameter or column at fault is named",
            401 => "No API key, or one that is not known or was revoked",
            403 => "The key may not do this",
            404 => "Not found in this project",
            408 => "The request took too long to arrive",
            409 => "Conflicts with the current state",
            413 => "The body is too large",
            429 => "A limit was reached; try again after `Retry-After` seconds",
            503 => "The server or its database is busy; try again after `Retry-After` seconds",
            _ => status.and_then(|status| status.canonical_reason()).unwrap_or_default(),
        };
        meaning.clone_into(&mut response.description);
    }
}
