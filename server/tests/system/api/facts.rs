//! Tests of facts that a program sends.

use crate::program::{Program, world_of_mia};
use crate::short::{goal, post};
use crate::support::{NOW, text};
use axum::http::StatusCode;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write as _;
use tower::ServiceExt as _;

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
        world.store.follower_evidence(world.id(), world.creator("mia").await, &crate::short::august(), NOW).await;
    assert_eq!(readings.unwrap().readings.last().unwrap().followers, 2_199);
    assert_eq!(world.store.count_stale_days(world.id()).await.unwrap(), 0);
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
