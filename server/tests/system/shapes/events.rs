//! The shapes of events.

use super::{Client, two_creators};
use crate::events::{Event, Stream};
use crate::short::{at, post};
use crate::support::{DAY, NOW};
use insta::assert_json_snapshot;
use program::creators::record::Membership;
use serde_json::{Value, json};

impl Client<'_> {
    fn shown(&self, event: Event) -> Value {
        json!({ "event": event.name, "data": self.named(event.data) })
    }
}

#[tokio::test]
async fn each_kind_of_event_has_its_shape() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let mia = world.creator("mia").await;
    client.creator("mia").await;
    client.goal("posts", "weekly", 15).await;
    let mut stream = Stream::open(&client.program, None, NOW).await;
    assert_json_snapshot!(client.shown(stream.told().await), @r#"
    {
      "data": {},
      "event": "ready"
    }
    "#);
    world.accept(vec![post("3", "mia", "2026-08-19T11:00:00Z")]).await;
    assert_json_snapshot!(client.shown(stream.told().await), @r#"
    {
      "data": {
        "compliance": [
          {
            "actual": 3,
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
            "goal": {
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
            "measured_at": "2026-08-19T12:00:00Z",
            "pace_percent": 56,
            "percentage": 20,
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
              "expected": 15.0,
              "final": true,
              "measured_at": "2026-08-17T00:00:00Z",
              "pace_percent": 0,
              "percentage": 0,
              "previous": null,
              "projected": 0,
              "required_per_day": null,
              "status": "missed",
              "target": 15
            },
            "projected": 8,
            "required_per_day": 2.7,
            "status": "at_risk",
            "target": 15
          }
        ],
        "creator": {
          "avatar_url": null,
          "display_name": "Mia Moves",
          "id": "<mia>",
          "tiktok_handle": "mia"
        }
      },
      "event": "compliance"
    }
    "#);
    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    assert_json_snapshot!(client.shown(stream.told().await), @r#"
    {
      "data": {
        "creator_id": "<mia>"
      },
      "event": "creator_removed"
    }
    "#);
    let old = format!("1-{}", at("2026-08-17T00:00:00Z").plus_millis(-DAY).millis());
    let mut late = Stream::open(&client.program, Some(&old), NOW).await;
    assert_json_snapshot!(client.shown(late.told().await), @r#"
    {
      "data": {},
      "event": "reset"
    }
    "#);
}

#[tokio::test]
async fn a_position_that_was_never_given_is_refused() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let refused = client.send("GET", &client.path("/events"), &[("last-event-id", "x")], Vec::new()).await;
    assert_json_snapshot!(refused, @r#"
    {
      "answer": {
        "data": null,
        "error": "This Last-Event-ID is not an id that this stream gave.",
        "meta": {
          "code": "invalid_params"
        }
      },
      "status": 400
    }
    "#);
}
