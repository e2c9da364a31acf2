//! Values that were changed by schema migrations.

/// The most changed values of a project that are listed; the others are only counted.
pub const MENDED_LISTED: usize = 1_000;

/// The values of a project, and of no project, that did not fit the bounds of the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MendedValues {
    /// The number of changed values.
    pub total: i64,
    /// The first [`MENDED_LISTED`] of them.
    pub listed: Vec<MendedValue>,
}

/// One changed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedValue {
    /// Its table.
    pub table: String,
    /// The rest of its row's primary key.
    pub row: String,
    /// Its column; `None` if the whole row was removed.
    pub column: Option<String>,
    /// The old value; for a row that was removed, all of its values.
    pub old: Option<String>,
    /// The new value; `None` if it is unknown.
    pub new: Option<String>,
}
