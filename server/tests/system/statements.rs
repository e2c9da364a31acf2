//! Every statement: it prepares on the schema as migrated, and it carries the project.

use server::store::sqlite_text;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqlSafeStr as _, SqliteConnection};
use std::fs;
use std::path::Path;

/// Statements about organizations themselves; others that belong to no project carry the organization's id.
const OF_THE_ORGANIZATION: [&str; 3] = ["organization_first.sql", "organization_insert.sql", "projects.sql"];

#[tokio::test]
async fn every_statement_prepares_and_carries_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let url = format!("sqlite:{}", path.display());
    drop(server::store::SqlStore::open(&url).await.unwrap());
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    let statements = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/sql");
    let mut count = 0;
    for entry in fs::read_dir(statements).unwrap() {
        let entry = entry.unwrap();
        let (name, text) = (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap());
        let statement = AssertSqlSafe(sqlite_text(&text)).into_sql_str();
        connection.prepare(statement).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let of_keys = name.starts_with("api_key") || name.starts_with("idempotent_answer");
        let carries = text.contains(if of_keys { "organization_id" } else { "project_id" })
            || OF_THE_ORGANIZATION.contains(&name.as_str());
        assert!(carries, "{name} does not carry project_id");
        for forbidden in ["random(", "now()", "current_timestamp", "datetime('now"] {
            assert!(!text.to_lowercase().contains(forbidden), "{name} uses {forbidden}");
        }
        count += 1;
    }
    assert!(count > 50, "only {count} statements were found");
}
