//! What can be wrong with a row, said so that a person can act on it.

use crate::excerpt::excerpt;
use thiserror::Error;

/// Why one row was rejected. The other rows of the file are imported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct RowError {
    /// The wrong column or JSON field, as the file names it; `None` if the row as a whole is wrong.
    pub field: Option<String>,
    /// A stable name of the fault, for programs.
    pub code: &'static str,
    /// A plain sentence with a short, safe excerpt of the value.
    pub reason: String,
}

/// A value that was left out of a row that went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The column or JSON field, as the file names it.
    pub field: String,
    /// A stable name of the reason, for programs.
    pub code: &'static str,
    /// A plain sentence with a short, safe excerpt of the value.
    pub reason: String,
}

impl RowError {
    pub(crate) fn of_field(field: &str, fault: Fault) -> RowError {
        RowError { field: Some(excerpt(field)), code: fault.code, reason: fault.reason }
    }

    pub(crate) fn of_row(code: &'static str, reason: impl Into<String>) -> RowError {
        RowError { field: None, code, reason: reason.into() }
    }

    pub(crate) fn of_left_out(left_out: LeftOut) -> RowError {
        RowError { field: Some(left_out.field), code: left_out.code, reason: left_out.reason }
    }

    pub(crate) fn missing(field: &str, reason: impl Into<String>) -> RowError {
        RowError::of_field(field, Fault { code: "missing_field", reason: reason.into() })
    }
}

/// An error in a single value, before it is known which field it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub reason: String,
}

impl Fault {
    pub fn new(code: &'static str, reason: impl Into<String>) -> Fault {
        Fault { code, reason: reason.into() }
    }

    pub fn at(self, field: &str) -> RowError {
        RowError::of_field(field, self)
    }

    pub fn left_out_of(self, field: &str) -> LeftOut {
        LeftOut { field: excerpt(field), code: self.code, reason: self.reason }
    }
}
