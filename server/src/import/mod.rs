//! A file into the store: read by `ingest` on a thread of its own, accepted in batches, each of them durable.
//!
//! Behind the Import page and `creator-goals import` alike. Memory is bounded by a few batches, whatever the file. A run
//! that is cut off leaves whole batches; the same file brought in again completes them.

mod run;
mod uploads;

pub use run::{Run, RunError, Step};
pub use uploads::{Uploads, interrupt_unfinished, router};
