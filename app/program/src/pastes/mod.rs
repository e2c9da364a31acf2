//! Pastes: handles that people paste, and what became of each.

pub mod changes;
pub mod handles;
pub mod record;
pub mod store;
pub mod view;
