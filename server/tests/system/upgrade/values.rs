//! Tests of impossible values: instants, numbers, time zones, texts.

use super::old_rows::sane_and;
use super::upgraded::Upgraded;
use crate::program::Program;
use crate::short::{at, day};
use crate::support::Engine;
use compliance::calendar::Zone;
use rstest::rstest;

/// A key with this hash, digit by digit, under the id with this number.
fn key(number: u32, project: &str, revoked: &str) -> String {
    let hash = format!("X'{number:064x}'");
    format!(
        "INSERT INTO api_keys VALUES (#1, #a{number}, {project}, 'Key {number}', {hash}, 'abcd', true, 5, NULL, {revoked})"
    )
}

#[tokio::test]
async fn what_was_revoked_removed_deleted_or_inactive_stays_so_whatever_says_when() {
    let monday = at("2026-08-17T10:00:00Z").millis();
    let first = day("2026-08-17");
    let mut upgraded = Upgraded::of(
        Engine::Sqlite,
        &sane_and(&[
            key(1, "NULL", "NULL"),
            key(2, "NULL", "'long ago'"),
            key(3, "'summer'", "NULL"),
            key(4, "X'00'", "'long ago'"),
            key(5, "#2", "NULL"),
            format!("INSERT INTO creators VALUES (#2, #11, 'left', NULL, NULL, 'auto', {first}, '', 'gone', 5, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("INSERT INTO creators VALUES (#2, #12, 'odd', NULL, NULL, 7, {first}, '', NULL, 5, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, 'v2', 'video', NULL, NULL, {monday}, 'auto_tracked', 'off', 5, NULL, NULL, NULL, NULL, NULL, NULL)"),
            "INSERT INTO tracking_changes VALUES (#2, #20, #31, 6, 'auto_tracked', 'excluded', 'yes', 'yes', NULL)".to_owned(),
            "INSERT INTO goals VALUES (#2, #41, #10, 'posts', 'weekly', 5, 'gone'), (#2, #42, #10, 'posts', 'daily', 5, NULL)".to_owned(),
            "INSERT INTO goals VALUES (#2, #43, #10, 'posts', 'monthly', 5, NULL), (#2, #44, #10, 'views', 'monthly', 5, NULL)".to_owned(),
            "INSERT INTO goal_versions VALUES (#2, #41, 1, 5, 10, NULL, NULL, true, NULL), (#2, #42, 1, 5, 10, NULL, NULL, 'no', NULL)".to_owned(),
            "INSERT INTO goal_versions VALUES (#2, #43, 1, 5, 10, NULL, '2026-08-01', true, NULL), (#2, #44, 1, 'once', 7.5, NULL, NULL, true, NULL)".to_owned(),
            "INSERT INTO campaigns VALUES (#2, #62, 'Over', '', NULL, NULL, NULL, 5, 'gone')".to_owned(),
            format!("INSERT INTO campaigns VALUES (#2, #63, 'Halves', '', 7.5, {first}, {first}, 5, NULL)"),
            "INSERT INTO projects VALUES (#3, #1, 'Gone', 'UTC', 'monday', 10, 24, 7, 5, 'gone')".to_owned(),
        ]),
    )
    .await;
    for (left, expected) in [
        ("SELECT name FROM api_keys WHERE revoked_at IS NULL ORDER BY name", &["Key 1", "Key 5"][..]),
        ("SELECT tiktok_handle FROM creators WHERE removed_at IS NULL ORDER BY 1", &["mia", "odd"]),
        ("SELECT tracking_mode FROM creators WHERE tiktok_handle = 'odd'", &["selective"]),
        ("SELECT tiktok_video_id FROM posts WHERE tracking_disabled_at IS NULL", &["v1"]),
        ("SELECT from_disabled || to_disabled FROM tracking_changes WHERE to_status = 'excluded'", &["11"]),
        ("SELECT period FROM goals WHERE deleted_at IS NULL AND metric = 'posts' ORDER BY 1", &["daily", "monthly"]),
        (
            "SELECT g.period FROM goal_versions AS v JOIN goals AS g ON g.goal_id = v.goal_id WHERE NOT v.is_active ORDER BY 1",
            &["daily", "monthly"],
        ),
        ("SELECT CAST(target_value AS TEXT) FROM goal_versions WHERE target_value = 7 AND made_at = 5", &["7"]),
        ("SELECT name FROM campaigns WHERE deleted_at IS NULL ORDER BY 1", &["Halves", "Launch", "No target"]),
        ("SELECT CAST(target_views AS TEXT) FROM campaigns WHERE name = 'Halves'", &["7"]),
        ("SELECT name FROM projects WHERE deleted_at IS NULL", &["Summer"]),
    ] {
        assert_eq!(upgraded.texts(left).await, expected, "{left}");
    }
    upgraded.says(&[
        ("api_keys", "revoked_at was 'long ago' and is 5 now"),
        ("api_keys", "project_id was 'summer' and is unknown now"),
        ("api_keys", "revoked_at was empty and is 5 now"),
        ("creators", "removed_at was 'gone' and is 5 now"),
        ("posts", "tracking_disabled_at was 'off' and is 5 now"),
        ("goals", "deleted_at was 'gone' and is 5 now"),
        ("goal_versions", "is_active was 'no' and is 0 now"),
        ("goal_versions", "end_date was '2026-08-01' and is unknown now"),
        ("goal_versions", "target_value was 7.5 and is 7 now"),
        ("campaigns", "target_views was 7.5 and is 7 now"),
        ("campaigns", "deleted_at was 'gone' and is 5 now"),
        // A project of its own: it is listed there.
    ]);
    upgraded.everything_answers().await;
}

#[rstest]
#[tokio::test]
async fn no_instant_number_or_time_zone_keeps_a_database_from_opening(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (micros, most) = (at("2026-08-17T10:00:00Z").millis() * 1_000, i64::MAX);
    let (large, larger) = (1_i64 << 61, 1_i64 << 62);
    let first = day("2026-08-17");
    let mut upgraded = Upgraded::of(
        engine,
        &sane_and(&[
            "INSERT INTO projects VALUES (#3, #1, 'Winter', '', 'monday', 10, 24, 7, 5, NULL)".to_owned(),
            format!("UPDATE projects SET time_zone = 'Mars/Phobos', version = {most}, created_at = {larger}"),
            format!("UPDATE jobs SET due_at = {larger}"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, 'v2', 'video', NULL, NULL, {larger}, 'auto_tracked', NULL, -{larger}, {large}, 5, NULL, NULL, NULL, NULL)"),
            format!("INSERT INTO posts VALUES (#2, #22, #10, 'v3', 'video', NULL, NULL, {micros}, 'auto_tracked', -{larger}, 5, NULL, NULL, NULL, NULL, NULL, NULL)"),
            format!("INSERT INTO post_snapshots VALUES (#2, #20, {large}, 5, NULL, NULL, NULL, NULL, ''), (#2, #20, -{larger}, 1, NULL, NULL, NULL, NULL, ''), (#2, #21, {micros}, 1, NULL, NULL, NULL, NULL, '')"),
            format!("INSERT INTO creator_snapshots VALUES (#2, #10, {large}, 5, ''), (#2, #10, {micros}, -1, '')"),
            format!("INSERT INTO collections VALUES (#2, #10, {larger}), (#2, #10, -{large}), (#2, #10, {micros})"),
            format!("INSERT INTO parked_stats VALUES (#2, 'v8', 'mia', {larger}, 5, NULL, NULL, NULL, NULL, ''), (#3, 'v8', 'mia', {larger}, 5, NULL, NULL, NULL, NULL, '')"),
            format!("UPDATE creators SET created_at = {larger}, changed_version = {most}, last_collected_at = {larger}"),
            format!("UPDATE tracking_changes SET changed_at = {larger}"),
            format!("INSERT INTO goals VALUES (#2, #41, #10, 'posts', 'weekly', {larger}, NULL), (#2, #42, #10, 'posts', 'daily', 5, {larger})"),
            format!("INSERT INTO goal_versions VALUES (#2, #41, 1, 5, 10, NULL, NULL, true, NULL), (#2, #41, {most}, {larger}, 10, NULL, NULL, true, NULL)"),
            format!("INSERT INTO goal_versions VALUES (#2, #42, 1, {larger}, 10, NULL, {larger}, true, NULL), (#2, #40, 2, {larger}, 10, NULL, NULL, true, NULL)"),
            format!("UPDATE imports SET created_at = {larger}, finished_at = -{larger}, bytes_total = {most}, bytes_done = {most}"),
            format!("INSERT INTO import_rejections VALUES (#2, #50, {most}, 2, NULL, '', ''), (#2, #50, -1, 2, NULL, '', '')"),
            format!("UPDATE campaigns SET created_at = {larger} WHERE name = 'Launch'"),
            format!("UPDATE campaigns SET deleted_at = {larger} WHERE name = 'No target'"),
            format!("UPDATE campaign_items SET added_at = {larger}"),
            format!("UPDATE creator_changes SET changed_at = {larger}"),
            format!("UPDATE saved_views SET created_at = {larger}"),
            format!("INSERT INTO creator_days VALUES (#2, #10, {first} + 9, 0, 0, 0, 0, {larger}, {larger})"),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT time_zone FROM projects ORDER BY name", &["UTC", "UTC"][..]),
        ("SELECT CAST(published_at AS TEXT) FROM posts WHERE tiktok_video_id = 'v2'", &["0"]),
        ("SELECT CAST(tracking_disabled_at AS TEXT) FROM posts WHERE tiktok_video_id = 'v3'", &["5"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM post_snapshots", &["1"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM creator_snapshots", &["2"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM collections", &["1"]),
        ("SELECT tiktok_video_id FROM parked_stats", &["v9"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM mended_values WHERE table_name = 'parked_stats'", &["2"]),
        ("SELECT period FROM goals WHERE deleted_at IS NULL ORDER BY 1", &["weekly", "weekly"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM goal_versions", &["4"]),
        ("SELECT name FROM campaigns WHERE deleted_at IS NULL", &["Launch"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM import_rejections", &["1"]),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    upgraded.says(&[
        ("projects", "Mars/Phobos"),
        ("projects", "version was 9223372036854775807 and is 0 now"),
        ("posts", "published_at was 4611686018427387904 and is 0 now"),
        ("post_snapshots", "the row was removed"),
        ("creator_snapshots", "the row was removed"),
        ("collections", "/4611686018427387904: the row was removed"),
        ("parked_stats", "the row was removed"),
        ("goal_versions", "/9223372036854775807: the row was removed"),
        ("goal_versions", "made_at was 4611686018427387904 and is 5 now"),
        ("goals", "created_at was 4611686018427387904 and is 0 now"),
        ("imports", "finished_at was -4611686018427387904 and is unknown now"),
        ("import_rejections", "the row was removed"),
        ("campaign_items", "added_at was 4611686018427387904 and is 0 now"),
        ("creator_changes", "changed_at was 4611686018427387904 and is 0 now"),
        ("saved_views", "created_at was 4611686018427387904 and is 0 now"),
        ("jobs", "due_at was 4611686018427387904 and is 0 now"),
    ]);
    upgraded.everything_answers().await;
    // It goes on from there.
    let program = Program::new(&upgraded.world, None, true).await;
    assert_eq!(program.facts(r#"[{"type":"post_stats","tiktok_video_id":"v1","tiktok_handle":"mia","captured_at":"2026-08-19T08:00:00Z","view_count":160}]"#.to_owned()).await["accepted"], 1);
}

#[tokio::test]
async fn no_text_keeps_a_database_from_opening_or_a_page_from_answering() {
    let bytes = |hex: &str| format!("CAST(X'{hex}' AS TEXT)");
    let (odd, nul) = (bytes("fffe"), bytes("6d6961003c623e"));
    let first = day("2026-08-17");
    // Each of these is UTF-8, even where SQLite or a hasty reader would think otherwise.
    let fine = "'Été 日本 😀' || char(65533, 65534, 65535, 65279, 1114111, 128, 2047, 2048)";
    let mut upgraded = Upgraded::of(
        Engine::Sqlite,
        &sane_and(&[
            format!("UPDATE projects SET name = {odd}, early_grace_percent = {odd}, week_start = {nul}"),
            format!("UPDATE creators SET tiktok_handle = {nul}, display_name = {odd}, avatar_url = {nul}, notes = {fine}"),
            format!("INSERT INTO creators VALUES (#2, #11, {odd}, {fine}, NULL, 'auto', {first}, {nul}, NULL, {odd}, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("UPDATE posts SET tiktok_video_id = {nul}, description = {odd}, url = {odd}"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, {odd}, 'video', NULL, {fine}, {odd}, 'auto_tracked', NULL, 5, NULL, {nul}, NULL, NULL, NULL, NULL)"),
            // The last character of a text of several parts.
            format!("UPDATE campaigns SET notes = {} WHERE name = 'Launch'", bytes(&("c3a9".repeat(7_000) + "a9"))),
            format!("UPDATE campaigns SET notes = {} WHERE name = 'No target'", bytes(&"c3a9".repeat(7_000))),
            format!("UPDATE post_snapshots SET source = {odd}"),
            format!("INSERT INTO parked_stats VALUES (#2, {odd}, {nul}, 5, 5, NULL, NULL, NULL, NULL, '')"),
            format!("UPDATE saved_views SET name = {odd}, query = {}", bytes("e282")),
            format!("UPDATE imports SET file_name = {}, choices = {}, failure = {}", bytes("f4908080"), bytes("eda080"), bytes("c0af")),
            format!("UPDATE import_rejections SET reason = {}, field = {odd}", bytes("f09f9880f09f98")),
            format!("UPDATE creator_changes SET from_value = {odd}, to_value = {}", bytes("c3a980")),
            format!("INSERT INTO jobs VALUES (#1, {odd}, 5, NULL, NULL)"),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT name FROM projects", &["Unnamed project"][..]),
        (
            "SELECT tiktok_handle FROM creators ORDER BY 1",
            &["creator-0190a0a0000070008000000000000010", "creator-0190a0a0000070008000000000000011"],
        ),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM creators WHERE display_name IS NULL OR notes = ''", &["2"]),
        ("SELECT CAST(length(notes) AS TEXT) FROM creators WHERE notes <> ''", &["16"]),
        ("SELECT CAST(length(description) AS TEXT) FROM posts WHERE description IS NOT NULL", &["16"]),
        ("SELECT CAST(length(notes) AS TEXT) FROM campaigns ORDER BY name", &["0", "7000"]),
        ("SELECT tiktok_video_id FROM parked_stats", &["v9"]),
        ("SELECT name || query FROM saved_views", &["Unnamed view"]),
        ("SELECT file_name || choices || coalesce(failure, '-') FROM imports", &["{}-"]),
        ("SELECT from_value || to_value FROM creator_changes", &[""]),
        ("SELECT job FROM jobs", &["forget_answers"]),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    upgraded.says(&[
        ("projects", "name was X'FFFE' and is 'Unnamed project' now"),
        ("projects", "early_grace_percent was X'27FFFE27' and is 10 now"),
        ("creators", "tiktok_handle was X'6D6961003C623E'"),
        ("creators", "display_name was X'FFFE' and is unknown now"),
        ("posts", "description was X'FFFE' and is unknown now"),
        ("parked_stats", "the row was removed"),
        ("saved_views", "query was X'E282' and is '' now"),
    ]);
    upgraded.everything_answers().await;
}

#[test]
fn the_upgrade_knows_the_time_zones_that_the_application_had_then() {
    for engine in ["sqlite", "postgres"] {
        let step = format!("{}/../migrations/{engine}/0006_bounds.sql", env!("CARGO_MANIFEST_DIR"));
        let step = std::fs::read_to_string(step).unwrap();
        let (_, list) = step.split_once("INSERT INTO known_zones (name) VALUES").unwrap();
        let (list, _) = list.split_once(';').unwrap();
        let known: Vec<_> = list.split('\'').skip(1).step_by(2).collect();
        assert_eq!(known.len(), 597, "{engine}");
        for name in known {
            assert_eq!(Zone::parse(name).unwrap().name(), name, "{engine}");
        }
    }
}
