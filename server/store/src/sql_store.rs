//! The store: the engine, and the programs that are held in memory.

use crate::change::Change;
use crate::engine::{Absent, Engine, OpenError};
use crate::error::DbResult;
use crate::mended;
use crate::program_cache::ProgramCache;
use crate::retry::{retried, retried_removal};
use program::error::StoreResult;
use program::ids::ProjectId;
use program::store::Store;
use std::future::Future;
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

    /// Runs a change of a project. `run` runs again if another transaction was in the way or the connection broke, so it
    /// must give the same result if it was committed before.
    pub(crate) async fn change<T, F>(&self, project_id: ProjectId, run: impl Fn(Change) -> F) -> StoreResult<T>
    where
        F: Future<Output = DbResult<T>>,
    {
        let (run, mut is_retry) = (&run, false);
        let changed = retried(|| {
            let is_retry = std::mem::replace(&mut is_retry, true);
            async move { run(Change::begin(&self.engine, project_id, is_retry).await?).await }
        });
        Ok(changed.await?)
    }

    /// Runs a change that removes something: what a retry does not find, an earlier try removed.
    pub(crate) async fn removal<F>(&self, project_id: ProjectId, run: impl Fn(Change) -> F) -> StoreResult<()>
    where
        F: Future<Output = DbResult<()>>,
    {
        let run = &run;
        let removed =
            retried_removal(|| async move { run(Change::begin(&self.engine, project_id, false).await?).await });
        Ok(removed.await?)
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
