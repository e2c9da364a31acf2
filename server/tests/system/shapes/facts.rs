//! The shapes of the answer to facts.

use super::{Client, two_creators};
use insta::assert_json_snapshot;

/// Facts of every outcome: accepted, known already, waiting for their post, refused.
const FACTS: &str = r#"[
    {"type":"post","tiktok_video_id":"9","tiktok_handle":"mia","published_at":"2026-08-19T09:00:00Z"},
    {"type":"post","tiktok_video_id":"9","tiktok_handle":"mia","published_at":"2026-08-19T09:00:00Z"},
    {"type":"post_stats","tiktok_video_id":"404","tiktok_handle":"mia","captured_at":1787130000,"view_count":1},
    {"type":"creator_stats","tiktok_handle":"nobody","captured_at":"2026-08-19T11:00:00Z","follower_count":1},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","follower_count":-1},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-20T11:00:00Z","follower_count":5},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19","follower_count":5},
    {"type":"creator_stats","tiktok_handle":"mia","follower_count":5},
    {"type":"magic"},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","folower_count":5},
    {"type":"collection","tiktok_handle":"mia","tiktok_handle":"theo","collected_at":"2026-08-19T11:30:00Z"},
    {"type":"collection","tiktok_handle":"theo","collected_at":"2026-08-19T11:30:00Z"}
]"#;

#[tokio::test]
async fn facts_are_answered_with_their_outcomes_and_every_refused_row() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let theo = client.path(&format!("/creators/{}", client.creator("theo").await));
    client.send("DELETE", &theo, &[], Vec::new()).await;
    assert_json_snapshot!(client.send("POST", &client.path("/stats"), &[], FACTS.into()).await, @r#"
    {
      "answer": {
        "data": {
          "accepted": 2,
          "duplicates": 1,
          "parked": 1,
          "rejected": [
            {
              "code": "unknown_creator",
              "field": "tiktok_handle",
              "reason": "@nobody is not a creator of this project. Add the creator first.",
              "row": 4
            },
            {
              "code": "invalid_count",
              "field": "follower_count",
              "reason": "“-1” is negative; counts are 0 or more.",
              "row": 5
            },
            {
              "code": "in_the_future",
              "field": "captured_at",
              "reason": "This is more than five minutes in the future.",
              "row": 6
            },
            {
              "code": "invalid_instant",
              "field": "captured_at",
              "reason": "“2026-08-19” has no offset; write it as 2026-04-15T04:17:03Z or as epoch seconds.",
              "row": 7
            },
            {
              "code": "missing_field",
              "field": "captured_at",
              "reason": "The fact has no captured_at.",
              "row": 8
            },
            {
              "code": "unknown_type",
              "field": "type",
              "reason": "“magic” is none of post, post_stats, creator_stats, collection.",
              "row": 9
            },
            {
              "code": "unknown_field",
              "field": "folower_count",
              "reason": "A creator_stats has no “folower_count”.",
              "row": 10
            },
            {
              "code": "duplicate_field",
              "field": "tiktok_handle",
              "reason": "This field occurs twice.",
              "row": 11
            }
          ],
          "rejected_count": 8,
          "removed_creators": [
            "theo"
          ]
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_to_its_end_says_how_much_was_accepted() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let cut_off = FACTS.split_once("\n    {\"type\":\"post_stats\"").unwrap().0;
    assert_json_snapshot!(client.send("POST", &client.path("/stats"), &[], cut_off.into()).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This file is cut off: it ends in line 3 in the middle of a list. Any whole items before that were imported.",
        "meta": {
          "accepted": 1,
          "code": "invalid_body"
        }
      },
      "status": 400
    }
    "#);
    assert_json_snapshot!(client.send("POST", &client.path("/stats"), &[], Vec::new()).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "The body is empty. Send a JSON array of facts, or one fact per line.",
        "meta": {
          "accepted": 0,
          "code": "invalid_body"
        }
      },
      "status": 400
    }
    "#);
}
