//! Pastes: lists of handles that people paste, and the result for each.

pub mod changes;
pub mod handles;
pub mod record;
pub mod store;
pub mod view;
