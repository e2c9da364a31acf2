//! The first rows of a file and how each column was understood: what the mapping step shows.

use crate::field::Field;
use crate::format::Format;

/// The beginning of a file as a person sees it. Items of JSON formats need no mapping: they have no columns here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The format; `None` if the file holds no item.
    pub format: Option<Format>,
    /// The columns of a table, in the order of the file.
    pub columns: Vec<Column>,
    /// The first rows of a table, cells cut short.
    pub rows: Vec<Vec<String>>,
    /// What is missing before the table can be imported, as a sentence.
    pub problem: Option<String>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header, as the file has it.
    pub header: String,
    /// What it is read as; `None` if it is left out.
    pub field: Option<Field>,
    /// What its values look like, where the header was not recognised: a proposal for the mapping step.
    pub suggestion: Option<Field>,
}

impl Preview {
    /// Headers of columns that are not imported.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.field.is_none()).map(|column| column.header.as_str())
    }
}
