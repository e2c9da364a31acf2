//! Creators: who is in a program, and how they are called and tracked.

pub mod changes;
pub mod form;
pub mod list;
pub mod record;
pub mod store;
pub mod view;
