//! The form that edits a creator.

use crate::creators::record::{Creator, CreatorChange};
use compliance::address::{NoHandle, handle_in};
use compliance::fact::Handle;
use compliance::goal_form::parse_date;
use compliance::name;
use compliance::name::{InvalidName, visible};
use compliance::tracking::TrackingMode;

/// A creator's settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorForm {
    /// The handle, with or without `@`.
    pub tiktok_handle: String,
    /// The display name.
    pub display_name: String,
    /// [`TrackingMode::name`].
    pub tracking_mode: String,
    /// `YYYY-MM-DD`, or empty for automatic.
    pub tracking_start_date: String,
}

/// The errors in a creator's settings: at most one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorErrors {
    /// The error at the handle.
    pub tiktok_handle: Option<String>,
    /// The error at the name.
    pub display_name: Option<String>,
    /// The error at the mode.
    pub tracking_mode: Option<String>,
    /// The error at the start date.
    pub tracking_start_date: Option<String>,
}

impl CreatorForm {
    /// Returns the form filled with a creator.
    #[must_use]
    pub fn of(creator: &Creator) -> CreatorForm {
        CreatorForm {
            tiktok_handle: creator.handle.to_string(),
            display_name: creator.display_name.as_deref().map(visible).unwrap_or_default(),
            tracking_mode: creator.tracking_mode.name().to_owned(),
            tracking_start_date: creator.tracking_start_date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Parses the form and reports every invalid field at once.
    pub fn parse(&self) -> Result<CreatorChange, CreatorErrors> {
        let mut errors = CreatorErrors::default();
        let handle = handle_in(&visible(&self.tiktok_handle));
        let handle = handle.map_err(|why| errors.tiktok_handle = Some(refused_handle(why, &self.tiktok_handle)));
        let name = display_name(&self.display_name).map_err(|error| errors.display_name = Some(error.to_string()));
        let mode = TrackingMode::from_name(&self.tracking_mode);
        if mode.is_none() {
            errors.tracking_mode = Some("Choose auto or selective.".to_owned());
        }
        let date = self.tracking_start_date.trim();
        let start = if date.is_empty() { Ok(None) } else { parse_date(date).map(Some) };
        let start = start.map_err(|error| errors.tracking_start_date = Some(error.to_owned()));
        match (handle, name, mode, start) {
            (Ok(handle), Ok(display_name), Some(tracking_mode), Ok(tracking_start_date)) => {
                Ok(CreatorChange { handle, display_name, tracking_mode, tracking_start_date })
            }
            _ => Err(errors),
        }
    }
}

/// Returns why a typed handle is refused.
fn refused_handle(why: NoHandle, typed: &str) -> String {
    match (why, Handle::parse(&visible(typed))) {
        // This error says which characters a handle may contain.
        (NoHandle::NoValue | NoHandle::NotAHandle, Err(error)) => error.to_string(),
        (why, _) => why.to_string(),
    }
}

impl CreatorErrors {
    /// Returns each field with its error, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("tiktok_handle", &self.tiktok_handle),
            ("display_name", &self.display_name),
            ("tracking_mode", &self.tracking_mode),
            ("tracking_start_date", &self.tracking_start_date),
        ];
        fields.into_iter().filter_map(|(field, sentence)| Some((field, sentence.as_deref()?)))
    }
}

/// The longest display name, in characters.
const LONGEST_NAME: usize = 120;

/// Parses the display name that a person typed; `None` if it is empty.
pub fn display_name(text: &str) -> Result<Option<String>, InvalidName> {
    match name::parse(text, LONGEST_NAME) {
        Err(InvalidName::Empty) => Ok(None),
        read => read.map(Some),
    }
}

/// The error for a new handle that another creator has.
#[must_use]
pub fn handle_taken(handle: &str, by: Option<&Creator>) -> String {
    let whose = match by {
        Some(creator) if creator.removed_at.is_some() => {
            format!("{}, who was removed from the program", creator.name())
        }
        Some(creator) => creator.name().to_owned(),
        None => "another creator".to_owned(),
    };
    format!("@{handle} is the handle of {whose}. Two creators of a project cannot have the same one.")
}
