//! The description of the API, whole, in `snapshots/openapi.snap`.

use super::{Client, World};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_contract_changes_only_with_its_snapshot() {
    let world = World::new().await;
    let client = Client::new(&world).await;
    let (status, mut description) = client.program.send("GET", "/openapi.json", &[], Vec::new()).await;
    assert_eq!(status, StatusCode::OK);
    // A new release does not change the contract.
    let version = std::mem::replace(&mut description["info"]["version"], json!("the version of this release"));
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    insta::with_settings!({
        snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true,
    }, {
        insta::assert_json_snapshot!("openapi", description);
    });
}
