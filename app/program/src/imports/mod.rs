//! Imports: files that are read in the background.

pub mod record;
pub mod store;
pub mod view;
