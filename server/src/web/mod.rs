//! What browsers need beside pages.

pub mod csv;
pub mod forms;
pub mod live;
