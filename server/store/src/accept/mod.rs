//! Stores facts: each is matched to its creator and post, booked into day buckets and written, in one transaction.
//!
//! A [`Batch`] holds the creators and posts that a change touches. Facts, review decisions and moved tracking starts
//! are noted in it; `book` computes what each changes, with the ledgers of `compliance`; `write` stores the result.

mod batch;
mod book;
mod parked;
mod place;
mod refusal;
mod write;

pub use batch::{Batch, CreatorState};
pub use parked::{PARKED_OF_POST, PARKED_OF_PROJECT, forget_runs, record_run_collection};
pub use place::accept;
