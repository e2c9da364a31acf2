//! Tests of copying one database into another: everything is copied, an interrupted copy continues, and other data is
//! not changed.

use super::bad_days::world_behind;
use super::differential::operate;
use super::readable::{Side, everything};
use super::short::{post, views};
use super::support::{Engine, World};
use std::process::Command;
use store::tables::{Column, tables};
use store::{CopyError, SqlStore, back_up, copy};

/// Opens the same project in the database at `url`.
async fn copy_of(side: &Side, url: &str) -> Side {
    side.seen_in(World::having(side.world.project.clone(), url.to_owned()).await)
}

/// Returns whether the database at `url` contains what this one contains.
async fn same_at(url: &str, side: &mut Side) {
    let mut copied = copy_of(side, url).await;
    for (ours, theirs) in everything(side).await.iter().zip(everything(&mut copied).await) {
        assert_eq!(*ours, theirs);
    }
}

#[tokio::test]
async fn everything_arrives_on_the_other_engine_and_what_changed_since_by_the_next_copy() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        let mut side = Side::new(World::on(from, "UTC").await);
        operate(&mut side, 11, 400).await;
        let folder = tempfile::tempdir().unwrap();
        let url = to.fresh_url(folder.path()).await;
        let first = copy(&side.world.url, &url, &mut |_| {}).await.unwrap();
        let rows: u64 = first.tables.iter().map(|(_, rows)| rows).sum();
        assert!(first.tables.len() == tables().await.unwrap().len() && rows > 500, "{first:?}");
        assert_eq!(first.written, rows);
        same_at(&url, &mut side).await;
        // Again: nothing to do. Then after changes, also of rows that were copied or removed.
        assert_eq!(copy(&side.world.url, &url, &mut |_| {}).await.unwrap().written, 0);
        operate(&mut side, 12, 250).await;
        let again = copy(&side.world.url, &url, &mut |_| {}).await.unwrap();
        assert!(again.written > 0 && again.written < again.tables.iter().map(|(_, rows)| rows).sum(), "{again:?}");
        same_at(&url, &mut side).await;
    }
}

#[tokio::test]
async fn a_copy_that_breaks_off_goes_on_where_it_was() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    let facts = (0..5_000).map(|number| post(&format!("v{number}"), "mia", "2026-08-17T10:00:00Z"));
    world.accept(facts.collect()).await;
    let folder = tempfile::tempdir().unwrap();
    let direct = Engine::Postgres.fresh_url(folder.path()).await;
    let (proxy, url) = world_behind(&direct).await;
    let broken = copy(&world.url, &url, &mut |progress| {
        if progress.table == "posts" && progress.written > 3_000 {
            proxy.cut();
        }
    })
    .await;
    assert!(matches!(broken, Err(CopyError::Broke(_))), "{broken:?}");
    proxy.mend();
    let rest = copy(&world.url, &url, &mut |_| {}).await.unwrap();
    assert!((500..3_000).contains(&rest.written), "only the rest: {}", rest.written);
    let there = super::support::texts(&direct, "SELECT CAST(COUNT(*) AS TEXT) FROM posts").await;
    assert_eq!(there, ["5000"]);
}

#[tokio::test]
async fn a_database_with_something_of_its_own_is_not_written_to() {
    let (left, right) = (World::on(Engine::Sqlite, "UTC").await, World::on(Engine::Postgres, "UTC").await);
    left.accept(vec![post("1", "mia", "2026-08-17T10:00:00Z"), views("1", "2026-08-17T11:00:00Z", 5)]).await;
    let refused = copy(&left.url, &right.url, &mut |_| {}).await.unwrap_err();
    assert!(matches!(refused, CopyError::NotEmpty(..)), "{refused}");
    assert_eq!(right.texts("SELECT name FROM projects").await.len(), 1);
    let itself = copy(&left.url, &left.url, &mut |_| {}).await.unwrap_err();
    assert!(matches!(itself, CopyError::Itself(_)), "{itself}");
}

#[tokio::test]
async fn a_backup_of_a_server_is_a_file_that_can_be_opened() {
    let mut side = Side::new(World::on(Engine::Postgres, "UTC").await);
    operate(&mut side, 13, 150).await;
    let file = side.world.folder.path().join("backup.db");
    let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
        .args(["backup", "--database", &side.world.url])
        .arg(&file)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let left: Vec<_> =
        std::fs::read_dir(side.world.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["backup.db"], "and nothing beside it");
    same_at(&format!("sqlite:{}", file.display()), &mut side).await;
    assert!(back_up(&side.world.url, &file).await.is_err(), "a backup never overwrites anything");
}

/// The type of a column, as each engine calls it.
fn type_of(column: &Column, engine: Engine) -> &'static str {
    match (format!("{:?}", column.kind).as_str(), engine) {
        ("Uuid" | "Bytea", Engine::Sqlite) => "blob",
        ("Bigint" | "Boolean", Engine::Sqlite) => "integer",
        ("Uuid", Engine::Postgres) => "uuid",
        ("Bytea", Engine::Postgres) => "bytea",
        ("Bigint", Engine::Postgres) => "bigint",
        ("Boolean", Engine::Postgres) => "boolean",
        ("Text", _) => "text",
        (other, _) => panic!("{other} is no type of a column"),
    }
}

/// Every column with its type and its place in the primary key.
const CATALOGUES: [(Engine, &str, &str); 2] = [
    (
        Engine::Sqlite,
        "SELECT t.name || '.' || c.name || ': ' || lower(c.type) || ' ' || c.pk
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE '%migrations'",
        "SELECT t.name || ' ' || f.\"table\" FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f
         WHERE t.type = 'table'",
    ),
    (
        Engine::Postgres,
        "SELECT t.relname || '.' || c.attname || ': ' || format_type(c.atttypid, c.atttypmod) || ' '
             || coalesce(array_position(k.indkey::int2[], c.attnum) + 1, 0)
         FROM pg_class AS t
         JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
         LEFT JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
         WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND t.relname <> '_sqlx_migrations'",
        "SELECT t.relname || ' ' || other.relname FROM pg_constraint AS k
         JOIN pg_class AS t ON t.oid = k.conrelid JOIN pg_class AS other ON other.oid = k.confrelid
         WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace",
    ),
];

#[tokio::test]
async fn every_table_is_copied_as_the_schema_has_it() {
    for (engine, columns, references) in CATALOGUES {
        let folder = tempfile::tempdir().unwrap();
        let url = engine.fresh_url(folder.path()).await;
        drop(SqlStore::open(&url).await.unwrap());
        let mut ours = Vec::new();
        let tables = tables().await.unwrap();
        for table in tables {
            let key = table.key();
            for column in table.columns() {
                let place = key.iter().position(|of_key| of_key == column).map_or(0, |place| place + 1);
                ours.push(format!("{}.{}: {} {place}", table.name, column.name, type_of(column, engine)));
            }
        }
        let mut theirs = super::support::texts(&url, columns).await;
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs);
        // Rows go in table by table, so each refers to tables before it.
        let references = super::support::texts(&url, references).await;
        assert!(references.len() > 20, "{references:?}");
        let place = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
        for reference in references {
            let (table, other) = reference.split_once(' ').unwrap();
            assert!(place(table) > place(other), "{table} refers to {other}");
        }
    }
}
