//! The database engine: the only file that names it.

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;
use thiserror::Error;

/// A transaction on the engine.
pub type Tx = Transaction<'static, Sqlite>;
/// A connection to the engine; a transaction is one too.
pub type Connection = sqlx::SqliteConnection;
/// A row of the engine.
pub type Row = sqlx::sqlite::SqliteRow;

/// How long a statement waits for another process that writes (this one never blocks itself: it has one writer).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections that read. WAL lets them read while the writer writes.
const READERS: u32 = 4;

/// Why the database cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The URL names no engine we know.
    #[error("cannot use database “{0}”: write sqlite:PATH, such as sqlite:data/creator-goals.db")]
    Url(String),
    /// The folder of the file cannot be made.
    #[error("cannot make the folder of the database file “{path}”: {cause}")]
    Folder {
        /// The database file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The engine refuses.
    #[error("cannot open database “{url}”: {cause}")]
    Open {
        /// The URL.
        url: String,
        /// What the engine says.
        cause: sqlx::Error,
    },
    /// The schema cannot be brought up to date.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Connections to one database.
#[derive(Debug, Clone)]
pub struct Engine {
    read: SqlitePool,
    write: SqlitePool,
}

impl Engine {
    /// Opens the database at `url` (`sqlite:PATH`), making it if there is none, and applies the migrations.
    pub async fn open(url: &str) -> Result<Engine, OpenError> {
        let path = url.strip_prefix("sqlite:").ok_or_else(|| OpenError::Url(url.to_owned()))?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') {
            return Err(OpenError::Url(url.to_owned()));
        }
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).map_err(|cause| OpenError::Folder { path: path.to_owned(), cause })?;
        }
        let options = SqliteConnectOptions::from_str(&format!("sqlite:{path}"))
            .map_err(|cause| OpenError::Open { url: url.to_owned(), cause })?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power goes, and nothing that was
            // acknowledged may be lost. One fsync per commit is what that costs.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("temp_store", "memory")
            .pragma("mmap_size", "0")
            .statement_cache_capacity(200);
        let failed = |cause| OpenError::Open { url: url.to_owned(), cause };
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(failed)?;
        sqlx::migrate!("../migrations/sqlite").run(&write).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await.map_err(failed)?;
        Ok(Engine { read, write })
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<PoolConnection<Sqlite>> {
        self.read.acquire().await
    }

    /// A transaction that only reads: one consistent state.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        self.read.begin().await
    }

    /// A transaction that writes. There is one at a time; it holds the write lock from its start.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        self.write.begin_with("BEGIN IMMEDIATE").await
    }
}
