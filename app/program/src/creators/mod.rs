//! Creators: the accounts in a program, their names and how they are tracked.

pub mod changes;
pub mod form;
pub mod list;
pub mod record;
pub mod store;
pub mod view;
