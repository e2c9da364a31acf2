//! Parked stats: stats of posts that are not known yet. They are kept until their post arrives, together with the
//! collection of the import they came with.

use crate::accept::batch::{Batch, ParkedKey, Taken};
use crate::accept::refusal::refuse;
use crate::change::Change;
use crate::engine::{Engine, Row, Tx, sql};
use crate::error::DbResult;
use crate::retry::retried;
use compliance::fact::Counters;
use compliance::misreading::Source;
use compliance::{Instant, Scope};
use program::facts::record::{FactOutcome, RejectionCode};
use program::ids::{CreatorId, ProjectId, RunId};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Builder;

/// The most stats that may be parked for one post.
pub const PARKED_OF_POST: i64 = 20_000;

/// The most stats that may be parked in a project.
pub const PARKED_OF_PROJECT: i64 = 1_000_000;

/// How long the creators that an unfinished import collected are remembered.
const RUN_REMEMBERED_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Moves the parked stats of some creators, which are keyed by handle, to the creators' current handles.
pub async fn rename_parked(tx: &mut Change, creators: impl IntoIterator<Item = CreatorId>) -> DbResult<()> {
    let project_id = tx.project_id();
    let creators: BTreeSet<CreatorId> = creators.into_iter().collect();
    if !creators.is_empty() {
        tx.query(sql!("parked_rename")).bind(project_id).list(creators).execute().await?;
    }
    Ok(())
}

/// Records a collection at `looked_at` for an import run: on the stats that it parked, and for the creators whose posts
/// have arrived since.
pub async fn record_run_collection(mut tx: Change, run_id: RunId, looked_at: Instant) -> DbResult<()> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    tx.query(sql!("parked_look")).bind(project_id).bind(run_id).bind(looked_at.millis()).execute().await?;
    let found = tx.query(sql!("run_looks")).bind(project_id).bind(run_id).all().await?;
    if !found.is_empty() {
        let mut batch = Batch::new(project, looked_at, "import");
        let creators = found.iter().map(|row| row.id("creator_id")).collect::<sqlx::Result<Vec<CreatorId>>>()?;
        batch.load_creators(&mut tx, creators.clone()).await?;
        // A creator who has been merged since is part of another one.
        let into = |id: CreatorId| batch.creators.get(&id).and_then(|state| state.row.creator.merged_into());
        let creators: BTreeSet<CreatorId> = creators.into_iter().map(|id| into(id).unwrap_or(id)).collect();
        batch.load_creators(&mut tx, creators.iter().copied()).await?;
        for creator in batch.creators.iter_mut().filter(|(id, _)| creators.contains(id)).map(|(_, state)| state) {
            creator.collections.push(Taken::unnamed(None, looked_at, Scope::Posts));
        }
        batch.book(&mut tx).await?;
        batch.write(&mut tx).await?;
        tx.query(sql!("run_looks_delete")).bind(project_id).bind(run_id).execute().await?;
    }
    tx.commit().await
}

/// Deletes the collections of unfinished imports that began more than a week ago; returns the number of rows.
pub async fn forget_runs(engine: &Engine, now: Instant) -> DbResult<u64> {
    let before = u64::try_from(now.plus_millis(-RUN_REMEMBERED_MS).millis()).unwrap_or(0);
    // Run ids are UUIDs of version 7, which begin with the time at which they were made.
    let before = Builder::from_unix_timestamp_millis(before, &[0; 10]).into_uuid().into();
    // Usually there are none.
    let projects = retried(|| projects_with_runs(engine, before)).await?;
    let mut forgotten = 0;
    for project_id in projects {
        forgotten += retried(|| forget_runs_of(engine, project_id, before)).await?;
    }
    Ok(forgotten)
}

async fn projects_with_runs(engine: &Engine, before: RunId) -> DbResult<Vec<ProjectId>> {
    let found = engine.read_once().await?.query(sql!("runs_to_forget")).bind(before).all().await?;
    Ok(found.iter().map(|row| row.id("project_id")).collect::<sqlx::Result<_>>()?)
}

async fn forget_runs_of(engine: &Engine, project_id: ProjectId, before: RunId) -> DbResult<u64> {
    let mut tx = engine.write().await?;
    let forgotten = tx.query(sql!("run_looks_expire")).bind(project_id).bind(before).execute().await?;
    tx.commit().await?;
    Ok(forgotten)
}

impl Batch {
    /// Takes the parked stats of posts that have just arrived.
    pub(super) async fn unpark(&mut self, tx: &mut Tx) -> DbResult<()> {
        let arrived: Vec<&str> = self
            .posts
            .values()
            .filter(|post| post.booked.is_none())
            .map(|post| post.row.post.tiktok_video_id.as_str())
            .collect();
        if arrived.is_empty() {
            return Ok(());
        }
        let found = tx.query(sql!("parked_by_video_ids")).bind(self.project.project_id).list(arrived).all().await?;
        for row in &found {
            let row = ParkedRow::of(row)?;
            let Some(post) = self.by_video.get(&row.video_id).and_then(|post_id| self.posts.get_mut(post_id)) else {
                continue;
            };
            // Stats that name another creator contradict the post; they stay parked.
            if row.creator_id.is_some_and(|owner| owner != post.row.creator_id) {
                continue;
            }
            let (brought_by, source) = (Some(row.brought_by), row.source);
            post.snapshots.push(Taken { fact: None, at: row.at, value: row.counters, brought_by, source });
            // The import that these stats came with collected their creator, who was not known then.
            if let (Some(at), Some(creator)) = (row.looked_at, self.creators.get_mut(&post.row.creator_id)) {
                creator.collections.push(Taken::unnamed(None, at, Scope::Posts));
            }
            // A run that has not ended records its collection when it ends.
            if let Some(run_id) = row.run_id {
                self.run_looks.insert((run_id, post.row.creator_id));
            }
            self.unparked.push((row.video_id, row.handle, row.at));
        }
        Ok(())
    }

    /// Marks stats that are already parked as duplicates, and refuses those beyond the limits.
    pub(super) async fn settle_parked(&mut self, tx: &mut Tx, outcomes: &mut [FactOutcome]) -> DbResult<()> {
        if self.parked.is_empty() {
            return Ok(());
        }
        let keys: Vec<_> =
            self.parked.keys().map(|(video, owner, at)| (video.as_str(), self.handle_of(*owner), *at)).collect();
        let found = tx.query(sql!("parked_at")).bind(self.project.project_id).rows(&keys).all().await?;
        let (mut corrected, mut found_again) = (HashSet::new(), Vec::new());
        for row in &found {
            let row = ParkedRow::of(row)?;
            let key = (row.video_id, row.creator_id, row.at);
            let is_same = |parked: &Taken<Counters>| parked.value == row.counters && parked.source == row.source;
            if self.parked.get(&key).is_some_and(is_same) {
                if let Some(place) = self.parked.remove(&key).and_then(|parked| parked.fact) {
                    outcomes[place] = FactOutcome::Duplicate;
                }
                found_again.push((key.0, row.handle, row.at));
            } else {
                corrected.insert(key);
            }
        }
        if self.run_id.is_some() && !found_again.is_empty() {
            let mark = tx.query(sql!("parked_mark")).bind(self.project.project_id).bind(self.run_id);
            mark.rows(&found_again).execute().await?;
        }
        self.limit_parked(tx, &corrected, outcomes).await
    }

    /// Refuses stats beyond the limits. Corrections of parked stats do not count: they add no rows.
    async fn limit_parked(
        &mut self,
        tx: &mut Tx,
        corrected: &HashSet<ParkedKey>,
        outcomes: &mut [FactOutcome],
    ) -> DbResult<()> {
        let new: Vec<ParkedKey> = self.parked.keys().filter(|key| !corrected.contains(*key)).cloned().collect();
        if new.is_empty() {
            return Ok(());
        }
        let project_id = self.project.project_id;
        let videos: BTreeSet<&str> = new.iter().map(|(video_id, ..)| video_id.as_str()).collect();
        let found = tx.query(sql!("parked_of_posts")).bind(project_id).list(videos).all().await?;
        let counts = found.iter().map(|row| Ok((row.try_get("tiktok_video_id")?, row.try_get("parked")?)));
        let mut of_posts = counts.collect::<sqlx::Result<HashMap<String, i64>>>()?;
        let mut of_project: i64 = tx.query(sql!("parked_count")).bind(project_id).one().await?.try_get("parked")?;
        for key in new {
            let of_post = of_posts.entry(key.0.clone()).or_default();
            let reason = if *of_post >= PARKED_OF_POST {
                format!(
                    "Post {} is not known, and {of_post} readings already wait for it, which is the maximum.",
                    key.0
                )
            } else if of_project >= PARKED_OF_PROJECT {
                format!(
                    "Post {} is not known, and {of_project} readings already wait for posts, which is the maximum.",
                    key.0
                )
            } else {
                *of_post += 1;
                of_project += 1;
                continue;
            };
            if let Some(place) = self.parked.remove(&key).and_then(|parked| parked.fact) {
                outcomes[place] = refuse("tiktok_video_id", RejectionCode::TooManyParked, reason);
            }
        }
        Ok(())
    }

    /// Returns the handle under which a creator's stats are parked; empty if the creator is not known.
    pub(super) fn handle_of(&self, creator_id: Option<CreatorId>) -> &str {
        let creator = creator_id.and_then(|id| self.creators.get(&id));
        creator.map_or("", |state| state.row.creator.handle.as_str())
    }
}

struct ParkedRow {
    video_id: String,
    handle: String,
    at: Instant,
    counters: Counters,
    brought_by: String,
    source: Source,
    creator_id: Option<CreatorId>,
    run_id: Option<RunId>,
    looked_at: Option<Instant>,
}

impl ParkedRow {
    fn of(row: &Row) -> sqlx::Result<ParkedRow> {
        Ok(ParkedRow {
            video_id: row.try_get("tiktok_video_id")?,
            handle: row.try_get("tiktok_handle")?,
            at: row.instant("captured_at")?,
            counters: row.counters()?,
            brought_by: row.try_get("source")?,
            source: row.source()?,
            creator_id: row.optional_id("creator_id")?,
            run_id: row.optional_id("run_id")?,
            looked_at: row.optional_instant("looked_at")?,
        })
    }
}
