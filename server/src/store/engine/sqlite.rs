//! SQLite: a file of this machine.

use super::super::backup::BackupError;
use super::{Begun, OpenError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for another process that writes (this one never blocks itself: it has one writer).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections that read. WAL lets them read while the writer writes.
const READERS: u32 = 4;

/// The file that a URL names.
fn path_of(url: &str) -> Result<&str, OpenError> {
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    path.filter(|path| !path.is_empty() && !path.starts_with(':')).ok_or_else(|| OpenError::Url(url.to_owned()))
}

/// Copies the database at `url`, as it is at one instant, into a new file. Others may read and write meanwhile.
pub async fn copy_into(url: &str, file: &Path) -> Result<(), BackupError> {
    let from = SqliteConnectOptions::new().filename(path_of(url)?).busy_timeout(BUSY_TIMEOUT);
    let mut database = from.connect().await?;
    sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(&mut database).await?;
    Ok(database.close().await?)
}

/// What is wrong with a file, if anything is.
pub async fn damage(file: &Path) -> sqlx::Result<Option<String>> {
    let mut copy = SqliteConnectOptions::new().filename(file).connect().await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await?;
    copy.close().await?;
    Ok((found != "ok").then_some(found))
}

/// A pool of at most so many connections, none of which is used again while it believes to be in a transaction. SQLite
/// ends a transaction by itself when the disk fails it; sqlx cannot end it a second time, and would go on counting it.
fn pool_of(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).after_release(|connection, _| {
        Box::pin(async move {
            if connection.is_in_transaction() {
                // It may be ending at this moment; the answer to this comes after its end.
                connection.ping().await?;
            }
            Ok(!connection.is_in_transaction())
        })
    })
}

/// Connections to one file.
#[derive(Debug, Clone)]
pub struct Pools {
    read: SqlitePool,
    write: SqlitePool,
}

impl Pools {
    /// Opens the file at `url` (`sqlite:PATH`), making it if there is none, and applies the migrations.
    pub async fn open(url: &str) -> Result<Pools, OpenError> {
        let path = path_of(url)?;
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).map_err(|cause| OpenError::Folder { path: path.to_owned(), cause })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
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
        let write = pool_of(1).connect_with(options.clone()).await.map_err(failed)?;
        sqlx::migrate!("../migrations/sqlite").run(&write).await.map_err(|cause| OpenError::schema(url, cause))?;
        // Not only with the first change: a file that may be read but not written is found out now.
        sqlx::raw_sql("DELETE FROM organizations WHERE false").execute(&write).await.map_err(failed)?;
        let read = pool_of(READERS).connect_with(options).await.map_err(failed)?;
        Ok(Pools { read, write })
    }

    /// Ends every connection; the last one of all leaves nothing beside the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Begun> {
        Ok(Begun::SqliteOnce(self.read.acquire().await?))
    }

    /// A transaction that only reads: one consistent state.
    pub async fn read(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Sqlite(self.read.begin().await?))
    }

    /// A transaction that writes. There is one at a time; it holds the write lock from its start.
    pub async fn write(&self) -> sqlx::Result<Begun> {
        Ok(Begun::Sqlite(self.write.begin_with("BEGIN IMMEDIATE").await?))
    }
}
