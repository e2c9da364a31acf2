//! Tests of backups, and of databases that this program must not change.

use super::short::{followers, goal, post, views};
use super::support::{Engine, NOW, World};
use std::path::Path;
use std::sync::Arc;
use store::SqlStore;
use store::{BackupError, OpenError, back_up};

#[tokio::test]
async fn a_backup_is_one_consistent_state_although_facts_go_in() {
    let world = Arc::new(World::on(Engine::Sqlite, "UTC").await);
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z"), followers("mia", "2026-08-17T11:00:00Z", 5)]).await;
    world.add_goal("mia", &goal("views", "weekly", 10)).await;
    let busy = Arc::clone(&world);
    let writer = tokio::spawn(async move {
        for second in 0..60 {
            busy.accept(vec![views("0", &format!("2026-08-18T10:00:{second:02}Z"), second)]).await;
        }
    });
    let to = world.folder.path().join("copy.db");
    let bytes = back_up(&world.url, &to).await.unwrap();
    writer.await.unwrap();
    assert_eq!(bytes, std::fs::metadata(&to).unwrap().len());

    let url = format!("sqlite:{}", to.display());
    let copy = World::having(world.project.clone(), url).await;
    assert_eq!(copy.stale_days().await, 0, "buckets and facts are of the same instant");
    assert!(copy.actual("mia", NOW).await <= world.actual("mia", NOW).await);
    assert_eq!(world.actual("mia", NOW).await, 59);

    let refused = back_up(&world.url, &to).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    let nowhere = back_up(&world.url, Path::new("/nonexistent/copy.db")).await;
    assert!(matches!(nowhere, Err(BackupError::Write { .. })), "{nowhere:?}");
    let nothing = back_up("sqlite:/nonexistent/from.db", &world.folder.path().join("other.db")).await;
    assert!(matches!(nothing, Err(BackupError::Url(OpenError::Missing(_)))), "{nothing:?}");
    let left: Vec<_> =
        std::fs::read_dir(world.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("unfinished")), "{left:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_not_touched() {
    let world = World::new().await;
    let step = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'of tomorrow', true, '00', 1)";
    world.texts(step).await;
    let refused = SqlStore::open(&world.url).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer { step: 9999, .. }), "{refused}");
    assert!(refused.to_string().contains("newer version of Creator Goals"), "{refused}");
    assert_eq!(world.texts("SELECT name FROM projects").await, ["Summer"], "nothing was changed");
}

#[tokio::test]
async fn what_is_no_database_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "Not a database, but long enough to be looked at: ".repeat(100)).unwrap();
    let refused = SqlStore::open(&format!("sqlite:{}", path.display())).await.unwrap_err().to_string();
    assert!(refused.contains("notes.txt") && refused.contains("not a database"), "{refused}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("Not a database"), "and left as it was");
    for url in ["mysql://localhost", "sqlite:", "sqlite::memory:"] {
        assert!(matches!(SqlStore::open(url).await, Err(OpenError::Url(_))), "{url}");
    }
}
