//! Facts that are stored, and the outcome of each.

pub mod record;
pub mod store;
