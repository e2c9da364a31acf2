//! SQLite: a file on this machine.

use super::absent::Absent;
use super::begun::Begun;
use super::error::OpenError;
use super::file::{self, OpenedFile};
use super::unwritable::Unwritable;
use super::{log, migrations};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// How long a statement waits for another process that writes. This process has only one writer, so it never blocks
/// itself.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// The number of connections that read. In WAL mode they read while the writer writes.
const READERS: u32 = 4;
/// The pages that the writing connection keeps in memory: 4 MB. With SQLite's 2 MB a batch of facts does not fit, and its
/// pages are written to the log and read again before it is committed.
const WRITER_CACHE: &str = "-4000";

/// Fails if a file holds no database, or one whose log belongs to another state of it.
pub fn check_source(path: &Path) -> Result<(), OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.display().to_string()));
    }
    if log::is_of_another(path).unwrap_or(false) {
        return Err(OpenError::Log(path.display().to_string()));
    }
    Ok(())
}

/// Copies the database in a file, as it is at one instant, into an empty file. Others may read and write meanwhile.
pub async fn copy_into(path: &Path, to: &Path) -> sqlx::Result<()> {
    let from = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT);
    let mut database = from.connect().await?;
    sqlx::query("VACUUM INTO $1").bind(to.display().to_string()).execute(&mut database).await?;
    database.close().await
}

/// Returns what is wrong with a database file, if anything.
pub async fn damage(file: &Path) -> sqlx::Result<Option<String>> {
    let mut copy = SqliteConnectOptions::new().filename(file).connect().await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await?;
    copy.close().await?;
    Ok((found != "ok").then_some(found))
}

/// Returns options for a pool of at most this many connections. A connection that still counts a transaction is not
/// reused: SQLite ends a transaction by itself when the disk fails, and sqlx would go on counting it.
fn pool_of(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).after_release(|connection, _| {
        Box::pin(async move {
            if connection.is_in_transaction() {
                // The rollback may still be in progress; the reply to this ping comes after it.
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
    /// A connection that is never used and never closed. While it exists, the files that SQLite keeps beside the
    /// database stay the same, so other files in their place mean that somebody removed them.
    anchor: SqlitePool,
    file: OpenedFile,
    /// The number of rows that the writing connection had changed when its last transaction ended.
    rows_changed: Arc<AtomicI64>,
}

impl Pools {
    /// Opens the file at `path`, which `url` names, and migrates the schema; `absent` says what to do if it does not
    /// exist.
    pub async fn open(url: &str, path: &Path, absent: Absent) -> Result<Pools, OpenError> {
        match absent {
            Absent::Refused if !path.exists() => return Err(OpenError::Missing(url.to_owned())),
            Absent::Refused => {}
            Absent::Made => {
                let made = file::create_folder(path).and_then(|()| file::create(path));
                made.map_err(|cause| OpenError::Create { path: path.display().to_string(), cause })?;
            }
        }
        let failed = |cause| OpenError::Open { url: url.to_owned(), cause };
        // Check the log before anything opens the database: SQLite would replay it.
        if log::is_of_another(path).unwrap_or(false) {
            return Err(OpenError::Log(path.display().to_string()));
        }
        // A file that cannot even be read is opened all the same: the error of opening it says why.
        if absent == Absent::Refused && !is_ours(path).await.unwrap_or(true) {
            return Err(OpenError::Foreign(url.to_owned()));
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            // It was created above; a later connection must not create a new file in the place of one that was removed.
            .create_if_missing(false)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits in a power failure, and nothing
            // acknowledged may be lost. The cost is one fsync per commit.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("temp_store", "memory")
            .pragma("mmap_size", "0")
            .statement_cache_capacity(200);
        let anchor = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let anchor = anchor.connect_with(options.clone()).await.map_err(failed)?;
        migrations::of_sqlite().run(&anchor).await.map_err(|cause| OpenError::schema(url, cause))?;
        // Finds out now, not with the first change, that a file can be read but not written.
        sqlx::raw_sql("DELETE FROM organizations WHERE false").execute(&anchor).await.map_err(failed)?;
        let mut connection = anchor.acquire().await.map_err(failed)?;
        mark(&mut connection).await.map_err(failed)?;
        drop(connection);
        // The checkpoint makes the file itself show its state, for later comparisons.
        sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(&anchor).await.map_err(failed)?;
        // Only now is the file known to be a database of this program.
        file::keep_private(path);
        let file = OpenedFile::at(path).map_err(|cause| failed(cause.into()))?;
        let connect = async |connections, options: &SqliteConnectOptions| {
            let file = file.clone();
            let pool = pool_of(connections).after_connect(move |_, _| {
                // A new connection reads the file that is at the path now.
                let same = file.check().map_err(sqlx::Error::from);
                Box::pin(async move { same })
            });
            pool.connect_with(options.clone()).await.map_err(failed)
        };
        let writing = options.clone().pragma("cache_size", WRITER_CACHE);
        let (write, read) = (connect(1, &writing).await?, connect(READERS, &options).await?);
        Ok(Pools { read, write, anchor, file, rows_changed: Arc::default() })
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Returns an error if the file is no longer the one that was opened.
    pub fn check(&self) -> Result<(), Unwritable> {
        self.file.check()
    }

    /// Closes every connection; the last one to close removes the files beside the database.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
        self.anchor.close().await;
    }

    /// Returns a connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Begun> {
        self.check_new()?;
        Ok(Begun::SqliteOnce(self.read.acquire().await?))
    }

    /// Begins a transaction that only reads; all of its statements see one state.
    pub async fn read(&self) -> sqlx::Result<Begun> {
        self.check_new()?;
        Ok(Begun::Sqlite(self.read.begin().await?))
    }

    /// Checks the file if reading may need a new connection, which the pool would otherwise keep trying to make.
    fn check_new(&self) -> Result<(), Unwritable> {
        if self.read.num_idle() == 0 { self.file.check() } else { Ok(()) }
    }

    /// Begins a transaction that writes. It holds the write lock from its start, so there is one at a time.
    pub async fn write(&self) -> sqlx::Result<Begun> {
        self.file.check()?;
        Ok(Begun::Sqlite(self.write.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Commits a transaction that writes. If it changed anything, the file gets the next number, which tells this state
    /// of the file from the earlier ones.
    pub async fn commit(&self, mut transaction: Transaction<'static, Sqlite>) -> sqlx::Result<()> {
        let (rows_changed, number): (i64, i32) =
            sqlx::query_as("SELECT total_changes(), user_version FROM pragma_user_version")
                .fetch_one(&mut *transaction)
                .await?;
        // Rows that were changed and rolled back are counted too; then a number is skipped.
        if self.rows_changed.swap(rows_changed, Ordering::Relaxed) == rows_changed {
            return transaction.commit().await;
        }
        let next = number.wrapping_add(1);
        let number = AssertSqlSafe(format!("PRAGMA user_version = {next}"));
        sqlx::raw_sql(number).execute(&mut *transaction).await?;
        transaction.commit().await?;
        self.file.committed(next.cast_unsigned());
        Ok(())
    }
}

/// Gives a database a random identity, unless it has one.
async fn mark(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mark: i32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *transaction).await?;
    if mark == 0 {
        // The last bits of a UUID of version 7 are random.
        let [.., a, b, c, d] = Uuid::now_v7().into_bytes();
        let mark = i32::from_be_bytes([a, b, c, d]) | 1;
        let mark = AssertSqlSafe(format!("PRAGMA application_id = {mark}"));
        sqlx::raw_sql(mark).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Returns whether a file holds a database that this program created.
async fn is_ours(path: &Path) -> sqlx::Result<bool> {
    let options = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT);
    let mut connection = options.connect().await?;
    let ours = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let ours: i64 = sqlx::query_scalar(ours).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(ours > 0)
}
