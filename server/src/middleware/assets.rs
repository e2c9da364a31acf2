//! `/pkg/VERSION/*`: the files built for the browser, compressed when they were built, kept by browsers for ever.

use axum::Router;
use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::site::Site;

/// Serves this build under its version; any other version is 404, so nothing stale can be mixed in.
pub fn service(site: &Site) -> Router {
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, |answer: &axum::http::Response<_>| {
            answer.status().is_success().then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
        }))
        .service(
            ServeDir::new(site.files()).append_index_html_on_directories(false).precompressed_br().precompressed_gzip(),
        );
    Router::new().nest_service(&format!("/{}", site.version()), files)
}
