//! Changes of one project: each has the project to itself and is stored under one version.

use crate::engine::{Engine, Tx};
use crate::error::DbResult;
use crate::project_row;
use program::ids::ProjectId;
use program::projects::record::Project;
use std::ops::{Deref, DerefMut};

/// The transaction of a change. The project stays locked until it ends, so what the change reads cannot change before it
/// writes. A change that is not committed is rolled back.
#[derive(Debug)]
pub struct Change {
    tx: Tx,
    project: Project,
    version: Option<i64>,
    is_retry: bool,
}

impl Change {
    /// Begins a change; `is_retry` tells whether an earlier try of it may have been committed.
    pub async fn begin(engine: &Engine, project_id: ProjectId, is_retry: bool) -> DbResult<Change> {
        let mut tx = engine.write().await?;
        let project = project_row::lock(&mut tx, project_id).await?;
        Ok(Change { tx, project, version: None, is_retry })
    }

    /// Returns the project as it was before the change.
    pub const fn project(&self) -> &Project {
        &self.project
    }

    /// Returns the project's id.
    pub const fn project_id(&self) -> ProjectId {
        self.project.project_id
    }

    /// Returns the version under which the change is stored: the project's next, which the first call takes. Clients
    /// that follow a project do not see a change that never asks for it.
    pub async fn version(&mut self) -> DbResult<i64> {
        if let Some(version) = self.version {
            return Ok(version);
        }
        let version = project_row::next_version(&mut self.tx, self.project.project_id).await?;
        self.version = Some(version);
        Ok(version)
    }

    /// Returns whether an earlier try of this change may have been committed.
    pub const fn is_retry(&self) -> bool {
        self.is_retry
    }

    /// Commits the change.
    pub async fn commit(self) -> DbResult<()> {
        Ok(self.tx.commit().await?)
    }
}

impl Deref for Change {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
