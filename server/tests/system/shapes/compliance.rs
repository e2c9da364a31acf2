//! The shapes of goal compliance.

use super::{Client, World, collection, goal, profile, two_creators};
use crate::support::NOW;
use axum::http::StatusCode;
use insta::assert_json_snapshot;
use serde_json::json;

#[tokio::test]
async fn an_open_goal_is_answered_with_its_verdict_and_that_of_the_period_which_has_just_ended() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    client.creator("theo").await;
    client.goal("views", "daily", 100).await;
    assert_json_snapshot!(client.get(&client.path("/goal-compliance")).await, @r#"
    {
      "answer": {
        "data": [
          {
            "compliance": [
              {
                "actual": 50,
                "advisory": {
                  "has_advisory": true,
                  "hours_since_period_end": null,
                  "hours_until_period_end": 12.0,
                  "messages": [
                    "The period is still in progress: the numbers will change until it ends."
                  ],
                  "not_yet_started": false,
                  "period_end": "2026-08-20T00:00:00Z",
                  "period_in_progress": true,
                  "period_recently_ended": false,
                  "period_start": "2026-08-19T00:00:00Z",
                  "scrape_freshness": {
                    "age_hours": 0.0,
                    "expected_interval_hours": 24,
                    "last_collected_at": "2026-08-19T12:00:00Z",
                    "state": "fresh"
                  },
                  "scrape_stale": false
                },
                "expected": 50.0,
                "final": false,
                "goal": {
                  "creator_id": "<mia>",
                  "end_date": null,
                  "id": "<the goal of daily views>",
                  "is_active": true,
                  "metric": "views",
                  "period": "daily",
                  "project_id": "<the project>",
                  "start_date": "2026-06-01",
                  "target_value": 100
                },
                "measured_at": "2026-08-19T12:00:00Z",
                "pace_percent": 100,
                "percentage": 50,
                "previous": {
                  "actual": 100,
                  "advisory": {
                    "has_advisory": true,
                    "hours_since_period_end": 12.0,
                    "hours_until_period_end": null,
                    "messages": [
                      "The period ended 12 hours ago: late data may still change this result until 48 hours after its end."
                    ],
                    "not_yet_started": false,
                    "period_end": "2026-08-19T00:00:00Z",
                    "period_in_progress": false,
                    "period_recently_ended": true,
                    "period_start": "2026-08-18T00:00:00Z",
                    "scrape_freshness": {
                      "age_hours": 0.0,
                      "expected_interval_hours": 24,
                      "last_collected_at": "2026-08-19T12:00:00Z",
                      "state": "fresh"
                    },
                    "scrape_stale": false
                  },
                  "expected": 100.0,
                  "final": false,
                  "measured_at": "2026-08-19T00:00:00Z",
                  "pace_percent": 100,
                  "percentage": 100,
                  "previous": null,
                  "projected": 100,
                  "required_per_day": null,
                  "status": "completed",
                  "target": 100
                },
                "projected": 100,
                "required_per_day": 50.0,
                "status": "on_track",
                "target": 100
              }
            ],
            "creator": {
              "avatar_url": null,
              "display_name": "Mia Moves",
              "id": "<mia>",
              "tiktok_handle": "mia"
            }
          },
          {
            "compliance": [],
            "creator": {
              "avatar_url": null,
              "display_name": "Theo",
              "id": "<theo>",
              "tiktok_handle": "theo"
            }
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
}

#[tokio::test]
async fn a_goal_of_a_creator_who_was_never_collected_has_no_freshness_and_no_pace() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let theo = client.creator("theo").await;
    let goal_id = world.add_goal("theo", &goal("followers", "weekly", 50)).await;
    client.name(&goal_id, "the goal of Theo");
    assert_json_snapshot!(client.get(&client.path(&format!("/goal-compliance?creator_id={theo}"))).await, @r#"
    {
      "answer": {
        "data": [
          {
            "compliance": [
              {
                "actual": 0,
                "advisory": {
                  "has_advisory": true,
                  "hours_since_period_end": null,
                  "hours_until_period_end": 108.0,
                  "messages": [
                    "The period is still in progress: the numbers will change until it ends."
                  ],
                  "not_yet_started": false,
                  "period_end": "2026-08-24T00:00:00Z",
                  "period_in_progress": true,
                  "period_recently_ended": false,
                  "period_start": "2026-08-17T00:00:00Z",
                  "scrape_freshness": null,
                  "scrape_stale": false
                },
                "expected": 0.0,
                "final": false,
                "goal": {
                  "creator_id": "<theo>",
                  "end_date": null,
                  "id": "<the goal of Theo>",
                  "is_active": true,
                  "metric": "followers",
                  "period": "weekly",
                  "project_id": "<the project>",
                  "start_date": "2026-06-01",
                  "target_value": 50
                },
                "measured_at": null,
                "pace_percent": null,
                "percentage": 0,
                "previous": {
                  "actual": 0,
                  "advisory": {
                    "has_advisory": false,
                    "hours_since_period_end": 60.0,
                    "hours_until_period_end": null,
                    "messages": [],
                    "not_yet_started": false,
                    "period_end": "2026-08-17T00:00:00Z",
                    "period_in_progress": false,
                    "period_recently_ended": false,
                    "period_start": "2026-08-10T00:00:00Z",
                    "scrape_freshness": null,
                    "scrape_stale": false
                  },
                  "expected": 0.0,
                  "final": false,
                  "measured_at": null,
                  "pace_percent": null,
                  "percentage": 0,
                  "previous": null,
                  "projected": null,
                  "required_per_day": null,
                  "status": "missed",
                  "target": 50
                },
                "projected": null,
                "required_per_day": 11.2,
                "status": "on_track",
                "target": 50
              }
            ],
            "creator": {
              "avatar_url": null,
              "display_name": "Theo",
              "id": "<theo>",
              "tiktok_handle": "theo"
            }
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
}

#[tokio::test]
async fn a_collection_is_fresh_stale_after_one_interval_and_overdue_after_two() {
    let world = World::new().await;
    let client = Client::new(&world).await;
    for (handle, collected_at) in
        [("anna", "2026-08-18T12:00:00Z"), ("ben", "2026-08-18T11:59:00Z"), ("cleo", "2026-08-17T11:59:00Z")]
    {
        world.accept(vec![profile(handle, handle), collection(handle, collected_at)]).await;
        world.add_goal(handle, &goal("posts", "weekly", 1)).await;
    }
    let answer = client.get(&client.path("/goal-compliance")).await;
    let creators = answer["answer"]["data"].as_array().unwrap().iter();
    let advisories = creators.map(|creator| &creator["compliance"][0]["advisory"]);
    let shown: Vec<_> = advisories.map(|told| json!([told["scrape_freshness"], told["messages"]])).collect();
    assert_json_snapshot!(shown, @r#"
    [
      [
        {
          "age_hours": 24.0,
          "expected_interval_hours": 24,
          "last_collected_at": "2026-08-18T12:00:00Z",
          "state": "fresh"
        },
        [
          "The period is still in progress: the numbers will change until it ends."
        ]
      ],
      [
        {
          "age_hours": 24.0,
          "expected_interval_hours": 24,
          "last_collected_at": "2026-08-18T11:59:00Z",
          "state": "stale"
        },
        [
          "The period is still in progress: the numbers will change until it ends.",
          "This creator was last collected more than 24 hours ago; every 24 hours is expected."
        ]
      ],
      [
        {
          "age_hours": 48.0,
          "expected_interval_hours": 24,
          "last_collected_at": "2026-08-17T11:59:00Z",
          "state": "overdue"
        },
        [
          "The period is still in progress: the numbers will change until it ends.",
          "This creator was last collected 48 hours ago; every 24 hours is expected."
        ]
      ]
    ]
    "#);
}

#[tokio::test]
async fn the_answer_says_from_where_to_listen() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let request = client.program.request("GET", &client.path("/goal-compliance"), &[], "");
    let answer = world.send_at(NOW, request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let position = answer.headers()["last-event-id"].to_str().unwrap();
    let (version, at) = position.split_once('-').unwrap();
    assert!(version.parse::<i64>().is_ok_and(|version| version > 0), "{position}");
    assert_eq!(at, NOW.millis().to_string());
}
