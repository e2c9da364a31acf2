//! The API for programs, `/api/v1`: one file per resource. Each handler authorizes, loads, decides and answers.
//!
//! Answers are `{"data", "error", "meta"}` ([`envelope`]); refusals carry a stable code and name what is at fault
//! ([`error`]). The description at `/api/v1/openapi.json` is made from the handlers.

mod compliance;
mod creators;
mod envelope;
mod error;
mod events;
mod extract;
mod facts;
mod goals;
mod idempotency;
mod intake;
mod keys;
mod posts;
mod projects;
pub mod schema;
mod stats;

pub use error::ApiError;
pub use intake::Intake;
pub use keys::LastUsed;

use crate::middleware::{RequestLimits, limits};
use crate::routes::AppState;
use app::error::AppError;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _, SizeAbove};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Creator Goals",
        description = "Who is meeting their goal, who needs attention, why, and what it would take.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/api/v1")),
    // Types of parameters are not found by themselves.
    components(schemas(
        schema::Limit, schema::Cursor, schema::LocalDate, schema::IdempotencyKey, schema::PeriodFilter,
        schema::TrackingStatusName,
    )),
    security(("api_key" = [])),
    modifiers(&ApiKeyScheme),
    tags(
        (name = "Compliance", description = "Goals judged at one instant"),
        (name = "Goals", description = "What creators should reach, and why they did or did not"),
        (name = "Facts", description = "What somebody saw: posts, counters, follower counts, looks"),
        (name = "Creators", description = "TikTok accounts in a project"),
        (name = "Posts", description = "Videos and photo carousels, and their review"),
        (name = "Projects", description = "Programs of creators"),
    ),
)]
struct Description;

/// Up to which size answers are not compressed, in bytes.
const SHORT: u16 = 1_024;

struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("cg_ and 64 hexadecimal digits");
        let scheme =
            scheme.description(Some("An API key, made on the Settings page or by `creator-goals key create`."));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("api_key", SecurityScheme::Http(scheme.build()));
    }
}

/// Everything under `/api/v1`.
pub fn router(request_limits: &RequestLimits) -> Router<AppState> {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(projects::list, projects::make))
        .routes(routes!(projects::one, projects::change))
        .routes(routes!(creators::list, creators::add))
        .routes(routes!(creators::one, creators::change, creators::remove))
        .routes(routes!(posts::list))
        .routes(routes!(posts::decide))
        .routes(routes!(goals::list, goals::make))
        .routes(routes!(goals::one, goals::change, goals::delete))
        .routes(routes!(goals::evidence))
        .routes(routes!(goals::periods))
        .routes(routes!(compliance::compliance))
        .routes(routes!(compliance::aggregate))
        .routes(routes!(events::listen))
        .routes(routes!(stats::take_in))
        .split_for_parts();
    let description = Json(description);
    let api = router
        .route("/openapi.json", get(move || std::future::ready(description.clone())))
        .fallback(nothing_here)
        // Handlers limit what they read themselves.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(request_limits.clone(), limits::hurry))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(DefaultPredicate::new().and(SizeAbove::new(SHORT))),
        );
    Router::new().nest("/api/v1", api)
}

async fn nothing_here() -> Response {
    ApiError::from(AppError::NotFound).into_response()
}
