//! Rows of the old schema: ordinary ones, and ones that the newest schema does not allow.

use super::old_database::{LANDED, PROJECT, Raw, id};
use crate::short::{at, day, zone};
use crate::support::Engine;
use compliance::ProjectSettings;
use program::projects::record::Project;
use std::path::Path;

/// Ordinary rows, which must be copied unchanged.
pub fn sane() -> Vec<String> {
    let (monday, tuesday) = (at("2026-08-17T10:00:00Z").millis(), at("2026-08-18T10:00:00Z").millis());
    let (first, second) = (day("2026-08-17"), day("2026-08-18"));
    vec![
        "INSERT INTO organizations VALUES (#1, 'My organization', 5)".to_owned(),
        "INSERT INTO projects VALUES (#2, #1, 'Summer', 'UTC', 'monday', 10, 24, 7, 5, NULL)".to_owned(),
        format!(
            "INSERT INTO creators VALUES (#2, #10, 'mia', 'Mia', NULL, 'auto', {first}, 'Été', NULL, 5, {tuesday}, {monday}, {tuesday}, 1030, {tuesday}, 7)"
        ),
        format!(
            "INSERT INTO posts VALUES (#2, #20, #10, 'v1', 'video', NULL, 'a ''post''', {monday}, 'auto_tracked', NULL, 5, {tuesday}, 100, 7, NULL, NULL, NULL)"
        ),
        format!("INSERT INTO post_snapshots VALUES (#2, #20, {tuesday}, 100, 7, NULL, NULL, NULL, 'api')"),
        format!(
            "INSERT INTO creator_snapshots VALUES (#2, #10, {monday}, 1000, 'api'), (#2, #10, {tuesday}, 1030, 'api')"
        ),
        format!("INSERT INTO collections VALUES (#2, #10, {tuesday})"),
        format!(
            "INSERT INTO parked_stats VALUES (#2, 'v9', 'mia', {tuesday}, 1000000000000, 0, NULL, NULL, NULL, 'api')"
        ),
        format!(
            "INSERT INTO creator_days VALUES (#2, #10, {first}, 1, 0, 0, 0, {monday}, {monday}), (#2, #10, {second}, 0, 100, 7, 30, {tuesday}, NULL)"
        ),
        "INSERT INTO tracking_changes VALUES (#2, #20, #30, 6, 'pending_review', 'auto_tracked', false, false, NULL)"
            .to_owned(),
        "INSERT INTO goals VALUES (#2, #40, #10, 'views', 'weekly', 5, NULL)".to_owned(),
        format!("INSERT INTO goal_versions VALUES (#2, #40, 1, 5, 1000000000000, {first}, NULL, true, NULL)"),
        "INSERT INTO imports VALUES (#2, #50, 'a.csv', 'done', '{}', 9, 9, 2, 1, 0, 0, 1, 0, NULL, 5, 6)".to_owned(),
        "INSERT INTO import_rejections VALUES (#2, #50, 0, 2, 'views', 'invalid_count', 'no')".to_owned(),
        format!(
            "INSERT INTO campaigns VALUES (#2, #60, 'Launch', '', 1000, {first}, {second}, 5, NULL), (#2, #61, 'No target', '', NULL, NULL, NULL, 5, NULL)"
        ),
        "INSERT INTO campaign_items VALUES (#2, #60, 'creator', #10, 5)".to_owned(),
        "INSERT INTO creator_changes VALUES (#2, #10, #70, 'renamed', 6, 'mya', 'mia')".to_owned(),
        "INSERT INTO saved_views VALUES (#2, #80, 'Urgent', 'status=at_risk', 5)".to_owned(),
        "INSERT INTO jobs VALUES (#1, 'forget_answers', 5, NULL, NULL)".to_owned(),
        // A creator with a single counter that is too large; everything else is valid.
        format!(
            "INSERT INTO creators VALUES (#2, #bad011, 'theo', NULL, NULL, 'auto', {first}, '', NULL, 5, {monday}, {monday}, {tuesday}, 150, {tuesday}, 7)"
        ),
        format!(
            "INSERT INTO posts VALUES (#2, #bad021, #bad011, 'v2', 'video', NULL, NULL, {monday}, 'auto_tracked', NULL, 5, {tuesday}, 1000000000000000, NULL, NULL, NULL, NULL)"
        ),
        format!(
            "INSERT INTO posts VALUES (#2, #22, #bad011, 'v3', 'video', NULL, NULL, {monday}, 'auto_tracked', NULL, 5, {tuesday}, 50, NULL, NULL, NULL, NULL)"
        ),
        format!("INSERT INTO post_snapshots VALUES (#2, #bad021, {monday}, 40, NULL, NULL, NULL, NULL, 'api')"),
        format!("INSERT INTO post_snapshots VALUES (#2, #22, {tuesday}, 50, NULL, NULL, NULL, NULL, 'api')"),
        format!(
            "INSERT INTO creator_snapshots VALUES (#2, #bad011, {monday}, 100, 'api'), (#2, #bad011, {tuesday}, 150, 'api')"
        ),
    ]
}

/// Rows that no bound allows, on either engine.
pub fn hostile() -> Vec<String> {
    let (monday, tuesday) = (at("2026-08-17T10:00:00Z").millis(), at("2026-08-18T10:00:00Z").millis());
    let (first, second) = (day("2026-08-17"), day("2026-08-18"));
    let noon = at("2026-08-17T12:00:00Z").millis();
    vec![
        format!("INSERT INTO post_snapshots VALUES (#2, #bad021, {tuesday}, 1000000000000000, -5, NULL, NULL, 8, 'api')"),
        // A sum that has wrapped around.
        format!("INSERT INTO creator_days VALUES (#2, #bad011, {first}, 2, 40, 0, 0, {monday}, {monday}), (#2, #bad011, {second}, 0, -9223372036854775000, 0, 50, {tuesday}, NULL)"),
        format!("INSERT INTO creator_snapshots VALUES (#2, #bad011, {noon}, 1000000000000001, 'api')"),
        format!("INSERT INTO parked_stats VALUES (#2, 'vbad', '', {tuesday}, -1, 1000000000001, 3, NULL, NULL, 'api')"),
        "INSERT INTO projects VALUES (#bad002, #1, '', '', 'someday', 400, 0, -3, 5, NULL)".to_owned(),
        "INSERT INTO creators VALUES (#2, #bad012, 'Zoe X', NULL, NULL, 'sometimes', 99999999, '', NULL, 5, NULL, NULL, NULL, 7, NULL, 7)".to_owned(),
        format!("INSERT INTO posts VALUES (#2, #bad023, #bad012, 'v 4', 'film', NULL, NULL, {monday}, 'maybe', NULL, 5, NULL, -3, NULL, NULL, NULL, NULL)"),
        "INSERT INTO tracking_changes VALUES (#2, #20, #bad030, 6, 'maybe', 'never', false, true, NULL)".to_owned(),
        "INSERT INTO goals VALUES (#2, #bad040, #10, 'fame', 'yearly', 5, NULL), (#2, #41, #bad012, 'posts', 'weekly', 5, NULL)".to_owned(),
        "INSERT INTO goal_versions VALUES (#2, #bad040, 1, 5, 0, NULL, NULL, true, NULL)".to_owned(),
        format!("INSERT INTO goal_versions VALUES (#2, #41, 1, 5, 1000000000000000, {second}, {first}, true, #bad099)"),
        "INSERT INTO imports VALUES (#2, #bad050, 'b.csv', 'lost', '{}', -9, 9, 2, 1, 0, 0, 1, 0, NULL, 5, 6)".to_owned(),
        format!("INSERT INTO campaigns VALUES (#2, #bad060, '', '', 1000, NULL, {second}, 5, NULL), (#2, #bad061, 'Large', '', 1000000000000000, {first}, {second}, 5, NULL), (#2, #bad062, 'Backwards', '', 10, {second}, {first}, 5, NULL)"),
        "INSERT INTO campaign_items VALUES (#2, #60, 'planet', #bad011, 5)".to_owned(),
        "INSERT INTO creator_changes VALUES (#2, #10, #bad070, 'praised', 6, '', '')".to_owned(),
        "INSERT INTO saved_views VALUES (#2, #bad080, '', '', 5)".to_owned(),
        "INSERT INTO jobs VALUES (#1, 'badly held', 5, #bad090, NULL)".to_owned(),
    ]
}

/// Rows that only SQLite accepted: values of other types, and rows without a parent.
pub fn hostile_on_sqlite() -> Vec<String> {
    let tuesday = at("2026-08-18T10:00:00Z").millis();
    let third = day("2026-08-19");
    vec![
        format!("INSERT INTO creator_days VALUES (#2, #bad011, {third}, 0, 1.2e18 * 1000, 0, 0, NULL, NULL)"),
        format!("INSERT INTO post_snapshots VALUES (#2, #bad021, {tuesday} + 1, 1.5, 'many', X'00', NULL, NULL, 'api')"),
        "INSERT INTO post_snapshots VALUES (#2, #bad021, 'yesterday', 1, 1, 1, 1, 1, 'api')".to_owned(),
        "INSERT INTO tracking_changes VALUES (#2, #20, #bad031, 'then', 'included', 'excluded', 7, 'no', 'nobody')".to_owned(),
        "INSERT INTO api_keys VALUES (#1, #bad0a0, NULL, '', X'bad0', 'abcd', 3, 5, NULL, NULL)".to_owned(),
        "INSERT INTO collections VALUES (#2, #bad011, 'once')".to_owned(),
        "PRAGMA foreign_keys = OFF; INSERT INTO saved_views VALUES (#bad077, #bad078, 'Of nobody', '', 5); PRAGMA foreign_keys = ON".to_owned(),
    ]
}

pub async fn filled(engine: Engine, folder: &Path) -> (String, Raw) {
    let url = engine.fresh_url(folder).await;
    let mut raw = Raw::to(&url).await;
    raw.migrate(Some(LANDED)).await;
    let more = if engine == Engine::Sqlite { hostile_on_sqlite() } else { Vec::new() };
    let hash = if engine == Engine::Sqlite { "X'" } else { r"'\x" };
    let key = format!(
        "INSERT INTO api_keys VALUES (#1, #a0, NULL, 'Scraper', {hash}{}', 'abcd', true, 5, NULL, NULL)",
        "ab".repeat(32)
    );
    raw.run(sane()[0].as_str()).await.unwrap();
    raw.run(&key).await.unwrap();
    for statement in sane().into_iter().skip(1).chain(hostile()).chain(more) {
        raw.run(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    (url, raw)
}

pub fn summer() -> Project {
    Project {
        project_id: id(PROJECT).into(),
        name: "Summer".to_owned(),
        zone: zone("UTC"),
        settings: ProjectSettings::default(),
        version: 7,
        created_at: compliance::Instant::from_millis(5),
    }
}

/// The sane rows, without those that are there to be faulty, and these.
pub fn sane_and(more: &[String]) -> Vec<String> {
    let sane = sane().into_iter().filter(|statement| !statement.contains("#bad") && !statement.contains("#22"));
    sane.chain(more.iter().cloned()).collect()
}
