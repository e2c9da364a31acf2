//! The shapes of goal compliance on a past day.

use super::{Client, two_creators};
use insta::assert_json_snapshot;

#[tokio::test]
async fn a_day_of_the_past_is_answered_as_it_was_at_its_end() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.creator("mia").await;
    client.goal("posts", "daily", 1).await;
    let monday = client.get(&client.path("/goal-compliance?period=daily&reference_date=2026-08-17&limit=1")).await;
    assert_json_snapshot!(monday["answer"]["data"][0]["compliance"], @r#"
    [
      {
        "actual": 1,
        "advisory": {
          "has_advisory": true,
          "hours_since_period_end": 0.0,
          "hours_until_period_end": null,
          "messages": [
            "The period ended less than an hour ago: late data may still change this result until 48 hours after its end."
          ],
          "not_yet_started": false,
          "period_end": "2026-08-18T00:00:00Z",
          "period_in_progress": false,
          "period_recently_ended": true,
          "period_start": "2026-08-17T00:00:00Z",
          "scrape_freshness": null,
          "scrape_stale": false
        },
        "expected": 0.0,
        "final": false,
        "goal": {
          "creator_id": "<mia>",
          "end_date": null,
          "id": "<the goal of daily posts>",
          "is_active": true,
          "metric": "posts",
          "period": "daily",
          "project_id": "<the project>",
          "start_date": "2026-06-01",
          "target_value": 1
        },
        "measured_at": null,
        "pace_percent": null,
        "percentage": 100,
        "previous": {
          "actual": 0,
          "advisory": {
            "has_advisory": true,
            "hours_since_period_end": 24.0,
            "hours_until_period_end": null,
            "messages": [
              "The period ended 24 hours ago: late data may still change this result until 48 hours after its end."
            ],
            "not_yet_started": false,
            "period_end": "2026-08-17T00:00:00Z",
            "period_in_progress": false,
            "period_recently_ended": true,
            "period_start": "2026-08-16T00:00:00Z",
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
          "target": 1
        },
        "projected": null,
        "required_per_day": null,
        "status": "completed",
        "target": 1
      }
    ]
    "#);
    assert_json_snapshot!(monday["answer"]["meta"], @r#"
    {
      "nextCursor": "<mia>"
    }
    "#);
}
