//! Stores facts: each is matched to its creator and post, booked into day buckets and written, in one transaction.
//!
//! A [`Batch`] holds the creators and posts that a change touches. Facts, review decisions and moved tracking starts
//! are noted in it; `accounts` finds the creators of renamed accounts; `book` and the modules named after it compute what each changes, with the ledgers of `compliance`;
//! `late` loads the readings around those that are not the newest; `write` stores the result.

mod accounts;
mod batch;
mod book;
mod book_posts;
mod book_readings;
mod known_accounts;
mod late;
mod parked;
mod place;
mod refusal;
mod sightings;
mod take;
mod waiting;
mod waiting_fact;
mod write;

pub use batch::{Batch, CreatorState};
pub use parked::{PARKED_OF_POST, PARKED_OF_PROJECT, forget_runs, record_run_collection, rename_parked};
pub use take::accept;
pub use waiting::{WAITING_OF_PROJECT, drop_waiting, forget_waiting, take_waiting};
