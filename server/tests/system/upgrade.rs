//! Tests that migrate a filled database of migrations 1 to 5, with values that the newest schema does not allow,
//! whatever it contains.

use super::program::Program;
use super::short::{at, day, zone};
use super::support::{Engine, World, text};
use axum::http::StatusCode;
use compliance::ProjectSettings;
use compliance::calendar::Zone;
use program::projects::record::Project;
use rstest::rstest;
use sqlx::error::DatabaseError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use store::SqlStore;
use tempfile::TempDir;
use uuid::Uuid;

/// The columns that tables had before, if there are more now.
const LANDED_COLUMNS: [(&str, &str); 5] = [
    (
        "creators",
        "project_id, creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, notes, removed_at, created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, last_collected_at, changed_version",
    ),
    (
        "creator_days",
        "project_id, creator_id, day, posts, views, engagement, followers, last_collected_at, last_published_at",
    ),
    ("collections", "project_id, creator_id, collected_at"),
    (
        "parked_stats",
        "project_id, tiktok_video_id, tiktok_handle, captured_at, views, likes, comments, shares, saves, source",
    ),
    (
        "imports",
        "project_id, import_id, file_name, state, choices, bytes_total, bytes_done, rows_read, accepted, duplicates, parked, rejected, without_instant, failure, created_at, finished_at",
    ),
];

/// The migrations that were released before the bounds.
const LANDED: i64 = 5;
/// The project with creators; ids from [`BAD`] on belong to rows that exceed the bounds.
const PROJECT: u128 = 2;
const BAD: u128 = 0xbad_000;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_a0a0_0000_7000_8000_0000_0000_0000 | number)
}

/// A connection without the store.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    async fn to(url: &str) -> Raw {
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
                Raw::Sqlite(SqliteConnection::connect_with(&options).await.unwrap())
            }
            None => Raw::Postgres(PgConnection::connect(url).await.unwrap()),
        }
    }

    /// Runs a statement in which `#7` stands for an id.
    async fn run(&mut self, statement: &str) -> sqlx::Result<()> {
        let statement = AssertSqlSafe(self.with_ids(statement));
        match self {
            Raw::Sqlite(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop),
            Raw::Postgres(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop),
        }
    }

    fn with_ids(&self, statement: &str) -> String {
        let mut statement = statement.to_owned();
        for (table, columns) in LANDED_COLUMNS {
            // Tables have more columns now.
            let (short, long) = (format!("INTO {table} VALUES"), format!("INTO {table} ({columns}) VALUES"));
            statement = statement.replace(&short, &long);
        }
        let mut parts = statement.split('#');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
            let id = id(u128::from_str_radix(&part[..end], 16).unwrap());
            let id = match self {
                Raw::Sqlite(_) => format!("X'{}'", id.simple()),
                Raw::Postgres(_) => format!("'{id}'::uuid"),
            };
            text.push_str(&id);
            text += &part[end..];
        }
        text
    }

    async fn texts(&mut self, statement: String) -> Vec<String> {
        let statement = AssertSqlSafe(statement);
        match self {
            Raw::Sqlite(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
            Raw::Postgres(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
        }
    }

    /// Creates the schema as it was after this migration, or the newest one.
    async fn migrate(&mut self, until: Option<i64>) {
        let folder = match self {
            Raw::Sqlite(_) => "../migrations/sqlite",
            Raw::Postgres(_) => "../migrations/postgres",
        };
        let mut migrator = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).await.unwrap();
        if let Some(until) = until {
            migrator.migrations.to_mut().retain(|step| step.version <= until);
        }
        match self {
            Raw::Sqlite(connection) => migrator.run(&mut *connection).await.unwrap(),
            Raw::Postgres(connection) => migrator.run(&mut *connection).await.unwrap(),
        }
    }

    /// Returns the tables and their columns.
    async fn columns(&mut self) -> Vec<(String, Vec<String>)> {
        let tables = match self {
            Raw::Sqlite(_) => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlx_migrations'",
            Raw::Postgres(_) => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '_sqlx_migrations'"
            }
        };
        let mut columns = Vec::new();
        for table in self.texts(tables.to_owned()).await {
            let of_table = match self {
                Raw::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name"),
                Raw::Postgres(_) => format!(
                    "SELECT column_name::text FROM information_schema.columns
                     WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY column_name"
                ),
            };
            columns.push((table, self.texts(of_table).await));
        }
        columns
    }

    /// Returns every row as a text of its values, as the engine formats them.
    async fn rows(&mut self, columns: &[(String, Vec<String>)]) -> BTreeSet<String> {
        let mut rows = BTreeSet::new();
        for (table, columns) in columns {
            let value = |column: &String| match self {
                Raw::Sqlite(_) => format!("quote({column})"),
                Raw::Postgres(_) => format!("coalesce({column}::text, 'NULL')"),
            };
            let values: Vec<_> = columns.iter().map(value).collect();
            let select = format!("SELECT '{table}: ' || {} FROM {table}", values.join(" || ', ' || "));
            rows.extend(self.texts(select).await);
        }
        rows
    }
}

/// Ordinary rows, which must be copied unchanged.
fn sane() -> Vec<String> {
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
fn hostile() -> Vec<String> {
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
fn hostile_on_sqlite() -> Vec<String> {
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

async fn filled(engine: Engine, folder: &Path) -> (String, Raw) {
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

fn summer() -> Project {
    Project {
        project_id: id(PROJECT).into(),
        name: "Summer".to_owned(),
        zone: zone("UTC"),
        settings: ProjectSettings::default(),
        version: 7,
        created_at: compliance::Instant::from_millis(5),
    }
}

#[rstest]
#[tokio::test]
async fn a_filled_database_is_brought_up_to_date_whatever_it_holds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(false, true)] is_killed_before_booking: bool,
) {
    let folder = tempfile::tempdir().unwrap();
    let (url, mut raw) = filled(engine, folder.path()).await;
    let columns = raw.columns().await;
    let before = raw.rows(&columns).await;
    if is_killed_before_booking {
        // The day buckets were not booked when the schema was created.
        raw.migrate(None).await;
        assert_eq!(raw.texts("SELECT 'marked' FROM creators_to_book".to_owned()).await.len(), 3, "everybody");
    }
    let world = World::having(summer(), url.clone()).await;
    assert_eq!(raw.texts("SELECT 'marked' FROM creators_to_book".to_owned()).await.len(), 0);

    // Valid values are copied unchanged; nothing is booked again for creators with valid rows only.
    let after = raw.rows(&columns).await;
    let lost: Vec<_> = before.difference(&after).collect();
    let expected = |row: &&String| {
        let row = row.to_lowercase();
        // Every creator is booked again because of the collections, under a new version.
        let by_place = ["parked_stats: ", "campaign_items: ", "projects: ", "jobs: ", "creators: "];
        row.contains("bad") || by_place.iter().any(|table| row.starts_with(table))
    };
    assert!(lost.iter().all(expected), "{lost:#?}");
    assert!(lost.len() >= if engine == Engine::Sqlite { 24 } else { 18 }, "{} rows were mended", lost.len());
    let gone = |table: &str, until: usize| {
        let count = |rows: &BTreeSet<String>| rows.iter().filter(|row| row.starts_with(table)).count();
        assert_eq!(count(&before) - count(&after), until, "{table}");
    };
    for table in [
        "organizations",
        "projects",
        "creators:",
        "posts",
        "tracking_changes",
        "goals",
        "goal_versions",
        "imports",
        "campaigns",
        "jobs",
        "parked_stats",
    ] {
        gone(table, 0);
    }

    // The numbers are those of what is known.
    assert_eq!(world.stale_days().await, 0);
    let theo: Vec<String> = raw
        .texts(
            "SELECT CAST(day AS TEXT) || ': ' || posts || ' posts, ' || views || ' views, ' || followers || ' followers'
             FROM creator_days WHERE creator_id IN (SELECT creator_id FROM creators WHERE tiktok_handle = 'theo') ORDER BY day"
                .to_owned(),
        )
        .await;
    let (first, second) = (day("2026-08-17"), day("2026-08-18"));
    let expected =
        [format!("{first}: 2 posts, 40 views, 0 followers"), format!("{second}: 0 posts, 50 views, 50 followers")];
    assert_eq!(theo, expected);
    let known = "SELECT CAST(views AS TEXT) FROM posts WHERE tiktok_video_id = 'v2'";
    assert_eq!(raw.texts(known.to_owned()).await, ["40"], "the last known value of the post");
    let looked = "SELECT CAST(collected_at AS TEXT) FROM collections WHERE collected_at = 1786968000000";
    assert_eq!(raw.texts(looked.to_owned()).await.len(), 1, "the reading that was none was a look");

    // Every page answers.
    let project = format!("/projects/{}", world.id());
    for page in ["", "/creators", "/inbox", "/campaigns", "/settings", "/import"] {
        let answer = world.get(&format!("{project}{page}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}: {}", text(answer).await);
    }
    for campaign in [0x60, 0x61, BAD + 0x60, BAD + 0x61, BAD + 0x62] {
        assert_eq!(world.get(&format!("{project}/campaigns/{}", id(campaign))).await.status(), StatusCode::OK);
    }
    for creator in [0x10, BAD + 0x11, BAD + 0x12] {
        for tab in ["", "/posts", "/goals", "/log"] {
            let answer = world.get(&format!("{project}/creators/{}{tab}", id(creator))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{creator:x}{tab}");
        }
    }
    let program = Program::new(&world, None, true).await;
    for path in ["goal-compliance", "creators", "posts", "goals", "campaigns"] {
        program.get(&format!("/projects/{}/{path}", world.id())).await;
    }
    assert_eq!(world.get(&format!("/projects/{}", id(BAD + 2))).await.status(), StatusCode::OK);
    let stats = format!(
        r#"[{{"type":"post_stats","tiktok_video_id":"v2","tiktok_handle":"theo","captured_at":"{}","view_count":60}}]"#,
        "2026-08-19T08:00:00Z"
    );
    assert_eq!(program.facts(stats).await["accepted"], 1);
    assert_eq!(world.stale_days().await, 0);

    // The changes are listed.
    let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
        .args(["verify", "--database", &url, "--project", "Summer"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    for (row, change) in [
        ("post_snapshots", "views was 1000000000000000 and is unknown now"),
        ("post_snapshots", "likes was -5 and is unknown now"),
        ("parked_stats", "views was -1 and is unknown now"),
        ("creator_snapshots", "the row was removed; it held"),
        ("goal_versions", "target_value was 1000000000000000 and is 1000000000000 now"),
        ("campaigns", "target_views was 1000 and is unknown now"),
        ("campaign_items", "the row was removed"),
        ("creator_changes", "the row was removed"),
    ] {
        assert!(
            said.lines().any(|line| line.trim_start().starts_with(row) && line.contains(change)),
            "{row}: {change}\n{said}"
        );
    }
    assert!(said.contains("every day bucket agrees"), "{said}");
    assert!(!said.contains("ab".repeat(32).as_str()), "no hash of a key");
}

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
        // The error names the constraint. SQLite says what a CHECK demands where it has no name.
        let said = match engine {
            Engine::Sqlite => refused.to_string(),
            Engine::Postgres => refused.as_database_error().and_then(DatabaseError::constraint).unwrap().to_owned(),
        };
        let table = change.split(' ').next().unwrap();
        let column = change.split(' ').nth(2).unwrap();
        let is_said = said.contains(column) || said.contains(&format!("{table}_"));
        assert!(is_said && (engine == Engine::Sqlite || said.starts_with(&format!("{table}_"))), "{change}: {said}");
    }
    if engine == Engine::Postgres {
        let unnamed = "SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND conname LIKE '%\\_check'
            AND connamespace = current_schema()::regnamespace";
        assert_eq!(raw.texts(unnamed.to_owned()).await, Vec::<String>::new(), "PostgreSQL chose these names");
    }
}

#[rstest]
#[tokio::test]
async fn a_project_of_no_organization_goes_to_one_and_a_key_of_no_project_opens_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let hash = |number: u8| {
        let digits = format!("{number:02x}").repeat(32);
        if engine == Engine::Sqlite { format!("X'{digits}'") } else { format!(r"'\x{digits}'") }
    };
    let key = |number: u8, project: &str, revoked: &str| {
        let hash = hash(number);
        format!(
            "INSERT INTO api_keys VALUES (#1, #a{number}, {project}, 'Key {number}', {hash}, 'abcd', true, 5, NULL, {revoked})"
        )
    };
    let mut upgraded = Upgraded::of(
        engine,
        &sane_and(&[
            "INSERT INTO projects VALUES (#3, #9, 'Winter', 'UTC', 'monday', 10, 24, 7, 5, NULL)".to_owned(),
            "INSERT INTO saved_views VALUES (#3, #81, 'Theirs', '', 5)".to_owned(),
            key(1, "NULL", "NULL"),
            key(2, "#3", "NULL"),
            key(3, "#8", "NULL"),
            key(4, "#8", "7"),
            format!("INSERT INTO idempotent_answers VALUES (#1, #a3, 'POST /stats', '1', {}, NULL, NULL, 5)", hash(9)),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT name FROM projects ORDER BY name", &["Summer", "Winter"][..]),
        (
            "SELECT p.name FROM projects AS p JOIN organizations AS o ON o.organization_id = p.organization_id ORDER BY 1",
            &["Summer", "Winter"],
        ),
        ("SELECT name FROM api_keys WHERE revoked_at IS NULL ORDER BY name", &["Key 1", "Key 2"]),
        ("SELECT CAST(revoked_at AS TEXT) FROM api_keys WHERE revoked_at IS NOT NULL ORDER BY name", &["5", "7"]),
        ("SELECT name FROM api_keys WHERE project_id IS NULL ORDER BY name", &["Key 1", "Key 3", "Key 4"]),
        ("SELECT idempotency_key FROM idempotent_answers", &["1"]),
        ("SELECT name FROM saved_views ORDER BY name", &["Theirs", "Urgent"]),
        (
            "SELECT table_name || ' ' || column_name FROM mended_values ORDER BY 1",
            &["api_keys project_id", "api_keys project_id", "api_keys revoked_at", "projects organization_id"],
        ),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    let closed = upgraded.world.store.api_key(&[3; 32]).await.unwrap().unwrap();
    assert!(closed.revoked_at.is_some(), "{closed:?}");
    upgraded.says(&[("api_keys", "project_id was"), ("api_keys", "revoked_at was empty and is 5 now")]);
    let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
        .args(["verify", "--database", &upgraded.url, "--project", "Winter"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("organization_id was"), "{said}");
    upgraded.everything_answers().await;
    // From now on the database refuses what refers to nothing.
    for refused in [
        "INSERT INTO projects VALUES (#4, #9, 'Lost', 'UTC', 'monday', 10, 24, 7, 5, NULL)",
        "UPDATE api_keys SET project_id = #8",
        "DELETE FROM projects",
        "DELETE FROM organizations",
    ] {
        assert!(upgraded.raw.run(refused).await.is_err(), "{refused}");
    }
}

#[rstest]
#[tokio::test]
async fn an_organization_that_is_gone_from_a_newer_database_is_made_anew(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let url = engine.fresh_url(folder.path()).await;
    let mut raw = Raw::to(&url).await;
    raw.migrate(Some(9)).await;
    raw.run(&sane()[1]).await.unwrap();
    let world = World::having(summer(), url).await;
    assert_eq!(world.store.projects().await.unwrap().len(), 1);
    assert_eq!(raw.texts("SELECT name FROM organizations".to_owned()).await, ["My organization"]);
    let noted = "SELECT table_name || ' ' || column_name FROM mended_values";
    assert_eq!(raw.texts(noted.to_owned()).await, ["organizations name"]);
}

/// Creates a database of the old schema with these statements' rows, and opens it with the newest release.
struct Upgraded {
    folder: TempDir,
    url: String,
    raw: Raw,
    world: World,
}

impl Upgraded {
    async fn of(engine: Engine, statements: &[String]) -> Upgraded {
        let folder = tempfile::tempdir().unwrap();
        let url = engine.fresh_url(folder.path()).await;
        let mut raw = Raw::to(&url).await;
        raw.migrate(Some(LANDED)).await;
        for statement in statements {
            raw.run(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        let world = World::having(summer(), url.clone()).await;
        Upgraded { folder, url, raw, world }
    }

    /// Returns the output of `verify`.
    #[track_caller]
    fn said(&self) -> String {
        let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
            .args(["verify", "--database", &self.url, "--project", &id(PROJECT).to_string()])
            .output()
            .unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
        assert!(self.folder.path().exists() && said.contains("every day bucket agrees"), "{said}");
        said
    }

    #[track_caller]
    fn says(&self, expected: &[(&str, &str)]) {
        let said = self.said();
        for (row, change) in expected {
            let is_said = |line: &str| line.trim_start().starts_with(row) && line.contains(change);
            assert!(said.lines().any(is_said), "{row}: {change}\n{said}");
        }
    }

    async fn texts(&mut self, statement: &str) -> Vec<String> {
        self.raw.texts(statement.to_owned()).await
    }

    async fn everything_answers(&self) {
        let project = format!("/projects/{}", id(PROJECT));
        for page in ["", "/creators", "/inbox", "/campaigns", "/settings", "/import"] {
            let answer = self.world.get(&format!("{project}{page}")).await;
            assert_eq!(answer.status(), StatusCode::OK, "{page}: {}", text(answer).await);
        }
        for tab in ["", "/posts", "/goals", "/log", "/settings"] {
            let answer = self.world.get(&format!("{project}/creators/{}{tab}", id(0x10))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{tab}: {}", text(answer).await);
        }
        let program = Program::new(&self.world, None, true).await;
        for path in ["goal-compliance", "creators", "posts", "goals", "campaigns"] {
            program.get(&format!("/projects/{}/{path}", id(PROJECT))).await;
        }
    }
}

/// The sane rows without what only names itself a fault, and these.
fn sane_and(more: &[String]) -> Vec<String> {
    let sane = sane().into_iter().filter(|statement| !statement.contains("#bad") && !statement.contains("#22"));
    sane.chain(more.iter().cloned()).collect()
}

/// A key with this hash, digit by digit, under the id with this number.
fn key(number: u32, project: &str, revoked: &str) -> String {
    let hash = format!("X'{number:064x}'");
    format!(
        "INSERT INTO api_keys VALUES (#1, #a{number}, {project}, 'Key {number}', {hash}, 'abcd', true, 5, NULL, {revoked})"
    )
}

#[tokio::test]
async fn what_was_revoked_removed_deleted_or_inactive_stays_so_whatever_says_when() {
    let monday = at("2026-08-17T10:00:00Z").millis();
    let first = day("2026-08-17");
    let mut upgraded = Upgraded::of(
        Engine::Sqlite,
        &sane_and(&[
            key(1, "NULL", "NULL"),
            key(2, "NULL", "'long ago'"),
            key(3, "'summer'", "NULL"),
            key(4, "X'00'", "'long ago'"),
            key(5, "#2", "NULL"),
            format!("INSERT INTO creators VALUES (#2, #11, 'left', NULL, NULL, 'auto', {first}, '', 'gone', 5, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("INSERT INTO creators VALUES (#2, #12, 'odd', NULL, NULL, 7, {first}, '', NULL, 5, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, 'v2', 'video', NULL, NULL, {monday}, 'auto_tracked', 'off', 5, NULL, NULL, NULL, NULL, NULL, NULL)"),
            "INSERT INTO tracking_changes VALUES (#2, #20, #31, 6, 'auto_tracked', 'excluded', 'yes', 'yes', NULL)".to_owned(),
            "INSERT INTO goals VALUES (#2, #41, #10, 'posts', 'weekly', 5, 'gone'), (#2, #42, #10, 'posts', 'daily', 5, NULL)".to_owned(),
            "INSERT INTO goals VALUES (#2, #43, #10, 'posts', 'monthly', 5, NULL), (#2, #44, #10, 'views', 'monthly', 5, NULL)".to_owned(),
            "INSERT INTO goal_versions VALUES (#2, #41, 1, 5, 10, NULL, NULL, true, NULL), (#2, #42, 1, 5, 10, NULL, NULL, 'no', NULL)".to_owned(),
            "INSERT INTO goal_versions VALUES (#2, #43, 1, 5, 10, NULL, '2026-08-01', true, NULL), (#2, #44, 1, 'once', 7.5, NULL, NULL, true, NULL)".to_owned(),
            "INSERT INTO campaigns VALUES (#2, #62, 'Over', '', NULL, NULL, NULL, 5, 'gone')".to_owned(),
            format!("INSERT INTO campaigns VALUES (#2, #63, 'Halves', '', 7.5, {first}, {first}, 5, NULL)"),
            "INSERT INTO projects VALUES (#3, #1, 'Gone', 'UTC', 'monday', 10, 24, 7, 5, 'gone')".to_owned(),
        ]),
    )
    .await;
    for (left, expected) in [
        ("SELECT name FROM api_keys WHERE revoked_at IS NULL ORDER BY name", &["Key 1", "Key 5"][..]),
        ("SELECT tiktok_handle FROM creators WHERE removed_at IS NULL ORDER BY 1", &["mia", "odd"]),
        ("SELECT tracking_mode FROM creators WHERE tiktok_handle = 'odd'", &["selective"]),
        ("SELECT tiktok_video_id FROM posts WHERE tracking_disabled_at IS NULL", &["v1"]),
        ("SELECT from_disabled || to_disabled FROM tracking_changes WHERE to_status = 'excluded'", &["11"]),
        ("SELECT period FROM goals WHERE deleted_at IS NULL AND metric = 'posts' ORDER BY 1", &["daily", "monthly"]),
        (
            "SELECT g.period FROM goal_versions AS v JOIN goals AS g ON g.goal_id = v.goal_id WHERE NOT v.is_active ORDER BY 1",
            &["daily", "monthly"],
        ),
        ("SELECT CAST(target_value AS TEXT) FROM goal_versions WHERE target_value = 7 AND made_at = 5", &["7"]),
        ("SELECT name FROM campaigns WHERE deleted_at IS NULL ORDER BY 1", &["Halves", "Launch", "No target"]),
        ("SELECT CAST(target_views AS TEXT) FROM campaigns WHERE name = 'Halves'", &["7"]),
        ("SELECT name FROM projects WHERE deleted_at IS NULL", &["Summer"]),
    ] {
        assert_eq!(upgraded.texts(left).await, expected, "{left}");
    }
    upgraded.says(&[
        ("api_keys", "revoked_at was 'long ago' and is 5 now"),
        ("api_keys", "project_id was 'summer' and is unknown now"),
        ("api_keys", "revoked_at was empty and is 5 now"),
        ("creators", "removed_at was 'gone' and is 5 now"),
        ("posts", "tracking_disabled_at was 'off' and is 5 now"),
        ("goals", "deleted_at was 'gone' and is 5 now"),
        ("goal_versions", "is_active was 'no' and is 0 now"),
        ("goal_versions", "end_date was '2026-08-01' and is unknown now"),
        ("goal_versions", "target_value was 7.5 and is 7 now"),
        ("campaigns", "target_views was 7.5 and is 7 now"),
        ("campaigns", "deleted_at was 'gone' and is 5 now"),
        // A project of its own: it is listed there.
    ]);
    upgraded.everything_answers().await;
}

#[rstest]
#[tokio::test]
async fn no_instant_number_or_time_zone_keeps_a_database_from_opening(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (micros, most) = (at("2026-08-17T10:00:00Z").millis() * 1_000, i64::MAX);
    let (large, larger) = (1_i64 << 61, 1_i64 << 62);
    let first = day("2026-08-17");
    let mut upgraded = Upgraded::of(
        engine,
        &sane_and(&[
            "INSERT INTO projects VALUES (#3, #1, 'Winter', '', 'monday', 10, 24, 7, 5, NULL)".to_owned(),
            format!("UPDATE projects SET time_zone = 'Mars/Phobos', version = {most}, created_at = {larger}"),
            format!("UPDATE jobs SET due_at = {larger}"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, 'v2', 'video', NULL, NULL, {larger}, 'auto_tracked', NULL, -{larger}, {large}, 5, NULL, NULL, NULL, NULL)"),
            format!("INSERT INTO posts VALUES (#2, #22, #10, 'v3', 'video', NULL, NULL, {micros}, 'auto_tracked', -{larger}, 5, NULL, NULL, NULL, NULL, NULL, NULL)"),
            format!("INSERT INTO post_snapshots VALUES (#2, #20, {large}, 5, NULL, NULL, NULL, NULL, ''), (#2, #20, -{larger}, 1, NULL, NULL, NULL, NULL, ''), (#2, #21, {micros}, 1, NULL, NULL, NULL, NULL, '')"),
            format!("INSERT INTO creator_snapshots VALUES (#2, #10, {large}, 5, ''), (#2, #10, {micros}, -1, '')"),
            format!("INSERT INTO collections VALUES (#2, #10, {larger}), (#2, #10, -{large}), (#2, #10, {micros})"),
            format!("INSERT INTO parked_stats VALUES (#2, 'v8', 'mia', {larger}, 5, NULL, NULL, NULL, NULL, ''), (#3, 'v8', 'mia', {larger}, 5, NULL, NULL, NULL, NULL, '')"),
            format!("UPDATE creators SET created_at = {larger}, changed_version = {most}, last_collected_at = {larger}"),
            format!("UPDATE tracking_changes SET changed_at = {larger}"),
            format!("INSERT INTO goals VALUES (#2, #41, #10, 'posts', 'weekly', {larger}, NULL), (#2, #42, #10, 'posts', 'daily', 5, {larger})"),
            format!("INSERT INTO goal_versions VALUES (#2, #41, 1, 5, 10, NULL, NULL, true, NULL), (#2, #41, {most}, {larger}, 10, NULL, NULL, true, NULL)"),
            format!("INSERT INTO goal_versions VALUES (#2, #42, 1, {larger}, 10, NULL, {larger}, true, NULL), (#2, #40, 2, {larger}, 10, NULL, NULL, true, NULL)"),
            format!("UPDATE imports SET created_at = {larger}, finished_at = -{larger}, bytes_total = {most}, bytes_done = {most}"),
            format!("INSERT INTO import_rejections VALUES (#2, #50, {most}, 2, NULL, '', ''), (#2, #50, -1, 2, NULL, '', '')"),
            format!("UPDATE campaigns SET created_at = {larger} WHERE name = 'Launch'"),
            format!("UPDATE campaigns SET deleted_at = {larger} WHERE name = 'No target'"),
            format!("UPDATE campaign_items SET added_at = {larger}"),
            format!("UPDATE creator_changes SET changed_at = {larger}"),
            format!("UPDATE saved_views SET created_at = {larger}"),
            format!("INSERT INTO creator_days VALUES (#2, #10, {first} + 9, 0, 0, 0, 0, {larger}, {larger})"),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT time_zone FROM projects ORDER BY name", &["UTC", "UTC"][..]),
        ("SELECT CAST(published_at AS TEXT) FROM posts WHERE tiktok_video_id = 'v2'", &["0"]),
        ("SELECT CAST(tracking_disabled_at AS TEXT) FROM posts WHERE tiktok_video_id = 'v3'", &["5"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM post_snapshots", &["1"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM creator_snapshots", &["2"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM collections", &["1"]),
        ("SELECT tiktok_video_id FROM parked_stats", &["v9"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM mended_values WHERE table_name = 'parked_stats'", &["2"]),
        ("SELECT period FROM goals WHERE deleted_at IS NULL ORDER BY 1", &["weekly", "weekly"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM goal_versions", &["4"]),
        ("SELECT name FROM campaigns WHERE deleted_at IS NULL", &["Launch"]),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM import_rejections", &["1"]),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    upgraded.says(&[
        ("projects", "Mars/Phobos"),
        ("projects", "version was 9223372036854775807 and is 0 now"),
        ("posts", "published_at was 4611686018427387904 and is 0 now"),
        ("post_snapshots", "the row was removed"),
        ("creator_snapshots", "the row was removed"),
        ("collections", "/4611686018427387904: the row was removed"),
        ("parked_stats", "the row was removed"),
        ("goal_versions", "/9223372036854775807: the row was removed"),
        ("goal_versions", "made_at was 4611686018427387904 and is 5 now"),
        ("goals", "created_at was 4611686018427387904 and is 0 now"),
        ("imports", "finished_at was -4611686018427387904 and is unknown now"),
        ("import_rejections", "the row was removed"),
        ("campaign_items", "added_at was 4611686018427387904 and is 0 now"),
        ("creator_changes", "changed_at was 4611686018427387904 and is 0 now"),
        ("saved_views", "created_at was 4611686018427387904 and is 0 now"),
        ("jobs", "due_at was 4611686018427387904 and is 0 now"),
    ]);
    upgraded.everything_answers().await;
    // It goes on from there.
    let program = Program::new(&upgraded.world, None, true).await;
    assert_eq!(program.facts(r#"[{"type":"post_stats","tiktok_video_id":"v1","tiktok_handle":"mia","captured_at":"2026-08-19T08:00:00Z","view_count":160}]"#.to_owned()).await["accepted"], 1);
}

#[tokio::test]
async fn no_text_keeps_a_database_from_opening_or_a_page_from_answering() {
    let bytes = |hex: &str| format!("CAST(X'{hex}' AS TEXT)");
    let (odd, nul) = (bytes("fffe"), bytes("6d6961003c623e"));
    let first = day("2026-08-17");
    // Each of these is UTF-8, also where SQLite or a hasty reader would think otherwise.
    let fine = "'Été 日本 😀' || char(65533, 65534, 65535, 65279, 1114111, 128, 2047, 2048)";
    let mut upgraded = Upgraded::of(
        Engine::Sqlite,
        &sane_and(&[
            format!("UPDATE projects SET name = {odd}, early_grace_percent = {odd}, week_start = {nul}"),
            format!("UPDATE creators SET tiktok_handle = {nul}, display_name = {odd}, avatar_url = {nul}, notes = {fine}"),
            format!("INSERT INTO creators VALUES (#2, #11, {odd}, {fine}, NULL, 'auto', {first}, {nul}, NULL, {odd}, NULL, NULL, NULL, NULL, NULL, 7)"),
            format!("UPDATE posts SET tiktok_video_id = {nul}, description = {odd}, url = {odd}"),
            format!("INSERT INTO posts VALUES (#2, #21, #10, {odd}, 'video', NULL, {fine}, {odd}, 'auto_tracked', NULL, 5, NULL, {nul}, NULL, NULL, NULL, NULL)"),
            // The last character of a text of several parts.
            format!("UPDATE campaigns SET notes = {} WHERE name = 'Launch'", bytes(&("c3a9".repeat(7_000) + "a9"))),
            format!("UPDATE campaigns SET notes = {} WHERE name = 'No target'", bytes(&"c3a9".repeat(7_000))),
            format!("UPDATE post_snapshots SET source = {odd}"),
            format!("INSERT INTO parked_stats VALUES (#2, {odd}, {nul}, 5, 5, NULL, NULL, NULL, NULL, '')"),
            format!("UPDATE saved_views SET name = {odd}, query = {}", bytes("e282")),
            format!("UPDATE imports SET file_name = {}, choices = {}, failure = {}", bytes("f4908080"), bytes("eda080"), bytes("c0af")),
            format!("UPDATE import_rejections SET reason = {}, field = {odd}", bytes("f09f9880f09f98")),
            format!("UPDATE creator_changes SET from_value = {odd}, to_value = {}", bytes("c3a980")),
            format!("INSERT INTO jobs VALUES (#1, {odd}, 5, NULL, NULL)"),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT name FROM projects", &["Unnamed project"][..]),
        (
            "SELECT tiktok_handle FROM creators ORDER BY 1",
            &["creator-0190a0a0000070008000000000000010", "creator-0190a0a0000070008000000000000011"],
        ),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM creators WHERE display_name IS NULL OR notes = ''", &["2"]),
        ("SELECT CAST(length(notes) AS TEXT) FROM creators WHERE notes <> ''", &["16"]),
        ("SELECT CAST(length(description) AS TEXT) FROM posts WHERE description IS NOT NULL", &["16"]),
        ("SELECT CAST(length(notes) AS TEXT) FROM campaigns ORDER BY name", &["0", "7000"]),
        ("SELECT tiktok_video_id FROM parked_stats", &["v9"]),
        ("SELECT name || query FROM saved_views", &["Unnamed view"]),
        ("SELECT file_name || choices || coalesce(failure, '-') FROM imports", &["{}-"]),
        ("SELECT from_value || to_value FROM creator_changes", &[""]),
        ("SELECT job FROM jobs", &["forget_answers"]),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    upgraded.says(&[
        ("projects", "name was X'FFFE' and is 'Unnamed project' now"),
        ("projects", "early_grace_percent was X'27FFFE27' and is 10 now"),
        ("creators", "tiktok_handle was X'6D6961003C623E'"),
        ("creators", "display_name was X'FFFE' and is unknown now"),
        ("posts", "description was X'FFFE' and is unknown now"),
        ("parked_stats", "the row was removed"),
        ("saved_views", "query was X'E282' and is '' now"),
    ]);
    upgraded.everything_answers().await;
}

#[rstest]
#[tokio::test]
async fn what_was_mended_is_listed_also_where_the_organization_was_lost(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(false, true)] is_misnamed: bool,
) {
    if is_misnamed && engine == Engine::Postgres {
        // It takes no such id.
        return;
    }
    let tuesday = at("2026-08-18T10:00:00Z").millis();
    let alone =
        sane_and(&[]).into_iter().filter(|row| !row.contains("INTO organizations") && !row.contains("INTO jobs"));
    let bad = format!("INSERT INTO post_snapshots VALUES (#2, #20, {tuesday} + 1, -1, NULL, NULL, NULL, NULL, '')");
    let organization = is_misnamed.then(|| "INSERT INTO organizations VALUES ('mine', 'Mine', 5)".to_owned());
    // A project that cannot stay: nobody can ask for it, so the others list it.
    let orphan = is_misnamed
        .then(|| "INSERT INTO projects VALUES (#3, 'mine', 'Lost', 'UTC', 'monday', 10, 24, 7, 5, NULL)".to_owned());
    let statements: Vec<_> = alone.chain([bad]).chain(organization).chain(orphan).collect();
    let mut upgraded = Upgraded::of(engine, &statements).await;
    assert_eq!(upgraded.texts("SELECT name FROM organizations").await, ["My organization"]);
    upgraded.says(&[("post_snapshots", "views was -1 and is unknown now"), ("organizations", "name was empty and is")]);
    if is_misnamed {
        upgraded.says(&[("organizations", "the row was removed"), ("projects", "the row was removed")]);
    }
    upgraded.everything_answers().await;
}

#[test]
fn the_upgrade_knows_the_time_zones_that_the_application_had_then() {
    for engine in ["sqlite", "postgres"] {
        let step = format!("{}/../migrations/{engine}/0006_bounds.sql", env!("CARGO_MANIFEST_DIR"));
        let step = std::fs::read_to_string(step).unwrap();
        let (_, list) = step.split_once("INSERT INTO known_zones (name) VALUES").unwrap();
        let (list, _) = list.split_once(';').unwrap();
        let known: Vec<_> = list.split('\'').skip(1).step_by(2).collect();
        assert_eq!(known.len(), 597, "{engine}");
        for name in known {
            assert_eq!(Zone::parse(name).unwrap().name(), name, "{engine}");
        }
    }
}
