//! The preview of a file for the mapping step: its first rows, and the field of each column.

use crate::field::{Field, normalised};
use crate::format::Format;

/// The beginning of a file as people see it. JSON formats need no mapping and have no columns here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The format; `None` if the file contains no item.
    pub format: Option<Format>,
    /// The columns of a table, in the order of the file.
    pub columns: Vec<Column>,
    /// The first rows of a table, cells cut short.
    pub rows: Vec<Vec<String>>,
    /// What is missing before the table can be imported, as a sentence.
    pub problem: Option<String>,
    /// Whether a creator named for the whole file would say whose posts or followers these are.
    pub lacks_creator: bool,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header, as the file has it.
    pub header: String,
    /// The field it is read as; `None` if it is ignored.
    pub field: Option<Field>,
    /// The field that its values look like, if the header was not recognised.
    pub suggestion: Option<Field>,
}

/// A row of a table as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// The line in which it begins.
    pub line: u64,
    /// Its cells in columns with a field, cut short.
    pub cells: Vec<(Field, String)>,
}

impl Preview {
    /// Returns the headers of columns that are not imported.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.field.is_none()).map(|column| column.header.as_str())
    }

    /// Returns the names in a mapping that no column has; none for formats without columns.
    pub fn without_column<'m>(&'m self, mapping: &'m [(String, Field)]) -> impl Iterator<Item = &'m str> {
        let has = |wanted: &str| self.columns.iter().any(|column| normalised(&column.header) == normalised(wanted));
        let missing = mapping.iter().map(|(wanted, _)| wanted.as_str());
        missing.filter(move |wanted| !self.columns.is_empty() && !has(wanted))
    }
}
