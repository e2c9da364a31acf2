//! Facts to the database: what came in is placed, booked into day buckets, and written, in one transaction.
//!
//! A [`Batch`] holds the creators and posts that a change touches. Facts, review decisions and moved tracking starts
//! are noted in it; `book` works out what each changes, by the ledgers of `compliance`; `write` stores the result.

mod batch;
mod book;
mod parked;
mod place;
mod write;

pub use batch::{Batch, CreatorState, DayMarks};
pub use parked::{PARKED_OF_POST, PARKED_OF_PROJECT, forget_runs, look_of_run};
pub use place::accept;
pub use write::day_row;
