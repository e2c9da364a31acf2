//! Computes what a change adds to the day buckets, with the ledgers of `compliance`.

use super::batch::{Batch, Taken};
use crate::engine::{Tx, sql};
use crate::error::DbResult;
use compliance::misreading::Reading;
use compliance::{Instant, Scope};
use program::ids::CreatorId;
use std::collections::{BTreeMap, HashMap};

impl Batch {
    /// Books everything noted in the batch.
    pub async fn book(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.book_collections(tx).await?;
        self.book_readings(tx).await?;
        let replaced = self.drop_known_snapshots(tx).await?;
        self.move_tracking_starts(tx).await?;
        self.book_posts(tx, replaced).await
    }

    async fn book_collections(&mut self, tx: &mut Tx) -> DbResult<()> {
        let noted = self
            .creators
            .iter()
            .flat_map(|(id, creator)| creator.collections.iter().map(|collection| (*id, collection.at)));
        let noted: Vec<_> = noted.collect();
        if noted.is_empty() {
            return Ok(());
        }
        let found = tx.query(sql!("collections_at")).bind(self.project.project_id).rows(&noted).all().await?;
        let mut known: HashMap<(CreatorId, Instant), Scope> = HashMap::new();
        for row in &found {
            let scope = row.named("scope", Scope::from_name)?;
            known.insert((row.id("creator_id")?, row.instant("collected_at")?), scope);
        }
        for (id, creator) in &mut self.creators {
            // There is one collection per instant; a second scope at the same instant widens it.
            let mut fresh: BTreeMap<Instant, Taken<Scope>> = BTreeMap::new();
            for mut collection in std::mem::take(&mut creator.collections) {
                let before = known.get(&(*id, collection.at)).copied();
                if before.is_some_and(|scope| scope.covers(collection.value)) {
                    self.duplicates.extend(collection.fact);
                    continue;
                }
                collection.value = before.map_or(collection.value, |scope| scope.and(collection.value));
                known.insert((*id, collection.at), collection.value);
                creator.mark_looked(collection.at, collection.value, self.project.zone);
                fresh.insert(collection.at, collection);
            }
            creator.collections = fresh.into_values().collect();
        }
        Ok(())
    }

    /// Moves the automatic tracking starts, and loads the posts whose first values now count differently.
    async fn move_tracking_starts(&mut self, tx: &mut Tx) -> DbResult<()> {
        for post in self.posts.values().filter(|post| !post.snapshots.is_empty()) {
            let Some(creator) = self.creators.get_mut(&post.row.creator_id) else { continue };
            let earliest = post.snapshots.iter().map(|snapshot| snapshot.at);
            let earliest = earliest.chain(creator.row.first_post_snapshot_at).min();
            if earliest != creator.row.first_post_snapshot_at {
                creator.row.first_post_snapshot_at = earliest;
                creator.changed = true;
            }
        }
        let mut spans = Vec::new();
        for (id, creator) in &mut self.creators {
            let first = creator.row.first_post_snapshot_at.into_iter().chain(creator.row.first_reading_at).min();
            creator.row.creator.first_snapshot_at = first;
            // If nothing was booked yet, no post has a first value to count differently.
            if let (Some(before), Some(after)) = (creator.booked_start, creator.start(self.project.zone))
                && before != after
            {
                spans.push((*id, before.min(after), before.max(after)));
            }
        }
        if spans.is_empty() {
            return Ok(());
        }
        let find = tx.query(sql!("posts_published_between")).bind(self.project.project_id);
        let owners = self.add_posts(find.rows(&spans)).await?;
        self.load_creators(tx, owners).await
    }
}

/// Sorts readings by time and keeps the last one of each instant. An earlier one that says the same is a duplicate; one that
/// says something else was accepted and corrected, as if they had come in one after the other.
pub(super) fn settle<T: PartialEq>(readings: &mut Vec<Taken<T>>, duplicates: &mut Vec<usize>) {
    readings.sort_by_key(|reading| reading.at);
    let mut settled: Vec<Taken<T>> = Vec::with_capacity(readings.len());
    for reading in readings.drain(..) {
        match settled.last_mut().filter(|last| last.at == reading.at) {
            Some(last) => {
                let earlier = std::mem::replace(last, reading);
                if earlier.value == last.value && earlier.source == last.source {
                    duplicates.extend(earlier.fact);
                }
            }
            None => settled.push(reading),
        }
    }
    *readings = settled;
}

/// Returns new readings by their instants.
pub(super) fn by_instant<T: Clone>(taken: &[Taken<T>]) -> BTreeMap<Instant, Reading<T>> {
    let reading = |taken: &Taken<T>| Reading { value: taken.value.clone(), source: taken.source.clone() };
    taken.iter().map(|taken| (taken.at, reading(taken))).collect()
}
