//! Projects and the organization they belong to.

use super::engine::{Connection, Engine, Tx};
use super::{DbError, DbResult, rebook, rows};
use app::store::{Project, ProjectChange};
use compliance::Instant;
use uuid::Uuid;

pub async fn list(engine: &Engine) -> DbResult<Vec<Project>> {
    let mut connection = engine.read_once().await?;
    let found = sqlx::query(include_str!("sql/projects.sql")).fetch_all(&mut *connection).await?;
    Ok(found.iter().map(rows::project).collect::<sqlx::Result<_>>()?)
}

pub async fn find(engine: &Engine, project_id: Uuid) -> DbResult<Option<Project>> {
    find_in(&mut *engine.read_once().await?, project_id).await
}

pub async fn find_in(connection: &mut Connection, project_id: Uuid) -> DbResult<Option<Project>> {
    let found = sqlx::query(include_str!("sql/project.sql")).bind(project_id).fetch_optional(connection).await?;
    Ok(found.as_ref().map(rows::project).transpose()?)
}

pub async fn create(engine: &Engine, new: &ProjectChange, now: Instant) -> DbResult<Project> {
    let mut tx = engine.write().await?;
    let organization = organization(&mut tx, now).await?;
    let project_id = Uuid::now_v7();
    sqlx::query(include_str!("sql/project_insert.sql"))
        .bind(project_id)
        .bind(organization)
        .bind(&new.name)
        .bind(new.zone.name())
        .bind(new.settings.week_start.name())
        .bind(new.settings.early_grace_percent)
        .bind(new.settings.collection_interval_hours)
        .bind(now.millis())
        .execute(&mut *tx)
        .await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    tx.commit().await?;
    Ok(project)
}

/// The organization that owns every project. Until there are accounts there is one, made when it is first needed.
pub async fn organization(tx: &mut Tx, now: Instant) -> DbResult<Uuid> {
    if let Some(organization) = first_organization(tx).await? {
        return Ok(organization);
    }
    let organization = Uuid::now_v7();
    sqlx::query(include_str!("sql/organization_insert.sql"))
        .bind(organization)
        .bind("My organization")
        .bind(now.millis())
        .execute(&mut **tx)
        .await?;
    Ok(organization)
}

/// The organization, if anything was made yet.
pub async fn first_organization(tx: &mut Tx) -> DbResult<Option<Uuid>> {
    Ok(sqlx::query_scalar(include_str!("sql/organization_first.sql")).fetch_optional(&mut **tx).await?)
}

pub async fn update(engine: &Engine, project_id: Uuid, change: &ProjectChange) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let before = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    sqlx::query(include_str!("sql/project_update.sql"))
        .bind(project_id)
        .bind(&change.name)
        .bind(change.zone.name())
        .bind(change.settings.week_start.name())
        .bind(change.settings.early_grace_percent)
        .bind(change.settings.collection_interval_hours)
        .execute(&mut *tx)
        .await?;
    let version = next_version(&mut tx, project_id).await?;
    if before.zone != change.zone {
        // Local days have moved: every booking may belong to another one. (The week start only groups days.)
        rebook::project(&mut tx, &Project { zone: change.zone, ..before }).await?;
    }
    if (before.zone, before.settings) != (change.zone, change.settings) {
        // Every verdict may be another one.
        sqlx::query(include_str!("sql/creators_touch.sql")).bind(project_id).bind(version).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Moves the project on to its next version, under which the transaction's changes are seen.
pub async fn next_version(tx: &mut Tx, project_id: Uuid) -> DbResult<i64> {
    let version = sqlx::query_scalar(include_str!("sql/project_next_version.sql"))
        .bind(project_id)
        .fetch_optional(&mut **tx)
        .await?;
    version.ok_or(DbError::NotFound)
}
