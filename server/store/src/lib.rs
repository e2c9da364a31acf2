//! The store on SQLite and PostgreSQL: implements the store traits of `program`, one file per noun, one statement per
//! `.sql` file. Only [`engine`] names the engines.

mod accept;
mod backup;
mod campaigns;
mod change;
mod columns;
mod copy;
mod creators;
mod engine;
mod erasing;
mod error;
mod evidence;
mod goals;
mod idempotency;
mod imports;
mod jobs;
mod keys;
mod mended;
mod migrate;
mod organization;
mod pastes;
mod posts;
mod probe;
mod program_cache;
mod project_row;
mod projects;
mod rebook;
mod retry;
mod reviews;
mod rows;
mod saved_views;
mod sql_store;
mod standings;
pub mod tables;
mod upkeep;

pub use accept::{PARKED_OF_POST, PARKED_OF_PROJECT};
pub use backup::{BackupError, back_up};
pub use copy::{Copied, CopyError, Progress, copy};
pub use engine::statement::{postgres_text, sqlite_text};
pub use engine::{Absent, OpenError};
pub use erasing::{PART, erasing_statements};
pub use migrate::{Migrated, migrate};
pub use sql_store::SqlStore;
