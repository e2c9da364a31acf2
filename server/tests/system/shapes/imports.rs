//! The shape of the progress of an import, which the Import page asks for.

use super::World;
use crate::file_form::import_of;
use crate::support::text;
use crate::uploads::{TABLE, ended, upload};
use insta::assert_json_snapshot;
use serde_json::Value;

#[tokio::test]
async fn the_progress_of_an_import_is_its_state_and_rows() {
    let world = World::new().await;
    let import_id = import_of(&upload(&world, &[("file", Some("posts.csv"), TABLE)]).await);
    ended(&world, import_id).await;
    let progress = world.get(&format!("/projects/{}/imports/{import_id}/progress", world.id())).await;
    let progress: Value = serde_json::from_str(&text(progress).await).unwrap();
    assert_json_snapshot!(progress, @r#"
    {
      "percent": 100,
      "rows": 2,
      "state": "done"
    }
    "#);
}
