//! Projects and the organization they belong to.

use crate::change::Change;
use crate::engine::{Engine, sql};
use crate::error::{DbError, DbResult};
use crate::organization::organization;
use crate::project_row::find_in;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use crate::{rebook, rows};
use async_trait::async_trait;
use compliance::Instant;
use program::error::StoreResult;
use program::ids::ProjectId;
use program::projects::record::{Project, ProjectChange};
use program::projects::store::ProjectStore;
use program::undo::Deleted;

#[async_trait]
impl ProjectStore for SqlStore {
    async fn projects(&self) -> StoreResult<Vec<Project>> {
        Ok(retried(|| list(&self.engine)).await?)
    }

    async fn project(&self, project_id: ProjectId) -> StoreResult<Option<Project>> {
        Ok(retried(|| find(&self.engine, project_id)).await?)
    }

    async fn create_project(&self, project_id: ProjectId, new: &ProjectChange, now: Instant) -> StoreResult<Project> {
        Ok(retried(|| create(&self.engine, project_id, new, now)).await?)
    }

    async fn update_project(&self, project_id: ProjectId, change: &ProjectChange) -> StoreResult<()> {
        self.change(project_id, |tx| update(tx, change)).await
    }

    async fn delete_project(&self, project_id: ProjectId, now: Instant) -> StoreResult<()> {
        self.removal(project_id, |tx| delete(tx, now)).await
    }

    async fn deleted_projects(&self, since: Instant) -> StoreResult<Vec<Deleted<Project>>> {
        Ok(retried(|| deleted(&self.engine, since)).await?)
    }

    async fn restore_project(&self, project_id: ProjectId, since: Instant) -> StoreResult<()> {
        Ok(retried(|| restore(&self.engine, project_id, since)).await?)
    }
}

pub async fn list(engine: &Engine) -> DbResult<Vec<Project>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("projects")).all().await?;
    Ok(found.iter().map(rows::project).collect::<sqlx::Result<_>>()?)
}

pub async fn find(engine: &Engine, project_id: ProjectId) -> DbResult<Option<Project>> {
    find_in(&mut engine.read_once().await?, project_id).await
}

pub async fn create(engine: &Engine, project_id: ProjectId, new: &ProjectChange, now: Instant) -> DbResult<Project> {
    let mut tx = engine.write_alone().await?;
    let organization = organization(&mut tx, now).await?;
    tx.query(sql!("project_insert"))
        .bind(project_id)
        .bind(organization)
        .bind(&new.name)
        .bind(new.zone.name())
        .bind(new.settings.week_start.name())
        .bind(i64::from(new.settings.early_grace_percent))
        .bind(i64::from(new.settings.collection_interval_hours))
        .bind(now.millis())
        .execute()
        .await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    tx.commit().await?;
    Ok(project)
}

async fn update(mut tx: Change, change: &ProjectChange) -> DbResult<()> {
    let project_id = tx.project_id();
    let before = tx.project().clone();
    tx.query(sql!("project_update"))
        .bind(project_id)
        .bind(&change.name)
        .bind(change.zone.name())
        .bind(change.settings.week_start.name())
        .bind(i64::from(change.settings.early_grace_percent))
        .bind(i64::from(change.settings.collection_interval_hours))
        .execute()
        .await?;
    let version = tx.version().await?;
    if before.zone != change.zone {
        // Local days have moved, so every booking may belong to another day. (The week start only groups days.)
        rebook::project(&mut tx, &Project { zone: change.zone, ..before }).await?;
    }
    if (before.zone, before.settings) != (change.zone, change.settings) {
        // Every verdict may change.
        tx.query(sql!("creators_touch")).bind(project_id).bind(version).execute().await?;
    }
    tx.commit().await
}

async fn delete(mut tx: Change, now: Instant) -> DbResult<()> {
    let project_id = tx.project_id();
    tx.query(sql!("project_delete")).bind(project_id).bind(now.millis()).execute().await?;
    tx.commit().await
}

pub async fn deleted(engine: &Engine, since: Instant) -> DbResult<Vec<Deleted<Project>>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("projects_deleted")).bind(since.millis()).all().await?;
    let deleted =
        found.iter().map(|row| Ok(Deleted { what: rows::project(row)?, deleted_at: row.instant("deleted_at")? }));
    Ok(deleted.collect::<sqlx::Result<_>>()?)
}

pub async fn restore(engine: &Engine, project_id: ProjectId, since: Instant) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let done = tx.query(sql!("project_restore")).bind(project_id).bind(since.millis()).execute().await?;
    if done == 0 && find_in(&mut tx, project_id).await?.is_none() {
        return Err(DbError::NotFound);
    }
    Ok(tx.commit().await?)
}
