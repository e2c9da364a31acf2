//! Imports: their progress, their result and the rows they refused.

use super::engine::{Engine, Tx, sql};
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use program::error::StoreResult;
use program::ids::{ImportId, ProjectId};
use program::imports::record::{
    CreateImportOutcome, Import, ImportState, Rejection, UNFINISHED_IMPORTS, UpdateImportOutcome,
};
use program::imports::store::ImportStore;

#[async_trait]
impl ImportStore for SqlStore {
    async fn create_import(&self, import: &Import) -> StoreResult<CreateImportOutcome> {
        self.change(import.project_id, |tx| create(tx, import)).await
    }

    async fn update_import(&self, import: &Import, from: ImportState) -> StoreResult<UpdateImportOutcome> {
        let mut is_retry = false;
        let update = || update(&self.engine, import, from, std::mem::replace(&mut is_retry, true));
        Ok(retried(update).await?)
    }

    async fn unfinished_imports(&self, project_id: ProjectId, after: ImportId) -> StoreResult<Vec<Import>> {
        Ok(retried(|| unfinished(&self.engine, project_id, after)).await?)
    }

    async fn add_rejections(
        &self,
        project_id: ProjectId,
        import_id: ImportId,
        rejections: &[Rejection],
    ) -> StoreResult<()> {
        self.change(project_id, |tx| add_rejections(tx, import_id, rejections)).await
    }

    async fn import(&self, project_id: ProjectId, import_id: ImportId) -> StoreResult<Option<Import>> {
        Ok(retried(|| find(&self.engine, project_id, import_id)).await?)
    }

    async fn imports(&self, project_id: ProjectId) -> StoreResult<Vec<Import>> {
        Ok(retried(|| latest(&self.engine, project_id)).await?)
    }

    async fn rejections(&self, project_id: ProjectId, import_id: ImportId) -> StoreResult<Vec<Rejection>> {
        Ok(retried(|| rejections(&self.engine, project_id, import_id)).await?)
    }
}

async fn create(mut tx: Change, import: &Import) -> DbResult<CreateImportOutcome> {
    let (counts, details) = (&import.counts, details_of(import));
    let created = tx
        .query(sql!("import_insert"))
        .bind(import.project_id)
        .bind(import.import_id)
        .bind(&import.file_name)
        .bind(import.state.name())
        .bind(&import.choices)
        .bind(import.bytes_total)
        .bind(import.bytes_done)
        .bind(counts.rows)
        .bind(counts.accepted)
        .bind(counts.duplicates)
        .bind(counts.parked)
        .bind(counts.rejected)
        .bind(counts.without_instant)
        .bind(&import.failure)
        .bind(import.created_at.millis())
        .bind(import.finished_at.map(Instant::millis))
        .bind(import.folder_id)
        .bind(&import.removed_creators)
        .bind(&details)
        .execute()
        .await?;
    if created == 0 {
        let ours =
            tx.is_retry() && find_in(&mut tx, import.project_id, import.import_id).await?.as_ref() == Some(import);
        return Ok(if ours { CreateImportOutcome::Created } else { CreateImportOutcome::Present });
    }
    let count = tx.query(sql!("imports_unfinished_count")).bind(import.project_id).one().await?;
    if !import.state.is_over() && count.try_get::<i64>("unfinished")? > UNFINISHED_IMPORTS {
        return Ok(CreateImportOutcome::TooMany);
    }
    tx.commit().await?;
    Ok(CreateImportOutcome::Created)
}

/// Updates an import that is in the state `from`, even in a deleted project: the import must not look unfinished when the
/// project is restored.
async fn update(engine: &Engine, import: &Import, from: ImportState, is_retry: bool) -> DbResult<UpdateImportOutcome> {
    let mut tx = engine.write().await?;
    let (counts, details) = (&import.counts, details_of(import));
    let done = tx
        .query(sql!("import_update"))
        .bind(import.project_id)
        .bind(import.import_id)
        .bind(import.state.name())
        .bind(&import.choices)
        .bind(import.bytes_total)
        .bind(import.bytes_done)
        .bind(counts.rows)
        .bind(counts.accepted)
        .bind(counts.duplicates)
        .bind(counts.parked)
        .bind(counts.rejected)
        .bind(counts.without_instant)
        .bind(&import.failure)
        .bind(import.finished_at.map(Instant::millis))
        .bind(from.name())
        .bind(&import.removed_creators)
        .bind(&details)
        .execute()
        .await?;
    if done == 0 {
        let there = find_in(&mut tx, import.project_id, import.import_id).await?.ok_or(DbError::NotFound)?;
        // An earlier try of this call may have updated it.
        let ours = is_retry && there == *import;
        return Ok(if ours { UpdateImportOutcome::Updated } else { UpdateImportOutcome::StateChanged });
    }
    tx.commit().await?;
    Ok(UpdateImportOutcome::Updated)
}

/// Returns the JSON in which the details of an import are stored.
fn details_of(import: &Import) -> String {
    serde_json::to_string(&import.details).unwrap_or_else(|_| "{}".to_owned())
}

pub async fn unfinished(engine: &Engine, project_id: ProjectId, after: ImportId) -> DbResult<Vec<Import>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("imports_unfinished")).bind(project_id).bind(after).all().await?;
    Ok(found.iter().map(|row| rows::import(project_id, row)).collect::<sqlx::Result<_>>()?)
}

async fn add_rejections(mut tx: Change, import_id: ImportId, rejections: &[Rejection]) -> DbResult<()> {
    let project_id = tx.project_id();
    let rows: Vec<_> = rejections
        .iter()
        .map(|row| (row.position, row.line, row.field.as_deref(), row.code.as_str(), row.reason.as_str()))
        .collect();
    find_in(&mut tx, project_id, import_id).await?.ok_or(DbError::NotFound)?;
    tx.query(sql!("rejections_insert")).bind(project_id).bind(import_id).rows(&rows).execute().await?;
    tx.commit().await
}

pub async fn find(engine: &Engine, project_id: ProjectId, import_id: ImportId) -> DbResult<Option<Import>> {
    find_in(&mut engine.read().await?, project_id, import_id).await
}

async fn find_in(tx: &mut Tx, project_id: ProjectId, import_id: ImportId) -> DbResult<Option<Import>> {
    let found = tx.query(sql!("import")).bind(project_id).bind(import_id).optional().await?;
    Ok(found.as_ref().map(|row| rows::import(project_id, row)).transpose()?)
}

/// How many imports are listed at least.
const LISTED: usize = 20;

/// Returns the unfinished imports of a project and then the latest of the others; 20, or more if more are unfinished.
pub async fn latest(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<Import>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("imports_latest")).bind(project_id).all().await?;
    let mut imports = found.iter().map(|row| rows::import(project_id, row)).collect::<sqlx::Result<Vec<_>>>()?;
    let unfinished = imports.partition_point(|import| !import.state.is_over());
    imports.truncate(unfinished.max(LISTED));
    Ok(imports)
}

pub async fn rejections(engine: &Engine, project_id: ProjectId, import_id: ImportId) -> DbResult<Vec<Rejection>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("rejections")).bind(project_id).bind(import_id).all().await?;
    Ok(found.iter().map(rows::rejection).collect::<sqlx::Result<_>>()?)
}

pub async fn parked_count(engine: &Engine, project_id: ProjectId) -> DbResult<i64> {
    let mut tx = engine.read().await?;
    let count = tx.query(sql!("parked_count")).bind(project_id).one().await?;
    Ok(count.try_get("parked")?)
}
