//! Tests of the API: keys, envelopes, refusals, goals, compliance, evidence, facts.

use super::program::{Program, world_of_mia};
use super::short::{followers, goal, post};
use super::support::{NOW, World, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use rstest::rstest;
use serde_json::{Value, json};
use std::io::Write as _;
use tower::ServiceExt as _;
use uuid::Uuid;

#[tokio::test]
async fn without_a_valid_key_nothing_is_said() {
    let world = World::new().await;
    let known = Program::writing(&world).await;
    for authorization in ["", "Bearer", "Basic abc", "Bearer cg_1", &format!("Bearer cg_{}", "0".repeat(64))] {
        let request = Request::builder()
            .uri(format!("/api/v1/projects/{}", world.id()))
            .header(header::HOST, "localhost")
            .header(header::AUTHORIZATION, authorization);
        let response = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{authorization}");
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        assert!(text(response).await.contains("invalid_api_key"));
    }
    known.get("/projects").await;
    let key = world.store.api_keys().await.unwrap()[0].api_key_id;
    world.store.revoke_api_key(key, NOW).await.unwrap();
    let (status, ..) = known.refused("GET", "/projects", "").await;
    assert_eq!(status, 401, "revoked at once");
}

#[tokio::test]
async fn a_key_opens_its_own_project_and_may_no_more_than_its_scope() {
    let world = World::new().await;
    let other = world
        .store
        .create_project(Uuid::now_v7(), &super::short::project_in(super::short::zone("UTC")), NOW)
        .await
        .unwrap();
    let (own, reading) = (world.id(), Program::new(&world, Some(world.id()), false).await);
    assert_eq!(reading.get("/projects").await["data"].as_array().unwrap().len(), 1);
    assert_eq!(reading.get(&format!("/projects/{own}")).await["data"]["name"], "Summer");
    let foreign = format!("/projects/{}", other.project_id);
    assert_eq!(reading.refused("GET", &foreign, "").await, (404, "not_found".to_owned(), String::new()));
    let (status, answer) = reading.send("POST", &format!("/projects/{own}/stats"), &[], b"[]".to_vec()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(answer["meta"]["code"], "insufficient_scope");
    assert_eq!((&answer["meta"]["required"], &answer["meta"]["granted"]), (&json!("write"), &json!(["read"])));
    let every = Program::new(&world, None, false).await;
    assert_eq!(every.get("/projects").await["data"].as_array().unwrap().len(), 2);
    every.get(&foreign).await;
}

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
    for (body, field) in [("{\"target_value\":0}", "target_value"), ("{\"start_date\":\"2026-02-30\"}", "start_date")] {
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
async fn compliance_is_what_the_overview_says_and_is_sent_once() {
    let world = world_of_mia().await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 15)).await;
    world.add_goal("mia", &goal("followers", "monthly", 100)).await;
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goal-compliance", world.id());
    let answer = program.get(&path).await;
    let standing = &world.standings(NOW).await[0];
    let shown = answer["data"][0]["compliance"].as_array().unwrap();
    assert_eq!(shown.len(), 2);
    for ((goal_id, evaluation), shown) in standing.evaluations.iter().zip(shown) {
        assert_eq!(shown["goal"]["id"], json!(goal_id));
        assert_eq!((&shown["actual"], &shown["target"]), (&json!(evaluation.actual), &json!(evaluation.target)));
        assert_eq!(shown["status"], json!(evaluation.status.name()));
        assert_eq!(shown["advisory"]["messages"], json!(evaluation.advisory.messages()));
    }
    let weekly = program.get(&format!("{path}?period=weekly")).await;
    assert_eq!(weekly["data"][0]["compliance"][0]["goal"]["id"], json!(goal_id));
    assert_eq!(weekly["data"][0]["compliance"].as_array().unwrap().len(), 1);
    // Monday as it was at its end: one post, whatever was sent later.
    let monday = program.get(&format!("{path}?period=weekly&reference_date=2026-08-17")).await;
    let monday = &monday["data"][0]["compliance"][0];
    assert_eq!((&monday["actual"], &monday["advisory"]["period_start"]), (&json!(1), &json!("2026-08-17T00:00:00Z")));
    assert_eq!(monday["measured_at"], Value::Null, "her posts were first seen on Tuesday: {monday}");
    let followers = program.get(&format!("{path}?period=monthly&reference_date=2026-08-17")).await;
    let followers = &followers["data"][0]["compliance"][0];
    assert_eq!(followers["measured_at"], "2026-08-16T10:00:00Z", "the last look by then, before this week");

    let request = |etag: &str| {
        Request::builder()
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, "localhost")
            .header(header::AUTHORIZATION, format!("Bearer {}", program.secret.reveal()))
            .header(header::IF_NONE_MATCH, etag)
            .body(Body::empty())
            .unwrap()
    };
    let first = world.send(request("\"other\"")).await;
    let etag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    let again = world.send(request(&etag)).await;
    assert_eq!((first.status(), again.status()), (StatusCode::OK, StatusCode::NOT_MODIFIED));
    world.accept(vec![post("3", "mia", "2026-08-19T11:00:00Z")]).await;
    assert_eq!(world.send(request(&etag)).await.status(), StatusCode::OK, "a post arrived");

    let counts = program.get(&format!("/analytics/aggregate/goal-compliance?project_id={}", world.id())).await;
    assert_eq!((&counts["data"]["goals"], &counts["data"]["creators"]), (&json!(2), &json!(1)));
    let statuses = counts["data"]["by_status"].as_object().unwrap().values();
    assert_eq!(statuses.filter_map(Value::as_i64).sum::<i64>(), 2);
}

#[tokio::test]
async fn the_evidence_of_any_period_adds_up_to_its_verdict() {
    let world = world_of_mia().await;
    let program = Program::new(&world, Some(world.id()), false).await;
    for (metric, period) in
        [("posts", "weekly"), ("views", "daily"), ("followers", "monthly"), ("engagement", "weekly")]
    {
        let goal_id = world.add_goal("mia", &goal(metric, period, 10)).await;
        let goal = format!("/projects/{}/goals/{goal_id}", world.id());
        let periods = program.get(&format!("{goal}/periods?from=2026-08-03")).await;
        let periods = periods["data"].as_array().unwrap();
        assert!(!periods.is_empty(), "{metric}");
        for verdict in periods {
            let first = verdict["first_date"].as_str().unwrap();
            let evidence = program.get(&format!("{goal}/evidence?period_start={first}")).await;
            let evidence = &evidence["data"];
            assert_eq!((&evidence["sum"], &evidence["evaluation"]["actual"]), (&verdict["actual"], &verdict["actual"]));
            let posts = evidence["posts"].as_array().unwrap().iter();
            let sum: i64 = posts.filter_map(|post| post["contribution"].as_i64()).sum();
            if metric != "followers" {
                assert_eq!(json!(sum), verdict["actual"], "{metric} {first}");
            }
        }
        let ahead = program.refused("GET", &format!("{goal}/evidence?period_start=2027-01-01"), "").await;
        assert_eq!(ahead.2, "period_start");
        assert_eq!(program.refused("GET", &format!("{goal}/periods?from=2020-01-01"), "").await.2, "from");
    }
}

const FACTS: &str = r#"[
    {"type":"post","tiktok_video_id":"9","tiktok_handle":"mia","published_at":"2026-08-19T09:00:00Z"},
    {"type":"post_stats","tiktok_video_id":"9","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00+02:00","view_count":7},
    {"type":"post_stats","tiktok_video_id":"404","tiktok_handle":"mia","captured_at":1787130000,"view_count":1},
    {"type":"creator_stats","tiktok_handle":"nobody","captured_at":"2026-08-19T11:00:00Z","follower_count":1},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","follower_count":-1},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-20T11:00:00Z","follower_count":5},
    {"type":"collection","tiktok_handle":"mia","collected_at":"2026-08-19T11:30:00Z"},
    {"type":"magic"},
    {"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","folower_count":5},
    {"type":"collection","tiktok_handle":"mia","tiktok_handle":"theo","collected_at":"2026-08-19T11:30:00Z"}
]"#;

#[tokio::test]
async fn facts_are_taken_in_row_by_row_and_known_to_the_next_read() {
    let world = world_of_mia().await;
    world.add_goal("mia", &goal("posts", "weekly", 15)).await;
    let program = Program::writing(&world).await;
    let outcome = program.facts(FACTS).await;
    assert_eq!(
        (&outcome["accepted"], &outcome["parked"], &outcome["rejected_count"]),
        (&json!(3), &json!(1), &json!(6))
    );
    let rejected: Vec<_> =
        outcome["rejected"].as_array().unwrap().iter().map(|row| (row["row"].clone(), row["code"].clone())).collect();
    assert_eq!(rejected[0], (json!(4), json!("unknown_creator")), "{rejected:?}");
    assert_eq!(rejected.iter().map(|(row, _)| row.as_i64().unwrap()).collect::<Vec<_>>(), [4, 5, 6, 8, 9, 10]);
    let last: Vec<_> = outcome["rejected"].as_array().unwrap()[4..].iter().map(|row| &row["field"]).collect();
    assert_eq!(last, ["folower_count", "tiktok_handle"]);
    let compliance = program.get(&format!("/projects/{}/goal-compliance", world.id())).await;
    assert_eq!(compliance["data"][0]["compliance"][0]["actual"], 3);
    let again = program.facts(FACTS).await;
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(4)), "{again}");
}

#[tokio::test]
async fn facts_come_as_lines_too_packed_too_and_by_the_creators_id() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let mia = world.creator("mia").await;
    let line = |hour: u32| json!({ "type": "creator_stats", "creator_id": mia, "captured_at": format!("2026-08-18T{hour:02}:00:00Z"), "follower_count": hour + 1 });
    let lines = (0..20).map(|hour| line(hour).to_string()).collect::<Vec<_>>().join("\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(lines.as_bytes()).unwrap();
    let outcome = program.facts(packed.finish().unwrap()).await;
    assert_eq!((&outcome["accepted"], &outcome["rejected_count"]), (&json!(20), &json!(0)), "{outcome}");
    let with_a_bad_line = format!("{}\nnot json\n{}", line(20), line(21));
    let outcome = program.facts(with_a_bad_line).await;
    assert_eq!((&outcome["accepted"], &outcome["rejected_count"]), (&json!(2), &json!(1)), "{outcome}");
}

#[tokio::test]
async fn a_body_that_is_too_large_or_a_bomb_is_refused_and_what_came_before_stays() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let fact = json!({ "type": "creator_stats", "tiktok_handle": "mia", "captured_at": "2026-08-18T01:00:00Z", "follower_count": 7 });
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(format!("{fact}\n").as_bytes()).unwrap();
    for _ in 0..70 {
        packed.write_all(&vec![b'\n'; 1024 * 1024]).unwrap();
    }
    let bomb = packed.finish().unwrap();
    assert!(bomb.len() < 200_000, "a small body");
    let path = format!("/projects/{}/stats", world.id());
    let (status, answer) = program.send("POST", &path, &[], bomb).await;
    assert_eq!((status, &answer["meta"]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("too_large")));
    assert_eq!(answer["meta"]["accepted"], 1, "{answer}");
    let large = vec![b' '; 2 * 1024 * 1024];
    let (status, _) = program.send("POST", &format!("/projects/{}/goals", world.id()), &[], large).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn many_small_requests_at_once_all_go_in_and_none_twice() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let path = format!("/projects/{}/stats", world.id());
    let router = world.router_at(NOW);
    let requests = (0..200_i64).map(|number| {
        let captured_at = NOW.plus_millis(-3_600_000 + number * 1_000).millis() / 1_000;
        let fact = json!([{ "type": "creator_stats", "tiktok_handle": "mia", "captured_at": captured_at, "follower_count": 2_000 + number }]);
        // All requests go to one server, where they share commits.
        let request = router.clone().oneshot(program.request("POST", &path, &[], fact.to_string()));
        async move { text(request.await.unwrap()).await }
    });
    for answer in futures_util::future::join_all(requests).await {
        let told: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(told["data"]["accepted"], 1, "{answer}");
    }
    let readings =
        world.store.follower_evidence(world.id(), world.creator("mia").await, &super::short::august(), NOW).await;
    assert_eq!(readings.unwrap().last().unwrap().followers, 2_199);
    assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0);
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
    // As many as there are, each of them: so none is there twice.
    seen.sort_unstable();
    assert_eq!(seen, (0..7).map(|number| format!("creator{number}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_description_is_whole_and_its_page_shows_every_operation() {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    let (status, description) = program.send("GET", "/openapi.json", &[], Vec::new()).await;
    assert_eq!((status, &description["openapi"]), (StatusCode::OK, &json!("3.1.0")));
    let page = text(world.get("/docs/api").await).await;
    let mut ids = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "{method} {path} is not on the page");
            assert!(page.contains(operation["summary"].as_str().unwrap()), "{id}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{id} {status}");
            }
            assert!(operation["responses"]["401"].is_object(), "{id} needs a key");
            ids.push(id.to_owned());
        }
    }
    let known = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), known), (30, 30), "{ids:?}");
    assert!(
        description
            .to_string()
            .contains(r#""operationId":"get_goal","parameters":{"goal_id":"$response.body#/data/id""#)
    );
}

#[tokio::test]
async fn a_creator_is_found_by_id_however_the_body_is_written() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let mia = world.creator("mia").await;
    let fact = |name: &str, at: i64| {
        format!(r#"{{"type":"collection","{name}":"{mia}","collected_at":{}}}"#, 1_787_130_000 + at)
    };
    for body in [fact("creator_id", 1), fact("creator\\u005fid", 2)] {
        let told = program.facts(body).await;
        assert_eq!((&told["accepted"], &told["rejected_count"]), (&json!(1), &json!(0)), "{told}");
    }
}

#[tokio::test]
async fn who_read_a_number_is_kept() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let told = program
        .facts(
            r#"[{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"mia","captured_at":1787140000,"view_count":1,"source":"  night shift "},
                {"type":"post_stats","tiktok_video_id":"99","tiktok_handle":"mia","captured_at":1787140000,"view_count":5,"source":"early bird"},
                {"type":"creator_stats","tiktok_handle":"mia","captured_at":1787140000,"follower_count":1050},
                {"type":"collection","tiktok_handle":"mia","collected_at":1787140000,"source":"x"}]"#,
        )
        .await;
    assert_eq!(
        (&told["accepted"], &told["parked"], &told["rejected"][0]["field"]),
        (&json!(2), &json!(1), &json!("source"))
    );
    world.accept(vec![post("99", "mia", "2026-08-18T10:00:00Z")]).await;
    let sources = "SELECT source FROM post_snapshots WHERE captured_at = 1787140000000 ORDER BY source";
    assert_eq!(world.texts(sources).await, ["early bird", "night shift"], "also when it had to wait for its post");
    let source = "SELECT source FROM creator_snapshots WHERE captured_at = 1787140000000";
    assert_eq!(world.texts(source).await, ["api"]);
}
