//! Pasted lists of handles: adds the creators, and keeps the result for each line.

use super::engine::{Engine, Row, Tx, sql};
use crate::change::Change;
use crate::creators;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use program::creators::record::AddCreatorOutcome;
use program::error::StoreResult;
use program::ids::{CreatorId, EventId, PasteId, ProjectId};
use program::pastes::record::{NewPaste, Paste, PasteResult, PastedOutcome, PastedText};
use program::pastes::store::PasteStore;

#[async_trait]
impl PasteStore for SqlStore {
    async fn add_paste(&self, project_id: ProjectId, paste: &NewPaste, now: Instant) -> StoreResult<Paste> {
        let ids: Vec<CreatorId> = paste.creators.iter().map(|_| CreatorId::new()).collect();
        let event_id = EventId::new();
        self.change(project_id, |tx| add(tx, paste, &ids, event_id, now)).await
    }

    async fn undo_paste(
        &self,
        project_id: ProjectId,
        paste_id: PasteId,
        since: Instant,
        now: Instant,
    ) -> StoreResult<i64> {
        let event_id = EventId::new();
        self.change(project_id, |tx| undo(tx, paste_id, event_id, since, now)).await
    }

    async fn paste(&self, project_id: ProjectId, paste_id: PasteId) -> StoreResult<Option<PasteResult>> {
        Ok(retried(|| find(&self.engine, project_id, paste_id)).await?)
    }
}

/// Adds the creators of a paste and keeps the result for each text. A paste that is known already changes nothing.
async fn add(mut tx: Change, new: &NewPaste, ids: &[CreatorId], event_id: EventId, now: Instant) -> DbResult<Paste> {
    let project_id = tx.project_id();
    if let Some(known) = find_in(&mut tx, project_id, new.paste_id).await? {
        return Ok(known);
    }
    let outcomes = creators::add_in(&mut tx, &new.creators, ids, event_id, now).await?;
    let PasteResult { paste, texts } = new.became(&outcomes, now);
    let brought: Vec<CreatorId> = outcomes.iter().filter_map(AddCreatorOutcome::brought).collect();
    tx.query(sql!("paste_insert"))
        .bind(project_id)
        .bind(paste.paste_id)
        .bind(paste.created_at.millis())
        .bind(paste.texts)
        .bind(paste.added)
        .bind(paste.present)
        .bind(paste.unreadable)
        .execute()
        .await?;
    let rows: Vec<(i64, i64, &str, &str)> = (0..)
        .zip(&texts)
        .map(|(position, text)| (position, text.line, text.text.as_str(), text.outcome.name()))
        .collect();
    tx.query(sql!("paste_texts_insert")).bind(project_id).bind(paste.paste_id).rows(&rows).execute().await?;
    let insert = tx.query(sql!("paste_creators_insert")).bind(project_id).bind(paste.paste_id);
    insert.list(brought).execute().await?;
    forget_old(&mut tx, project_id).await?;
    tx.commit().await?;
    Ok(paste)
}

async fn undo(mut tx: Change, paste_id: PasteId, event_id: EventId, since: Instant, now: Instant) -> DbResult<i64> {
    let project_id = tx.project_id();
    let paste = find_in(&mut tx, project_id, paste_id).await?.ok_or(DbError::NotFound)?;
    if paste.created_at < since {
        return Ok(0);
    }
    let found = tx.query(sql!("paste_creators")).bind(project_id).bind(paste_id).all().await?;
    let brought = found.iter().map(|row| row.id("creator_id")).collect::<sqlx::Result<Vec<CreatorId>>>()?;
    if brought.is_empty() {
        return Ok(0);
    }
    let removed = creators::remove(&mut tx, &brought, event_id, now).await?;
    tx.query(sql!("paste_creators_delete")).bind(project_id).bind(paste_id).execute().await?;
    tx.commit().await?;
    Ok(removed)
}

/// Deletes all but the latest pastes: their creators are stored, and the number of pastes grows without end.
async fn forget_old(tx: &mut Tx, project_id: ProjectId) -> DbResult<()> {
    for row in tx.query(sql!("pastes_old")).bind(project_id).all().await? {
        let paste_id: PasteId = row.id("paste_id")?;
        tx.query(sql!("paste_texts_delete")).bind(project_id).bind(paste_id).execute().await?;
        tx.query(sql!("paste_creators_delete")).bind(project_id).bind(paste_id).execute().await?;
        tx.query(sql!("paste_delete")).bind(project_id).bind(paste_id).execute().await?;
    }
    Ok(())
}

pub async fn find(engine: &Engine, project_id: ProjectId, paste_id: PasteId) -> DbResult<Option<PasteResult>> {
    let mut tx = engine.read().await?;
    let Some(paste) = find_in(&mut tx, project_id, paste_id).await? else { return Ok(None) };
    let found = tx.query(sql!("paste_texts")).bind(project_id).bind(paste_id).all().await?;
    Ok(Some(PasteResult { paste, texts: found.iter().map(text).collect::<sqlx::Result<_>>()? }))
}

async fn find_in(tx: &mut Tx, project_id: ProjectId, paste_id: PasteId) -> DbResult<Option<Paste>> {
    let found = tx.query(sql!("paste")).bind(project_id).bind(paste_id).optional().await?;
    Ok(found.as_ref().map(paste).transpose()?)
}

fn paste(row: &Row) -> sqlx::Result<Paste> {
    Ok(Paste {
        paste_id: row.id("paste_id")?,
        created_at: row.instant("created_at")?,
        texts: row.try_get("texts")?,
        added: row.try_get("added")?,
        present: row.try_get("present")?,
        unreadable: row.try_get("unreadable")?,
        can_be_undone: row.try_get::<i64>("brought")? > 0,
    })
}

fn text(row: &Row) -> sqlx::Result<PastedText> {
    Ok(PastedText {
        line: row.try_get("line")?,
        text: row.try_get("text")?,
        outcome: row.named("outcome", PastedOutcome::from_name)?,
    })
}
