//! One statement with its arguments, on either engine, and the rows it returns.

use super::cell::{Cell, Kind, columns_of};
use super::health::Health;
use super::record::{Record, add_arrays, add_columns, as_json, storable};
use super::{Connection, Statement};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Decode, Encode, PgConnection, Postgres, Row as _, Sqlite, SqliteConnection, Type};
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

/// A value that both engines accept as an argument.
pub trait Value<'v> {
    /// The type passed to the engines.
    type Bound: Encode<'v, Sqlite> + Type<Sqlite> + Encode<'v, Postgres> + Type<Postgres>;
    /// Converts the value to the type passed to the engines.
    fn bound(self) -> Self::Bound;
}

macro_rules! values {
    ($($type:ty => $bound:ty: $value:ident => $given:expr),* $(,)?) => {$(
        impl<'v> Value<'v> for $type {
            type Bound = $bound;
            fn bound(self) -> Self::Bound {
                let $value = self;
                $given
            }
        }
    )*};
}
values! {
    Uuid => Uuid: id => id,
    Option<Uuid> => Option<Uuid>: id => id,
    i64 => i64: number => number,
    Option<i64> => Option<i64>: number => number,
    i32 => i64: number => number.into(),
    Option<i32> => Option<i64>: number => number.map(i64::from),
    bool => bool: truth => truth,
    Option<bool> => Option<bool>: truth => truth,
    &'v [u8] => &'v [u8]: bytes => bytes,
    Option<&'v [u8]> => Option<&'v [u8]>: bytes => bytes,
    &'v str => Cow<'v, str>: text => storable(text),
    &'v String => Cow<'v, str>: text => storable(text),
    Option<&'v str> => Option<Cow<'v, str>>: text => text.map(storable),
    &'v Option<String> => Option<Cow<'v, str>>: text => text.as_deref().map(storable),
}

macro_rules! id_values {
    ($($id:ident)*) => {$(
        values! {
            program::ids::$id => Uuid: id => id.uuid(),
            Option<program::ids::$id> => Option<Uuid>: id => id.map(program::ids::$id::uuid),
        }
    )*};
}
program::for_each_id!(id_values);

/// A value that both engines can return.
pub trait Stored<'r>: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres> {}
impl<'r, T> Stored<'r> for T where T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres> {}

/// A statement with its arguments, to be run within a transaction.
#[must_use = "a query does nothing until it is run"]
pub struct Query<'t> {
    statement: &'static Statement,
    on: On<'t>,
    /// The first argument that could not be encoded.
    failed: Option<BoxDynError>,
    /// Records why the database accepts no changes, if this statement writes, and any damage found.
    health: Arc<Health>,
    writes: bool,
}

enum On<'t> {
    Sqlite(&'t mut SqliteConnection, SqliteArguments),
    Postgres { connection: &'t mut PgConnection, keeps_statements: bool, arguments: PgArguments },
}

/// Runs a query by one of sqlx's methods, on either engine.
macro_rules! run {
    ($query:ident, $connection:ident, $ready:ident => $run:expr, $sqlite:expr, $postgres:expr) => {{
        if let Some(cause) = $query.failed {
            return Err(sqlx::Error::Encode(cause));
        }
        let (health, writes) = ($query.health, $query.writes);
        let ran = match $query.on {
            On::Sqlite($connection, arguments) => {
                let $ready = sqlx::query_with($query.statement.sqlite(), arguments);
                $run.map($sqlite)
            }
            On::Postgres { connection: $connection, keeps_statements, arguments } => {
                let $ready = sqlx::query_with($query.statement.postgres(), arguments).persistent(keeps_statements);
                $run.map($postgres)
            }
        };
        if writes { health.noted(ran) } else { health.noted_reading(ran) }
    }};
}

impl<'t> Query<'t> {
    pub(super) fn new(
        connection: Connection<'t>,
        statement: &'static Statement,
        health: Arc<Health>,
        writes: bool,
    ) -> Query<'t> {
        let on = match connection {
            Connection::Sqlite(connection) => On::Sqlite(connection, SqliteArguments::default()),
            Connection::Postgres { connection, keeps_statements } => {
                On::Postgres { connection, keeps_statements, arguments: PgArguments::default() }
            }
        };
        Query { statement, on, failed: None, health, writes }
    }

    /// Adds the next argument.
    pub fn bind<'v>(mut self, value: impl Value<'v>) -> Query<'t> {
        let value = value.bound();
        let added = match &mut self.on {
            On::Sqlite(_, arguments) => arguments.add(value),
            On::Postgres { arguments, .. } => arguments.add(value),
        };
        self.failed = self.failed.or(added.err());
        self
    }

    /// Adds the table of arguments that the statement ends with.
    pub fn rows<R: Record>(mut self, rows: &[R]) -> Query<'t> {
        let added = match &mut self.on {
            On::Sqlite(_, arguments) => arguments.add(as_json(rows)),
            On::Postgres { arguments, .. } => add_arrays(rows, arguments),
        };
        self.failed = self.failed.or(added.err());
        self
    }

    /// Adds the table of arguments that the statement ends with, with columns of these kinds.
    pub fn cells(mut self, rows: &[Vec<Cell>], kinds: &[Kind]) -> Query<'t> {
        let added = match &mut self.on {
            On::Sqlite(_, arguments) => arguments.add(as_json(rows)),
            On::Postgres { arguments, .. } => add_columns(columns_of(rows, kinds), arguments),
        };
        self.failed = self.failed.or(added.err());
        self
    }

    /// Adds an argument whose type is known only at run time.
    pub fn bind_cell(self, cell: &Cell) -> Query<'t> {
        match cell {
            Cell::Id(value) => self.bind(*value),
            Cell::Number(value) => self.bind(*value),
            Cell::Text(value) => self.bind(value),
            Cell::Bytes(value) => self.bind(value.as_deref()),
            Cell::Truth(value) => self.bind(*value),
        }
    }

    /// Adds the table of arguments that the statement ends with, if the table has one column.
    pub fn list<F>(self, values: impl IntoIterator<Item = F>) -> Query<'t>
    where
        (F,): Record,
    {
        let rows: Vec<(F,)> = values.into_iter().map(|value| (value,)).collect();
        self.rows(&rows)
    }

    /// Returns every row.
    pub async fn all(self) -> sqlx::Result<Vec<Row>> {
        run!(self, connection, ready => ready.fetch_all(connection).await,
            |rows| rows.into_iter().map(Row::Sqlite).collect(),
            |rows| rows.into_iter().map(Row::Postgres).collect())
    }

    /// Returns the first row, if there is one.
    pub async fn optional(self) -> sqlx::Result<Option<Row>> {
        run!(self, connection, ready => ready.fetch_optional(connection).await,
            |row| row.map(Row::Sqlite), |row| row.map(Row::Postgres))
    }

    /// Returns the only row; an error if there is none.
    pub async fn one(self) -> sqlx::Result<Row> {
        self.optional().await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// Runs the statement and returns the number of rows it changed.
    pub async fn execute(self) -> sqlx::Result<u64> {
        run!(self, connection, ready => ready.execute(connection).await,
            |done| done.rows_affected(), |done| done.rows_affected())
    }

    /// Streams the rows, for results that do not fit into memory at once.
    pub fn stream(self) -> BoxStream<'t, sqlx::Result<Row>> {
        if let Some(cause) = self.failed {
            return stream::once(async { Err(sqlx::Error::Encode(cause)) }).boxed();
        }
        match self.on {
            On::Sqlite(connection, arguments) => {
                let rows = sqlx::query_with(self.statement.sqlite(), arguments).fetch(connection);
                rows.map(|row| row.map(Row::Sqlite)).boxed()
            }
            On::Postgres { connection, keeps_statements, arguments } => {
                let query = sqlx::query_with(self.statement.postgres(), arguments).persistent(keeps_statements);
                query.fetch(connection).map(|row| row.map(Row::Postgres)).boxed()
            }
        }
    }
}

/// A row of either engine.
#[derive(Debug)]
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Returns the value of a column.
    pub fn try_get<'r, T: Stored<'r>>(&'r self, column: &str) -> sqlx::Result<T> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }
}
