//! Tests with a database that is missing, unreachable, full, read-only, or has another clock.

use super::program::Program;
use super::proxy::Proxy;
use super::running::Process;
use super::short::post;
use super::support::{Engine, NOW, World, eventually, postgres_url, text, texts};
use axum::http::StatusCode;
use futures_util::future::join_all;
use program::keys::secret::Secret;
use sqlx::{Connection as _, PgConnection};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::OpenError;
use store::SqlStore;
use tower::ServiceExt as _;

const POSTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM posts";

/// Runs the program until it exits.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_creator-goals")).args(arguments).output().unwrap()
}

#[test]
fn a_database_that_is_not_there_is_a_sentence_without_the_password() {
    // Nothing listens on port 1.
    let done = run(&["project", "list", "--database", "postgres://mia:opensesame@127.0.0.1:1/goals"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success());
    assert!(said.contains("postgres://mia@127.0.0.1:1/goals") && said.contains("refused"), "{said}");
    assert!(!said.contains("opensesame") && !said.contains("panicked"), "{said}");
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_shown() {
    let mut connection = PgConnection::connect(&postgres_url()).await.unwrap();
    let role =
        "DO $$ BEGIN CREATE ROLE guarded LOGIN PASSWORD 'right'; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    sqlx::raw_sql(role).execute(&mut connection).await.unwrap();
    let guarded = |password: &str| postgres_url().replace("postgres@", &format!("guarded:{password}@"));
    let refused = SqlStore::open(&guarded("wrongsesame")).await.unwrap_err().to_string();
    assert!(refused.contains("password authentication failed for user"), "{refused}");
    assert!(!refused.contains("sesame"), "{refused}");
    // The right password gives access, but this role may not create tables, which is reported too.
    let refused = SqlStore::open(&guarded("right")).await.unwrap_err().to_string();
    assert!(refused.contains("permission denied for schema public"), "{refused}");
}

/// A world whose connection to its database can be cut.
pub async fn world_behind(engine_url: &str) -> (Proxy, String) {
    let address = engine_url.split_once('@').unwrap().1.split('/').next().unwrap();
    let proxy = Proxy::to(address.to_owned()).await;
    let url = engine_url.replace(address, &format!("127.0.0.1:{}", proxy.port));
    (proxy, url)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_and_comes_back_during_load_loses_nothing_and_blocks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let direct = Engine::Postgres.fresh_url(folder.path()).await;
    let (proxy, url) = world_behind(&direct).await;
    let world = Arc::new(World::at(url, folder, "UTC").await);
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    let key = Program::writing(&world).await.secret.reveal().to_owned();
    let router = world.router_at(NOW);

    let (stored, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let is_back = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..12)
        .map(|client| {
            let (world, key, router) = (world.clone(), key.clone(), router.clone());
            let (stored, refused, is_back) = (stored.clone(), refused.clone(), is_back.clone());
            tokio::spawn(async move {
                let program = Program { world: &world, secret: Secret::parse(&key).unwrap() };
                for number in 0..25 {
                    let fact = format!(
                        r#"[{{"type":"post","tiktok_video_id":"{client}x{number}","tiktok_handle":"mia","published_at":"2026-08-18T10:00:00Z"}}]"#
                    );
                    // As programs should, it sends a refused request again.
                    loop {
                        let request = program.request("POST", &format!("/projects/{}/stats", world.id()), &[], fact.clone());
                        let was_back = is_back.load(Ordering::SeqCst);
                        let answer = router.clone().oneshot(request).await.unwrap();
                        match answer.status() {
                            StatusCode::OK => break,
                            StatusCode::SERVICE_UNAVAILABLE => {
                                assert!(answer.headers().contains_key("retry-after"));
                                assert!(!was_back, "no request is refused that begins after the database is back");
                                refused.fetch_add(1, Ordering::Relaxed);
                            }
                            other => panic!("{other}: {}", text(answer).await),
                        }
                    }
                    stored.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    eventually("some facts are stored", async || (stored.load(Ordering::Relaxed) >= 30).then_some(())).await;
    proxy.cut();
    eventually("some are refused", async || (refused.load(Ordering::Relaxed) >= 12).then_some(())).await;
    proxy.mend();
    is_back.store(true, Ordering::SeqCst);
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(stored.load(Ordering::Relaxed), 300);
    assert_eq!(world.texts(POSTS).await, ["301"], "every acknowledged fact is there, once");
    assert_eq!(world.stale_days().await, 0);
    // More requests at once than there are connections: each gets one in turn.
    let program = Program { world: &world, secret: Secret::parse(&key).unwrap() };
    let path = format!("/projects/{}/goal-compliance", world.id());
    let asked = (0..40).map(|_| router.clone().oneshot(program.request("GET", &path, &[], "")));
    let answers: Vec<_> = join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.status() == StatusCode::OK));
}

#[tokio::test]
async fn connections_that_broke_while_nobody_asked_are_not_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (proxy, url) = world_behind(&Engine::Postgres.fresh_url(folder.path()).await).await;
    let world = World::at(url, folder, "UTC").await;
    join_all((0..10).map(|_| world.store.projects())).await;
    proxy.cut();
    proxy.mend();
    for answer in join_all((0..10).map(|_| world.store.projects())).await {
        assert_eq!(answer.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_step_of_the_schema_that_fails_leaves_nothing_half_done_and_the_next_start_goes_on() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let folder = tempfile::tempdir().unwrap();
        let url = engine.fresh_url(folder.path()).await;
        // A table that conflicts with a later migration.
        if engine == Engine::Sqlite {
            std::fs::write(folder.path().join("test.db"), "").unwrap();
        }
        texts(&url, "CREATE TABLE campaigns (x TEXT)").await;
        let refused = SqlStore::open(&url).await.unwrap_err();
        assert!(matches!(refused, OpenError::Migrate { .. }), "{refused}");
        assert!(refused.to_string().contains("campaigns"), "{refused}");
        texts(&url, "DROP TABLE campaigns").await;
        let world = World::at(url, folder, "UTC").await;
        world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
        assert_eq!(world.stale_days().await, 0);
    }
}

#[tokio::test]
async fn a_start_that_is_killed_while_it_makes_the_schema_is_made_good_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let url = Engine::Postgres.fresh_url(folder.path()).await;
    // Blocks the creation of tables in this schema once it has begun.
    let mut blocking = PgConnection::connect(&url).await.unwrap();
    let mut transaction = blocking.begin().await.unwrap();
    sqlx::raw_sql("CREATE TABLE campaigns (x TEXT)").execute(&mut *transaction).await.unwrap();
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_creator-goals")).args(["migrate", "--database", &url]).spawn().unwrap();
    let mut watching = PgConnection::connect(&postgres_url()).await.unwrap();
    let waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' \
        AND query LIKE '%CREATE TABLE campaigns%'";
    eventually("it waits for the table", async || {
        let waiting: i64 = sqlx::query_scalar(waits).fetch_one(&mut watching).await.unwrap();
        assert!(child.try_wait().unwrap().is_none(), "it ended without waiting");
        (waiting > 0).then_some(())
    })
    .await;
    child.kill().unwrap();
    child.wait().unwrap();
    transaction.rollback().await.unwrap();
    let world = World::at(url, folder, "UTC").await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room() {
    let world = World::on(Engine::Sqlite, "UTC").await;
    world.accept(vec![post("0", "mia", "2026-08-17T10:00:00Z")]).await;
    let key = Program::writing(&world).await.secret.reveal().to_owned();
    let process = Process::start(&world);
    let path = format!("/api/v1/projects/{}/stats", world.id());
    let batch = |number: usize| {
        let facts: Vec<_> = (0..200)
            .map(|place| {
                format!(
                    r#"{{"type":"post","tiktok_video_id":"{number}x{place}","tiktok_handle":"mia","published_at":"2026-08-18T10:00:00Z","description":"{}"}}"#,
                    "x".repeat(500)
                )
            })
            .collect();
        format!("[{}]", facts.join(","))
    };
    assert_eq!(process.ask("POST", &path, &key, &batch(0)).await.0, 200);
    // No file of the process may grow any further, which looks like a full disk to it.
    let size = std::fs::metadata(world.folder.path().join("test.db-wal")).unwrap().len();
    process.limit_file_size(Some(size + 4096));
    let (mut number, mut refused) = (1, None);
    while refused.is_none() && number < 50 {
        let (status, body) = process.ask("POST", &path, &key, &batch(number)).await;
        if status == 200 { number += 1 } else { refused = Some((status, body)) }
    }
    let (status, body) = refused.expect("the disk is full before 10,000 posts are in");
    assert_eq!(status, 503, "{body}");
    let (status, body) = process.ask("GET", &format!("/api/v1/projects/{}/creators", world.id()), &key, "").await;
    assert!(status == 200 && body.contains("mia"), "reading goes on: {status} {body}");
    process.limit_file_size(None);
    let (status, body) = process.ask("POST", &path, &key, &batch(number)).await;
    assert_eq!(status, 200, "{body}");
    let kept = (1 + 200 * (number + 1)).to_string();
    assert_eq!(world.texts(POSTS).await, [kept], "everything acknowledged, and no more");
    assert_eq!(world.stale_days().await, 0);
}

#[test]
fn a_file_that_may_not_be_written_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goals.db");
    let url = format!("sqlite:{}", path.display());
    assert!(run(&["project", "create", "Summer", "--database", &url]).status.success());
    // Root may write everything, so root uses another user.
    let program = folder.path().join("creator-goals");
    std::fs::copy(env!("CARGO_BIN_EXE_creator-goals"), &program).unwrap();
    let writable =
        |mode: &str, what: &Path| assert!(Command::new("chmod").arg(mode).arg(what).status().unwrap().success());
    // The files SQLite keeps beside the database also belong to the owner only.
    for beside in ["", "-wal", "-shm"] {
        let file = folder.path().join(format!("goals.db{beside}"));
        if file.exists() {
            writable("444", &file);
        }
    }
    writable("555", folder.path());
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout.starts_with(b"0\n");
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let done = command.args(["project", "list", "--database", &url]).output().unwrap();
    writable("755", folder.path());
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success(), "{said}");
    assert!(said.contains("goals.db") && said.contains("readonly database"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert!(run(&["project", "list", "--database", &url]).status.success(), "and left as it was");
}

#[tokio::test]
async fn the_clock_of_the_database_server_is_not_asked() {
    // The database server's clock is an hour ahead; every test on it shows that this does not matter.
    let mut connection = PgConnection::connect(&postgres_url()).await.unwrap();
    let theirs: i64 = sqlx::query_scalar("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let ours = Command::new("date").arg("+%s").output().unwrap().stdout;
    let ours: i64 = String::from_utf8(ours).unwrap().trim().parse().unwrap();
    let ahead = theirs / 1000 - ours;
    assert!((3_500..3_700).contains(&ahead), "{ahead} seconds");
}
