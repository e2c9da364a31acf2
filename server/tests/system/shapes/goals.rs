//! The shapes of goals.

use super::{Client, two_creators};
use insta::assert_json_snapshot;
use serde_json::json;

#[tokio::test]
async fn goals_are_listed_with_their_terms() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    let weekly = client.goal("posts", "weekly", 15).await;
    client.goal("views", "daily", 100).await;
    assert_json_snapshot!(client.get(&client.path("/goals")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "creator_id": "<mia>",
            "end_date": null,
            "id": "<the goal of weekly posts>",
            "is_active": true,
            "metric": "posts",
            "period": "weekly",
            "project_id": "<the project>",
            "start_date": "2026-06-01",
            "target_value": 15
          },
          {
            "creator_id": "<mia>",
            "end_date": null,
            "id": "<the goal of daily views>",
            "is_active": true,
            "metric": "views",
            "period": "daily",
            "project_id": "<the project>",
            "start_date": "2026-06-01",
            "target_value": 100
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
    assert_json_snapshot!(client.get(&client.path("/goals?limit=1")).await["answer"]["meta"], @r#"
    {
      "nextCursor": "<the goal of weekly posts>"
    }
    "#);
    assert_json_snapshot!(client.get(&client.path(&format!("/goals/{weekly}"))).await, @r#"
    {
      "answer": {
        "data": {
          "creator_id": "<mia>",
          "end_date": null,
          "id": "<the goal of weekly posts>",
          "is_active": true,
          "metric": "posts",
          "period": "weekly",
          "project_id": "<the project>",
          "start_date": "2026-06-01",
          "target_value": 15
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn a_goal_that_is_made_or_changed_is_answered_whole() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let mia = client.creator("mia").await;
    let new = json!({ "creator_id": mia, "metric": "engagement", "period": "monthly", "target_value": 500 });
    assert_json_snapshot!(client.sent("POST", &client.path("/goals"), &new).await, @r#"
    {
      "answer": {
        "data": {
          "creator_id": "<mia>",
          "end_date": null,
          "id": "<id 1>",
          "is_active": true,
          "metric": "engagement",
          "period": "monthly",
          "project_id": "<the project>",
          "start_date": null,
          "target_value": 500
        },
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
    // A second one over the same dates.
    assert_json_snapshot!(client.sent("POST", &client.path("/goals"), &new).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This creator already has a monthly engagement goal over these dates. Edit that one, or choose other dates.",
        "meta": {
          "code": "conflict"
        }
      },
      "status": 409
    }
    "#);
    let weekly = client.goal("posts", "weekly", 15).await;
    let path = client.path(&format!("/goals/{weekly}"));
    let change = json!({ "target_value": 20, "start_date": null, "end_date": "2026-12-31", "is_active": true });
    assert_json_snapshot!(client.sent("PATCH", &path, &change).await, @r#"
    {
      "answer": {
        "data": {
          "creator_id": "<mia>",
          "end_date": "2026-12-31",
          "id": "<the goal of weekly posts>",
          "is_active": true,
          "metric": "posts",
          "period": "weekly",
          "project_id": "<the project>",
          "start_date": null,
          "target_value": 20
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.sent("PATCH", &path, &json!({ "is_active": false })).await, @r#"
    {
      "answer": {
        "data": {
          "creator_id": "<mia>",
          "end_date": "2026-12-31",
          "id": "<the goal of weekly posts>",
          "is_active": false,
          "metric": "posts",
          "period": "weekly",
          "project_id": "<the project>",
          "start_date": null,
          "target_value": 20
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.send("DELETE", &path, &[], Vec::new()).await, @r#"
    {
      "answer": null,
      "status": 204
    }
    "#);
}
