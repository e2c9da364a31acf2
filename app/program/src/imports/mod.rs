//! Imports: files that are read in the background.

mod answers;
pub mod changes;
pub mod choices;
pub mod record;
pub mod refusal;
pub mod store;
pub mod view;
