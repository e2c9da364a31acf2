//! Imports: files that are read in the background.

pub mod record;
pub mod refusal;
pub mod store;
pub mod view;
