//! The shapes of evidence: why a verdict is what it is.

use super::{Client, two_creators};
use insta::assert_json_snapshot;

#[tokio::test]
async fn every_post_of_the_period_is_named_with_its_reason_and_what_it_adds() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    let weekly = client.goal("views", "weekly", 400).await;
    assert_json_snapshot!(client.get(&client.path(&format!("/goals/{weekly}/evidence"))).await, @r#"
    {
      "answer": {
        "data": {
          "baseline": null,
          "evaluation": {
            "actual": 150,
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
              "scrape_freshness": {
                "age_hours": 0.0,
                "expected_interval_hours": 24,
                "last_collected_at": "2026-08-19T12:00:00Z",
                "state": "fresh"
              },
              "scrape_stale": false
            },
            "expected": 142.85,
            "final": false,
            "measured_at": "2026-08-19T12:00:00Z",
            "pace_percent": 105,
            "percentage": 38,
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
                "scrape_freshness": {
                  "age_hours": 0.0,
                  "expected_interval_hours": 24,
                  "last_collected_at": "2026-08-19T12:00:00Z",
                  "state": "fresh"
                },
                "scrape_stale": false
              },
              "expected": 400.0,
              "final": true,
              "measured_at": "2026-08-17T00:00:00Z",
              "pace_percent": 0,
              "percentage": 0,
              "previous": null,
              "projected": 0,
              "required_per_day": null,
              "status": "missed",
              "target": 400
            },
            "projected": 420,
            "required_per_day": 55.6,
            "status": "on_track",
            "target": 400
          },
          "goal": {
            "creator_id": "<mia>",
            "end_date": null,
            "id": "<the goal of weekly views>",
            "is_active": true,
            "metric": "views",
            "period": "weekly",
            "project_id": "<the project>",
            "start_date": "2026-06-01",
            "target_value": 400
          },
          "misreadings": [],
          "posts": [
            {
              "contribution": 100,
              "description": null,
              "post_id": "<id 1>",
              "published_at": "2026-08-17T10:00:00Z",
              "reason": "counted",
              "tiktok_video_id": "1",
              "url": null
            },
            {
              "contribution": 50,
              "description": null,
              "post_id": "<id 2>",
              "published_at": "2026-08-19T10:00:00Z",
              "reason": "counted",
              "tiktok_video_id": "2",
              "url": null
            }
          ],
          "posts_outside_period": 0,
          "readings": [],
          "sum": 150
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn followers_are_explained_by_the_readings_and_the_one_before_them() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    let weekly = client.goal("followers", "weekly", 50).await;
    let path = client.path(&format!("/goals/{weekly}/evidence?period_start=2026-08-17"));
    let mut answer = client.get(&path).await;
    // The goal and its verdict have the shapes above.
    let evidence = answer["answer"]["data"].as_object_mut().unwrap();
    assert!(evidence.remove("goal").is_some() && evidence.remove("evaluation").is_some());
    assert_json_snapshot!(answer, @r#"
    {
      "answer": {
        "data": {
          "baseline": {
            "captured_at": "2026-08-16T10:00:00Z",
            "followers": 1000
          },
          "misreadings": [],
          "posts": [],
          "posts_outside_period": 0,
          "readings": [
            {
              "captured_at": "2026-08-19T10:00:00Z",
              "followers": 1030
            }
          ],
          "sum": 30
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn a_period_that_lies_ahead_has_no_evidence() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let weekly = client.goal("views", "weekly", 400).await;
    let path = client.path(&format!("/goals/{weekly}/evidence?period_start=2027-01-01"));
    assert_json_snapshot!(client.get(&path).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "The goal covers no day of this period, or the period lies ahead.",
        "meta": {
          "code": "invalid_query",
          "field": "period_start"
        }
      },
      "status": 400
    }
    "#);
}
