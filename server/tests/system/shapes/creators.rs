//! The shapes of creators.

use super::{Client, two_creators};
use insta::assert_json_snapshot;
use serde_json::json;

#[tokio::test]
async fn creators_are_listed_with_their_tracking_and_followers() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let mia = client.creator("mia").await;
    client.creator("theo").await;
    assert_json_snapshot!(client.get(&client.path("/creators")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "avatar_url": null,
            "display_name": "Mia Moves",
            "followers": 1030,
            "id": "<mia>",
            "is_active": true,
            "last_collected_at": "2026-08-19T12:00:00Z",
            "merged_into": null,
            "tiktok_handle": "mia",
            "tracking_mode": "auto",
            "tracking_start_date": null
          },
          {
            "avatar_url": null,
            "display_name": "Theo",
            "followers": null,
            "id": "<theo>",
            "is_active": true,
            "last_collected_at": null,
            "merged_into": null,
            "tiktok_handle": "theo",
            "tracking_mode": "auto",
            "tracking_start_date": null
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
    assert_json_snapshot!(client.get(&client.path("/creators?limit=1")).await["answer"]["meta"], @r#"
    {
      "nextCursor": "<mia>"
    }
    "#);
    assert_json_snapshot!(client.get(&client.path(&format!("/creators/{mia}"))).await, @r#"
    {
      "answer": {
        "data": {
          "avatar_url": null,
          "display_name": "Mia Moves",
          "followers": 1030,
          "id": "<mia>",
          "is_active": true,
          "last_collected_at": "2026-08-19T12:00:00Z",
          "merged_into": null,
          "tiktok_handle": "mia",
          "tracking_mode": "auto",
          "tracking_start_date": null
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn a_creator_that_is_added_is_answered_with_the_outcome() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let theo = client.creator("theo").await;
    client.creator("mia").await;
    let removed = client.send("DELETE", &client.path(&format!("/creators/{theo}")), &[], Vec::new()).await;
    assert_json_snapshot!(removed, @r#"
    {
      "answer": null,
      "status": 204
    }
    "#);
    let many = json!({ "creators": [
        { "tiktok_handle": "@Lou", "display_name": "Lou", "tracking_start_date": "2026-08-01" },
        { "tiktok_handle": "mia" },
        { "tiktok_handle": "theo" },
    ] });
    assert_json_snapshot!(client.sent("POST", &client.path("/creators"), &many).await, @r#"
    {
      "answer": {
        "data": [
          {
            "id": "<id 1>",
            "outcome": "added",
            "tiktok_handle": "lou"
          },
          {
            "id": "<mia>",
            "outcome": "present",
            "tiktok_handle": "mia"
          },
          {
            "id": "<theo>",
            "outcome": "restored",
            "tiktok_handle": "theo"
          }
        ],
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
    let one = json!({ "tiktok_handle": "zoe" });
    assert_json_snapshot!(client.sent("POST", &client.path("/creators"), &one).await, @r#"
    {
      "answer": {
        "data": [
          {
            "id": "<id 2>",
            "outcome": "added",
            "tiktok_handle": "zoe"
          }
        ],
        "error": null,
        "meta": null
      },
      "status": 201
    }
    "#);
}

#[tokio::test]
async fn a_creator_that_is_changed_is_answered_whole() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let path = client.path(&format!("/creators/{}", client.creator("mia").await));
    client.creator("theo").await;
    let change = json!({
        "tiktok_handle": "mia.moves", "display_name": null, "tracking_mode": "selective",
        "tracking_start_date": "2026-08-03",
    });
    assert_json_snapshot!(client.sent("PATCH", &path, &change).await, @r#"
    {
      "answer": {
        "data": {
          "avatar_url": null,
          "display_name": null,
          "followers": 1030,
          "id": "<mia>",
          "is_active": true,
          "last_collected_at": "2026-08-19T12:00:00Z",
          "merged_into": null,
          "tiktok_handle": "mia.moves",
          "tracking_mode": "selective",
          "tracking_start_date": "2026-08-03"
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
    assert_json_snapshot!(client.sent("PATCH", &path, &json!({ "tiktok_handle": "theo" })).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "@theo is the handle of Theo. Two creators of a project cannot have the same one.",
        "meta": {
          "code": "conflict",
          "field": "tiktok_handle"
        }
      },
      "status": 409
    }
    "#);
}
