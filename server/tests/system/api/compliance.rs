//! Tests of goal compliance and evidence over the API.

use crate::program::{Program, world_of_mia};
use crate::short::{goal, post};
use crate::support::NOW;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

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
