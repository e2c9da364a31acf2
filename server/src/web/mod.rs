//! What browsers need besides the pages.

pub mod csv;
pub mod demo;
pub mod forms;
pub mod live;
pub mod uploads;
