//! Values that were changed when a database was brought up to date.

/// How many of a project's mended values are listed; the rest is counted.
pub const MENDED_LISTED: usize = 1_000;

/// The values of a project, and of none, that did not keep the bounds of the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MendedValues {
    /// How many there are.
    pub total: i64,
    /// The first [`MENDED_LISTED`] of them.
    pub listed: Vec<MendedValue>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedValue {
    /// The table that it stands in.
    pub table: String,
    /// The rest of its row's primary key.
    pub row: String,
    /// Its column; `None` if the whole row was removed.
    pub column: Option<String>,
    /// What it was; of a row that was removed, all of its values.
    pub old: Option<String>,
    /// What it is now; `None` if it is unknown.
    pub new: Option<String>,
}
