//! Finds and locks the row of a project, and increments its version.

use crate::engine::{Tx, sql};
use crate::error::{DbError, DbResult};
use crate::rows;
use program::ids::ProjectId;
use program::projects::record::Project;

pub async fn find_in(connection: &mut Tx, project_id: ProjectId) -> DbResult<Option<Project>> {
    let found = connection.query(sql!("project")).bind(project_id).optional().await?;
    Ok(found.as_ref().map(rows::project).transpose()?)
}

/// Locks the project against other writers until the transaction ends, and returns it. Everything that is read in order
/// to write must be read after this.
pub async fn lock(tx: &mut Tx, project_id: ProjectId) -> DbResult<Project> {
    let found = tx.query(sql!("project_locked")).bind(project_id).optional().await?;
    found.as_ref().map(rows::project).transpose()?.ok_or(DbError::NotFound)
}

/// Increments the project's version and returns it; the transaction's changes are stored under this version.
pub async fn next_version(tx: &mut Tx, project_id: ProjectId) -> DbResult<i64> {
    let version = tx.query(sql!("project_next_version")).bind(project_id).optional().await?;
    Ok(version.ok_or(DbError::NotFound)?.try_get("version")?)
}
