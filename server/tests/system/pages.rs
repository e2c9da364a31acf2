//! Tests of pages as a browser without JavaScript receives them.

use super::support::{NOW, World, mia, post, text, views};
use axum::http::{StatusCode, header};
use axum::response::Response;

async fn get(path: &str) -> Response {
    World::new().await.get(path).await
}

#[tokio::test]
async fn a_page_is_complete_without_javascript() {
    let world = World::new().await;
    world.accept(vec![post("1", NOW.plus_millis(-3_600_000)), views("1", NOW, 50)]).await;
    let response = world.get(&format!("/projects/{}", world.id())).await;
    assert_eq!(response.status(), StatusCode::OK);
    let html = text(response).await;
    assert!(html.contains("Done: 1 creator.") && html.contains("Give everybody a goal"), "{html}");
    let creators = text(world.get(&format!("/projects/{}/creators", world.id())).await).await;
    assert!(creators.contains(&format!("@{}", mia())), "{creators}");
}

#[tokio::test]
async fn every_script_of_a_page_carries_the_nonce_of_its_policy() {
    let response = get("/welcome").await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
    let html = text(response).await;
    let scripts: Vec<&str> = html.split("<script").skip(1).collect();
    assert!(!scripts.is_empty(), "{html}");
    for script in scripts {
        assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{script}");
    }
}

#[tokio::test]
async fn a_policy_lets_nothing_inline_run_and_names_no_other_host() {
    let response = get("/welcome").await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert!(!policy.contains("http") && !policy.contains('*'), "{policy}");
}

#[tokio::test]
async fn an_unknown_address_is_404_and_guarded_like_any_page() {
    let response = get("/no-such-page").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(text(response).await.contains("Open Creator Goals"));
}

#[tokio::test]
async fn a_built_file_of_another_version_is_404() {
    let response = get("/pkg/0123456789abcdef/creator-goals.js").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_ne!(response.headers().get(header::CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn a_monitor_is_told_that_the_server_lives_and_that_its_database_answers() {
    for path in ["/healthz", "/readyz"] {
        let response = get(path).await;
        assert_eq!((response.status(), text(response).await.as_str()), (StatusCode::OK, "ok\n"), "{path}");
    }
}

#[tokio::test]
async fn the_first_page_leads_to_the_project_or_to_the_first_run() {
    let world = World::new().await;
    let response = world.get("/").await;
    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(response.headers()[header::LOCATION], format!("/projects/{}", world.id()));
}

#[tokio::test]
async fn what_a_file_says_never_becomes_html() {
    let world = World::new().await;
    let mut facts = vec![post("1", NOW)];
    if let compliance::fact::Fact::Post(post) = &mut facts[0] {
        post.description = Some("<script>alert(1)</script>".to_owned());
        post.url = Some("javascript:alert(1)".to_owned());
    }
    world.accept(facts).await;
    let creators = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    let creator = creators.creators[0].creator.creator_id;
    let html = text(world.get(&format!("/projects/{}/creators/{creator}/posts", world.id())).await).await;
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>alert"), "{html}");
    assert!(!html.contains("href=\"javascript:"), "{html}");
}
