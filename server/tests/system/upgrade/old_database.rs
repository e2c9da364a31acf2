//! A database of an older schema, written and read without the store.

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;

/// The columns that tables had before, if there are more now.
pub const LANDED_COLUMNS: [(&str, &str); 8] = [
    (
        "creators",
        "project_id, creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, notes, removed_at, created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, last_collected_at, changed_version",
    ),
    (
        "creator_days",
        "project_id, creator_id, day, posts, views, engagement, followers, last_collected_at, last_published_at",
    ),
    (
        "posts",
        "project_id, post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves",
    ),
    ("post_snapshots", "project_id, post_id, captured_at, views, likes, comments, shares, saves, source"),
    ("creator_snapshots", "project_id, creator_id, captured_at, followers, source"),
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
pub const LANDED: i64 = 5;
/// The project with creators; ids from [`BAD`] on belong to rows that exceed the bounds.
pub const PROJECT: u128 = 2;
pub const BAD: u128 = 0xbad_000;

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_a0a0_0000_7000_8000_0000_0000_0000 | number)
}

/// A connection without the store.
pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    pub async fn to(url: &str) -> Raw {
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
                Raw::Sqlite(SqliteConnection::connect_with(&options).await.unwrap())
            }
            None => Raw::Postgres(PgConnection::connect(url).await.unwrap()),
        }
    }

    /// Runs a statement in which `#7` stands for an id.
    pub async fn run(&mut self, statement: &str) -> sqlx::Result<()> {
        let statement = AssertSqlSafe(self.with_ids(statement));
        match self {
            Raw::Sqlite(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop),
            Raw::Postgres(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop),
        }
    }

    pub fn with_ids(&self, statement: &str) -> String {
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

    pub async fn texts(&mut self, statement: String) -> Vec<String> {
        let statement = AssertSqlSafe(statement);
        match self {
            Raw::Sqlite(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
            Raw::Postgres(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
        }
    }

    /// Creates the schema as it was after this migration, or the newest one.
    pub async fn migrate(&mut self, until: Option<i64>) {
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
    pub async fn columns(&mut self) -> Vec<(String, Vec<String>)> {
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
    pub async fn rows(&mut self, columns: &[(String, Vec<String>)]) -> BTreeSet<String> {
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
