//! Values that a migration changed to fit their bounds: lists them, and books their days again.
//!
//! The migration changes the facts or the rules and marks the creators concerned. [`open`] books their day buckets again
//! with the ledgers of `compliance`, before anything can read them. A project is booked and its marks are removed in one
//! transaction, so what is interrupted is done again at the next start.

use super::engine::{Absent, Engine, OpenError, Tx, shown, sql};
use super::retry::retried;
use crate::error::DbResult;
use crate::organization::first_organization;
use crate::project_row::next_version;
use crate::{rebook, rows};
use program::ids::{CreatorId, ProjectId};
use program::mended::{MendedValue, MendedValues};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Opens the database at `url`, brings its schema up to date, and books again what the migrations marked; `absent` says
/// what to do if the database does not exist.
pub async fn open(url: &str, absent: Absent) -> Result<Engine, OpenError> {
    let engine = Engine::open(url, absent).await?;
    let booked = book_marked(&engine).await;
    booked.map_err(|cause| OpenError::Book { url: shown(url), cause: cause.to_string() })?;
    Ok(engine)
}

async fn book_marked(engine: &Engine) -> DbResult<()> {
    let marked = retried(|| projects_to_book(engine)).await?;
    for project_id in marked {
        retried(|| book_project(engine, project_id)).await?;
    }
    Ok(())
}

async fn projects_to_book(engine: &Engine) -> DbResult<Vec<ProjectId>> {
    let found = engine.read_once().await?.query(sql!("projects_to_book")).all().await?;
    Ok(found.iter().map(|row| row.id("project_id")).collect::<sqlx::Result<_>>()?)
}

async fn book_project(engine: &Engine, project_id: ProjectId) -> DbResult<()> {
    let mut tx = engine.write().await?;
    // Includes deleted projects: they can be restored.
    let Some(row) = tx.query(sql!("project_to_book")).bind(project_id).optional().await? else { return Ok(()) };
    let Ok(project) = rows::project(&row) else {
        // No page can show such a project, but a database with other projects must still open. The migrations leave
        // none.
        tracing::error!(%project_id, "the project's time zone is not known, so its days cannot be booked");
        return Ok(());
    };
    let creators = creators_to_book(&mut tx, project_id).await?;
    if creators.is_empty() {
        // Another server has done it.
        return Ok(());
    }
    rebook::mark_listed(&mut tx, &project).await?;
    tx.query(sql!("posts_from_snapshots")).bind(project_id).execute().await?;
    rebook::listed(&mut tx, &project, &creators).await?;
    let version = next_version(&mut tx, project_id).await?;
    let touched = creators.iter().copied();
    tx.query(sql!("creators_touch_some")).bind(project_id).bind(version).list(touched).execute().await?;
    tx.commit().await?;
    tracing::info!(%project_id, creators = creators.len(), "booked days again after an upgrade");
    Ok(())
}

async fn creators_to_book(tx: &mut Tx, project_id: ProjectId) -> DbResult<BTreeSet<CreatorId>> {
    let found = tx.query(sql!("creators_to_book")).bind(project_id).all().await?;
    Ok(found.iter().map(|row| row.id("creator_id")).collect::<sqlx::Result<_>>()?)
}

/// Returns the changed values of the project, and those that belong to no project.
pub async fn list(engine: &Engine, project_id: ProjectId) -> DbResult<MendedValues> {
    let mut tx = engine.read().await?;
    let Some(organization) = first_organization(&mut tx).await? else { return Ok(MendedValues::default()) };
    // Values changed before there was an organization are stored under an id of zeros.
    let none = Uuid::nil();
    let total = tx.query(sql!("mended_values_count")).bind(organization).bind(project_id).bind(none).optional().await?;
    let total = total.map(|row| row.try_get("total")).transpose()?.unwrap_or(0);
    let found = tx.query(sql!("mended_values")).bind(organization).bind(project_id).bind(none).all().await?;
    let listed = found.iter().map(|row| {
        let column: String = row.try_get("column_name")?;
        Ok(MendedValue {
            table: row.try_get("table_name")?,
            row: row.try_get("row_key")?,
            column: Some(column).filter(|column| !column.is_empty()),
            old: row.try_get("old_value")?,
            new: row.try_get("new_value")?,
        })
    });
    Ok(MendedValues { total, listed: listed.collect::<sqlx::Result<_>>()? })
}
