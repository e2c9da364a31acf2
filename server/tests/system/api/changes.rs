//! Tests of goals, projects, creators and reviews that are changed over the API.

use crate::program::{Program, world_of_mia};
use crate::short::goal;
use crate::support::World;
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_goal_is_made_changed_and_deleted() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let goals = format!("/projects/{}/goals", world.id());
    let mia = world.creator("mia").await;
    let body = json!({ "creator_id": mia, "metric": "posts", "period": "weekly", "target_value": 15 });
    let (status, made) = program.send("POST", &goals, &[], body.to_string().into_bytes()).await;
    assert_eq!(
        (status, &made["data"]["target_value"], &made["data"]["is_active"]),
        (StatusCode::CREATED, &json!(15), &json!(true))
    );
    assert_eq!(program.refused("POST", &goals, &body.to_string()).await.0, 409, "a second one over the same dates");
    let one = format!("{goals}/{}", made["data"]["id"].as_str().unwrap());
    assert_eq!(program.get(&one).await["data"], made["data"]);
    assert_eq!(program.get(&format!("{goals}?creator_id={mia}")).await["data"], json!([made["data"]]));
    assert_eq!(program.get(&format!("{goals}?creator_id={}", Uuid::nil())).await["data"], json!([]));

    let change = json!({ "target_value": 20, "end_date": "2026-12-31" }).to_string();
    let (_, changed) = program.send("PATCH", &one, &[], change.into_bytes()).await;
    assert_eq!((&changed["data"]["target_value"], &changed["data"]["end_date"]), (&json!(20), &json!("2026-12-31")));
    let (_, changed) = program.send("PATCH", &one, &[], b"{\"end_date\":null}".to_vec()).await;
    assert_eq!((&changed["data"]["target_value"], &changed["data"]["end_date"]), (&json!(20), &Value::Null));
    let cases = [
        ("{\"target_value\":0}", "target_value"),
        ("{\"start_date\":\"2026-02-30\"}", "start_date"),
        // It would cover no day.
        ("{\"end_date\":\"2020-01-01\"}", "end_date"),
    ];
    for (body, field) in cases {
        let (status, code, named) = program.refused("PATCH", &one, body).await;
        assert_eq!((status, code.as_str(), named.as_str()), (400, "invalid_body", field));
    }
    let (status, _) = program.send("DELETE", &one, &[], Vec::new()).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(program.refused("GET", &one, "").await.0, 404);
    assert_eq!(program.refused("DELETE", &one, "").await.0, 404);
}

#[tokio::test]
async fn a_program_sets_up_a_project_and_its_creators() {
    let world = World::new().await;
    let program = Program::new(&world, None, true).await;
    let body = json!({ "name": "Winter", "time_zone": "Asia/Seoul", "week_start": "sunday" }).to_string();
    let (status, made) = program.send("POST", "/projects", &[], body.into_bytes()).await;
    assert_eq!((status, &made["data"]["early_grace_percent"]), (StatusCode::CREATED, &json!(10)));
    let project = format!("/projects/{}", made["data"]["id"].as_str().unwrap());
    let (_, changed) = program.send("PATCH", &project, &[], b"{\"early_grace_percent\":20}".to_vec()).await;
    assert_eq!(
        (&changed["data"]["early_grace_percent"], &changed["data"]["week_start"]),
        (&json!(20), &json!("sunday"))
    );

    let body = json!({ "creators": [
        { "tiktok_handle": "@Mia", "display_name": "Mia", "tracking_start_date": "2026-08-01" },
        { "tiktok_handle": "theo", "tracking_mode": "selective" },
    ] });
    let (status, added) =
        program.send("POST", &format!("{project}/creators"), &[], body.to_string().into_bytes()).await;
    assert_eq!((status, added["data"][0]["outcome"].as_str()), (StatusCode::CREATED, Some("added")), "{added}");
    let mia = format!("{project}/creators/{}", added["data"][0]["id"].as_str().unwrap());
    assert_eq!(program.get(&mia).await["data"]["tiktok_handle"], "mia");
    let body = b"{\"display_name\":null,\"tracking_mode\":\"selective\"}".to_vec();
    let (_, changed) = program.send("PATCH", &mia, &[], body).await;
    assert_eq!(
        (&changed["data"]["display_name"], &changed["data"]["tracking_start_date"]),
        (&Value::Null, &json!("2026-08-01"))
    );
    assert_eq!(program.send("DELETE", &mia, &[], Vec::new()).await.0, StatusCode::NO_CONTENT);
    assert_eq!(program.get(&mia).await["data"]["is_active"], false);
    assert_eq!(program.get(&format!("{project}/creators")).await["data"].as_array().unwrap().len(), 1);
    let (_, again) =
        program.send("POST", &format!("{project}/creators"), &[], b"{\"tiktok_handle\":\"mia\"}".to_vec()).await;
    assert_eq!(again["data"][0]["outcome"], "restored");
}

#[tokio::test]
async fn a_decision_on_a_post_shows_in_the_next_evaluation() {
    let world = world_of_mia().await;
    world.add_goal("mia", &goal("posts", "weekly", 15)).await;
    let program = Program::writing(&world).await;
    let posts = format!("/projects/{}/posts", world.id());
    let shown = program.get(&format!("{posts}?limit=1")).await;
    assert!(shown["meta"]["nextCursor"].is_string(), "{shown}");
    let post = format!("{posts}/{}", shown["data"][0]["id"].as_str().unwrap());
    let actual = async || {
        let path = format!("/projects/{}/goal-compliance", world.id());
        program.get(&path).await["data"][0]["compliance"][0]["actual"].clone()
    };
    assert_eq!(actual().await, 2);
    let (_, decided) = program.send("PATCH", &post, &[], b"{\"tracking_status\":\"excluded\"}".to_vec()).await;
    assert_eq!((decided["data"]["tracking_status"].as_str(), actual().await), (Some("excluded"), json!(1)));
    assert_eq!(program.get(&format!("{posts}?tracking_status=excluded")).await["data"].as_array().unwrap().len(), 1);
    program.send("PATCH", &post, &[], b"{\"tracking_status\":\"included\",\"tracking_disabled\":true}".to_vec()).await;
    assert_eq!(actual().await, 1);
    program.send("PATCH", &post, &[], b"{\"tracking_disabled\":false}".to_vec()).await;
    assert_eq!(actual().await, 2);
}
