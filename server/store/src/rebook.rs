//! Recomputes day buckets from the facts: after a change of the time zone, after a migration changed facts, and to
//! check the buckets that are kept up to date by deltas.

use super::day::{DayMarks, day_row};
use super::engine::{Engine, Tx, sql};
use super::rows::{self, CreatorRow};
use crate::error::{DbError, DbResult};
use crate::project_row::find_in;
use compliance::booking::first_counts_in_full;
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::fact::Counters;
use compliance::gains::Gains;
use compliance::ledger::followers::FollowerLedger;
use compliance::ledger::post::PostLedger;
use compliance::tracking::Tracking;
use compliance::{Instant, Looks, Scope};
use futures_util::TryStreamExt as _;
use program::ids::{CreatorId, PostId, ProjectId};
use program::projects::record::Project;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The day buckets of a project by creator and day.
type Buckets = BTreeMap<(CreatorId, DayNumber), (Gains, DayMarks)>;

/// Replaces every day bucket of the project.
pub async fn project(tx: &mut Tx, project: &Project) -> DbResult<()> {
    let buckets = recompute(tx, project).await?;
    tx.query(sql!("creator_days_delete")).bind(project.project_id).execute().await?;
    let rows: Vec<_> =
        buckets.into_iter().map(|((creator_id, day), (gains, marks))| day_row(creator_id, day, gains, marks)).collect();
    tx.query(sql!("creator_days_add")).bind(project.project_id).rows(&rows).execute().await?;
    Ok(())
}

/// Replaces every day bucket of some creators.
pub async fn creators(tx: &mut Tx, project: &Project, creators: &BTreeSet<CreatorId>) -> DbResult<()> {
    let buckets =
        recompute(tx, project).await?.into_iter().filter(|((creator_id, _), _)| creators.contains(creator_id));
    let rows: Vec<_> =
        buckets.map(|((creator_id, day), (gains, marks))| day_row(creator_id, day, gains, marks)).collect();
    let replaced = creators.iter().copied();
    tx.query(sql!("creator_days_delete_some")).bind(project.project_id).list(replaced).execute().await?;
    tx.query(sql!("creator_days_add")).bind(project.project_id).rows(&rows).execute().await?;
    Ok(())
}

/// Returns the number of stored day buckets that differ from a recomputation.
pub async fn count_stale_days(engine: &Engine, project_id: ProjectId) -> DbResult<u64> {
    let mut tx = engine.read().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let mut expected: BTreeMap<(CreatorId, DayNumber), (Gains, Looks)> = recompute(&mut tx, &project)
        .await?
        .into_iter()
        .map(|(key, (gains, marks))| (key, (gains, marks.looks)))
        .filter(|(_, bucket)| *bucket != <(Gains, Looks)>::default())
        .collect();
    let kept = tx.query(sql!("creator_days_of_project")).bind(project_id).all().await?;
    let mut stale = 0;
    for row in &kept {
        let (creator_id, day) = rows::day(row)?;
        let bucket = (day.gains, day.looks);
        // An empty bucket and a missing one mean the same.
        let same = expected.remove(&(creator_id, day.day)).unwrap_or_default() == bucket;
        stale += u64::from(!same);
    }
    Ok(stale + expected.len() as u64)
}

async fn recompute(tx: &mut Tx, project: &Project) -> DbResult<Buckets> {
    let (project_id, zone) = (project.project_id, project.zone);
    let mut buckets = Buckets::new();
    let mut starts = HashMap::new();
    let creators = tx.query(sql!("creators_changed_since")).bind(project_id).bind(-1_i64).all().await?;
    for row in &creators {
        let CreatorRow { creator, .. } = rows::creator(row)?;
        starts.insert(creator.creator_id, creator.tracking_start(zone).map(|date| zone.start_of(date)));
    }

    // Streamed in order of posts, so that only one post's snapshots are in memory at a time.
    let mut found = tx.query(sql!("rebook_posts")).bind(project_id).stream();
    let mut open: Option<OpenPost> = None;
    while let Some(row) = found.try_next().await? {
        let post_id: PostId = row.id("post_id")?;
        if open.as_ref().is_none_or(|post| post.post_id != post_id) {
            if let Some(post) = open.take() {
                post.close(&starts, zone, &mut buckets)?;
            }
            open = Some(OpenPost {
                post_id,
                creator_id: row.id("creator_id")?,
                published_at: row.instant("published_at")?,
                tracking: row.tracking()?,
                history: Vec::new(),
            });
        }
        if let (Some(post), Some(at)) = (&mut open, row.optional_instant("captured_at")?) {
            post.history.push((at, row.counters()?));
        }
    }
    drop(found);
    if let Some(post) = open {
        post.close(&starts, zone, &mut buckets)?;
    }

    let mut readings: HashMap<CreatorId, Vec<(Instant, i64)>> = HashMap::new();
    let found = tx.query(sql!("rebook_readings")).bind(project_id).all().await?;
    for row in &found {
        let (creator_id, at) = (row.id("creator_id")?, row.instant("captured_at")?);
        readings.entry(creator_id).or_default().push((at, row.try_get("followers")?));
        mark_looked(&mut buckets, creator_id, (at, Scope::Followers), zone);
    }
    for (creator_id, history) in readings {
        let mut book = FollowerLedger::new(None, None, true);
        book.load_history(history);
        for (day, gains) in book.gains(&zone)?.iter() {
            buckets.entry((creator_id, day)).or_default().0 += gains;
        }
    }
    let found = tx.query(sql!("rebook_collections")).bind(project_id).all().await?;
    for row in &found {
        let look = (row.instant("collected_at")?, row.named("scope", Scope::from_name)?);
        mark_looked(&mut buckets, row.id("creator_id")?, look, zone);
    }
    Ok(buckets)
}

struct OpenPost {
    post_id: PostId,
    creator_id: CreatorId,
    published_at: Instant,
    tracking: Tracking,
    history: Vec<(Instant, Counters)>,
}

impl OpenPost {
    fn close(self, starts: &HashMap<CreatorId, Option<Instant>>, zone: Zone, buckets: &mut Buckets) -> DbResult<()> {
        let start = starts.get(&self.creator_id).copied().flatten();
        let full = first_counts_in_full(self.published_at, start);
        for (at, _) in &self.history {
            mark_looked(buckets, self.creator_id, (*at, Scope::Posts), zone);
        }
        let mut book = PostLedger::new(self.published_at, self.tracking, full, None);
        book.load_history(self.history);
        for (day, gains) in book.gains(&zone)?.iter() {
            buckets.entry((self.creator_id, day)).or_default().0 += gains;
        }
        let published_on = day_number(zone.date_of(self.published_at));
        let marks = &mut buckets.entry((self.creator_id, published_on)).or_default().1;
        marks.published_at = marks.published_at.max(Some(self.published_at));
        Ok(())
    }
}

fn mark_looked(buckets: &mut Buckets, creator_id: CreatorId, (at, scope): (Instant, Scope), zone: Zone) {
    let marks = &mut buckets.entry((creator_id, day_number(zone.date_of(at)))).or_default().1;
    marks.looks.add(Looks::at(at, scope));
}
