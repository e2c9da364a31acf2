//! Tests of what the newest schema accepts and refuses.

use super::old_database::Raw;
use super::old_rows::{filled, sane};
use crate::support::Engine;
use rstest::rstest;
use sqlx::error::DatabaseError;
use store::SqlStore;

#[tokio::test]
async fn every_table_of_sqlite_takes_values_of_its_types_only_and_refers_to_rows_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let (url, mut raw) = filled(Engine::Sqlite, folder.path()).await;
    drop(SqlStore::open(&url).await.unwrap());
    let loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT IN ('_sqlx_migrations', 'sqlite_schema')";
    assert_eq!(raw.texts(loose.to_owned()).await, Vec::<String>::new());
    assert_eq!(raw.texts("SELECT \"table\" FROM pragma_foreign_key_check".to_owned()).await, Vec::<String>::new());
    assert_eq!(raw.texts("PRAGMA integrity_check".to_owned()).await, ["ok"]);
    let indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    let indexes = raw.texts(indexes.to_owned()).await;
    for index in [
        "creators_by_change",
        "creators_removed",
        "goal_versions_by_assignment",
        "goals_by_creator",
        "idempotent_answers_by_age",
        "posts_by_creator",
        "posts_pending",
        "tracking_changes_by_review",
    ] {
        assert!(indexes.iter().any(|name| name == index), "{index} is missing: {indexes:?}");
    }
}

#[rstest]
#[tokio::test]
async fn what_does_not_keep_the_bounds_is_refused_by_the_database(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let url = engine.fresh_url(folder.path()).await;
    let mut raw = Raw::to(&url).await;
    drop(SqlStore::open(&url).await.unwrap());
    for statement in sane().iter().filter(|statement| !statement.contains("#bad") && !statement.contains("#22")) {
        raw.run(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    for change in [
        "posts SET views = 1000000000001",
        "posts SET saves = -1",
        "posts SET kind = 'film'",
        "posts SET tracking_status = 'maybe'",
        "posts SET tiktok_video_id = ''",
        "post_snapshots SET likes = 1000000000001",
        "creator_snapshots SET followers = -1",
        "parked_stats SET shares = -1",
        "creators SET followers = NULL",
        "creators SET followers = 1000000000001",
        "creators SET tiktok_handle = 'Mia'",
        "creators SET tracking_mode = 'sometimes'",
        "creator_days SET views = 4000000000000000001",
        "creator_days SET engagement = -4000000000000000001",
        "projects SET name = ''",
        "projects SET week_start = 'someday'",
        "projects SET early_grace_percent = 101",
        "projects SET collection_interval_hours = 0",
        "goals SET metric = 'fame'",
        "goals SET period = 'yearly'",
        "goal_versions SET target_value = 0",
        "goal_versions SET target_value = 1000000000001",
        "goal_versions SET end_date = 1",
        "campaigns SET target_views = NULL WHERE name = 'Launch'",
        "campaigns SET target_views = 5 WHERE name = 'No target'",
        "campaigns SET target_date = 1 WHERE name = 'Launch'",
        "campaigns SET name = ''",
        "campaign_items SET kind = 'planet'",
        "creator_changes SET kind = 'praised'",
        "imports SET state = 'lost'",
        "imports SET rejected = -1",
        "import_rejections SET line = -1",
        "saved_views SET name = ''",
        "jobs SET held_until = 5",
        "tracking_changes SET to_status = 'maybe'",
        "posts SET published_at = 1790000000000000",
        "posts SET tracking_disabled_at = -62135510400001",
        "creators SET removed_at = 253402214400000",
        "creators SET posts_collected_at = 253402214400000",
        "creator_days SET followers_collected_at = 253402214400000",
        "parked_stats SET looked_at = 253402214400000",
        "collections SET collected_at = 253402214400000",
        "creator_snapshots SET captured_at = 253402214400000 WHERE followers = 1030",
        "goal_versions SET made_at = 253402214400000",
        "goal_versions SET version = 0",
        "imports SET bytes_total = 1000000000000001",
    ] {
        let Err(refused) = raw.run(&format!("UPDATE {change}")).await else { panic!("{change} was taken") };
        // The error names the constraint.
        let said = match engine {
            Engine::Sqlite => refused.to_string().rsplit(' ').next().unwrap().to_owned(),
            Engine::Postgres => refused.as_database_error().and_then(DatabaseError::constraint).unwrap().to_owned(),
        };
        let table = change.split(' ').next().unwrap();
        assert!(said.starts_with(&format!("{table}_")), "{change}: {said}");
    }
    if engine == Engine::Postgres {
        let unnamed = "SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND conname LIKE '%\\_check'
            AND connamespace = current_schema()::regnamespace";
        assert_eq!(raw.texts(unnamed.to_owned()).await, Vec::<String>::new(), "PostgreSQL chose these names");
    }
}

/// Returns the definitions of the tables of SQLite without comments, white space, quotes and the names of CHECKs.
async fn definitions_without_names(raw: &mut Raw) -> Vec<String> {
    let definitions = "SELECT sql FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let bare = |definition: &String| {
        let code: Vec<_> = definition.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        let mut words = code.iter().flat_map(|line| line.split_whitespace()).peekable();
        let mut bare = String::new();
        while let Some(word) = words.next() {
            if word == "CONSTRAINT" {
                words.next();
            } else {
                bare.push_str(&word.replace('"', ""));
            }
        }
        bare
    };
    raw.texts(definitions.to_owned()).await.iter().map(bare).collect()
}

#[tokio::test]
async fn on_sqlite_checks_get_names_and_nothing_else_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut raw) = filled(Engine::Sqlite, folder.path()).await;
    raw.migrate(Some(17)).await;
    let columns = raw.columns().await;
    let (definitions, rows) = (definitions_without_names(&mut raw).await, raw.rows(&columns).await);
    raw.migrate(Some(18)).await;
    assert_eq!(definitions_without_names(&mut raw).await, definitions);
    assert_eq!(raw.rows(&columns).await, rows);
    assert_eq!(raw.texts("PRAGMA integrity_check".to_owned()).await, ["ok"]);
    let checks = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlx_migrations'";
    let all = raw.texts(checks.to_owned()).await.join("\n");
    let words: Vec<&str> = all.split_whitespace().collect();
    let checks: Vec<&[&str]> = words.windows(3).filter(|words| words[2].starts_with("CHECK")).collect();
    assert!(checks.len() > 180, "{}", checks.len());
    let unnamed: Vec<_> = checks.iter().filter(|words| words[0] != "CONSTRAINT").collect();
    assert!(unnamed.is_empty(), "CHECKs without a name: {unnamed:?}");
}
