//! The shapes of campaigns and their items.

use super::{Client, two_creators};
use insta::assert_json_snapshot;
use serde_json::json;

impl Client<'_> {
    /// Creates a campaign; returns its id and its path.
    async fn campaign(&self, name: &str) -> (String, String) {
        let body = json!({ "name": name }).to_string().into_bytes();
        let (_, made) = self.program.send("POST", &self.path("/campaigns"), &[], body).await;
        let id = self.name(&made["data"]["id"].as_str().unwrap(), &format!("the campaign {name}"));
        (id.clone(), self.path(&format!("/campaigns/{id}")))
    }
}

#[tokio::test]
async fn a_campaign_that_is_made_or_changed_is_answered_without_its_numbers() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let new = json!({
        "name": "Spring Launch", "notes": "**Bold**", "target_views": 1000, "start_date": "2026-08-10",
        "target_date": "2026-08-31",
    });
    assert_json_snapshot!(client.sent("POST", &client.path("/campaigns"), &new).await, @r#"
    {
      "answer": {
        "data": {
          "created_at": "2026-08-19T12:00:00Z",
          "id": "<id 1>",
          "name": "Spring Launch",
          "notes": "**Bold**",
          "start_date": "2026-08-10",
          "target_date": "2026-08-31",
          "target_views": 1000
        },
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
    let (_, plain) = client.campaign("Plain").await;
    let change = json!({ "name": "Plain as day", "notes": "" });
    assert_json_snapshot!(client.sent("PATCH", &plain, &change).await, @r#"
    {
      "answer": {
        "data": {
          "created_at": "2026-08-19T12:00:00Z",
          "id": "<the campaign Plain>",
          "name": "Plain as day",
          "notes": "",
          "start_date": null,
          "target_date": null,
          "target_views": null
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.get(&client.path("/campaigns?limit=1")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "created_at": "2026-08-19T12:00:00Z",
            "id": "<id 1>",
            "name": "Spring Launch",
            "notes": "**Bold**",
            "start_date": "2026-08-10",
            "target_date": "2026-08-31",
            "target_views": 1000
          }
        ],
        "error": null,
        "meta": {
          "nextCursor": "<id 1>"
        }
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.send("DELETE", &plain, &[], Vec::new()).await, @r#"
    {
      "answer": null,
      "status": 204
    }
    "#);
}

#[tokio::test]
async fn a_campaign_is_answered_with_its_numbers_and_progress() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let (_, path) = client.campaign("Spring").await;
    let creator = client.creator("mia").await;
    client.sent("POST", &format!("{path}/items"), &json!({ "items": [{ "kind": "creator", "id": creator }] })).await;
    assert_json_snapshot!(client.get(&path).await, @r#"
    {
      "answer": {
        "data": {
          "created_at": "2026-08-19T12:00:00Z",
          "id": "<the campaign Spring>",
          "name": "Spring",
          "notes": "",
          "progress": null,
          "start_date": null,
          "stats": {
            "creator_count": 1,
            "engagement": 0,
            "followers": 30,
            "from": "2026-07-21",
            "posts": 2,
            "single_post_count": 0,
            "to": "2026-08-19",
            "views": 150
          },
          "target_date": null,
          "target_views": null
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
    let target = json!({ "target_views": 1000, "start_date": "2026-08-10", "target_date": "2026-08-31" });
    client.sent("PATCH", &path, &target).await;
    assert_json_snapshot!(client.get(&format!("{path}?from=2026-08-17&to=2026-08-19")).await["answer"]["data"], @r#"
    {
      "created_at": "2026-08-19T12:00:00Z",
      "id": "<the campaign Spring>",
      "name": "Spring",
      "notes": "",
      "progress": {
        "actual": 150,
        "expected": 431.81,
        "pace_percent": 34,
        "projected": 347
      },
      "start_date": "2026-08-10",
      "stats": {
        "creator_count": 1,
        "engagement": 0,
        "followers": 30,
        "from": "2026-08-17",
        "posts": 2,
        "single_post_count": 0,
        "to": "2026-08-19",
        "views": 150
      },
      "target_date": "2026-08-31",
      "target_views": 1000
    }
    "#);
}

#[tokio::test]
async fn items_are_added_all_or_none_and_a_circle_is_named() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let (outer, outer_path) = client.campaign("Outer").await;
    let (inner, inner_path) = client.campaign("Inner").await;
    let mia = client.creator("mia").await;
    let items = json!({ "items": [{ "kind": "creator", "id": mia }, { "kind": "campaign", "id": inner }] });
    assert_json_snapshot!(client.sent("POST", &format!("{outer_path}/items"), &items).await, @r#"
    {
      "answer": {
        "data": {
          "added": 2
        },
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
    assert_json_snapshot!(client.get(&format!("{outer_path}/items")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "id": "<mia>",
            "kind": "creator"
          },
          {
            "id": "<the campaign Inner>",
            "kind": "campaign"
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
    let circle = json!({ "items": [{ "kind": "campaign", "id": outer }] });
    assert_json_snapshot!(client.sent("POST", &format!("{inner_path}/items"), &circle).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This would create a circle: Outer → Inner → Outer.",
        "meta": {
          "code": "conflict",
          "field": "items[0].id"
        }
      },
      "status": 409
    }
    "#);
    let unknown = json!({ "items": [{ "kind": "post", "id": mia }] });
    assert_json_snapshot!(client.sent("POST", &format!("{inner_path}/items"), &unknown).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "It does not exist in this project.",
        "meta": {
          "code": "not_found",
          "field": "items[0].id"
        }
      },
      "status": 404
    }
    "#);
    let removed = client.send("DELETE", &format!("{outer_path}/items/{mia}"), &[], Vec::new()).await;
    assert_json_snapshot!(removed, @r#"
    {
      "answer": null,
      "status": 204
    }
    "#);
}
