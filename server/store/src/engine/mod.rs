//! The database engines: the only folder that names them.

pub mod cell;
pub mod file;
mod health;
mod location;
mod log;
pub mod postgres;
pub mod query;
mod record;
pub mod sqlite;
pub mod statement;
mod unwritable;

pub use location::{Location, shown};
pub use query::{Query, Row};
pub use record::Record;
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
    /// The URL names no engine we know.
    #[error(
        "cannot use database “{0}”: write sqlite:PATH, such as sqlite:data/creator-goals.db, or \
        postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url(String),
    /// The file is not there, and the command does not make one.
    #[error(
        "there is no database “{0}”: look at --database (or DATABASE_URL). Nothing was made; `serve`, `migrate`, \
        `project create` and `import --create` make a database"
    )]
    Missing(String),
    /// It is something else, or empty, and the command does not make one.
    #[error(
        "“{0}” is not a database of Creator Goals: look at --database (or DATABASE_URL). Nothing was changed; `serve`, \
        `migrate`, `project create` and `import --create` make the tables"
    )]
    Foreign(String),
    /// The URL has a parameter that means nothing.
    #[error("cannot use database “{url}”: it has the unknown parameter “{parameter}”")]
    Parameter {
        /// The URL, without a password.
        url: String,
        /// The parameter's name.
        parameter: String,
    },
    /// The file or its folder cannot be made.
    #[error("cannot make the database file “{path}”: {cause}")]
    Create {
        /// The database file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// What lies beside the file was left by another one.
    #[error(
        "beside the database “{0}” lies the log of another state of it ({0}-wal): opening both would damage the database. If \
        you have put a backup here, move {0}-wal and {0}-shm away and start again. Nothing was changed"
    )]
    Log(String),
    /// The engine refuses.
    #[error("cannot open database “{url}”: {cause}")]
    Open {
        /// The URL, without a password.
        url: String,
        /// What the engine says.
        cause: sqlx::Error,
    },
    /// The schema has steps that this program does not know.
    #[error(
        "the database “{url}” was last opened by a newer version of Creator Goals (its schema has step {step}, which this \
        version does not know): use that version, or a backup made before. Nothing was changed"
    )]
    Newer {
        /// The URL, without a password.
        url: String,
        /// The first step that is not known.
        step: i64,
    },
    /// A step of the schema is another one than this program knows.
    #[error(
        "the schema of the database “{url}” is not ours: its step {step} differs from the one this version of Creator \
        Goals knows. Nothing was changed"
    )]
    Different {
        /// The URL, without a password.
        url: String,
        /// The step.
        step: i64,
    },
    /// The schema cannot be brought up to date.
    #[error("cannot bring the database “{url}” up to date: {cause}")]
    Migrate {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: MigrateError,
    },
    /// Day buckets that a step of the schema left to be booked anew cannot be.
    #[error("cannot book days of the database “{url}” anew, after bringing it up to date: {cause}")]
    Book {
        /// The URL, without a password.
        url: String,
        /// What went wrong.
        cause: String,
    },
}

impl OpenError {
    /// Why the steps of the schema cannot be made.
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
    /// Another transaction was in the way: the same again may succeed at once.
    Conflict,
    /// The connection broke, or the server is not (or no longer) one that can be written to. Whether what was being
    /// committed was committed is not known.
    LostConnection,
    /// The same again would fail again.
    Lasting,
}

impl Failure {
    /// The kind of an error. The codes are SQLSTATE, which only PostgreSQL has; SQLite waits by itself.
    pub fn of(error: &sqlx::Error) -> Failure {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => Failure::LostConnection,
            sqlx::Error::Database(cause) => match cause.code().as_deref().unwrap_or_default() {
                // Serialization failure, deadlock.
                "40001" | "40P01" => Failure::Conflict,
                // Shut down, crashed, starting, ended by an administrator or for its idleness; a standby, read-only.
                "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "25006" => Failure::LostConnection,
                code if code.len() == 5 && code.starts_with("08") => Failure::LostConnection,
                _ => Failure::Lasting,
            },
            _ => Failure::Lasting,
        }
    }
}

/// What to do about a database that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Make it.
    Made,
    /// Say so: whoever only reads has mistyped its name.
    Refused,
}

/// Connections to one database.
#[derive(Debug, Clone)]
pub struct Engine {
    pools: Pools,
    /// Whether it takes changes, as far as is known.
    health: Arc<Health>,
    /// How many statements were run on it.
    statements: Arc<AtomicU64>,
}

#[derive(Debug, Clone)]
enum Pools {
    /// A file of this machine.
    Sqlite(sqlite::Pools),
    /// A server.
    Postgres(postgres::Pool),
}

/// A transaction on either engine, or a connection for single statements.
#[derive(Debug)]
pub struct Tx {
    begun: Begun,
    /// Told of what fails, and of changes that are stored.
    health: Arc<Health>,
    writes: bool,
    /// The file whose changes these are, on SQLite.
    changes: Option<sqlite::Pools>,
    statements: Arc<AtomicU64>,
}

/// What was begun.
#[derive(Debug)]
pub enum Begun {
    /// A transaction on SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// A connection to SQLite.
    SqliteOnce(PoolConnection<Sqlite>),
    /// A transaction on PostgreSQL, and whether what is prepared in it stays prepared.
    Postgres(Transaction<'static, Postgres>, bool),
    /// A connection to PostgreSQL.
    PostgresOnce(PoolConnection<Postgres>),
}

/// What a transaction runs its statements on.
enum Connection<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres { connection: &'t mut PgConnection, keeps_statements: bool },
}

impl Engine {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings its schema up to date; `absent` says what
    /// to do if it is not there.
    pub async fn open(url: &str, absent: Absent) -> Result<Engine, OpenError> {
        let pools = match Location::of(url)? {
            Location::Server => Pools::Postgres(postgres::Pool::open(url, absent).await?),
            Location::File(path) => Pools::Sqlite(sqlite::Pools::open(url, &path, absent).await?),
        };
        Ok(Engine { pools, health: Arc::default(), statements: Arc::default() })
    }

    /// The database file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite(pools) => Some(pools.path()),
            Pools::Postgres(_) => None,
        }
    }

    /// The server, if it is one.
    pub const fn postgres(&self) -> Option<&postgres::Pool> {
        match &self.pools {
            Pools::Sqlite(_) => None,
            Pools::Postgres(pool) => Some(pool),
        }
    }

    /// How many statements were run since it was opened.
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

    /// Whether the database takes changes: by what became of the last ones, or else by `probe`, which makes one. It is
    /// asked one call at a time and at most every two seconds, however many want to know.
    pub async fn takes_changes(&self, probe: impl Future<Output = sqlx::Result<()>>) -> Verdict {
        if let Pools::Sqlite(pools) = &self.pools {
            pools.check().map_err(Some)?;
        }
        self.health.asked(probe).await
    }

    /// Ends every connection, once what runs on them has ended.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// A connection for a single statement that reads.
    pub async fn read_once(&self) -> sqlx::Result<Tx> {
        Ok(self.reading(match &self.pools {
            Pools::Sqlite(pools) => pools.read_once().await?,
            Pools::Postgres(pool) => pool.read_once().await?,
        }))
    }

    /// A transaction that only reads: one consistent state.
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

    /// A transaction that writes what belongs to no project, as if it were alone.
    pub async fn write_alone(&self) -> sqlx::Result<Tx> {
        self.writing(match &self.pools {
            Pools::Sqlite(pools) => pools.write().await,
            Pools::Postgres(pool) => pool.write_alone().await,
        })
    }
}

impl Tx {
    /// A statement to be run in this transaction.
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

    /// Makes everything done in the transaction durable and seen.
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
        // Only now: a file that was removed while this was being written has not kept it.
        let kept = committed.and_then(|()| self.changes.map_or(Ok(()), |file| Ok(file.check()?)));
        if kept.is_ok() {
            health.stored();
        }
        health.noted(kept)
    }
}
