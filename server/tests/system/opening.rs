//! Tests of opening a database: one that is not there, one that is something else, what its address and its files show.

use super::support::{Engine, World};
use rstest::rstest;
use server::Uploads;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use store::{Absent, OpenError, SqlStore, back_up};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_creator-goals")).args(arguments).output().unwrap()
}

#[test]
fn a_mistyped_database_is_not_made_by_a_command_that_does_not_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/goals.db");
    let url = format!("sqlite:{}", path.display());
    let (backup, to) = (folder.path().join("backup.db"), format!("sqlite:{}/copy.db", folder.path().display()));
    let file = folder.path().join("a.csv");
    fs::write(&file, "video_id,username\n").unwrap();
    let (backup, file) = (backup.to_str().unwrap(), file.to_str().unwrap());
    for command in [
        &["project", "list", "--database", &url][..],
        &["evaluate", "--project", "Summer", "--database", &url],
        &["verify", "--project", "Summer", "--database", &url],
        &["key", "list", "--database", &url],
        &["key", "create", "--name", "x", "--database", &url],
        &["import", "--project", "Summer", "--database", &url, file],
        &["backup", "--database", &url, backup],
        &["copy", "--from", &url, "--to", &to],
    ] {
        let done = run(command);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && said.contains("there is no database"), "{command:?}: {said}");
        assert!(said.contains(path.to_str().unwrap()), "{said}");
        assert!(!path.parent().unwrap().exists() && !Path::new(backup).exists(), "{command:?} made something");
    }
    // A file that is something else, or empty, is not changed.
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(&path, "").unwrap();
    let said = String::from_utf8(run(&["project", "list", "--database", &url]).stderr).unwrap();
    assert!(said.contains("not a database of Creator Goals"), "{said}");
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    assert!(run(&["project", "create", "Summer", "--database", &url]).status.success());
    assert!(run(&["project", "list", "--database", &url]).status.success());
}

#[tokio::test]
async fn an_empty_postgresql_is_not_filled_by_a_command_that_only_reads() {
    let url = Engine::Postgres.fresh_url(Path::new("")).await;
    let refused = SqlStore::open_or(&url, Absent::Refused).await.unwrap_err();
    assert!(matches!(refused, OpenError::Foreign(_)), "{refused}");
}

#[rstest]
#[case("postgresq://mia:opensesame@db/goals")]
#[case("sqlite//mia:opensesame@db/goals")]
#[case("postgres//mia:opensesame@db/goals")]
#[case("postgres:/mia:opensesame@db/goals")]
#[case("mia:opensesame@db/goals")]
#[case("host=db password=opensesame")]
#[case("postgres://mia@127.0.0.1:1/goals?pasword=opensesame")]
#[case("postgres://127.0.0.1:1/goals?user=mia&password=opensesame")]
#[case("postgres://mia:open?opensesame@127.0.0.1:1/goals")]
#[case("postgres://mia:opensesame")]
#[test]
fn no_error_about_a_url_shows_its_password(#[case] url: &str) {
    for command in [["project", "list", "--database", url], ["backup", "--database", url, "/nonexistent/x.db"]] {
        let done = Command::new(env!("CARGO_BIN_EXE_creator-goals")).args(command).env("RUST_LOG", "trace").output();
        let done = done.unwrap();
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(!done.status.success() && !said.is_empty(), "{url}");
        assert!(!said.contains("opensesame"), "{said}");
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn only_the_owner_may_read_the_database_its_backups_and_the_uploads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made/goals.db");
    let url = format!("sqlite:{}", path.display());
    let world = World::at(url.clone(), tempfile::tempdir().unwrap(), "UTC").await;
    let beside = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
    for end in ["", "-wal", "-shm"] {
        assert_eq!(mode(&beside(end)), 0o600, "goals.db{end}");
    }
    assert_eq!(mode(path.parent().unwrap()), 0o700, "a folder that was made for it");
    let backup = folder.path().join("backup.db");
    back_up(&url, &backup).await.unwrap();
    assert_eq!(mode(&backup), 0o600);

    let uploads = folder.path().join("uploads");
    fs::create_dir(&uploads).unwrap();
    fs::set_permissions(&uploads, fs::Permissions::from_mode(0o755)).unwrap();
    let _held = Uploads::in_folder(uploads.clone()).hold().unwrap();
    assert_eq!((mode(&uploads), mode(&uploads.join(".held"))), (0o700, 0o600));

    // As older versions created them, and as readable by a group on purpose.
    for (before, after) in [(0o644, 0o600), (0o666, 0o600), (0o640, 0o640), (0o660, 0o660)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(before)).unwrap();
        fs::set_permissions(beside("-wal"), fs::Permissions::from_mode(before)).unwrap();
        drop(SqlStore::open(&url).await.unwrap());
        assert_eq!((mode(&path), mode(&beside("-wal"))), (after, after), "{before:o}");
    }
    assert_eq!(world.store.projects().await.unwrap().len(), 1);
}
