//! Transactions and connections of either engine.

use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite, Transaction};

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
