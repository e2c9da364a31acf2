//! A project in memory, and everybody in it judged.

pub mod gains;
pub mod judged;
pub mod program;
pub mod standing;
pub mod store;
