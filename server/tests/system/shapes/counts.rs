//! The shape of the counts of verdicts.

use super::{Client, two_creators};
use insta::assert_json_snapshot;

#[tokio::test]
async fn verdicts_are_counted_by_status_metric_and_period() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    client.goal("posts", "weekly", 15).await;
    client.goal("views", "daily", 100).await;
    client.goal("followers", "monthly", 20).await;
    let path = format!("/analytics/aggregate/goal-compliance?project_id={}", world.id());
    assert_json_snapshot!(client.get(&path).await, @r#"
    {
      "answer": {
        "data": {
          "by_metric": [
            {
              "by_status": {
                "at_risk": 1,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 0
              },
              "name": "posts"
            },
            {
              "by_status": {
                "at_risk": 0,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 1
              },
              "name": "views"
            },
            {
              "by_status": {
                "at_risk": 0,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 0
              },
              "name": "engagement"
            },
            {
              "by_status": {
                "at_risk": 0,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 1
              },
              "name": "followers"
            }
          ],
          "by_period": [
            {
              "by_status": {
                "at_risk": 0,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 1
              },
              "name": "daily"
            },
            {
              "by_status": {
                "at_risk": 1,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 0
              },
              "name": "weekly"
            },
            {
              "by_status": {
                "at_risk": 0,
                "behind_pace": 0,
                "completed": 0,
                "missed": 0,
                "on_track": 1
              },
              "name": "monthly"
            }
          ],
          "by_status": {
            "at_risk": 1,
            "behind_pace": 0,
            "completed": 0,
            "missed": 0,
            "on_track": 2
          },
          "creators": 2,
          "creators_needing_attention": 1,
          "goals": 3,
          "just_ended": {
            "at_risk": 0,
            "behind_pace": 0,
            "completed": 1,
            "missed": 0,
            "on_track": 0
          }
        },
        "error": null,
        "meta": null
      },
      "status": 200
    }
    "#);
}
