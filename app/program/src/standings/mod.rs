//! Projects in memory, and the evaluations of their creators.

pub mod gains;
pub mod program;
pub mod standing;
pub mod store;
