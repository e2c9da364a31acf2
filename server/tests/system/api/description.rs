//! Tests of the description of the API.

use crate::program::Program;
use crate::support::{World, text};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_description_is_whole_and_its_page_shows_every_operation() {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    let (status, description) = program.send("GET", "/openapi.json", &[], Vec::new()).await;
    assert_eq!((status, &description["openapi"]), (StatusCode::OK, &json!("3.1.0")));
    let page = text(world.get("/docs/api").await).await;
    let mut ids = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "{method} {path} is not on the page");
            assert!(page.contains(operation["summary"].as_str().unwrap()), "{id}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{id} {status}");
            }
            assert!(operation["responses"]["401"].is_object(), "{id} needs a key");
            ids.push(id.to_owned());
        }
    }
    let known = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), known), (30, 30), "{ids:?}");
    assert!(
        description
            .to_string()
            .contains(r#""operationId":"get_goal","parameters":{"goal_id":"$response.body#/data/id""#)
    );
}
