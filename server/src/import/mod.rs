//! Imports a file: `ingest` reads it on a thread of its own, and the store accepts it in batches, each of them durable.
//!
//! The Import page and `creator-goals import` both use this. A few batches are in memory at a time, and the handles of
//! all creators in the file, which are needed at its end. An interrupted run leaves whole batches; importing the same
//! file again completes it.

mod begin;
pub(crate) mod folder;
mod look;
pub(crate) mod queue;
pub(crate) mod received;
mod restart;
mod room;
mod run;
mod survey;
mod told;

pub(crate) use begin::{Begun, answer, begin};
pub use folder::{UploadLimits, Uploads};
pub use restart::{interrupt_unfinished, keep_tidy, resume, tidy};
pub use run::{Run, RunError, Step};
pub(crate) use survey::survey;
