//! The shapes of projects.

use super::{Client, World};
use crate::program::Program;
use insta::assert_json_snapshot;
use serde_json::json;

#[tokio::test]
async fn projects_are_listed_with_their_settings() {
    let world = World::new().await;
    let client = Client::new(&world).await;
    assert_json_snapshot!(client.get("/projects").await, @r#"
    {
      "answer": {
        "data": [
          {
            "collection_interval_hours": 24,
            "created_at": "2026-06-20T12:00:00Z",
            "early_grace_percent": 10,
            "id": "<the project>",
            "name": "Summer",
            "time_zone": "UTC",
            "week_start": "monday"
          }
        ],
        "error": null,
        "meta": {
          "nextCursor": null
        }
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.get(&client.path("")).await, @r#"
    {
      "answer": {
        "data": {
          "collection_interval_hours": 24,
          "created_at": "2026-06-20T12:00:00Z",
          "early_grace_percent": 10,
          "id": "<the project>",
          "name": "Summer",
          "time_zone": "UTC",
          "week_start": "monday"
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn a_list_of_projects_that_goes_on_says_where() {
    let world = World::new().await;
    let client = Client::of(Program::new(&world, None, true).await);
    client.sent("POST", "/projects", &json!({ "name": "Winter", "time_zone": "Asia/Seoul" })).await;
    assert_json_snapshot!(client.get("/projects?limit=1").await["answer"]["meta"], @r#"
    {
      "nextCursor": "<the project>"
    }
    "#);
}

#[tokio::test]
async fn a_project_that_is_made_or_changed_is_answered_whole() {
    let world = World::new().await;
    let client = Client::of(Program::new(&world, None, true).await);
    let body = json!({
        "name": "Winter", "time_zone": "Asia/Seoul", "week_start": "sunday", "early_grace_percent": 5,
        "collection_interval_hours": 12,
    });
    assert_json_snapshot!(client.sent("POST", "/projects", &body).await, @r#"
    {
      "answer": {
        "data": {
          "collection_interval_hours": 12,
          "created_at": "2026-08-19T12:00:00Z",
          "early_grace_percent": 5,
          "id": "<id 1>",
          "name": "Winter",
          "time_zone": "Asia/Seoul",
          "week_start": "sunday"
        },
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
    let change = json!({ "name": "Late summer", "early_grace_percent": 20 });
    assert_json_snapshot!(client.sent("PATCH", &client.path(""), &change).await, @r#"
    {
      "answer": {
        "data": {
          "collection_interval_hours": 24,
          "created_at": "2026-06-20T12:00:00Z",
          "early_grace_percent": 20,
          "id": "<the project>",
          "name": "Late summer",
          "time_zone": "UTC",
          "week_start": "monday"
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}
