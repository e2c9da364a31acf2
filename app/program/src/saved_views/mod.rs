//! Saved views of the overview.

pub mod changes;
pub mod form;
pub mod record;
pub mod store;
