//! Projects in memory, and the evaluations of their creators.

pub mod gains;
pub mod judged;
pub mod past;
pub mod program;
pub mod standing;
pub mod store;
