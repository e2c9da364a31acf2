//! Imports a file: `ingest` reads it on a thread of its own, and the store accepts it in batches, each of them durable.
//!
//! The Import page and `creator-goals import` both use this. A few batches are in memory at a time, and the handles of
//! all creators in the file, which are needed at its end. An interrupted run leaves whole batches; importing the same
//! file again completes it.

pub(crate) mod folder;
pub(crate) mod queue;
mod restart;
mod room;
mod run;
mod told;

pub use folder::{UploadLimits, Uploads};
pub use restart::{interrupt_unfinished, keep_tidy, resume, tidy};
pub use run::{Run, RunError, Step};
