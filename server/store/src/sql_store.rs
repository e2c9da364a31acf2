//! The store: the engine, and the programs that are held in memory.

use crate::engine::{Absent, Engine, OpenError};
use crate::mended;
use crate::program_cache::ProgramCache;
use program::store::Store;
use std::path::Path;

/// The store.
#[derive(Debug)]
pub struct SqlStore {
    pub(crate) engine: Engine,
    pub(crate) programs: ProgramCache,
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

impl Store for SqlStore {}
