//! What to do about a database that does not exist.

/// What to do about a database that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Create it.
    Made,
    /// Report an error: the name of a database that is only read was probably mistyped.
    Refused,
}
