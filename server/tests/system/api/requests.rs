//! Tests of requests of every kind: bad ones, repeated ones, lists.

use crate::program::{Program, world_of_mia};
use crate::short::followers;
use crate::support::World;
use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;

#[rstest]
#[case("GET", "/projects?limit=0", "", (400, "invalid_query", "limit"))]
#[case("GET", "/projects?limit=101", "", (400, "invalid_query", "limit"))]
#[case("GET", "/projects?cursor=x", "", (400, "invalid_query", "cursor"))]
#[case("GET", "/projects?limit=1&limit=2", "", (400, "invalid_query", "limit"))]
#[case("GET", "/projects?colour=red", "", (400, "invalid_query", "colour"))]
#[case("GET", "/projects/one", "", (400, "invalid_params", ""))]
#[case("GET", "/no-such-thing", "", (404, "not_found", ""))]
#[case("GET", "/projects/{P}/goal-compliance?period=yearly", "", (400, "invalid_query", "period"))]
#[case("GET", "/projects/{P}/goal-compliance?reference_date=2026-02-30", "", (400, "invalid_query", "reference_date"))]
#[case("GET", "/projects/{P}/goal-compliance?reference_date=2026-08-20", "", (400, "invalid_query", "reference_date"))]
#[case("GET", "/analytics/aggregate/goal-compliance", "", (400, "invalid_query", "project_id"))]
#[case("POST", "/projects/{P}/goals", "", (400, "invalid_body", ""))]
#[case("POST", "/projects/{P}/goals", "{\"a\":1}", (400, "invalid_body", "a"))]
#[case("POST", "/projects/{P}/goals", "{\"creator_id\":5}", (400, "invalid_body", "creator_id"))]
#[case("POST", "/projects/{P}/goals", "{\"metric\":\"posts\",\"metric\":\"views\"}", (400, "invalid_body", "metric"))]
#[case("POST", "/projects/{P}/goals", "{}", (400, "invalid_body", "creator_id"))]
#[case("POST", "/projects/{P}/creators", "{}", (400, "invalid_body", "tiktok_handle"))]
#[case("POST", "/projects/{P}/creators", "{\"tiktok_handle\":\"a b\"}", (400, "invalid_body", "tiktok_handle"))]
#[case("POST", "/projects/{P}/creators", "{\"tiktok_handle\":\"a\",\"tiktok_handle\":\"b\"}", (400, "invalid_body", "tiktok_handle"))]
#[case("POST", "/projects/{P}/creators", "{\"creators\":[]}", (400, "invalid_body", "creators"))]
#[case("POST", "/projects/{P}/creators", "{\"creators\":[{\"tiktok_handle\":\"a\"},{\"tiktok_handle\":7}]}", (400, "invalid_body", "creators[1].tiktok_handle"))]
#[case("POST", "/projects/{P}/creators", "{\"creators\":[{\"tiktok_handle\":\"a\"},{\"tiktok_handle\":\"b\",\"tracking_mode\":\"x\"}]}", (400, "invalid_body", "creators[1].tracking_mode"))]
#[case("PATCH", "/projects/{P}", "{\"time_zone\":\"Mars/Olympus\"}", (400, "invalid_body", "time_zone"))]
#[case("PATCH", "/projects/{P}", "{\"early_grace_percent\":101}", (400, "invalid_body", "early_grace_percent"))]
#[case("PATCH", "/projects/{P}", "{\"early_grace_percent\":-1}", (400, "invalid_body", "early_grace_percent"))]
#[case("GET", "/projects/{P}/posts?tracking_status=liked", "", (400, "invalid_query", "tracking_status"))]
#[case("PATCH", "/projects/{P}/posts/{P}", "{\"tracking_status\":\"liked\"}", (400, "invalid_body", "tracking_status"))]
#[case("PATCH", "/projects/{P}/posts/{P}", "{\"tracking_status\":\"excluded\"}", (404, "not_found", ""))]
#[case("DELETE", "/projects/{P}/creators/{P}", "", (404, "not_found", ""))]
#[case("POST", "/projects/{P}/stats", "", (400, "invalid_body", ""))]
#[case("POST", "/projects/{P}/stats", "<html></html>", (400, "invalid_body", ""))]
#[tokio::test]
async fn bad_input_is_refused_and_named(
    #[case] method: &str,
    #[case] path: &str,
    #[case] body: &str,
    #[case] expected: (u16, &str, &str),
) {
    let world = World::new().await;
    let path = path.replace("{P}", &world.id().to_string());
    let (status, code, field) = Program::writing(&world).await.refused(method, &path, body).await;
    assert_eq!((status, code.as_str(), field.as_str()), expected);
}

#[tokio::test]
async fn the_same_request_sent_again_gets_the_first_answer_again() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let goals = format!("/projects/{}/goals", world.id());
    let body = |target: i64| {
        let body = json!({ "creator_id": "C", "metric": "views", "period": "daily", "target_value": target });
        body.to_string().into_bytes()
    };
    let with_creator = async |target| {
        let mia = world.creator("mia").await.to_string();
        String::from_utf8(body(target)).unwrap().replace("\"C\"", &format!("\"{mia}\"")).into_bytes()
    };
    let key = [("idempotency-key", "make-it-once")];
    let (first_status, first) = program.send("POST", &goals, &key, with_creator(5).await).await;
    let (second_status, second) = program.send("POST", &goals, &key, with_creator(5).await).await;
    assert_eq!((first_status, &first), (StatusCode::CREATED, &second));
    assert_eq!(first_status, second_status);
    assert_eq!(program.get(&goals).await["data"].as_array().unwrap().len(), 1);
    let (status, answer) = program.send("POST", &goals, &key, with_creator(6).await).await;
    assert_eq!((status, &answer["meta"]["code"]), (StatusCode::CONFLICT, &json!("conflict")));
    let intake = format!("/projects/{}/stats", world.id());
    let facts = br#"[{"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","follower_count":1040}]"#;
    let (_, first) = program.send("POST", &intake, &[("idempotency-key", "facts")], facts.to_vec()).await;
    let (_, second) = program.send("POST", &intake, &[("idempotency-key", "facts")], facts.to_vec()).await;
    assert_eq!((&first["data"]["accepted"], &first), (&json!(1), &second), "not a duplicate: the first answer");
}

#[tokio::test]
async fn lists_are_cut_by_cursor_and_nothing_is_shown_twice_or_left_out() {
    let world = World::new().await;
    let facts = (0..7).map(|number| followers(&format!("creator{number}"), "2026-08-18T10:00:00Z", 5)).collect();
    world.accept(facts).await;
    let program = Program::new(&world, None, false).await;
    let path = format!("/projects/{}/creators?limit=3", world.id());
    let (mut seen, mut pages, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let page = program.get(&format!("{path}{cursor}")).await;
        let creators = page["data"].as_array().unwrap();
        pages.push(creators.len());
        seen.extend(creators.iter().map(|creator| creator["tiktok_handle"].as_str().unwrap().to_owned()));
        match page["meta"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(pages, [3, 3, 1]);
    // As many as there are, and each of them, so none occurs twice.
    seen.sort_unstable();
    assert_eq!(seen, (0..7).map(|number| format!("creator{number}")).collect::<Vec<_>>());
}
