//! The catalogue of the schema as the migrations make it, read from a database in memory.

use super::migrations;
use sqlx::Row as _;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

/// A column of a table.
#[derive(Debug)]
pub struct CatalogueColumn {
    /// The name of its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Its type on SQLite: `BLOB`, `INTEGER` or `TEXT`.
    pub declared: String,
    /// Its place in the primary key, from 1; 0 if it is not part of it.
    pub place_in_key: i64,
}

/// The columns of all tables, and which tables refer to which.
#[derive(Debug)]
pub struct Catalogue {
    /// The columns in their order, table by table.
    pub columns: Vec<CatalogueColumn>,
    /// A table that refers to another, and that one.
    pub references: Vec<(String, String)>,
}

/// Runs the migrations of SQLite on a database in memory, and reads its catalogue.
pub async fn read() -> sqlx::Result<Catalogue> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
    // Every connection would have a database of its own.
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    migrations::of_sqlite().run(&pool).await.map_err(|cause| match cause {
        MigrateError::Execute(cause) => cause,
        cause => sqlx::Error::Migrate(Box::new(cause)),
    })?;
    let columns = "SELECT t.name, c.name, c.type, c.pk FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name <> '_sqlx_migrations' ORDER BY t.name, c.cid";
    let columns = sqlx::query(columns).fetch_all(&pool).await?;
    let column = |row: &sqlx::sqlite::SqliteRow| -> sqlx::Result<CatalogueColumn> {
        let (table, name) = (row.try_get(0)?, row.try_get(1)?);
        Ok(CatalogueColumn { table, name, declared: row.try_get(2)?, place_in_key: row.try_get(3)? })
    };
    let columns = columns.iter().map(column).collect::<sqlx::Result<_>>()?;
    let references =
        "SELECT DISTINCT t.name, f.\"table\" FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f
        WHERE t.type = 'table' AND t.name <> f.\"table\"";
    let references = sqlx::query_as(references).fetch_all(&pool).await?;
    pool.close().await;
    Ok(Catalogue { columns, references })
}
