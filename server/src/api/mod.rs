//! The API for programs, `/api/v1`: one file per resource.
//!
//! Answers are `{"data", "error", "meta"}` ([`envelope`]); refusals have a stable code and name the invalid field
//! ([`error`]). The description at `/api/v1/openapi.json` is generated from the handlers.

mod campaigns;
mod compliance;
mod creators;
mod description;
mod envelope;
mod error;
mod events;
mod evidence;
pub(crate) mod extract;
mod goals;
mod idempotency;
mod posts;
mod projects;
pub mod schema;
pub mod shapes;
pub(crate) mod stats;
mod tagged;

pub use error::ApiError;

use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use program::error::AppError;
use tagged::Tagged;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _, SizeAbove};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The size up to which answers are not compressed, in bytes.
const SHORT: u16 = 1_024;

/// Returns the router of `/api/v1`, and its description as JSON; `None` if that fails, which is logged.
pub fn router() -> (Router<AppState>, Option<String>) {
    let (router, description) = OpenApiRouter::with_openapi(description::beginning())
        .routes(routes!(projects::list, projects::make))
        .routes(routes!(projects::one, projects::change))
        .routes(routes!(creators::list, creators::add))
        .routes(routes!(creators::one, creators::change, creators::remove))
        .routes(routes!(posts::list))
        .routes(routes!(posts::decide))
        .routes(routes!(goals::list, goals::make))
        .routes(routes!(goals::one, goals::change, goals::delete))
        .routes(routes!(evidence::evidence))
        .routes(routes!(evidence::periods))
        .routes(routes!(compliance::compliance))
        .routes(routes!(compliance::aggregate))
        .routes(routes!(events::listen))
        .routes(routes!(stats::take_in))
        .routes(routes!(campaigns::list, campaigns::make))
        .routes(routes!(campaigns::one, campaigns::change, campaigns::delete))
        .routes(routes!(campaigns::items, campaigns::add))
        .routes(routes!(campaigns::remove))
        .split_for_parts();
    let description = description::finished(description).to_json();
    let description = description.inspect_err(|cause| tracing::error!(%cause, "the API cannot be described")).ok();
    // Serialized once: it does not change while the server runs.
    let answer = description.clone().map(|json| Tagged::of(json.into()));
    let api = router
        .route("/openapi.json", get(async move |headers: HeaderMap| described(answer.as_ref(), &headers)))
        .fallback(nothing_here)
        // Handlers limit the size of bodies themselves.
        .layer(DefaultBodyLimit::disable())
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(DefaultPredicate::new().and(SizeAbove::new(SHORT))),
        );
    (Router::new().nest("/api/v1", api), description)
}

fn described(description: Option<&Tagged>, asked: &HeaderMap) -> Response {
    match description {
        Some(description) => description.clone().answer(asked),
        None => ApiError::from(AppError::Unavailable).into_response(),
    }
}

async fn nothing_here() -> Response {
    ApiError::nothing_here().into_response()
}
