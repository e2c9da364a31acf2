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
    /// Opens the database at `url`, making it and bringing its schema up to date as needed.
    pub async fn open(url: &str) -> Result<SqlStore, OpenError> {
        SqlStore::open_or(url, Absent::Made).await
    }

    /// Opens the database at `url` and brings its schema up to date; `absent` says what to do if it is not there.
    pub async fn open_or(url: &str, absent: Absent) -> Result<SqlStore, OpenError> {
        Ok(SqlStore { engine: mended::open(url, absent).await?, programs: ProgramCache::default() })
    }

    /// The database file, if it is one of this machine.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.engine.file()
    }

    /// How many statements were run since it was opened: whoever reads a list must not run one for each of its rows.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.engine.statements_run()
    }
}

impl Store for SqlStore {}
