//! Saved views of the overview, as they are stored.

use uuid::Uuid;

/// How many views of a project are saved at most.
pub const SAVED_VIEWS: i64 = 50;

/// A name for what the overview can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub saved_view_id: Uuid,
    /// What people call it, 1 to 60 characters.
    pub name: String,
    /// The query of the overview's address, from `?` on.
    pub query: String,
}
