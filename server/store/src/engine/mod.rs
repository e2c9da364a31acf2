//! The database engines. Only this folder names them.

pub mod cell;
pub mod file;
mod health;
mod location;
mod log;
mod migrations;
pub mod postgres;
pub mod query;
mod record;
pub mod sqlite;
pub mod statement;
mod unwritable;

pub use location::{Location, shown};
pub use query::{Query, Row};
pub use record::{Record, Wide, storable};
pub use statement::Statement;
pub(crate) use statement::sql;
pub use unwritable::Unwritable;

use health::{Health, Verdict};
use sqlx::migrate::MigrateError;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;

/// Why the database cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The URL names no known engine.
    #[error(
        "cannot use database “{0}”: write sqlite:PATH, such as sqlite:data/creator-goals.db, or \
        postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url(String),
    /// The file does not exist, and the command does not create one.
    #[error(
        "there is no database “{0}”: check --database (or DATABASE_URL). Nothing was created; `serve`, `migrate`, \
        `project create` and `import --create` make a database"
    )]
    Missing(String),
    /// The file is empty or not a database of this program, and the command does not create one.
    #[error(
        "“{0}” is not a database of Creator Goals: look at --database (or DATABASE_URL). Nothing was changed; `serve`, \
        `migrate`, `project create` and `import --create` create the tables"
    )]
    Foreign(String),
    /// The URL has an unknown parameter.
    #[error("cannot use database “{url}”: it has the unknown parameter “{parameter}”")]
    Parameter {
        /// The URL, without a password.
        url: String,
        /// The parameter's name.
        parameter: String,
    },
    /// The file or its folder cannot be created.
    #[error("cannot create the database file “{path}”: {cause}")]
    Create {
        /// The database file.
        path: String,
        /// The error of the operating system.
        cause: std::io::Error,
    },
    /// The log beside the file was left by another database, or by another state of this one.
    #[error(
        "the write-ahead log beside “{0}” ({0}-wal) belongs to another state of the database: opening both would damage it. If \
        you have put a backup here, move {0}-wal and {0}-shm away and start again. Nothing was changed"
    )]
    Log(String),
    /// The engine refused to open the database.
    #[error("cannot open database “{url}”: {cause}")]
    Open {
        /// The URL, without a password.
        url: String,
        /// The error of the engine.
        cause: sqlx::Error,
    },
    /// The database has schema migrations that this program does not know.
    #[error(
        "the database “{url}” was last opened by a newer version of Creator Goals (its schema has step {step}, which this \
        version does not know): use that version, or a backup made before. Nothing was changed"
    )]
    Newer {
        /// The URL, without a password.
        url: String,
        /// The number of the first unknown migration.
        step: i64,
    },
    /// A schema migration differs from the one that this program knows.
    #[error(
        "the schema of “{url}” was not created by this program: its step {step} differs from the one this version of Creator \
        Goals knows. Nothing was changed"
    )]
    Different {
        /// The URL, without a password.
        url: String,
        /// The number of the migration.
        step: i64,
    },
    /// The schema migrations failed.
    #[error("cannot migrate the database “{url}”: {cause}")]
    Migrate {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: MigrateError,
    },
    /// Day buckets that a migration marked could not be booked again.
    #[error("cannot recompute day buckets of “{url}” after the migration: {cause}")]
    Book {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: String,
    },
}

impl OpenError {
    /// Returns the error for failed migrations.
    fn schema(url: &str, cause: MigrateError) -> OpenError {
        let url = url.to_owned();
        match cause {
            MigrateError::VersionMissing(step) => OpenError::Newer { url, step },
            MigrateError::VersionMismatch(step) => OpenError::Different { url, step },
            cause => OpenError::Migrate { url, cause },
        }
    }
}

/// What kind of failure an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Another transaction was in the way; a retry may succeed at once.
    Conflict,
    /// The connection broke, or the server cannot be written to (or not any more). It is not known whether a
    /// transaction that was being committed was committed.
    LostConnection,
    /// A retry would fail again.
    Lasting,
}

impl Failure {
    /// Returns the kind of an error, from its SQLSTATE. SQLite has none: there the busy timeout does the waiting.
    pub fn of(error: &sqlx::Error) -> Failure {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => Failure::LostConnection,
            sqlx::Error::Database(cause) => match cause.code().as_deref().unwrap_or_default() {
                // Serialization failure, deadlock.
                "40001" | "40P01" => Failure::Conflict,
                // Shutdown, crash, starting up, ended by an administrator, idle timeouts, read-only standby.
                "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "25006" => Failure::LostConnection,
                code if code.len() == 5 && code.starts_with("08") => Failure::LostConnection,
                _ => Failure::Lasting,
            },
            _ => Failure::Lasting,
        }
    }
}

/// What to do about a database that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Create it.
    Made,
    /// Report an error: the name of a database that is only read was probably mistyped.
    Refused,
}

/// Connections to one database.
#[derive(Debug, Clone)]
pub struct Engine {
    pools: Pools,
    /// Whether the database accepts changes, as far as is known.
    health: Arc<Health>,
    /// The number of statements run on it.
    statements: Arc<AtomicU64>,
}

#[derive(Debug, Clone)]
enum Pools {
    /// A file on this machine.
    Sqlite(sqlite::Pools),
    /// A PostgreSQL server.
    Postgres(postgres::Pool),
}

/// A transaction on either engine, or a connection for single statements.
#[derive(Debug)]
pub struct Tx {
    begun: Begun,
    /// Records failures, and changes that were stored.
    health: Arc<Health>,
    writes: bool,
    /// The file that a SQLite transaction writes to.
    changes: Option<sqlite::Pools>,
    statements: Arc<AtomicU64>,
}

/// A transaction or connection of one engine.
#[derive(Debug)]
pub enum Begun {
    /// A transaction on SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// A connection to SQLite.
    SqliteOnce(PoolConnection<Sqlite>),
    /// A transaction on PostgreSQL, and whether its prepared statements stay prepared.
    Postgres(Transaction<'static, Postgres>, bool),
    /// A connection to PostgreSQL.
    PostgresOnce(PoolConnection<Postgres>),
}

/// The connection that a transaction runs its statements on.
enum Connection<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres { connection: &'t mut PgConnection, keeps_statements: bool },
}

impl Engine {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings its schema up to date; `absent` says
    /// what to do if it does not exist.
    pub async fn open(url: &str, absent: Absent) -> Result<Engine, OpenError> {
        let pools = match Location::of(url)? {
            Location::Server => Pools::Postgres(postgres::Pool::open(url, absent).await?),
            Location::File(path) => Pools::Sqlite(sqlite::Pools::open(url, &path, absent).await?),
        };
        Ok(Engine { pools, health: Arc::default(), statements: Arc::default() })
    }

    /// Returns the path of the database file; `None` on PostgreSQL.
    pub fn file(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite(pools) => Some(pools.path()),
            Pools::Postgres(_) => None,
        }
    }

    /// Returns the PostgreSQL server; `None` on SQLite.
    pub const fn postgres(&self) -> Option<&postgres::Pool> {
        match &self.pools {
            Pools::Sqlite(_) => None,
            Pools::Postgres(pool) => Some(pool),
        }
    }

    /// Returns the number of statements run since the database was opened.
    pub fn statements_run(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    fn reading(&self, begun: Begun) -> Tx {
        Tx {
            begun,
            health: Arc::clone(&self.health),
            writes: false,
            changes: None,
            statements: Arc::clone(&self.statements),
        }
    }

    fn writing(&self, begun: sqlx::Result<Begun>) -> sqlx::Result<Tx> {
        let begun = self.health.noted(begun)?;
        let changes = match &self.pools {
            Pools::Sqlite(pools) => Some(pools.clone()),
            Pools::Postgres(_) => None,
        };
        Ok(Tx {
            begun,
            health: Arc::clone(&self.health),
            writes: true,
            changes,
            statements: Arc::clone(&self.statements),
        })
    }

    /// Returns whether the database accepts changes, from the result of the last ones or else by `probe`, which makes
    /// one. One probe runs at a time, and at most one in two seconds.
    pub async fn takes_changes(&self, probe: impl Future<Output = sqlx::Result<()>>) -> Verdict {
        if let Pools::Sqlite(pools) = &self.pools {
            pools.check().map_err(Some)?;
        }
        self.health.asked(probe).await
    }

    /// Closes every connection once its statements have ended.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Returns a connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Tx> {
        Ok(self.reading(match &self.pools {
            Pools::Sqlite(pools) => pools.read_once().await?,
            Pools::Postgres(pool) => pool.read_once().await?,
        }))
    }

    /// Begins a transaction that only reads; all of its statements see one state.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        Ok(self.reading(match &self.pools {
            Pools::Sqlite(pools) => pools.read().await?,
            Pools::Postgres(pool) => pool.read().await?,
        }))
    }

    /// A transaction that writes. What it reads of a project in order to write must be read after the project was locked
    /// (`project_row::lock`): then there is one writer of a project at a time.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        self.writing(match &self.pools {
            Pools::Sqlite(pools) => pools.write().await,
            Pools::Postgres(pool) => pool.write().await,
        })
    }

    /// Begins a transaction that writes what belongs to no project; these run one at a time.
    pub async fn write_alone(&self) -> sqlx::Result<Tx> {
        self.writing(match &self.pools {
            Pools::Sqlite(pools) => pools.write().await,
            Pools::Postgres(pool) => pool.write_alone().await,
        })
    }
}

impl Tx {
    /// Prepares to run a statement in this transaction.
    pub fn query(&mut self, statement: &'static Statement) -> Query<'_> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let (health, writes) = (Arc::clone(&self.health), self.writes);
        Query::new(self.connection(), statement, health, writes)
    }

    fn connection(&mut self) -> Connection<'_> {
        match &mut self.begun {
            Begun::Sqlite(transaction) => Connection::Sqlite(transaction),
            Begun::SqliteOnce(connection) => Connection::Sqlite(connection),
            Begun::Postgres(transaction, keeps_statements) => {
                Connection::Postgres { connection: transaction, keeps_statements: *keeps_statements }
            }
            Begun::PostgresOnce(connection) => Connection::Postgres { connection, keeps_statements: true },
        }
    }

    /// Commits the transaction.
    pub async fn commit(self) -> sqlx::Result<()> {
        let committed = match (self.begun, &self.changes) {
            (Begun::Sqlite(transaction), Some(file)) => file.commit(transaction).await,
            (Begun::Sqlite(transaction), None) => transaction.commit().await,
            (Begun::Postgres(transaction, _), _) => transaction.commit().await,
            (Begun::SqliteOnce(_) | Begun::PostgresOnce(_), _) => Ok(()),
        };
        if !self.writes {
            return committed;
        }
        let health = self.health;
        // Check after the commit: a file that was removed during the commit has not kept the change.
        let kept = committed.and_then(|()| self.changes.map_or(Ok(()), |file| Ok(file.check()?)));
        if kept.is_ok() {
            health.stored();
        }
        health.noted(kept)
    }
}
