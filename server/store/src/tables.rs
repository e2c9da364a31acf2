//! The tables, column by column, for code that handles all of them alike: copying, erasing, distributing.
//!
//! They are read from the schema that the migrations make. SQLite does not tell ids from bytes or booleans from numbers;
//! their names do (`migrations/README.md`), and `every_table_is_copied_as_the_schema_has_it` compares them with PostgreSQL.

use super::engine::catalogue::{self, Catalogue, CatalogueColumn};
use super::engine::cell::Kind;
use std::collections::BTreeMap;
use tokio::sync::OnceCell;

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Every column, the primary key first.
    columns: Vec<Column>,
    /// The number of columns in the primary key. The first is the one that Citus distributes by: the project, or the
    /// organization.
    key: usize,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
}

impl Table {
    /// Whether its rows are those of projects; else they are those of the organization.
    pub fn is_of_projects(&self) -> bool {
        self.columns[0].name == "project_id"
    }

    /// Returns the columns of the primary key.
    pub fn key(&self) -> &[Column] {
        &self.columns[..self.key]
    }

    /// Returns every column, the primary key first.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}

/// Returns columns as a table of arguments lists them in a statement.
pub fn listed(columns: &[Column]) -> String {
    let columns = columns.iter().map(|column| format!("{} {}", column.name, column.kind.name()));
    columns.collect::<Vec<_>>().join(", ")
}

/// Returns every table. Each refers only to tables before it; that of projects is the first whose rows are those of projects.
pub async fn tables() -> sqlx::Result<&'static [Table]> {
    static TABLES: OnceCell<Vec<Table>> = OnceCell::const_new();
    let read = || async { ordered(catalogue::read().await?) };
    TABLES.get_or_try_init(read).await.map(Vec::as_slice)
}

/// Orders the tables so that each comes after those it refers to. Of several that may be next, the one with the shortest key
/// is chosen, so that organizations and projects come first. Fails if tables refer to each other in a circle.
fn ordered(Catalogue { columns, references }: Catalogue) -> sqlx::Result<Vec<Table>> {
    let mut left: BTreeMap<String, Vec<CatalogueColumn>> = BTreeMap::new();
    for column in columns {
        left.entry(column.table.clone()).or_default().push(column);
    }
    let mut tables = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_next = |name: &str| references.iter().all(|(table, other)| table != name || !left.contains_key(other));
        let next = left.iter().filter(|(name, _)| is_next(name)).map(|(name, columns)| (key_of(columns), name.clone()));
        let circle = || sqlx::Error::Protocol(format!("tables refer to each other: {:?}", left.keys()));
        let (_, name) = next.min().ok_or_else(circle)?;
        tables.extend(left.remove_entry(&name).map(|(name, columns)| table(name, columns)));
    }
    Ok(tables)
}

fn key_of(columns: &[CatalogueColumn]) -> usize {
    columns.iter().filter(|column| column.place_in_key > 0).count()
}

/// Returns a table. Its names are never freed: there is one of each, needed for as long as the program runs.
fn table(name: String, mut columns: Vec<CatalogueColumn>) -> Table {
    let key = key_of(&columns);
    columns.sort_by_key(|column| if column.place_in_key > 0 { column.place_in_key } else { i64::MAX });
    let column = |column: CatalogueColumn| Column { kind: kind_of(&column), name: column.name.leak() };
    Table { name: name.leak(), columns: columns.into_iter().map(column).collect(), key }
}

/// Returns the type of a column, which on SQLite its name tells where its declared type does not.
fn kind_of(column: &CatalogueColumn) -> Kind {
    let name = column.name.as_str();
    match column.declared.as_str() {
        "BLOB" if name.ends_with("_hash") => Kind::Bytea,
        "BLOB" => Kind::Uuid,
        "INTEGER" if name.starts_with("is_") || name.starts_with("can_") || name.ends_with("_disabled") => {
            Kind::Boolean
        }
        "INTEGER" => Kind::Bigint,
        _ => Kind::Text,
    }
}
