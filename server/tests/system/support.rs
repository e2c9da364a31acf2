//! A server on a temporary database, with a fixed clock.

use super::statements::partitioned_schema;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use axum::response::Response;
use compliance::calendar::Zone;
use compliance::fact::{Counters, Fact, Handle, PostFact, PostStatsFact};
use compliance::{Instant, ProjectSettings};
use program::actor::Actor;
use program::caller::Caller;
use program::clock::FixedClock;
use program::facts::record::{AcceptTerms, Acceptance};
use program::ids::{CreatorId, ProjectId, RunId};
use program::projects::record::{Project, ProjectChange};
use program::store::SharedStore;
use proptest::test_runner::Config as ProptestConfig;
use server::{AppState, Limits, Network, Site, Uploads, router};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::fs;
use std::iter;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use store::SqlStore;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use uuid::Uuid;

/// Wednesday, 19 August 2026, 12:00 UTC.
pub const NOW: Instant = Instant::from_millis(1_787_140_800_000);
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// The engines on which the tests run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine of tests that name none: `TEST_ENGINE=postgres` runs them all on PostgreSQL.
    pub fn of_this_run() -> Engine {
        match std::env::var("TEST_ENGINE").as_deref() {
            Ok("postgres") => Engine::Postgres,
            Ok("sqlite") | Err(_) => Engine::Sqlite,
            Ok(other) => panic!("TEST_ENGINE is {other}: it may be sqlite or postgres"),
        }
    }

    /// Returns the URL of an empty database: a file in the folder, or a schema of its own on the server.
    pub async fn fresh_url(self, folder: &Path) -> String {
        match self {
            Engine::Sqlite => format!("sqlite:{}", folder.join("test.db").display()),
            Engine::Postgres => {
                let schema = format!("test_{}", Uuid::now_v7().simple());
                let mut connection = PgConnection::connect(&postgres_url()).await.unwrap();
                let statement = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
                sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
                format!("{}?options[search_path]={schema}", postgres_url())
            }
        }
    }
}

/// Returns the settings of a law: this many cases, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// Returns a runtime for a test that runs many cases on one database.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The database server for tests.
pub fn postgres_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect("a PostgreSQL is needed: scripts/with-postgres.sh cargo test")
}

/// Returns the first column of a statement's rows on the database at a URL.
pub async fn texts(url: &str, statement: &'static str) -> Vec<String> {
    match url.strip_prefix("sqlite:") {
        Some(path) => {
            let options = SqliteConnectOptions::new().filename(path);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            sqlx::query_scalar(statement).fetch_all(&mut connection).await.unwrap()
        }
        None => {
            // PgBouncer refuses this parameter, which sqlx sends otherwise.
            let options = url.parse::<PgConnectOptions>().unwrap().extra_float_digits(None);
            let mut connection = PgConnection::connect_with(&options).await.unwrap();
            // In a transaction PgBouncer keeps the connection on which the statement was prepared.
            let mut transaction = connection.begin().await.unwrap();
            let found = sqlx::query_scalar(statement).persistent(false).fetch_all(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
            found
        }
    }
}

/// A SQLite database with nothing but the schema. Most tests begin with it, because migrating an empty one takes longer
/// than the test.
static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();

async fn migrated() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("migrated.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let migrations = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite")).await.unwrap();
    migrations.run(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    fs::read(path).unwrap()
}

/// The name of a PostgreSQL database with nothing but the schema, of which tests get copies: a copy takes a tenth of the
/// time of the migrations.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// The copies that no test uses any more. The next test drops them, so that they do not fill the disk.
static RELEASED: Mutex<Vec<String>> = Mutex::new(Vec::new());

async fn template() -> String {
    let name = format!("template_{}", Uuid::now_v7().simple());
    run_on_server(format!("CREATE DATABASE {name}")).await;
    let mut connection = PgConnection::connect(&url_of(&name)).await.unwrap();
    let migrations = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/postgres")).await.unwrap();
    migrations.run(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    name
}

async fn run_on_server(statement: String) {
    let mut server = PgConnection::connect(&postgres_url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut server).await.unwrap();
    server.close().await.unwrap();
}

/// Returns the URL of another database of the server for tests.
fn url_of(database: &str) -> String {
    let server = postgres_url();
    format!("{}/{database}", server.rsplit_once('/').unwrap().0)
}

/// A PostgreSQL database of a test's own, with the schema.
pub struct DatabaseCopy(String);

impl DatabaseCopy {
    async fn make() -> DatabaseCopy {
        let released = std::mem::take(&mut *RELEASED.lock().unwrap());
        for name in released {
            run_on_server(format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        let template = TEMPLATE.get_or_init(template).await;
        let name = format!("test_{}", Uuid::now_v7().simple());
        run_on_server(format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
        DatabaseCopy(name)
    }
}

impl Drop for DatabaseCopy {
    fn drop(&mut self) {
        RELEASED.lock().unwrap().push(std::mem::take(&mut self.0));
    }
}

pub struct World {
    pub sql: Arc<SqlStore>,
    pub store: SharedStore,
    pub project: Project,
    pub folder: TempDir,
    pub url: String,
    /// The database, if it is dropped with the world.
    _copy: Option<DatabaseCopy>,
    /// The server of [`World::send`]; building one for each request takes longer than answering it.
    served: OnceLock<Router>,
}

impl World {
    pub async fn new() -> World {
        World::in_zone("UTC").await
    }

    pub async fn in_zone(zone: &str) -> World {
        World::on(Engine::of_this_run(), zone).await
    }

    pub async fn on(engine: Engine, zone: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        if engine == Engine::Postgres {
            let copy = DatabaseCopy::make().await;
            let world = World::at(url_of(&copy.0), folder, zone).await;
            return World { _copy: Some(copy), ..world };
        }
        let url = engine.fresh_url(folder.path()).await;
        let path = url.strip_prefix("sqlite:").unwrap();
        fs::write(path, MIGRATED.get_or_init(migrated).await).unwrap();
        World::at(url, folder, zone).await
    }

    /// On PostgreSQL, behind PgBouncer in transaction mode.
    pub async fn behind_pgbouncer() -> World {
        let bouncer = std::env::var("TEST_PGBOUNCER_URL").expect("scripts/with-postgres.sh cargo test");
        let database = format!("test_{}", Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&postgres_url()).await.unwrap();
        let made = AssertSqlSafe(format!("CREATE DATABASE {database}"));
        sqlx::raw_sql(made).execute(&mut connection).await.unwrap();
        let url = format!("{bouncer}/{database}?statement-cache-capacity=0");
        World::at(url, tempfile::tempdir().unwrap(), "UTC").await
    }

    /// On PostgreSQL, with every table partitioned by project.
    pub async fn on_partitioned_tables() -> World {
        let folder = tempfile::tempdir().unwrap();
        let url = Engine::Postgres.fresh_url(folder.path()).await;
        // The ordinary tables first, so that every migration counts as applied; then they are replaced.
        drop(SqlStore::open(&url).await.unwrap());
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let ours = "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables \
            WHERE schemaname = current_schema() AND tablename <> '_sqlx_migrations'";
        let ours: String = sqlx::query_scalar(ours).fetch_one(&mut connection).await.unwrap();
        for statement in iter::once(format!("DROP TABLE {ours}")).chain(partitioned_schema()) {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
        World::at(url, folder, "UTC").await
    }

    /// Opens the project in a database that has one.
    pub async fn having(project: Project, url: String) -> World {
        let sql = Arc::new(SqlStore::open(&url).await.unwrap());
        let folder = tempfile::tempdir().unwrap();
        World { store: sql.clone(), sql, project, folder, url, _copy: None, served: OnceLock::new() }
    }

    /// Creates a project in an empty database.
    pub async fn at(url: String, folder: TempDir, zone: &str) -> World {
        World::with(Arc::new(SqlStore::open(&url).await.unwrap()), url, folder, zone).await
    }

    /// Creates another project in the same database, which takes much less time than another database.
    pub async fn beside(&self) -> World {
        World::with(self.sql.clone(), self.url.clone(), tempfile::tempdir().unwrap(), "UTC").await
    }

    async fn with(sql: Arc<SqlStore>, url: String, folder: TempDir, zone: &str) -> World {
        let store: SharedStore = sql.clone();
        let zone = Zone::parse(zone).unwrap();
        let new = ProjectChange { name: "Summer".to_owned(), zone, settings: ProjectSettings::default() };
        let project = store.create_project(ProjectId::new(), &new, NOW.plus_millis(-60 * DAY)).await.unwrap();
        World { sql, store, project, folder, url, _copy: None, served: OnceLock::new() }
    }

    /// Returns the first column of a statement's rows, without the store.
    pub async fn texts(&self, statement: &'static str) -> Vec<String> {
        texts(&self.url, statement).await
    }

    pub fn id(&self) -> ProjectId {
        self.project.project_id
    }

    pub fn server(&self) -> Caller {
        Caller { store: self.store.clone(), clock: Arc::new(FixedClock(NOW)), actor: Actor::LocalOwner }
    }

    pub async fn accept(&self, facts: Vec<Fact>) -> Acceptance {
        let terms = AcceptTerms { create_creators: true, ..AcceptTerms::of("test", NOW) };
        self.store.accept(self.id(), facts, &terms).await.unwrap()
    }

    /// Imports a file that has a post under a new handle, so that its creator was probably renamed. Returns the double.
    pub async fn probably_renamed(&self, video_id: &str, new_handle: &str) -> CreatorId {
        let terms = AcceptTerms { create_creators: true, began: Some(RunId::new()), ..AcceptTerms::of("test", NOW) };
        let facts = vec![super::short::post(video_id, new_handle, "2026-08-18T10:00:00Z")];
        self.store.accept(self.id(), facts, &terms).await.unwrap();
        let waits = self.store.probable_renamings(self.id()).await.unwrap();
        waits.iter().find(|renaming| renaming.double.handle.as_str() == new_handle).unwrap().double.creator_id
    }

    /// Merges the creator of a post, who was probably renamed, and their new handle.
    pub async fn merged(&self, video_id: &str, creator: &str, new_handle: &str) -> CreatorId {
        let kept = self.creator(creator).await;
        let double = self.probably_renamed(video_id, new_handle).await;
        self.store.merge_creators(self.id(), kept, double, NOW).await.unwrap();
        kept
    }

    /// Sends a request to a server whose clock is fixed at [`NOW`].
    pub async fn send(&self, request: Request<Body>) -> Response {
        self.served.get_or_init(|| self.router_at(NOW)).clone().oneshot(request).await.unwrap()
    }

    /// Sends a request to a server whose clock is fixed at `now`.
    pub async fn send_at(&self, now: Instant, request: Request<Body>) -> Response {
        self.router_at(now).oneshot(request).await.unwrap()
    }

    /// Sends a request to a server with these network settings.
    pub async fn send_in(&self, network: &Network, request: Request<Body>) -> Response {
        self.router_in(NOW, network.clone()).oneshot(request).await.unwrap()
    }

    /// Returns the whole server, with a clock fixed at `now`.
    pub fn router_at(&self, now: Instant) -> Router {
        self.router_in(now, Network::default())
    }

    fn router_in(&self, now: Instant, network: Network) -> Router {
        let uploads = Uploads::in_folder(self.folder.path().join("uploads"));
        let server = Caller { clock: Arc::new(FixedClock(now)), ..self.server() };
        let stopping = CancellationToken::new();
        router(AppState::new(server, uploads, Site::empty(), network, Limits::default(), stopping))
    }

    pub async fn get(&self, path: &str) -> Response {
        let request =
            Request::builder().uri(path).header(header::HOST, "localhost").header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form, as a browser (`text/html`) or as a program (`application/json`).
    pub async fn post(&self, path: &str, accept: &str, form: &[(&str, &str)]) -> Response {
        self.send(form_request(path, accept, form)).await
    }
}

/// Returns the request that sends a form.
pub fn form_request(path: &str, accept: &str, form: &[(&str, &str)]) -> Request<Body> {
    let body = form.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(body)).unwrap()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

pub async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

pub fn location(response: &Response) -> String {
    let address = response.headers()[header::LOCATION].to_str().unwrap();
    assert!(address.len() <= 2_000, "not every browser and proxy takes an address of {} bytes", address.len());
    address.to_owned()
}

/// Waits until `look` finds something, and returns it. No test polls elsewhere: what is waited for here happens in the
/// database, in a folder, in another process or on another task, and none of these tells a test.
pub async fn eventually<T>(awaited: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "not within a minute: {awaited}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub fn mia() -> Handle {
    Handle::parse("mia").unwrap()
}

pub fn post(video: &str, published_at: Instant) -> Fact {
    Fact::Post(PostFact {
        tiktok_video_id: video.to_owned(),
        handle: Some(mia()),
        kind: None,
        published_at,
        url: None,
        description: Some(format!("Post {video}")),
        tracking_status: None,
    })
}

pub fn views(video: &str, captured_at: Instant, views: i64) -> Fact {
    let counters = Counters { views: Some(views), ..Counters::default() };
    Fact::PostStats(PostStatsFact {
        tiktok_video_id: video.to_owned(),
        handle: Some(mia()),
        captured_at,
        counters,
        source: None,
    })
}
