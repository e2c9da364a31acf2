//! Tests with numbers at and beyond their bounds: what is beyond is refused by name, and no sum overflows.

use super::program::Program;
use super::short::{day, followers, goal, post, stats, views};
use super::support::{Engine, NOW, World, text};
use axum::http::StatusCode;
use compliance::bounds::{MAX_COUNT, MAX_GAIN, MAX_POSTS};
use compliance::fact::Counters;
use program::facts::record::{FactOutcome, RejectionCode};
use program::merges::record::MergeOutcome;
use program::posts::changes::PostRefusal;
use rstest::rstest;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::fmt::Write as _;

/// The number of posts: with counters of 10^15 their sum exceeded 64 bits.
const POSTS: i64 = 1_200;

/// Returns a post of the 18th with its views for each number.
fn attack(numbers: std::ops::Range<i64>, views: i64) -> String {
    let mut body = String::new();
    for number in numbers {
        let creator = r#""tiktok_handle":"mia""#;
        writeln!(
            body,
            r#"{{"type":"post","tiktok_video_id":"{number}",{creator},"published_at":"2026-08-18T10:00:00Z"}}"#
        )
        .unwrap();
        writeln!(
            body,
            r#"{{"type":"post_stats","tiktok_video_id":"{number}",{creator},"captured_at":"2026-08-18T12:00:00Z","view_count":{views},"like_count":{views},"comment_count":{views},"share_count":{views},"save_count":{views}}}"#
        )
        .unwrap();
    }
    body
}

async fn world_with_goals() -> World {
    let world = World::new().await;
    world.accept(vec![followers("mia", "2026-08-01T10:00:00Z", 10)]).await;
    world.add_goal("mia", &goal("views", "weekly", 1)).await;
    world
}

/// Every page and answer that shows a sum.
async fn everything_answers(world: &World) {
    let project = format!("/projects/{}", world.id());
    let mia = world.creator("mia").await;
    let creator = format!("{project}/creators/{mia}");
    for path in [
        project.clone(),
        format!("{project}/creators"),
        format!("{project}/inbox"),
        format!("{project}/overview.csv"),
        creator.clone(),
        format!("{creator}/posts"),
        format!("{creator}/goals"),
        format!("{creator}/log"),
    ] {
        let answer = world.get(&path).await;
        let status = answer.status();
        let body = text(answer).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
    }
    let program = Program::new(world, Some(world.id()), false).await;
    program.get(&format!("/projects/{}/goal-compliance", world.id())).await;
}

#[tokio::test]
async fn counters_beyond_the_bound_are_refused_row_by_row_and_nothing_else_is() {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let answer = program.facts(attack(0..POSTS, 1_000_000_000_000_000)).await;
    assert_eq!((&answer["accepted"], &answer["rejected_count"]), (&POSTS.into(), &POSTS.into()), "{answer}");
    let first = &answer["rejected"][0];
    assert_eq!(
        (&first["row"], &first["field"], &first["code"]),
        (&2.into(), &"view_count".into(), &"invalid_count".into())
    );
    assert!(first["reason"].as_str().unwrap().contains("1,000,000,000,000"), "{first}");
    let one = |count: &str| {
        format!(
            r#"{{"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T10:00:00Z","follower_count":{count}}}"#
        )
    };
    let refused = program.facts(one("1000000000001")).await;
    assert_eq!(refused["rejected"][0]["field"], "follower_count", "{refused}");
    assert_eq!(program.facts(one("1000000000000")).await["accepted"], 1);
    assert_eq!(world.actual("mia", NOW).await, 0);
    everything_answers(&world).await;
    assert_eq!(world.stale_days().await, 0);
}

#[rstest]
#[case::in_one_batch(POSTS)]
#[case::across_batches(100)]
#[tokio::test]
async fn the_largest_counters_of_many_posts_on_one_day_add_up(#[case] at_a_time: i64) {
    let world = world_with_goals().await;
    let program = Program::writing(&world).await;
    let mut first = 0;
    while first < POSTS {
        let next = (first + at_a_time).min(POSTS);
        assert_eq!(program.facts(attack(first..next, MAX_COUNT)).await["rejected_count"], 0);
        first = next;
    }
    assert_eq!(world.actual("mia", NOW).await, POSTS * MAX_COUNT);
    everything_answers(&world).await;
    // Late readings take over gains booked at later ones, and corrections take them back.
    let late = (0..POSTS).map(|number| views(&number.to_string(), "2026-08-18T11:00:00Z", MAX_COUNT)).collect();
    world.accept(late).await;
    assert_eq!(world.actual("mia", NOW).await, POSTS * MAX_COUNT);
    let one = |number: i64| views(&number.to_string(), "2026-08-18T12:00:00Z", 1);
    world.accept((0..POSTS).map(one).collect()).await;
    assert_eq!(world.actual("mia", NOW).await, POSTS);
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_count_that_no_parser_let_through_is_refused_by_the_store_too() {
    let world = world_with_goals().await;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    let too_many = |field: &'static str, outcome: &FactOutcome| {
        assert!(
            matches!(outcome, FactOutcome::Rejected { field: named, code: RejectionCode::InvalidCount, .. } if *named == field),
            "{outcome:?}"
        );
    };
    let facts = vec![
        views("1", "2026-08-18T11:00:00Z", MAX_COUNT + 1),
        stats("1", "2026-08-18T12:00:00Z", Counters { saves: Some(-1), ..Counters::default() }),
        followers("mia", "2026-08-18T12:00:00Z", i64::MAX),
        views("1", "2026-08-18T13:00:00Z", 5),
    ];
    let outcomes = world.outcomes(facts).await;
    too_many("view_count", &outcomes[0]);
    too_many("save_count", &outcomes[1]);
    too_many("follower_count", &outcomes[2]);
    assert_eq!(outcomes[3], FactOutcome::Accepted);
}

/// Runs a statement directly on the database.
async fn run(world: &World, statement: String) {
    let statement = AssertSqlSafe(statement);
    match world.url.strip_prefix("sqlite:") {
        Some(path) => {
            let options = SqliteConnectOptions::new().filename(path);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
        }
        None => {
            let mut connection = PgConnection::connect(&world.url).await.unwrap();
            sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_post_beyond_a_million_of_one_creator_is_refused_and_nothing_else_is() {
    let world = world_with_goals().await;
    world
        .accept(vec![post("first", "mia", "2026-08-18T10:00:00Z"), post("theirs", "theo", "2026-08-18T10:00:00Z")])
        .await;
    // All but one of the million posts, as copies of the first one.
    let numbers = match Engine::of_this_run() {
        Engine::Sqlite => {
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
        }
        Engine::Postgres => "WITH numbers AS (SELECT n FROM generate_series(1, {last}) AS n)",
    };
    let new_id = match Engine::of_this_run() {
        Engine::Sqlite => "unhex(printf('%032x', n))",
        Engine::Postgres => "lpad(to_hex(n), 32, '0')::uuid",
    };
    let columns = "project_id, creator_id, kind, published_at, tracking_status, created_at";
    let numbers = numbers.replace("{last}", &(MAX_POSTS - 2).to_string());
    run(
        &world,
        format!(
            "INSERT INTO posts ({columns}, post_id, tiktok_video_id) {numbers}
             SELECT {columns}, {new_id}, 'copy-' || n FROM posts CROSS JOIN numbers WHERE tiktok_video_id = 'first'"
        ),
    )
    .await;
    let outcomes = world
        .outcomes(vec![
            post("last", "mia", "2026-08-18T11:00:00Z"),
            post("beyond", "mia", "2026-08-18T12:00:00Z"),
            post("first", "mia", "2026-08-18T10:00:01Z"),
            post("theirs-too", "theo", "2026-08-18T12:00:00Z"),
        ])
        .await;
    assert_eq!(outcomes[0], FactOutcome::Accepted);
    let FactOutcome::Rejected { field: "tiktok_video_id", code: RejectionCode::TooManyPosts, reason } = &outcomes[1]
    else {
        panic!("{:?}", outcomes[1]);
    };
    assert!(reason.contains("@mia") && reason.contains("1000000"), "{reason}");
    assert_eq!(outcomes[2..], [FactOutcome::Accepted, FactOutcome::Accepted], "known posts and those of others go on");
    let again = world.outcomes(vec![post("one-more", "mia", "2026-08-18T12:00:00Z")]).await;
    assert!(matches!(again[0], FactOutcome::Rejected { code: RejectionCode::TooManyPosts, .. }), "{again:?}");
    let (mia, id) = (world.creator("mia").await, (NOW.millis() / 1_000) << 32);
    let refused = program::posts::changes::add(&world.server(), world.id(), mia, &id.to_string()).await.unwrap_err();
    assert_eq!(refused, PostRefusal::TooMany.into());
    let theo = world.creator("theo").await;
    let merged = world.store.merge_creators(world.id(), mia, theo, NOW).await.unwrap();
    assert_eq!(merged, MergeOutcome::TooManyPosts);
}

#[tokio::test]
async fn sums_over_creators_are_held_to_the_largest_number_there_is() {
    let world = world_with_goals().await;
    let names = ["mia", "theo", "zoe"];
    let made = names.iter().map(|name| followers(name, "2026-08-18T10:00:00Z", 5)).collect();
    world.accept(made).await;
    let yesterday = day("2026-08-18");
    run(
        &world,
        format!("UPDATE creator_days SET views = {MAX_GAIN}, engagement = -{MAX_GAIN} WHERE day = {yesterday}"),
    )
    .await;
    let program = Program::writing(&world).await;
    let campaigns = format!("/projects/{}/campaigns", world.id());
    let body = serde_json::json!({ "name": "All", "target_views": 1, "start_date": "2026-08-01", "target_date": "2026-08-31" });
    let (_, answer) = program.send("POST", &campaigns, &[], body.to_string().into_bytes()).await;
    let campaign = format!("{campaigns}/{}", answer["data"]["id"].as_str().unwrap());
    let mut creators = Vec::new();
    for name in names {
        creators.push(serde_json::json!({ "kind": "creator", "id": world.creator(name).await }));
    }
    let items = serde_json::json!({ "items": creators }).to_string().into_bytes();
    let (status, added) = program.send("POST", &format!("{campaign}/items"), &[], items).await;
    assert!(status.is_success(), "{added}");
    let sums = program.get(&campaign).await["data"]["stats"].clone();
    assert_eq!((&sums["views"], &sums["engagement"]), (&i64::MAX.into(), &i64::MIN.into()), "{sums}");
    let page = world.get(&campaign).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(text(page).await.contains("9,223,372,036,854,775,807"));
    let by_day = world.store.gains_by_day(world.id(), &[], yesterday..yesterday + 1).await.unwrap();
    assert!(by_day.is_empty());
    let mut ids = Vec::new();
    for name in names {
        ids.push(world.creator(name).await);
    }
    for (some, sum) in [(&ids[..1], MAX_GAIN), (&ids[..2], 2 * MAX_GAIN), (&ids[..], i64::MAX)] {
        let by_day = world.store.gains_by_day(world.id(), some, yesterday..yesterday + 1).await.unwrap();
        let gains: Vec<_> = by_day.iter().map(|(_, gains)| (gains.views, gains.engagement)).collect();
        assert_eq!(gains, [(sum, if sum == i64::MAX { i64::MIN } else { -sum })]);
    }
}
