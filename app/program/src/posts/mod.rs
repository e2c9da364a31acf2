//! Posts and their snapshots.

pub mod record;
pub mod store;
pub mod view;
