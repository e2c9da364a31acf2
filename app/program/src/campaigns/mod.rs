//! Campaigns: groups of creators and posts, and their combined numbers.

pub mod changes;
pub mod form;
pub mod items;
pub mod list;
pub mod reach;
pub mod record;
pub mod store;
pub mod view;
