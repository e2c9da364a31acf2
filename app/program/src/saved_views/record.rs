//! The records of saved views.

use crate::ids::SavedViewId;

/// The most saved views of a project.
pub const SAVED_VIEWS: i64 = 50;

/// A named query of the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub saved_view_id: SavedViewId,
    /// Its name, 1 to 60 characters.
    pub name: String,
    /// The query of the overview's URL, including the `?`.
    pub query: String,
}

/// The result of saving a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveViewOutcome {
    /// It is saved.
    Saved,
    /// There are [`SAVED_VIEWS`] already, so it was not saved.
    TooMany,
}
