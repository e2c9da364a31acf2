//! Tests with a database file that is deleted, moved or replaced while a server uses it, and of file permissions.

use super::program::Program;
use super::running::Process;
use super::short::{post, terms, views};
use super::support::{Engine, World, postgres_url, text};
use axum::http::StatusCode;
use program::error::StoreError;
use program::posts::store::PostStore as _;
use rstest::rstest;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use store::{OpenError, SqlStore, back_up};
use uuid::Uuid;

const FACT: &str =
    r#"[{"type":"post","tiktok_video_id":"1","tiktok_handle":"mia","published_at":"2026-08-18T10:00:00Z"}]"#;
const REPLACED: &str = "The database file was deleted, moved or replaced while it was in use";

/// What is done to the file of a running server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    Deleted,
    ReplacedByABackup,
    WrittenOverByABackup,
    CutOff,
    WithoutItsLog,
    WithoutItsIndex,
    FolderMoved,
    LinkSwitched,
}

fn befall(mishap: Mishap, path: &Path, backup: &Path) {
    let beside = |end: &str| PathBuf::from(format!("{}{end}", path.canonicalize().unwrap().display()));
    match mishap {
        Mishap::Deleted => fs::remove_file(path).unwrap(),
        Mishap::ReplacedByABackup => fs::rename(backup, path).unwrap(),
        // As `cp` does: into the existing file.
        Mishap::WrittenOverByABackup => drop(fs::copy(backup, path).unwrap()),
        Mishap::CutOff => fs::OpenOptions::new().write(true).open(path).unwrap().set_len(8_192).unwrap(),
        Mishap::WithoutItsLog => fs::remove_file(beside("-wal")).unwrap(),
        Mishap::WithoutItsIndex => fs::remove_file(beside("-shm")).unwrap(),
        Mishap::FolderMoved => {
            let folder = path.parent().unwrap();
            fs::rename(folder, folder.with_extension("moved")).unwrap();
        }
        Mishap::LinkSwitched => {
            fs::remove_file(path).unwrap();
            symlink(backup, path).unwrap();
        }
    }
}

#[rstest]
#[case(Mishap::Deleted)]
#[case(Mishap::ReplacedByABackup)]
#[case(Mishap::WrittenOverByABackup)]
#[case(Mishap::CutOff)]
#[case(Mishap::WithoutItsLog)]
#[case(Mishap::WithoutItsIndex)]
#[case(Mishap::FolderMoved)]
#[case(Mishap::LinkSwitched)]
#[tokio::test]
async fn a_file_that_is_no_longer_the_one_opened_takes_no_changes_and_says_so(#[case] mishap: Mishap) {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    fs::create_dir(&inner).unwrap();
    let path = if mishap == Mishap::LinkSwitched {
        drop(SqlStore::open(&format!("sqlite:{}", inner.join("real.db").display())).await.unwrap());
        symlink(inner.join("real.db"), inner.join("goals.db")).unwrap();
        inner.join("goals.db")
    } else {
        inner.join("goals.db")
    };
    let url = format!("sqlite:{}", path.display());
    let backup = folder.path().join("backup.db");
    let world = World::at(url.clone(), tempfile::tempdir().unwrap(), "UTC").await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    // Read before the backup is put in place: afterwards the content is the backup's.
    let program = Program::writing(&world).await;
    back_up(&url, &backup).await.unwrap();
    let facts_path = format!("/projects/{}/stats", world.id());
    let (status, answer) = program.send("POST", &facts_path, &[], FACT.into()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.get("/readyz").await.status(), StatusCode::OK);

    befall(mishap, &path, &backup);

    let facts = vec![post("1", "mia", "2026-08-18T10:00:00Z")];
    let refused = world.store.accept(world.id(), facts, &terms()).await;
    assert!(matches!(&refused, Err(StoreError::Unwritable(why)) if why.starts_with(REPLACED)), "{refused:?}");
    let ready = world.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(ready).await.starts_with(REPLACED));
    if mishap == Mishap::WrittenOverByABackup {
        // What is read from such a file, including keys and projects, may be of either state.
        return;
    }
    let (status, answer) = program.send("POST", &facts_path, &[], FACT.into()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
    assert!(answer["error"].as_str().unwrap().starts_with(REPLACED), "{answer}");
    assert_eq!(answer["meta"]["code"], "unavailable");
    let form = [("name", "Autumn"), ("project_id", &world.id().to_string())];
    let sent = world.post("/forms/create_campaign", "application/json", &form).await;
    assert_eq!(sent.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(sent).await.contains(REPLACED));
    if mishap == Mishap::FolderMoved {
        assert!(!inner.exists(), "and nothing is made in the place of what was moved");
    }
}

/// Runs a statement like another program, which opens the file and closes it.
async fn elsewhere(world: &World, statement: &'static str) {
    let options = SqliteConnectOptions::new().filename(world.url.strip_prefix("sqlite:").unwrap());
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

const CHECKPOINT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

async fn assert_replaced(world: &World) {
    let facts = vec![post("9", "mia", "2026-08-18T10:00:00Z")];
    let refused = world.store.accept(world.id(), facts, &terms()).await;
    assert!(matches!(&refused, Err(StoreError::Unwritable(why)) if why.starts_with(REPLACED)), "{refused:?}");
    let ready = world.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(ready).await.starts_with(REPLACED));
}

#[tokio::test]
async fn a_backup_beside_the_log_of_a_lost_file_is_not_opened_and_a_file_beside_its_own_is() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    let path = world.folder.path().join("test.db");
    let backup = world.folder.path().join("backup.db");
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    back_up(&world.url, &backup).await.unwrap();
    world.accept(vec![post("2", "mia", "2026-08-18T11:00:00Z")]).await;
    // The files that a server killed now would leave.
    let left = world.folder.path().join("left");
    fs::create_dir(&left).unwrap();
    let leave = |database: &Path| {
        fs::copy(database, left.join("test.db")).unwrap();
        for end in ["-wal", "-shm"] {
            fs::copy(format!("{}{end}", path.display()), left.join(format!("test.db{end}"))).unwrap();
        }
    };
    let url = format!("sqlite:{}", left.join("test.db").display());

    leave(&backup);
    let before = fs::read(left.join("test.db")).unwrap();
    let refused = SqlStore::open(&url).await;
    assert!(matches!(&refused, Err(OpenError::Log(_))), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("move"), "it says what to do");
    assert_eq!(fs::read(left.join("test.db")).unwrap(), before, "nothing was changed");
    for end in ["-wal", "-shm"] {
        fs::remove_file(left.join(format!("test.db{end}"))).unwrap();
    }
    let restored = SqlStore::open(&url).await.unwrap();
    assert_eq!(restored.post_ids(world.id(), &["1", "2"]).await.unwrap().len(), 1, "the state of the backup");
    drop(restored);

    fs::remove_dir_all(&left).unwrap();
    fs::create_dir(&left).unwrap();
    leave(&path);
    let recovered = SqlStore::open(&url).await.unwrap();
    assert_eq!(recovered.post_ids(world.id(), &["1", "2"]).await.unwrap().len(), 2, "nothing acknowledged is lost");
}

#[tokio::test]
async fn an_earlier_copy_of_the_same_size_written_over_the_file_is_noticed() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    let path = Path::new(world.url.strip_prefix("sqlite:").unwrap());
    let corrected = async |count: i64| world.accept(vec![views("0", "2026-08-18T10:00:00Z", count)]).await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    corrected(1).await;
    elsewhere(&world, CHECKPOINT).await;
    let earlier = world.folder.path().join("earlier.db");
    fs::copy(path, &earlier).unwrap();
    for count in 2..100 {
        corrected(count).await;
    }
    elsewhere(&world, CHECKPOINT).await;
    assert_eq!(fs::metadata(path).unwrap().len(), fs::metadata(&earlier).unwrap().len());
    fs::copy(&earlier, path).unwrap();
    assert_replaced(&world).await;
}

#[tokio::test]
async fn the_file_of_another_installation_written_over_the_file_is_noticed() {
    let (world, other) = (World::on(Engine::Sqlite, "UTC").await, World::on(Engine::Sqlite, "UTC").await);
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    other.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    for world in [&world, &other] {
        elsewhere(world, CHECKPOINT).await;
    }
    assert_eq!(world.get("/readyz").await.status(), StatusCode::OK);
    let mut file = fs::read(other.url.strip_prefix("sqlite:").unwrap()).unwrap();
    // As if much more had been stored in it: SQLite's change counter, and the number of the last change.
    for number in [24..28, 60..64] {
        file[number].copy_from_slice(&1_000_000_u32.to_be_bytes());
    }
    file.resize(file.len() + (1 << 20), 0);
    fs::write(world.url.strip_prefix("sqlite:").unwrap(), file).unwrap();
    assert_replaced(&world).await;
}

#[tokio::test]
async fn a_file_that_others_only_read_copy_and_check_stays_the_same() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    let program = Program::writing(&world).await;
    let facts_path = format!("/projects/{}/stats", world.id());
    for number in 1..30 {
        let fact = FACT.replace(r#""1""#, &format!(r#""{number}""#));
        let (status, answer) = program.send("POST", &facts_path, &[], fact.into()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        // Another process writes, checkpoints the log into the file, and exits.
        elsewhere(&world, CHECKPOINT).await;
        back_up(&world.url, &world.folder.path().join(format!("{number}.db"))).await.unwrap();
    }
    elsewhere(&world, "VACUUM").await;
    elsewhere(&world, CHECKPOINT).await;
    let (status, answer) = program.send("POST", &facts_path, &[], FACT.replace(r#""1""#, r#""99""#).into()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.get("/readyz").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_server_is_not_ready_while_its_disk_is_full() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    let key = Program::writing(&world).await.secret.reveal().to_owned();
    let process = Process::start(&world);
    let facts_path = format!("/api/v1/projects/{}/stats", world.id());
    assert_eq!(process.ask("POST", &facts_path, &key, FACT).await.0, 200);
    assert_eq!(process.ask("GET", "/readyz", &key, "").await.0, 200);
    process.limit_file_size(Some(4_096));
    let (status, answer) = process.ask("POST", &facts_path, &key, &FACT.replace(r#""1""#, r#""2""#)).await;
    assert_eq!(status, 503, "{answer}");
    assert!(answer.contains("The disk of the database"), "{answer}");
    let (status, answer) = process.ask("GET", "/readyz", &key, "").await;
    assert_eq!(status, 503, "{answer}");
    assert!(answer.contains("The disk of the database"), "{answer}");
    process.limit_file_size(None);
    assert_eq!(process.ask("POST", &facts_path, &key, FACT).await.0, 200);
    assert_eq!(process.ask("GET", "/readyz", &key, "").await.0, 200, "as soon as a change was stored");
}

#[tokio::test]
async fn a_postgresql_that_is_read_only_is_not_ready_and_says_so() {
    let database = format!("test_{}", Uuid::now_v7().simple());
    let mut server = PgConnection::connect(&postgres_url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {database}"))).execute(&mut server).await.unwrap();
    let url = format!("{}/{database}", postgres_url().rsplit_once('/').unwrap().0);
    let world = World::at(url, tempfile::tempdir().unwrap(), "UTC").await;
    let program = Program::writing(&world).await;
    let facts_path = format!("/projects/{}/stats", world.id());
    assert_eq!(world.get("/readyz").await.status(), StatusCode::OK);
    // As when the server at an address becomes a standby: every connection breaks, and new ones are read-only.
    let read_only = format!(
        "ALTER DATABASE {database} SET default_transaction_read_only = on; \
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    );
    sqlx::raw_sql(AssertSqlSafe(read_only)).execute(&mut server).await.unwrap();
    let (status, answer) = program.send("POST", &facts_path, &[], FACT.into()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
    assert!(answer["error"].as_str().unwrap().contains("read-only"), "{answer}");
    let ready = world.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(ready).await.contains("read-only"));
}
