//! Pages as a browser without JavaScript gets them.
#![expect(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use server::{AllowedHosts, AppState, Site, router};
use tower::ServiceExt;

async fn get(path: &str) -> Response {
    let state = AppState::new(Site::empty(), AllowedHosts::loopback_and(vec![]));
    let request = Request::builder().uri(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
    router(state).oneshot(request).await.unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_is_complete_without_javascript() {
    let response = get("/").await;
    assert_eq!(response.status(), StatusCode::OK);
    let html = text(response).await;
    assert!(html.contains("<h1") && html.contains("Creator Goals</h1>"), "{html}");
}

#[tokio::test]
async fn every_script_of_a_page_carries_the_nonce_of_its_policy() {
    let response = get("/").await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
    let html = text(response).await;
    for script in html.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{script}");
    }
}

#[tokio::test]
async fn a_policy_lets_nothing_inline_run_and_names_no_other_host() {
    let response = get("/").await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert!(!policy.contains("http") && !policy.contains('*'), "{policy}");
}

#[tokio::test]
async fn an_unknown_address_is_404_and_guarded_like_any_page() {
    let response = get("/no-such-page").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(text(response).await.contains("Go to the overview"));
}

#[tokio::test]
async fn a_built_file_of_another_version_is_404() {
    let response = get("/pkg/0123456789abcdef/creator-goals.js").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_ne!(response.headers().get(header::CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
}
