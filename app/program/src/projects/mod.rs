//! Projects: programs of creators, with their time zone and their settings.

pub mod changes;
pub mod form;
pub mod frame;
pub mod record;
pub mod store;
pub mod view;
