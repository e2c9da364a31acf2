//! A file into the store: read by `ingest` on a thread of its own, accepted in batches, each of them durable.
//!
//! Behind the Import page and `creator-goals import` alike. A few batches are in memory at a time,
//! and the handles of the creators that the file names: who they are is needed at its end. A run that is cut off leaves whole batches; the same file brought in again completes them.

mod folder;
mod queue;
pub(crate) mod receive;
mod restart;
mod room;
mod run;
mod uploads;

pub use folder::{UploadLimits, Uploads};
pub use restart::{interrupt_unfinished, keep_tidy, resume, tidy};
pub use run::{Run, RunError, Step};
pub use uploads::router;
