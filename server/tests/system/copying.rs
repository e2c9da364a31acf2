//! Tests of copying one database into another: everything is copied, an interrupted copy continues, and other data is
//! not changed.

use super::bad_days::world_behind;
use super::differential::operate;
use super::readable::{Side, everything};
use super::short::{post, views};
use super::support::{Engine, World};
use std::process::Command;
use store::tables::{Column, OF_PROJECTS, OF_THE_ORGANIZATION};
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
        let tables = OF_THE_ORGANIZATION.len() + OF_PROJECTS.len();
        assert!(first.tables.len() == tables && rows > 500, "{first:?}");
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

#[tokio::test]
async fn every_table_is_copied_with_every_column() {
    let folder = tempfile::tempdir().unwrap();
    let (sqlite, postgres) =
        (Engine::Sqlite.fresh_url(folder.path()).await, Engine::Postgres.fresh_url(folder.path()).await);
    for (url, catalog) in [
        (
            sqlite,
            "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c \
                WHERE t.type = 'table' AND t.name NOT LIKE '%migrations' ORDER BY 1",
        ),
        (
            postgres,
            r#"SELECT (table_name || '.' || column_name) COLLATE "C" AS name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations' ORDER BY 1"#,
        ),
    ] {
        drop(SqlStore::open(&url).await.unwrap());
        let tables = OF_THE_ORGANIZATION.iter().chain(&OF_PROJECTS);
        let mut ours: Vec<String> = tables
            .flat_map(|table| {
                table.columns().into_iter().map(move |Column { name, .. }| format!("{}.{name}", table.name))
            })
            .collect();
        ours.sort();
        assert_eq!(super::support::texts(&url, catalog).await, ours);
    }
}
