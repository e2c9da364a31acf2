//! The content calendar: how many posts count on each day of a month, of everybody or of one creator.

pub mod creator;
pub mod day;
pub mod everybody;
pub mod month;
mod sheet;
pub mod shown;
