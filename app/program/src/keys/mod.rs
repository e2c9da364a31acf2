//! API keys.

pub mod changes;
pub mod form;
pub mod record;
pub mod secret;
pub mod store;
pub mod view;
