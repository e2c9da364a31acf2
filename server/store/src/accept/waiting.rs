//! Facts that wait: a file has posts of one creator under the handle of another, and somebody has to decide whether both
//! are the same account.

use super::batch::Batch;
use super::refusal::refuse;
use super::take::accept_in;
use super::waiting_fact;
use crate::change::Change;
use crate::engine::{Engine, sql};
use crate::error::DbResult;
use crate::retry::retried;
use crate::rows::{self, corrupt};
use compliance::Instant;
use program::facts::record::{AcceptTerms, FactOutcome, RejectionCode};
use program::ids::{CreatorId, ProjectId};
use std::collections::{BTreeMap, HashSet};

/// The most facts that may wait in a project.
pub const WAITING_OF_PROJECT: i64 = 200_000;

/// How many waiting facts are stored at once.
const AT_ONCE: i64 = 2_000;

impl Batch {
    /// Refuses facts beyond the limit on waiting facts. A fact that replaces one that already waits needs no room.
    pub(super) async fn limit_waiting(&mut self, tx: &mut Change, outcomes: &mut [FactOutcome]) -> DbResult<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let project_id = self.project.project_id;
        let found = tx.query(sql!("waiting_count")).bind(project_id).one().await?;
        let mut room = WAITING_OF_PROJECT - found.try_get::<i64>("waiting")?;
        let keys: Vec<_> = self.waiting.iter().map(|waiting| (waiting.creator_id, waiting.key())).collect();
        let rows: Vec<_> = keys.iter().map(|(creator_id, key)| (*creator_id, key.as_str())).collect();
        let known = tx.query(sql!("waiting_known")).bind(project_id).rows(&rows).all().await?;
        let known = known.iter().map(|row| Ok((row.id("creator_id")?, row.try_get::<String>("fact_key")?)));
        let mut known: HashSet<(CreatorId, String)> = known.collect::<DbResult<_>>()?;
        let waiting = std::mem::take(&mut self.waiting);
        for (fact, key) in waiting.into_iter().zip(keys) {
            if known.contains(&key) || room > 0 {
                room -= i64::from(known.insert(key));
                self.waiting.push(fact);
            } else {
                let reason =
                    "Too many rows wait for a decision about their creator. Decide on the probable renamings first.";
                outcomes[fact.place] = refuse("tiktok_handle", RejectionCode::TooManyWaiting, reason);
            }
        }
        Ok(())
    }

    pub(super) async fn write_waiting(&self, tx: &mut Change) -> DbResult<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // Of several facts with the same key the last one counts, as if they had arrived one after the other.
        let mut rows = BTreeMap::new();
        for waiting in &self.waiting {
            let fact = waiting.to_json().map_err(|_| corrupt("fact", waiting.key()))?;
            rows.insert((waiting.creator_id, waiting.key()), fact);
        }
        let rows: Vec<_> = rows.iter().map(|((id, key), fact)| (*id, key.as_str(), fact.as_str())).collect();
        let upsert = tx.query(sql!("waiting_upsert")).bind(self.project.project_id).bind(self.now.millis());
        upsert.rows(&rows).execute().await?;
        Ok(())
    }
}

/// Stores some of the facts that waited for the decision about a merged creator, on the terms of an import that creates no
/// creators. Returns whether there may be more.
pub async fn take_waiting(mut tx: Change, creator_id: CreatorId, now: Instant) -> DbResult<bool> {
    let (project_id, project) = (tx.project_id(), tx.project().clone());
    let found = tx.query(sql!("creator")).bind(project_id).bind(creator_id).optional().await?;
    let merged = found.as_ref().map(rows::creator).transpose()?;
    // The merge was undone meanwhile: nobody has decided.
    if merged.is_none_or(|row| row.creator.merged_into().is_none()) {
        return Ok(false);
    }
    let page = tx.query(sql!("waiting_page")).bind(project_id).bind(creator_id).bind(AT_ONCE).all().await?;
    let Some(last) = page.last() else { return Ok(false) };
    let last: String = last.try_get("fact_key")?;
    let mut facts = Vec::with_capacity(page.len());
    for row in &page {
        match waiting_fact::parse(row.try_get("fact")?) {
            Ok(fact) => facts.push(fact),
            Err(cause) => tracing::error!(%project_id, %creator_id, %cause, "a fact that waited cannot be read"),
        }
    }
    let terms = AcceptTerms::of("import", now);
    accept_in(&mut tx, project, &facts, &terms).await?;
    tx.query(sql!("waiting_delete")).bind(project_id).bind(creator_id).bind(&last).execute().await?;
    tx.commit().await?;
    Ok(true)
}

/// Drops the facts that waited for the decision about a creator, who is another account.
pub async fn drop_waiting(tx: &mut Change, creator_id: CreatorId) -> DbResult<()> {
    let project_id = tx.project_id();
    tx.query(sql!("waiting_drop")).bind(project_id).bind(creator_id).execute().await?;
    Ok(())
}

/// Erases the facts that have waited since before an instant; returns their number.
pub async fn forget_waiting(engine: &Engine, before: Instant) -> DbResult<u64> {
    let projects = retried(|| projects_with_waiting(engine, before)).await?;
    let mut forgotten = 0;
    for project_id in projects {
        forgotten += retried(|| forget_waiting_of(engine, project_id, before)).await?;
    }
    Ok(forgotten)
}

async fn projects_with_waiting(engine: &Engine, before: Instant) -> DbResult<Vec<ProjectId>> {
    let found = engine.read_once().await?.query(sql!("waiting_to_forget")).bind(before.millis()).all().await?;
    Ok(found.iter().map(|row| row.id("project_id")).collect::<sqlx::Result<_>>()?)
}

async fn forget_waiting_of(engine: &Engine, project_id: ProjectId, before: Instant) -> DbResult<u64> {
    let mut tx = engine.write().await?;
    let forgotten = tx.query(sql!("waiting_expire")).bind(project_id).bind(before.millis()).execute().await?;
    tx.commit().await?;
    Ok(forgotten)
}
