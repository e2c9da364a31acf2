//! Tests of what a key gives access to, over the API.

use crate::program::Program;
use crate::support::{NOW, World, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use program::ids::ProjectId;
use serde_json::json;

#[tokio::test]
async fn without_a_valid_key_nothing_is_said() {
    let world = World::new().await;
    let known = Program::writing(&world).await;
    for authorization in ["", "Bearer", "Basic abc", "Bearer cg_1", &format!("Bearer cg_{}", "0".repeat(64))] {
        let request = Request::builder()
            .uri(format!("/api/v1/projects/{}", world.id()))
            .header(header::HOST, "localhost")
            .header(header::AUTHORIZATION, authorization);
        let response = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{authorization}");
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        assert!(text(response).await.contains("invalid_api_key"));
    }
    known.get("/projects").await;
    let key = world.store.api_keys().await.unwrap()[0].api_key_id;
    world.store.revoke_api_key(key, NOW).await.unwrap();
    let (status, ..) = known.refused("GET", "/projects", "").await;
    assert_eq!(status, 401, "revoked at once");
}

#[tokio::test]
async fn a_key_opens_its_own_project_and_may_no_more_than_its_scope() {
    let world = World::new().await;
    let other = world
        .store
        .create_project(ProjectId::new(), &crate::short::project_in(crate::short::zone("UTC")), NOW)
        .await
        .unwrap();
    let (own, reading) = (world.id(), Program::new(&world, Some(world.id()), false).await);
    assert_eq!(reading.get("/projects").await["data"].as_array().unwrap().len(), 1);
    assert_eq!(reading.get(&format!("/projects/{own}")).await["data"]["name"], "Summer");
    let foreign = format!("/projects/{}", other.project_id);
    assert_eq!(reading.refused("GET", &foreign, "").await, (404, "not_found".to_owned(), String::new()));
    let (status, answer) = reading.send("POST", &format!("/projects/{own}/stats"), &[], b"[]".to_vec()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(answer["meta"]["code"], "insufficient_scope");
    assert_eq!((&answer["meta"]["required"], &answer["meta"]["granted"]), (&json!("write"), &json!(["read"])));
    let every = Program::new(&world, None, false).await;
    assert_eq!(every.get("/projects").await["data"].as_array().unwrap().len(), 2);
    every.get(&foreign).await;
}
