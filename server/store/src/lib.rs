//! The store on SQLite and PostgreSQL: implements the store traits of `program`, one file per noun, one statement per
//! `.sql` file. Only [`engine`] names the engines.

mod accept;
mod backup;
mod campaigns;
mod copy;
mod creators;
mod engine;
mod evidence;
mod goals;
mod idempotency;
mod imports;
mod jobs;
mod keys;
mod mended;
mod migrate;
mod pastes;
mod posts;
mod probe;
mod projects;
mod rebook;
mod retry;
mod reviews;
mod rows;
mod saved_views;
mod standings;
pub mod tables;
mod upkeep;

pub use accept::{PARKED_OF_POST, PARKED_OF_PROJECT};
pub use backup::{BackupError, back_up};
pub use copy::{Copied, CopyError, Progress, copy};
pub use engine::statement::{postgres_text, sqlite_text};
pub use engine::{Absent, OpenError};
pub use migrate::{Migrated, migrate};

use compliance::ledger::HistoryNeeded;
use engine::{Engine, Unwritable};
use program::store::StoreError;
use standings::ProgramCache;
use std::path::Path;
use thiserror::Error;

/// Why a statement failed or was refused.
#[derive(Debug, Error)]
enum DbError {
    #[error("not found in this project")]
    NotFound,
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Books(#[from] HistoryNeeded),
}

type DbResult<T> = Result<T, DbError>;

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => StoreError::NotFound,
            DbError::CreatorRemoved => StoreError::CreatorRemoved,
            DbError::Sql(cause) => match Unwritable::of(&cause) {
                Some(reason) => {
                    tracing::error!(%cause, "the database takes no changes");
                    StoreError::Unwritable(reason.to_string())
                }
                None => StoreError::Database(Box::new(cause)),
            },
            DbError::Books(cause) => StoreError::Database(Box::new(cause)),
        }
    }
}

/// The store of the application, on either engine.
#[derive(Debug)]
pub struct SqlStore {
    engine: Engine,
    programs: ProgramCache,
}

impl SqlStore {
    /// Opens the database at `url`, creates it if it does not exist, and brings its schema up to date.
    pub async fn open(url: &str) -> Result<SqlStore, OpenError> {
        SqlStore::open_or(url, Absent::Made).await
    }

    /// Opens the database at `url` and brings its schema up to date; `absent` says what to do if it does not exist.
    pub async fn open_or(url: &str, absent: Absent) -> Result<SqlStore, OpenError> {
        Ok(SqlStore { engine: mended::open(url, absent).await?, programs: ProgramCache::default() })
    }

    /// Returns the path of the database file; `None` on PostgreSQL.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.engine.file()
    }

    /// Returns the number of statements run since the database was opened; a test uses it to find one statement per
    /// row.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.engine.statements_run()
    }
}
