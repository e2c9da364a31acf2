//! Posts and their snapshots.

pub mod address;
pub mod record;
pub mod store;
pub mod view;
