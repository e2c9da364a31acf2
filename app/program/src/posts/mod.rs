//! Posts and their snapshots.

pub mod changes;
pub mod record;
pub mod store;
pub mod view;
