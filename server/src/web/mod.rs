//! What browsers need beside the pages.

pub mod csv;
pub mod forms;
pub mod live;
pub mod uploads;
