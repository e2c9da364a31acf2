//! Saved views: named filters of the overview.

use super::engine::{Engine, sql};
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use program::error::StoreResult;
use program::ids::{ProjectId, SavedViewId};
use program::saved_views::record::{SAVED_VIEWS, SaveViewOutcome, SavedView};
use program::saved_views::store::SavedViewStore;

#[async_trait]
impl SavedViewStore for SqlStore {
    async fn saved_views(&self, project_id: ProjectId) -> StoreResult<Vec<SavedView>> {
        Ok(retried(|| list(&self.engine, project_id)).await?)
    }

    async fn create_saved_view(
        &self,
        project_id: ProjectId,
        view: &SavedView,
        now: Instant,
    ) -> StoreResult<SaveViewOutcome> {
        self.change(project_id, |tx| create(tx, view, now)).await
    }

    async fn delete_saved_view(&self, project_id: ProjectId, saved_view_id: SavedViewId) -> StoreResult<()> {
        self.removal(project_id, |tx| delete(tx, saved_view_id)).await
    }
}

pub async fn list(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<SavedView>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("saved_views")).bind(project_id).all().await?;
    let views = found.iter().map(|row| {
        Ok(SavedView {
            saved_view_id: row.id("saved_view_id")?,
            name: row.try_get("name")?,
            query: row.try_get("query")?,
        })
    });
    Ok(views.collect::<sqlx::Result<_>>()?)
}

async fn create(mut tx: Change, view: &SavedView, now: Instant) -> DbResult<SaveViewOutcome> {
    let project_id = tx.project_id();
    let inserted = tx
        .query(sql!("saved_view_insert"))
        .bind(project_id)
        .bind(view.saved_view_id)
        .bind(&view.name)
        .bind(&view.query)
        .bind(now.millis())
        .execute()
        .await?;
    let views: i64 = tx.query(sql!("saved_views_count")).bind(project_id).one().await?.try_get("views")?;
    if inserted > 0 && views > SAVED_VIEWS {
        return Ok(SaveViewOutcome::TooMany);
    }
    tx.commit().await?;
    Ok(SaveViewOutcome::Saved)
}

async fn delete(mut tx: Change, saved_view_id: SavedViewId) -> DbResult<()> {
    let project_id = tx.project_id();
    let done = tx.query(sql!("saved_view_delete")).bind(project_id).bind(saved_view_id).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await
}
