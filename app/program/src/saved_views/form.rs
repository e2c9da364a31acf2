//! What a saved view is made of: its name and its query.

use super::record::SAVED_VIEWS;
use compliance::name;
use compliance::name::InvalidName;
use compliance::named;

/// The longest name of a saved view, in characters.
const LONGEST_NAME: usize = 60;

/// Parses the name of a view; the error is the sentence shown at the field.
pub fn view_name(text: &str) -> Result<String, String> {
    name::parse(text, LONGEST_NAME).map_err(|error| match error {
        InvalidName::Empty => "Give the view a name.".to_owned(),
        error => error.to_string(),
    })
}

/// The longest query of a saved view, in bytes.
const LONGEST_QUERY: usize = 1_500;

/// Why a query cannot be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryError {
    /// It is not the query of an overview.
    Unreadable,
    /// It is too long.
    TooLong,
}

named!(QueryError { Unreadable: "unreadable_query", TooLong: "long_query" });

impl QueryError {
    /// Returns the sentence for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            QueryError::Unreadable => "This is not the query of an overview, which begins with “?”.",
            QueryError::TooLong => {
                "This view cannot be saved: its search is too long. Shorten the search, then save it again."
            }
        }
    }
}

/// Checks the query of an overview, including the `?`.
pub fn view_query(query: &str) -> Result<(), QueryError> {
    if !query.starts_with('?') || !query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return Err(QueryError::Unreadable);
    }
    if query.len() > LONGEST_QUERY { Err(QueryError::TooLong) } else { Ok(()) }
}

/// Returns the sentence for a view beyond the most that a project may have.
#[must_use]
pub fn too_many_views() -> String {
    format!("There are {SAVED_VIEWS} saved views. Delete one first.")
}
