//! SQLite: a file of this machine.

use super::{OpenError, Tx};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// How long a statement waits for another process that writes (this one never blocks itself: it has one writer).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections that read. WAL lets them read while the writer writes.
const READERS: u32 = 4;

/// Why the database cannot be copied.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The URL names no engine we know.
    #[error(transparent)]
    Url(#[from] OpenError),
    /// A file is there already.
    #[error("“{0}” is there already: a backup never overwrites anything")]
    Exists(String),
    /// The engine cannot copy.
    #[error("cannot copy the database: {0}")]
    Copy(#[from] sqlx::Error),
    /// The copy is not whole.
    #[error("the copy is damaged ({0}); it was removed")]
    Damaged(String),
    /// The file cannot be written.
    #[error("cannot write “{path}”: {cause}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// The file that a URL names.
fn path_of(url: &str) -> Result<&str, OpenError> {
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    path.filter(|path| !path.is_empty() && !path.starts_with(':')).ok_or_else(|| OpenError::Url(url.to_owned()))
}

/// Copies the database at `url`, as it is at one instant, into the file `to`; the size of the copy, in bytes. Others may
/// read and write meanwhile. The file appears once it is whole and on disk.
pub async fn back_up(url: &str, to: &Path) -> Result<u64, BackupError> {
    let from = SqliteConnectOptions::new().filename(path_of(url)?).busy_timeout(BUSY_TIMEOUT);
    if to.exists() {
        return Err(BackupError::Exists(to.display().to_string()));
    }
    let unfinished = PathBuf::from(format!("{}.unfinished", to.display()));
    let failed = |cause| BackupError::Write { path: to.display().to_string(), cause };
    let copied = async {
        let _ = std::fs::remove_file(&unfinished);
        let mut database = from.connect().await?;
        sqlx::query("VACUUM INTO $1").bind(unfinished.display().to_string()).execute(&mut database).await?;
        database.close().await?;
        let mut copy = SqliteConnectOptions::new().filename(&unfinished).connect().await?;
        let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await?;
        copy.close().await?;
        if found != "ok" {
            return Err(BackupError::Damaged(found));
        }
        let file = std::fs::File::open(&unfinished).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        // Not renamed: that would overwrite a file that has come to be there meanwhile.
        std::fs::hard_link(&unfinished, to).map_err(failed)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        file.metadata().map(|about| about.len()).map_err(failed)
    };
    let copied = copied.await;
    let _ = std::fs::remove_file(&unfinished);
    copied
}

/// A pool of at most so many connections, none of which is used again while it believes to be in a transaction. SQLite
/// ends a transaction by itself when the disk fails it; sqlx cannot end it a second time, and would go on counting it.
fn pool_of(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).after_release(|connection, _| {
        Box::pin(async move {
            // Behind the end of the transaction, if that is still under way.
            connection.ping().await?;
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
        let read = pool_of(READERS).connect_with(options).await.map_err(failed)?;
        Ok(Pools { read, write })
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Tx> {
        Ok(Tx::SqliteOnce(self.read.acquire().await?))
    }

    /// A transaction that only reads: one consistent state.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        Ok(Tx::Sqlite(self.read.begin().await?))
    }

    /// A transaction that writes. There is one at a time; it holds the write lock from its start.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        Ok(Tx::Sqlite(self.write.begin_with("BEGIN IMMEDIATE").await?))
    }
}
