//! The name of a saved view.

use super::record::SAVED_VIEWS;
use compliance::name;
use compliance::name::InvalidName;

/// The longest name of a saved view, in characters.
const LONGEST_NAME: usize = 60;

/// Parses the name of a view; the error is the sentence shown at the field.
pub fn view_name(text: &str) -> Result<String, String> {
    name::parse(text, LONGEST_NAME).map_err(|error| match error {
        InvalidName::Empty => "Give the view a name.".to_owned(),
        error => error.to_string(),
    })
}

/// Returns the sentence for a view beyond the most that a project may have.
#[must_use]
pub fn too_many_views() -> String {
    format!("There are {SAVED_VIEWS} saved views. Delete one first.")
}
