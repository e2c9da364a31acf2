//! Tests of campaigns in the API: creating them, adding items, and that their numbers are those of the union.

use super::program::{Program, world_of_mia};
use super::short::{goal, post, project_in, views, zone};
use super::support::{NOW, World};
use axum::http::StatusCode;
use program::creators::record::Membership;
use program::ids::ProjectId;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

fn path(world: &World, rest: &str) -> String {
    format!("/projects/{}/campaigns{rest}", world.id())
}

async fn make(program: &Program<'_>, body: Value) -> String {
    let campaigns = path(program.world, "");
    let (status, answer) = program.send("POST", &campaigns, &[], body.to_string().into_bytes()).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    answer["data"]["id"].as_str().unwrap().to_owned()
}

async fn put(program: &Program<'_>, campaign: &str, items: &[(&str, &str)]) -> (u16, Value) {
    let items: Vec<_> = items.iter().map(|(kind, id)| json!({ "kind": kind, "id": id })).collect();
    let body = json!({ "items": items }).to_string().into_bytes();
    let (status, answer) = program.send("POST", &path(program.world, &format!("/{campaign}/items")), &[], body).await;
    (status.as_u16(), answer)
}

async fn stats(program: &Program<'_>, campaign: &str, query: &str) -> Value {
    program.get(&path(program.world, &format!("/{campaign}{query}"))).await["data"].clone()
}

/// Creates Mia with two posts and Theo with one, and returns their ids.
async fn world() -> (World, [String; 2], [String; 3]) {
    let world = world_of_mia().await;
    world
        .accept(vec![
            post("3", "theo", "2026-08-18T10:00:00Z"),
            views("3", "2026-08-18T12:00:00Z", 1_000),
            views("3", "2026-08-19T11:00:00Z", 1_500),
        ])
        .await;
    let program = Program::writing(&world).await;
    let posts = program.get(&format!("/projects/{}/posts", world.id())).await;
    let id_of = |video: &str| {
        let mut posts = posts["data"].as_array().unwrap().iter();
        posts.find(|post| post["tiktok_video_id"] == video).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let posts = [id_of("1"), id_of("2"), id_of("3")];
    let creators = [world.creator("mia").await.to_string(), world.creator("theo").await.to_string()];
    (world, creators, posts)
}

#[tokio::test]
async fn a_campaign_is_made_changed_and_deleted() {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    let id = make(&program, json!({ "name": " Spring ", "target_views": 1_000, "target_date": "2026-08-31" })).await;
    let one = path(&world, &format!("/{id}"));
    let made = program.get(&one).await["data"].clone();
    assert_eq!((&made["name"], &made["notes"]), (&json!("Spring"), &json!("")));
    assert_eq!((&made["start_date"], &made["target_date"]), (&json!("2026-08-19"), &json!("2026-08-31")), "from today");
    assert_eq!((&made["stats"]["from"], &made["stats"]["to"]), (&json!("2026-07-21"), &json!("2026-08-19")), "30 days");
    assert_eq!(program.get(&path(&world, "")).await["data"][0]["id"], json!(id));

    let change = async |body: Value| program.send("PATCH", &one, &[], body.to_string().into_bytes()).await.1;
    let noted = change(json!({ "notes": "<script>", "start_date": "2026-08-01" })).await["data"].clone();
    assert_eq!(
        (&noted["notes"], &noted["start_date"], &noted["name"]),
        (&json!("<script>"), &json!("2026-08-01"), &json!("Spring"))
    );
    let without = change(json!({ "target_views": null, "target_date": null })).await["data"].clone();
    assert_eq!((&without["target_views"], &without["start_date"]), (&Value::Null, &Value::Null));
    assert_eq!(stats(&program, &id, "").await["progress"], Value::Null);

    let (status, _) = program.send("DELETE", &one, &[], Vec::new()).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    for (method, body) in [("GET", ""), ("PATCH", "{}"), ("DELETE", "")] {
        assert_eq!(program.refused(method, &one, body).await.0, 404, "{method}");
    }
    assert_eq!(program.get(&path(&world, "")).await["data"], json!([]));
}

#[rstest]
#[case(json!({ "name": " " }), "name")]
#[case(json!({ "name": "x".repeat(121) }), "name")]
#[case(json!({ "name": "A", "notes": "x".repeat(10_001) }), "notes")]
#[case(json!({ "name": "A", "target_views": 0, "target_date": "2026-09-01" }), "target_views")]
#[case(json!({ "name": "A", "target_views": 5 }), "target_date")]
#[case(json!({ "name": "A", "target_date": "2026-09-01" }), "target_views")]
#[case(json!({ "name": "A", "start_date": "2026-09-01" }), "target_views")]
#[case(json!({ "name": "A", "target_views": 5, "target_date": "2026-02-30" }), "target_date")]
#[case(json!({ "name": "A", "target_views": 5, "start_date": "2026-09-02", "target_date": "2026-09-01" }), "target_date")]
#[case(json!({ "name": "A", "colour": "red" }), "colour")]
#[tokio::test]
async fn what_is_wrong_is_named(#[case] body: Value, #[case] field: &str) {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    let refused = program.refused("POST", &path(&world, ""), &body.to_string()).await;
    assert_eq!(refused, (400, "invalid_body".to_owned(), field.to_owned()));
}

#[tokio::test]
async fn what_is_reached_twice_counts_once() {
    let (world, [mia, theo], [first, _, third]) = world().await;
    let program = Program::writing(&world).await;
    let (inner, outer) =
        (make(&program, json!({ "name": "Inner" })).await, make(&program, json!({ "name": "Outer" })).await);
    let gained = async |campaign: &str| {
        let stats = stats(&program, campaign, "?from=2026-08-17&to=2026-08-19").await["stats"].clone();
        ["creator_count", "single_post_count", "posts", "views", "followers"].map(|name| stats[name].as_i64().unwrap())
    };
    assert_eq!(gained(&outer).await, [0; 5], "nothing in it");
    assert_eq!(put(&program, &inner, &[("creator", &mia), ("post", &first)]).await.0, 201);
    assert_eq!(gained(&inner).await, [1, 0, 2, 150, 30], "her own post is hers already");
    assert_eq!(put(&program, &outer, &[("post", &third), ("campaign", &inner)]).await.1["data"]["added"], 2);
    assert_eq!(gained(&outer).await, [1, 1, 3, 1_650, 30], "a single post brings no followers");
    put(&program, &outer, &[("creator", &mia), ("creator", &theo)]).await;
    assert_eq!(gained(&outer).await, [2, 0, 3, 1_650, 30]);
    assert_eq!(put(&program, &outer, &[("creator", &mia)]).await.1["data"]["added"], 0, "in already");

    // The same numbers as the goals over the same days.
    world.add_goal("mia", &goal("views", "weekly", 200)).await;
    assert_eq!(world.actual("mia", NOW).await, 150);

    world.store.set_membership(world.id(), mia.parse().unwrap(), Membership::Removed, NOW).await.unwrap();
    assert_eq!(gained(&outer).await, [1, 0, 1, 1_500, 0], "left out while removed, with the single post");
    world.store.set_membership(world.id(), mia.parse().unwrap(), Membership::Member, NOW).await.unwrap();
    let item = |id: &str| path(&world, &format!("/{outer}/items/{id}"));
    for id in [&mia, &theo] {
        assert_eq!(program.send("DELETE", &item(id), &[], Vec::new()).await.0, StatusCode::NO_CONTENT);
    }
    assert_eq!(program.refused("DELETE", &item(&theo), "").await.0, 404, "it is out");
    assert_eq!(gained(&outer).await, [1, 1, 3, 1_650, 30]);
    program.send("DELETE", &path(&world, &format!("/{inner}")), &[], Vec::new()).await;
    assert_eq!(gained(&outer).await, [0, 1, 1, 1_500, 0], "it goes on without what was deleted");
}

#[tokio::test]
async fn only_facts_by_now_count_and_only_on_the_days_asked_for() {
    let (world, [mia, _], [_, _, third]) = world().await;
    world.accept(vec![views("3", "2026-08-19T12:04:00Z", 9_000), views("1", "2026-08-19T12:04:00Z", 900)]).await;
    let program = Program::writing(&world).await;
    let id = make(
        &program,
        json!({ "name": "A", "target_views": 10_000, "start_date": "2026-08-10", "target_date": "2026-08-28" }),
    )
    .await;
    put(&program, &id, &[("creator", &mia), ("post", &third)]).await;
    let of = async |query: &str| stats(&program, &id, query).await["stats"]["views"].as_i64().unwrap();
    assert_eq!(of("?from=2026-08-18&to=2026-08-18").await, 1_100);
    assert_eq!(of("?from=2026-08-19&to=2026-08-19").await, 550, "what is dated a little ahead is not known yet");
    assert_eq!(of("").await, 1_650);
    // 9.5 of 19 days: 5,000 are expected.
    let progress = stats(&program, &id, "").await["progress"].clone();
    assert_eq!(progress, json!({ "actual": 1_650, "expected": 5_000.0, "pace_percent": 33, "projected": 3_300 }));
    for query in ["?from=2026-08-18", "?to=2026-08-18", "?from=2026-08-19&to=2026-08-18", "?from=x&to=y"] {
        assert_eq!(program.refused("GET", &path(&world, &format!("/{id}{query}")), "").await.0, 400, "{query}");
    }
}

#[tokio::test]
async fn a_circle_is_refused_and_named_however_deep() {
    let world = World::new().await;
    let program = Program::writing(&world).await;
    let mut chain: Vec<String> = Vec::new();
    for depth in 0..50 {
        let id = make(&program, json!({ "name": format!("C{depth}") })).await;
        if let Some(outer) = chain.last() {
            assert_eq!(put(&program, outer, &[("campaign", &id)]).await.0, 201);
        }
        chain.push(id);
    }
    let (status, answer) = put(&program, &chain[49], &[("campaign", &chain[0])]).await;
    assert_eq!((status, &answer["meta"]["field"]), (409, &json!("items[0].id")));
    let sentence = answer["error"].as_str().unwrap();
    assert!(
        sentence.starts_with("This would create a circle: C0 → C1 → C2") && sentence.ends_with("C49 → C0."),
        "{sentence}"
    );
    let (status, answer) = put(&program, &chain[3], &[("campaign", &chain[3])]).await;
    assert_eq!((status, answer["error"].as_str().unwrap()), (409, "This would create a circle: C3 → C3."));
    // Two campaigns that are harmless alone close a circle together; then neither is added.
    let (left, right) = (make(&program, json!({ "name": "L" })).await, make(&program, json!({ "name": "R" })).await);
    put(&program, &right, &[("campaign", &left)]).await;
    let (status, _) = put(&program, &left, &[("campaign", &chain[10]), ("campaign", &right)]).await;
    assert_eq!(status, 409);
    assert_eq!(program.get(&path(&world, &format!("/{left}/items"))).await["data"], json!([]));
    assert_eq!(put(&program, &left, &[("campaign", &chain[10])]).await.0, 201);
    assert_eq!(stats(&program, &chain[0], "").await["stats"]["creator_count"], 0);
}

#[tokio::test]
async fn nothing_of_another_project_gets_in() {
    let (world, [mia, _], [first, ..]) = world().await;
    let other = world.store.create_project(ProjectId::new(), &project_in(zone("UTC")), NOW).await.unwrap();
    let program = Program::new(&world, None, true).await;
    let own = make(&program, json!({ "name": "Own" })).await;
    let foreign = format!("/projects/{}/campaigns", other.project_id);
    let (_, made) = program.send("POST", &foreign, &[], b"{\"name\":\"Other\"}".to_vec()).await;
    let made = made["data"]["id"].as_str().unwrap().to_owned();
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(program.refused(method, &path(&world, &format!("/{made}")), "{}").await.0, 404, "{method}");
    }
    let items = format!("{foreign}/{made}/items");
    for (kind, id) in [("creator", &mia), ("post", &first), ("campaign", &own)] {
        let body = json!({ "items": [{ "kind": kind, "id": id }] }).to_string();
        assert_eq!(
            program.refused("POST", &items, &body).await,
            (404, "not_found".to_owned(), "items[0].id".to_owned())
        );
    }
    let refused = put(&program, &own, &[("creator", &mia), ("post", &mia)]).await;
    assert_eq!((refused.0, &refused.1["meta"]["field"]), (404, &json!("items[1].id")), "a creator is no post");
    assert_eq!(put(&program, &own, &[("song", &mia)]).await.1["meta"]["field"], "items[0].kind");
    assert_eq!(put(&program, &own, &[]).await.1["meta"]["field"], "items");
    assert_eq!(put(&program, &Uuid::nil().to_string(), &[("creator", &mia)]).await.0, 404);
    assert_eq!(program.get(&path(&world, &format!("/{own}/items"))).await["data"], json!([]), "all or nothing");
}
