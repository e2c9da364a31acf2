//! The database engines. Only this folder names them.

mod absent;
mod begun;
pub mod catalogue;
pub mod cell;
mod error;
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

pub use absent::Absent;
pub use begun::Begun;
pub use error::{Failure, OpenError};
pub use location::{Location, shown};
pub use query::{Query, Row};
pub use record::{Record, Wide, storable};
pub use statement::Statement;
pub(crate) use statement::sql;
pub use unwritable::Unwritable;

use health::{Health, Verdict};
use sqlx::{PgConnection, SqliteConnection};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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

    /// Begins a transaction that writes. What it reads of a project in order to write must be read after the project was
    /// locked (`project_row::lock`): then there is one writer of a project at a time.
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
