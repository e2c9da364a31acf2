//! Notes that people keep on creators and campaigns.

use crate::figures::grouped;

/// The longest notes on a creator or a campaign, in characters.
pub const LONGEST_NOTES: usize = 10_000;

/// Returns the sentence for longer notes.
#[must_use]
pub fn notes_too_long() -> String {
    format!("Use at most {} characters.", grouped(LONGEST_NOTES))
}

/// Returns notes as they are stored: as typed, with one character for each line break; empty if there is only white
/// space.
#[must_use]
pub fn notes_as_typed(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { text.replace("\r\n", "\n").replace('\r', "\n") }
}
