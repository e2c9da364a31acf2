//! The shapes of posts.

use super::{Client, two_creators};
use insta::assert_json_snapshot;
use serde_json::json;

#[tokio::test]
async fn posts_are_listed_with_their_review_and_counters() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    client.program.facts(COUNTED).await;
    assert_json_snapshot!(client.get(&client.path("/posts")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "comment_count": null,
            "creator_id": "<mia>",
            "description": null,
            "id": "<id 1>",
            "kind": "video",
            "last_captured_at": "2026-08-18T10:00:00Z",
            "like_count": null,
            "published_at": "2026-08-17T10:00:00Z",
            "save_count": null,
            "share_count": null,
            "tiktok_video_id": "1",
            "tracking_disabled": false,
            "tracking_status": "auto_tracked",
            "url": null,
            "view_count": 100
          },
          {
            "comment_count": null,
            "creator_id": "<mia>",
            "description": null,
            "id": "<id 2>",
            "kind": "video",
            "last_captured_at": "2026-08-19T12:00:00Z",
            "like_count": null,
            "published_at": "2026-08-19T10:00:00Z",
            "save_count": null,
            "share_count": null,
            "tiktok_video_id": "2",
            "tracking_disabled": false,
            "tracking_status": "auto_tracked",
            "url": null,
            "view_count": 50
          },
          {
            "comment_count": 5,
            "creator_id": "<mia>",
            "description": "Three steps",
            "id": "<id 3>",
            "kind": "photo_carousel",
            "last_captured_at": "2026-08-19T11:00:00.250Z",
            "like_count": 6,
            "published_at": "2026-08-19T08:00:00Z",
            "save_count": 3,
            "share_count": 4,
            "tiktok_video_id": "3",
            "tracking_disabled": false,
            "tracking_status": "direct_add",
            "url": "https://www.tiktok.com/@mia/photo/3",
            "view_count": 70
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
    assert_json_snapshot!(client.get(&client.path("/posts?limit=1")).await["answer"]["meta"], @r#"
    {
      "nextCursor": "<id 1>"
    }
    "#);
}

const COUNTED: &str = r#"[
    {"type":"post","tiktok_video_id":"3","tiktok_handle":"mia","kind":"photo_carousel","published_at":"2026-08-19T08:00:00Z",
     "url":"https://www.tiktok.com/@mia/photo/3","description":"Three steps","tracking_status":"direct_add"},
    {"type":"post_stats","tiktok_video_id":"3","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00.250Z","view_count":70,
     "like_count":6,"comment_count":5,"share_count":4,"save_count":3}
]"#;

#[tokio::test]
async fn a_post_that_is_decided_on_is_answered_whole() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    let posts = client.program.get(&client.path("/posts?limit=1")).await;
    let post = client.name(&posts["data"][0]["id"].as_str().unwrap(), "the post");
    let decision = json!({ "tracking_status": "excluded", "tracking_disabled": true });
    assert_json_snapshot!(client.sent("PATCH", &client.path(&format!("/posts/{post}")), &decision).await, @r#"
    {
      "answer": {
        "data": {
          "comment_count": null,
          "creator_id": "<mia>",
          "description": null,
          "id": "<the post>",
          "kind": "video",
          "last_captured_at": "2026-08-18T10:00:00Z",
          "like_count": null,
          "published_at": "2026-08-17T10:00:00Z",
          "save_count": null,
          "share_count": null,
          "tiktok_video_id": "1",
          "tracking_disabled": true,
          "tracking_status": "excluded",
          "url": null,
          "view_count": 100
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}
