//! Renamed accounts: probable renamings that somebody decides on, and merges of two creators who are one account.

pub mod changes;
pub mod record;
pub mod store;
pub mod view;
