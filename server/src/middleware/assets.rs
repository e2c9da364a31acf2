//! `/pkg/VERSION/*`: the files built for the browser, compressed at build time and cached by browsers for good.

use axum::Router;
use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::content_security_policy;
use crate::site::Site;

/// Serves this build under its version. Any other version is 404, so files of two builds are never mixed.
pub fn service(site: &Site) -> Router {
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, |answer: &axum::http::Response<_>| {
            answer.status().is_success().then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
        }))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, content_security_policy::FOR_FILES))
        .service(
            ServeDir::new(site.files()).append_index_html_on_directories(false).precompressed_br().precompressed_gzip(),
        );
    Router::new().nest_service(&format!("/{}", site.version()), files)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_file_comes_as_it_was_compressed_and_is_kept_for_ever_and_may_ask_this_server_alone() {
        let dir = tempfile::tempdir().unwrap();
        let pkg = dir.path().join("pkg");
        fs::create_dir(&pkg).unwrap();
        fs::write(pkg.join("creator-goals_bg.wasm"), "plain").unwrap();
        fs::write(pkg.join("creator-goals_bg.wasm.br"), "brotli").unwrap();
        let site = Site::open(dir.path()).unwrap();

        let request = Request::builder()
            .uri(format!("/{}/creator-goals_bg.wasm", site.version()))
            .header(header::ACCEPT_ENCODING, "gzip, br")
            .body(Body::empty())
            .unwrap();
        let response = service(&site).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/wasm");
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; connect-src 'self';"),
            "a worker may ask this server: {policy}"
        );
        assert_eq!(to_bytes(response.into_body(), usize::MAX).await.unwrap(), "brotli");
    }
}
