//! Values whose type is known only at run time: what a copy between two databases moves.

use super::record::{ArrayColumn, storable};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id.
    Uuid,
    /// A number or an instant.
    Bigint,
    /// A text.
    Text,
    /// Bytes.
    Bytea,
    /// True or false.
    Boolean,
}

impl Kind {
    /// Returns its SQL name.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Uuid => "uuid",
            Kind::Bigint => "bigint",
            Kind::Text => "text",
            Kind::Bytea => "bytea",
            Kind::Boolean => "boolean",
        }
    }

    /// Creates an empty column of this type.
    fn column(self) -> ArrayColumn {
        match self {
            Kind::Uuid => ArrayColumn::Ids(Vec::new()),
            Kind::Bigint => ArrayColumn::Numbers(Vec::new()),
            Kind::Text => ArrayColumn::Texts(Vec::new()),
            Kind::Bytea => ArrayColumn::Bytes(Vec::new()),
            Kind::Boolean => ArrayColumn::Truths(Vec::new()),
        }
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    Id(Option<Uuid>),
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Truth(Option<bool>),
}

impl Cell {
    /// Adds the value to a checksum, with its type and length, so that different rows never give the same bytes.
    pub fn digest(&self, into: &mut Sha256) {
        let mut add = |kind: u8, bytes: Option<&[u8]>| {
            let length = bytes.map_or(-1, |bytes| i64::try_from(bytes.len()).unwrap_or(i64::MAX));
            into.update([kind]);
            into.update(length.to_be_bytes());
            into.update(bytes.unwrap_or_default());
        };
        match self {
            Cell::Id(id) => add(0, id.as_ref().map(|id| &id.as_bytes()[..])),
            Cell::Number(number) => add(1, number.map(i64::to_be_bytes).as_ref().map(|bytes| &bytes[..])),
            Cell::Text(text) => add(2, text.as_deref().map(str::as_bytes)),
            Cell::Bytes(bytes) => add(3, bytes.as_deref()),
            Cell::Truth(truth) => add(4, truth.map(|truth| [u8::from(truth)]).as_ref().map(|bytes| &bytes[..])),
        }
    }

    fn append(&self, column: &mut ArrayColumn) {
        match (self, column) {
            (Cell::Id(value), ArrayColumn::Ids(values)) => values.push(*value),
            (Cell::Number(value), ArrayColumn::Numbers(values)) => values.push(*value),
            (Cell::Text(value), ArrayColumn::Texts(values)) => {
                values.push(value.as_deref().map(|text| storable(text).into_owned()));
            }
            (Cell::Bytes(value), ArrayColumn::Bytes(values)) => values.push(value.clone()),
            (Cell::Truth(value), ArrayColumn::Truths(values)) => values.push(*value),
            _ => unreachable!("a column holds values of its type"),
        }
    }
}

/// Writes the value the way SQLite's JSON functions expect it.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Id(value) => value.serialize(serializer),
            Cell::Number(value) => value.serialize(serializer),
            Cell::Text(value) => value.as_deref().map(storable).serialize(serializer),
            Cell::Bytes(value) => value.as_deref().map(hex::encode).serialize(serializer),
            Cell::Truth(value) => value.serialize(serializer),
        }
    }
}

/// Turns rows of cells into array columns for PostgreSQL.
pub fn columns_of(rows: &[Vec<Cell>], kinds: &[Kind]) -> Vec<ArrayColumn> {
    let mut columns: Vec<_> = kinds.iter().map(|kind| kind.column()).collect();
    for row in rows {
        for (cell, column) in row.iter().zip(&mut columns) {
            cell.append(column);
        }
    }
    columns
}
