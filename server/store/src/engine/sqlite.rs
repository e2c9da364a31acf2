//! SQLite: a file of this machine.

use super::file::{self, OpenedFile};
use super::unwritable::Unwritable;
use super::{Absent, Begun, OpenError, log};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// How long a statement waits for another process that writes (this one never blocks itself: it has one writer).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections that read. WAL lets them read while the writer writes.
const READERS: u32 = 4;

/// Fails if there is no database in a file, or one whose log belongs to another state of it.
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
    /// One connection that is never used and never closed: as long as it is there, what SQLite keeps beside the file stays
    /// the same, so that another one beside it means that somebody removed ours.
    anchor: SqlitePool,
    file: OpenedFile,
    /// How many rows the connection that writes had changed when its last transaction ended.
    rows_changed: Arc<AtomicI64>,
}

impl Pools {
    /// Opens the file at `path`, which `url` names, and applies the migrations; `absent` says what to do if it is not there.
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
        // Before anything opens it: SQLite would replay the log.
        if log::is_of_another(path).unwrap_or(false) {
            return Err(OpenError::Log(path.display().to_string()));
        }
        // One that cannot even be looked at is opened all the same: that says why.
        if absent == Absent::Refused && !is_ours(path).await.unwrap_or(true) {
            return Err(OpenError::Foreign(url.to_owned()));
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            // Made above: a connection of later must not make another file in the place of one that was removed.
            .create_if_missing(false)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power goes, and nothing that was
            // acknowledged may be lost. One fsync per commit is what that costs.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("temp_store", "memory")
            .pragma("mmap_size", "0")
            .statement_cache_capacity(200);
        let anchor = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let anchor = anchor.connect_with(options.clone()).await.map_err(failed)?;
        sqlx::migrate!("../../migrations/sqlite").run(&anchor).await.map_err(|cause| OpenError::schema(url, cause))?;
        // Not only with the first change: a file that may be read but not written is found out now.
        sqlx::raw_sql("DELETE FROM organizations WHERE false").execute(&anchor).await.map_err(failed)?;
        let mut connection = anchor.acquire().await.map_err(failed)?;
        mark(&mut connection).await.map_err(failed)?;
        drop(connection);
        // So that the file itself shows its state, to which it is compared later.
        sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(&anchor).await.map_err(failed)?;
        // Not before it is known to be ours.
        file::keep_private(path);
        let file = OpenedFile::at(path).map_err(|cause| failed(cause.into()))?;
        let connect = async |connections| {
            let file = file.clone();
            let pool = pool_of(connections).after_connect(move |_, _| {
                // A connection made now reads what is at the path now.
                let same = file.check().map_err(sqlx::Error::from);
                Box::pin(async move { same })
            });
            pool.connect_with(options.clone()).await.map_err(failed)
        };
        let (write, read) = (connect(1).await?, connect(READERS).await?);
        Ok(Pools { read, write, anchor, file, rows_changed: Arc::default() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Whether the file still is the one that was opened.
    pub fn check(&self) -> Result<(), Unwritable> {
        self.file.check()
    }

    /// Ends every connection; the last one of all leaves nothing beside the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
        self.anchor.close().await;
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Begun> {
        self.check_new()?;
        Ok(Begun::SqliteOnce(self.read.acquire().await?))
    }

    /// A transaction that only reads: one consistent state.
    pub async fn read(&self) -> sqlx::Result<Begun> {
        self.check_new()?;
        Ok(Begun::Sqlite(self.read.begin().await?))
    }

    /// Checks the file if reading it may need a new connection: the pool would try for long to make one.
    fn check_new(&self) -> Result<(), Unwritable> {
        if self.read.num_idle() == 0 { self.file.check() } else { Ok(()) }
    }

    /// A transaction that writes. There is one at a time; it holds the write lock from its start.
    pub async fn write(&self) -> sqlx::Result<Begun> {
        self.file.check()?;
        Ok(Begun::Sqlite(self.write.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Commits a transaction that writes. One that changed anything gets the file's next number, so that each state of the
    /// file can be told from those before it.
    pub async fn commit(&self, mut transaction: Transaction<'static, Sqlite>) -> sqlx::Result<()> {
        let (rows_changed, number): (i64, i32) =
            sqlx::query_as("SELECT total_changes(), user_version FROM pragma_user_version")
                .fetch_one(&mut *transaction)
                .await?;
        // Rows that were changed and rolled back are counted too: then a number is used for nothing.
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

/// Gives a database a mark that no other one has, unless it has one.
async fn mark(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mark: i32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *transaction).await?;
    if mark == 0 {
        // The last bits of such an id are random.
        let [.., a, b, c, d] = Uuid::now_v7().into_bytes();
        let mark = i32::from_be_bytes([a, b, c, d]) | 1;
        let mark = AssertSqlSafe(format!("PRAGMA application_id = {mark}"));
        sqlx::raw_sql(mark).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Whether a file holds a database that this program has made.
async fn is_ours(path: &Path) -> sqlx::Result<bool> {
    let options = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT);
    let mut connection = options.connect().await?;
    let ours = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let ours: i64 = sqlx::query_scalar(ours).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(ours > 0)
}
