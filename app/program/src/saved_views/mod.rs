//! Saved views of the overview.

pub mod form;
pub mod record;
pub mod store;
