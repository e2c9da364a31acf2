//! What the parts of an open page are called.

/// The attribute of the parts that are updated: a name that is the same in every rendering of the page.
pub const LIVE: &str = "data-live";

/// The attribute on the pages of a removed creator.
pub const REMOVED: &str = "data-removed";

/// The header of a request by which an open page loads itself again.
pub const UPDATE: &str = "x-live-update";

/// The length of ids; no path segment or part name has it otherwise.
pub const UUID_LENGTH: usize = 36;

/// The attribute of the notes about the connection and about changes, and of what is in them.
pub const NOTES: &str = "data-note";
