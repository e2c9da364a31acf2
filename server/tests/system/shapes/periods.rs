//! The shapes of the history of a goal.

use super::{Client, two_creators};
use insta::assert_json_snapshot;

#[tokio::test]
async fn past_periods_are_listed_with_their_verdicts_the_latest_first() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let weekly = client.goal("posts", "weekly", 15).await;
    assert_json_snapshot!(client.get(&client.path(&format!("/goals/{weekly}/periods?from=2026-08-10"))).await, @r#"
    {
      "answer": {
        "data": [
          {
            "actual": 2,
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
            "expected": 5.35,
            "final": false,
            "first_date": "2026-08-17",
            "last_date": "2026-08-23",
            "measured_at": "2026-08-19T12:00:00Z",
            "pace_percent": 37,
            "percentage": 13,
            "previous": null,
            "projected": 5,
            "required_per_day": 2.9,
            "status": "at_risk",
            "target": 15
          },
          {
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
            "expected": 15.0,
            "final": true,
            "first_date": "2026-08-10",
            "last_date": "2026-08-16",
            "measured_at": "2026-08-17T00:00:00Z",
            "pace_percent": 0,
            "percentage": 0,
            "previous": null,
            "projected": 0,
            "required_per_day": null,
            "status": "missed",
            "target": 15
          }
        ],
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}

#[tokio::test]
async fn too_many_days_at_once_are_refused() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let weekly = client.goal("posts", "weekly", 15).await;
    assert_json_snapshot!(client.get(&client.path(&format!("/goals/{weekly}/periods?from=2020-01-01"))).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "Ask for at most 400 days, the first not after the last.",
        "meta": {
          "code": "invalid_query",
          "field": "from"
        }
      },
      "status": 400
    }
    "#);
}
