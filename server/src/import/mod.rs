//! A file into the store: read by `ingest` on a thread of its own, accepted in batches, each of them durable.
//!
//! Behind the Import page and `creator-goals import` alike. Memory is bounded by a few batches, whatever the file. A run
//! that is cut off leaves whole batches; the same file brought in again completes them.

mod folder;
mod queue;
mod receive;
mod restart;
mod room;
mod run;
mod uploads;

pub use folder::{UploadLimits, Uploads};
pub use restart::{interrupt_unfinished, keep_tidy, resume, tidy};
pub use run::{Run, RunError, Step};
pub use uploads::router;
