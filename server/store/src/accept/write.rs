//! Writes the rows of a booked change.

use super::batch::{Batch, Marks, Taken, columns};
use crate::change::Change;
use crate::day::{DayMarks, day_row};
use crate::engine::{Record, Statement, Tx, Wide, sql};
use crate::error::DbResult;
use crate::rows::{stored_date, stored_remembered};
use compliance::calendar::DayNumber;
use compliance::gains::Gains;
use compliance::misreading::Misreading;
use compliance::{Instant, Looks};
use program::creators::record::SameAs;
use program::ids::{CreatorId, EventId};
use std::collections::{BTreeMap, HashSet};

/// The most posts, readings or waiting rows that one statement writes: its arguments are in memory several times. Of creators
/// and days there are few beside these.
const ROWS_AT_ONCE: usize = 1_000;

impl Batch {
    /// Writes what changed, under the project's next version. Writes nothing if nothing changed.
    pub async fn write(&self, tx: &mut Change) -> DbResult<()> {
        if self.is_empty() {
            return Ok(());
        }
        let version = tx.version().await?;
        // No two creators may have the same handle at any time, so a creator who gives theirs to another one has their
        // id as a handle in between.
        for creator_id in self.vacated() {
            let between = creator_id.to_string();
            let rename = tx.query(sql!("creator_rehandle")).bind(self.project.project_id).bind(creator_id);
            rename.bind(&between).execute().await?;
        }
        self.write_creators(tx, version).await?;
        // Before a new handle of their creator is written to the rows that stay.
        self.delete_unparked(tx).await?;
        self.write_accounts(tx).await?;
        self.write_waiting(tx).await?;
        self.write_posts(tx).await?;
        self.write_readings(tx).await?;
        self.write_parked(tx).await?;
        self.write_days(tx).await
    }

    async fn write_creators(&self, tx: &mut Tx, version: i64) -> DbResult<()> {
        // A creator counts as touched when anything that belongs to it changes, so that the copy in memory is
        // refreshed.
        let changed_posts = self.posts.values().filter(|post| post.changed);
        let touched: HashSet<CreatorId> = changed_posts.map(|post| post.row.creator_id).collect();
        let rows: Vec<_> = self
            .creators
            .iter()
            .filter(|(id, state)| state.changed || !state.gains.is_empty() || touched.contains(id))
            .map(|(id, state)| {
                let (row, creator) = (&state.row, &state.row.creator);
                let described = (
                    *id,
                    creator.handle.as_str(),
                    creator.display_name.as_deref(),
                    creator.avatar_url.as_deref(),
                    creator.tracking_mode.name(),
                    stored_date(creator.tracking_start_date),
                    creator.removed_at,
                    creator.created_at,
                    row.first_post_snapshot_at,
                    row.first_reading_at,
                    row.last_reading_at,
                    creator.followers,
                );
                let Looks { posts, followers } = creator.looks;
                let (looks, remembered) = (creator.looks.latest(), stored_remembered(&row.remembered));
                let same_as = creator.same_as.map(SameAs::creator_id);
                Wide(described, (remembered, looks, posts, followers, same_as, row.apart_from))
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        tx.query(sql!("creators_upsert")).bind(self.project.project_id).bind(version).rows(&rows).execute().await?;
        Ok(())
    }

    async fn write_posts(&self, tx: &mut Tx) -> DbResult<()> {
        let rows: Vec<_> = self
            .posts
            .values()
            .filter(|state| state.changed)
            .map(|state| {
                let (row, post) = (&state.row, &state.row.post);
                let [views, likes, comments, shares, saves] = columns(&post.counters);
                let described = (
                    post.post_id,
                    row.creator_id,
                    post.tiktok_video_id.as_str(),
                    post.kind.name(),
                    post.url.as_deref(),
                    post.description.as_deref(),
                    post.published_at,
                    post.tracking.status.name(),
                    row.disabled_at,
                    row.created_at,
                    post.last_captured_at,
                );
                let remembered = stored_remembered(&row.remembered);
                Wide(described, (views, likes, comments, shares, saves, remembered))
            })
            .collect();
        if !rows.is_empty() {
            self.write_many(tx, sql!("posts_upsert"), &rows).await?;
        }
        let snapshots: Vec<_> = self
            .posts
            .iter()
            .flat_map(|(id, post)| {
                post.snapshots.iter().map(|snapshot| {
                    let [views, likes, comments, shares, saves] = columns(&snapshot.value);
                    let misreading = self.snapshot_marks.get(&(*id, snapshot.at)).copied().flatten();
                    let (brought_by, source) = (self.brought_by(snapshot), snapshot.source.as_str());
                    let misreading = misreading.map(Misreading::name);
                    (*id, snapshot.at, views, likes, comments, shares, saves, brought_by, source, misreading)
                })
            })
            .collect();
        if !snapshots.is_empty() {
            self.write_many(tx, sql!("snapshots_upsert"), &snapshots).await?;
        }
        let marks = changed_marks(&self.snapshot_marks, |id, at| {
            self.posts.get(&id).is_some_and(|post| post.snapshots.binary_search_by_key(&at, |taken| taken.at).is_ok())
        });
        if !marks.is_empty() {
            self.write_many(tx, sql!("snapshots_mark"), &marks).await?;
        }
        let decisions: Vec<_> = self
            .posts
            .iter()
            .flat_map(|(id, post)| post.decisions.iter().map(|(from, to)| (*id, *from, *to)))
            .map(|(id, from, to)| {
                let (from_status, to_status) = (from.status.name(), to.status.name());
                (id, EventId::new(), from_status, to_status, from.disabled, to.disabled)
            })
            .collect();
        if !decisions.is_empty() {
            tx.query(sql!("tracking_changes_insert"))
                .bind(self.project.project_id)
                .bind(self.now.millis())
                .bind(self.review_id)
                .rows(&decisions)
                .execute()
                .await?;
        }
        Ok(())
    }

    async fn write_readings(&self, tx: &mut Tx) -> DbResult<()> {
        let readings: Vec<_> = self
            .creators
            .iter()
            .flat_map(|(id, creator)| {
                creator.readings.iter().map(|reading| {
                    let misreading = self.reading_marks.get(&(*id, reading.at)).copied().flatten();
                    let (brought_by, source) = (self.brought_by(reading), reading.source.as_str());
                    (*id, reading.at, reading.value, brought_by, source, misreading.map(Misreading::name))
                })
            })
            .collect();
        if !readings.is_empty() {
            self.write_many(tx, sql!("readings_upsert"), &readings).await?;
        }
        let marks = changed_marks(&self.reading_marks, |id, at| {
            let creator = self.creators.get(&id);
            creator.is_some_and(|creator| creator.readings.binary_search_by_key(&at, |taken| taken.at).is_ok())
        });
        if !marks.is_empty() {
            self.write_many(tx, sql!("readings_mark"), &marks).await?;
        }
        let collections: Vec<_> = self
            .creators
            .iter()
            .flat_map(|(id, creator)| {
                creator.collections.iter().map(|collection| (*id, collection.at, collection.value.name()))
            })
            .collect();
        if !collections.is_empty() {
            tx.query(sql!("collections_upsert")).bind(self.project.project_id).rows(&collections).execute().await?;
        }
        Ok(())
    }

    async fn delete_unparked(&self, tx: &mut Tx) -> DbResult<()> {
        if !self.unparked.is_empty() {
            tx.query(sql!("parked_delete")).bind(self.project.project_id).rows(&self.unparked).execute().await?;
        }
        Ok(())
    }

    async fn write_parked(&self, tx: &mut Tx) -> DbResult<()> {
        let parked: Vec<_> = self
            .parked
            .iter()
            .map(|((video_id, creator_id, at), reading)| {
                let [views, likes, comments, shares, saves] = columns(&reading.value);
                let handle = self.handle_of(*creator_id);
                let (brought_by, source) = (self.brought_by(reading), reading.source.as_str());
                (video_id, handle, *at, views, likes, comments, shares, saves, brought_by, source, *creator_id)
            })
            .collect();
        if !parked.is_empty() {
            let upsert = tx.query(sql!("parked_upsert")).bind(self.project.project_id).bind(self.run_id);
            upsert.rows(&parked).execute().await?;
        }
        if !self.run_looks.is_empty() {
            let looks: Vec<_> = self.run_looks.iter().copied().collect();
            self.write_many(tx, sql!("run_looks_insert"), &looks).await?;
        }
        Ok(())
    }

    async fn write_days(&self, tx: &mut Tx) -> DbResult<()> {
        let mut rows = Vec::new();
        for (id, creator) in &self.creators {
            let mut days: BTreeMap<DayNumber, (Gains, DayMarks)> = BTreeMap::new();
            for (day, gains) in creator.gains.iter() {
                days.entry(day).or_default().0 = gains;
            }
            for (day, marks) in &creator.marks {
                days.entry(*day).or_default().1 = *marks;
            }
            rows.extend(days.into_iter().map(|(day, (gains, marks))| day_row(*id, day, gains, marks)));
        }
        if rows.is_empty() {
            return Ok(());
        }
        tx.query(sql!("creator_days_add")).bind(self.project.project_id).rows(&rows).execute().await?;
        Ok(())
    }

    async fn write_many<R: Record>(&self, tx: &mut Tx, statement: &'static Statement, rows: &[R]) -> DbResult<()> {
        for rows in rows.chunks(ROWS_AT_ONCE) {
            tx.query(statement).bind(self.project.project_id).rows(rows).execute().await?;
        }
        Ok(())
    }

    /// Returns what brought a reading: its source, or else what brought the batch.
    fn brought_by<'a, T>(&'a self, reading: &'a Taken<T>) -> &'a str {
        reading.brought_by.as_deref().unwrap_or(&self.source)
    }
}

/// Returns the marks of readings that are stored already; new ones are written with theirs.
fn changed_marks<Id: Copy>(
    marks: &Marks<Id>,
    is_new: impl Fn(Id, Instant) -> bool,
) -> Vec<(Id, Instant, Option<&'static str>)> {
    let stored = marks.iter().filter(|((id, at), _)| !is_new(*id, *at));
    stored.map(|((id, at), misreading)| (*id, *at, misreading.map(Misreading::name))).collect()
}
