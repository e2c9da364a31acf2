//! Tests that a filled database is brought up to date, whatever it holds.

use super::old_database::{BAD, id};
use super::old_rows::{filled, summer};
use crate::program::Program;
use crate::short::day;
use crate::support::{Engine, World, text};
use axum::http::StatusCode;
use rstest::rstest;
use std::collections::BTreeSet;
use std::process::Command;

#[rstest]
#[tokio::test]
async fn a_filled_database_is_brought_up_to_date_whatever_it_holds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(false, true)] is_killed_before_booking: bool,
) {
    let folder = tempfile::tempdir().unwrap();
    let (url, mut raw) = filled(engine, folder.path()).await;
    let columns = raw.columns().await;
    let before = raw.rows(&columns).await;
    if is_killed_before_booking {
        // The day buckets were not booked when the schema was created.
        raw.migrate(None).await;
        assert_eq!(raw.texts("SELECT 'marked' FROM creators_to_book".to_owned()).await.len(), 3, "everybody");
    }
    let world = World::having(summer(), url.clone()).await;
    assert_eq!(raw.texts("SELECT 'marked' FROM creators_to_book".to_owned()).await.len(), 0);

    // Valid values are copied unchanged; nothing is booked again for creators with valid rows only.
    let after = raw.rows(&columns).await;
    let lost: Vec<_> = before.difference(&after).collect();
    let expected = |row: &&String| {
        let row = row.to_lowercase();
        // Every creator is booked again because of the collections, under a new version.
        let by_place = ["parked_stats: ", "campaign_items: ", "projects: ", "jobs: ", "creators: "];
        row.contains("bad") || by_place.iter().any(|table| row.starts_with(table))
    };
    assert!(lost.iter().all(expected), "{lost:#?}");
    assert!(lost.len() >= if engine == Engine::Sqlite { 24 } else { 18 }, "{} rows were mended", lost.len());
    let gone = |table: &str, until: usize| {
        let count = |rows: &BTreeSet<String>| rows.iter().filter(|row| row.starts_with(table)).count();
        assert_eq!(count(&before) - count(&after), until, "{table}");
    };
    for table in [
        "organizations",
        "projects",
        "creators:",
        "posts",
        "tracking_changes",
        "goals",
        "goal_versions",
        "imports",
        "campaigns",
        "jobs",
        "parked_stats",
    ] {
        gone(table, 0);
    }

    // The numbers are those of what is known.
    assert_eq!(world.stale_days().await, 0);
    let theo: Vec<String> = raw
        .texts(
            "SELECT CAST(day AS TEXT) || ': ' || posts || ' posts, ' || views || ' views, ' || followers || ' followers'
             FROM creator_days WHERE creator_id IN (SELECT creator_id FROM creators WHERE tiktok_handle = 'theo') ORDER BY day"
                .to_owned(),
        )
        .await;
    let (first, second) = (day("2026-08-17"), day("2026-08-18"));
    let expected =
        [format!("{first}: 2 posts, 40 views, 0 followers"), format!("{second}: 0 posts, 50 views, 50 followers")];
    assert_eq!(theo, expected);
    let known = "SELECT CAST(views AS TEXT) FROM posts WHERE tiktok_video_id = 'v2'";
    assert_eq!(raw.texts(known.to_owned()).await, ["40"], "the last known value of the post");
    let looked = "SELECT CAST(collected_at AS TEXT) FROM collections WHERE collected_at = 1786968000000";
    assert_eq!(raw.texts(looked.to_owned()).await.len(), 1, "the reading that was none was a look");

    // Every page answers.
    let project = format!("/projects/{}", world.id());
    for page in ["", "/creators", "/inbox", "/campaigns", "/settings", "/import"] {
        let answer = world.get(&format!("{project}{page}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}: {}", text(answer).await);
    }
    for campaign in [0x60, 0x61, BAD + 0x60, BAD + 0x61, BAD + 0x62] {
        assert_eq!(world.get(&format!("{project}/campaigns/{}", id(campaign))).await.status(), StatusCode::OK);
    }
    for creator in [0x10, BAD + 0x11, BAD + 0x12] {
        for tab in ["", "/posts", "/goals", "/log"] {
            let answer = world.get(&format!("{project}/creators/{}{tab}", id(creator))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{creator:x}{tab}");
        }
    }
    let program = Program::new(&world, None, true).await;
    for path in ["goal-compliance", "creators", "posts", "goals", "campaigns"] {
        program.get(&format!("/projects/{}/{path}", world.id())).await;
    }
    assert_eq!(world.get(&format!("/projects/{}", id(BAD + 2))).await.status(), StatusCode::OK);
    let stats = format!(
        r#"[{{"type":"post_stats","tiktok_video_id":"v2","tiktok_handle":"theo","captured_at":"{}","view_count":60}}]"#,
        "2026-08-19T08:00:00Z"
    );
    assert_eq!(program.facts(stats).await["accepted"], 1);
    assert_eq!(world.stale_days().await, 0);

    // The changes are listed.
    let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
        .args(["verify", "--database", &url, "--project", "Summer"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    for (row, change) in [
        ("post_snapshots", "views was 1000000000000000 and is unknown now"),
        ("post_snapshots", "likes was -5 and is unknown now"),
        ("parked_stats", "views was -1 and is unknown now"),
        ("creator_snapshots", "the row was removed; it held"),
        ("goal_versions", "target_value was 1000000000000000 and is 1000000000000 now"),
        ("campaigns", "target_views was 1000 and is unknown now"),
        ("campaign_items", "the row was removed"),
        ("creator_changes", "the row was removed"),
    ] {
        assert!(
            said.lines().any(|line| line.trim_start().starts_with(row) && line.contains(change)),
            "{row}: {change}\n{said}"
        );
    }
    assert!(said.contains("every day bucket agrees"), "{said}");
    assert!(!said.contains("ab".repeat(32).as_str()), "no hash of a key");
}
