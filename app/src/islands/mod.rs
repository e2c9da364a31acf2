//! The islands, which run in the browser. Everything else is HTML from the server, so their props are few and plain.

mod goal_preview;
mod import_progress;
mod in_place;
mod live;
mod shortcuts;

pub use goal_preview::{GOAL_FORM_ID, GoalPreviewPanel};
pub use import_progress::{ImportProgress, ImportsProgress, PROGRESS_IDS, rows_read};
pub use live::{Live, UPDATE};
pub use shortcuts::Shortcuts;
