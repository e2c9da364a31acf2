//! Computes what a change adds to the day buckets, with the ledgers of `compliance`.

use super::batch::{Batch, CreatorState, PostState, Reading};
use crate::engine::{Record, Statement, Tx, sql};
use crate::error::DbResult;
use compliance::booking::first_counts_in_full;
use compliance::calendar::Zone;
use compliance::fact::Counters;
use compliance::ledger::followers::FollowerLedger;
use compliance::ledger::post::PostLedger;
use compliance::ledger::{Accepted, HistoryNeeded};
use compliance::{Instant, Scope};
use program::ids::{CreatorId, PostId};
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

/// The values of each creator or post, in order of time.
type Histories<Id, T> = HashMap<Id, Vec<(Instant, T)>>;
/// The range from the first to the last late instant, by creator or post.
type Stretches<Id> = HashMap<Id, RangeInclusive<Instant>>;

impl Batch {
    /// Books everything noted in the batch.
    pub async fn book(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.book_collections(tx).await?;
        self.book_readings(tx).await?;
        self.drop_known_snapshots(tx).await?;
        self.move_tracking_starts(tx).await?;
        self.book_posts(tx).await
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
            let mut fresh: BTreeMap<Instant, Reading<Scope>> = BTreeMap::new();
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

    async fn book_readings(&mut self, tx: &mut Tx) -> DbResult<()> {
        let zone = self.project.zone;
        let mut books: HashMap<CreatorId, FollowerLedger> = HashMap::new();
        let mut late = HashMap::new();
        for (id, creator) in self.creators.iter_mut().filter(|(_, creator)| !creator.readings.is_empty()) {
            settle(&mut creator.readings, &mut self.duplicates);
            let last = creator.row.last_reading_at.zip(creator.row.creator.followers);
            let book = FollowerLedger::new(creator.row.first_reading_at, last, creator.is_new);
            if let Some(mut stretch) = stretch(&creator.readings, |at| book.needs_history(at)) {
                // A 0 that replaces the first real reading may leave only placeholders. Then the newest reading may no
                // longer be newer than a real one, and needs its surroundings as well.
                let may_empty =
                    creator.readings.iter().any(|reading| reading.value == 0 && stretch.contains(&reading.at));
                if let Some(newest) = creator.readings.last().filter(|_| may_empty) {
                    stretch = *stretch.start()..=newest.at;
                }
                late.insert(*id, stretch);
            }
            books.insert(*id, book);
        }
        let mut around = self.readings_around(tx, &late).await?;
        for (id, mut book) in books {
            let Some(creator) = self.creators.get_mut(&id) else { continue };
            if let Some(late) = late.remove(&id) {
                book.load_around(late, around.remove(&id).unwrap_or_default());
            }
            let mut fresh = Vec::new();
            for reading in std::mem::take(&mut creator.readings) {
                match book.insert(reading.at, reading.value, &zone)? {
                    Accepted::Duplicate => self.duplicates.extend(reading.fact),
                    Accepted::Booked(change) => {
                        creator.gains.apply(&change);
                        creator.mark_looked(reading.at, Scope::Followers, zone);
                        fresh.push(reading);
                    }
                }
            }
            creator.readings = fresh;
            if !creator.readings.is_empty() {
                creator.row.last_reading_at = book.last().map(|(at, _)| at);
                creator.row.creator.followers = book.last().map(|(_, followers)| followers);
                creator.row.first_reading_at = book.first();
            }
        }
        Ok(())
    }

    async fn readings_around(&self, tx: &mut Tx, late: &Stretches<CreatorId>) -> DbResult<Histories<CreatorId, i64>> {
        let mut histories = Histories::new();
        if late.is_empty() {
            return Ok(histories);
        }
        let found =
            tx.query(sql!("readings_around")).bind(self.project.project_id).rows(&stretch_rows(late)).all().await?;
        for row in &found {
            let history: &mut Vec<_> = histories.entry(row.id("creator_id")?).or_default();
            history.push((row.instant("captured_at")?, row.try_get("followers")?));
        }
        Ok(histories)
    }

    /// Sorts each post's snapshots by time and drops those that are already stored, so that importing a file a second
    /// time writes nothing.
    async fn drop_known_snapshots(&mut self, tx: &mut Tx) -> DbResult<()> {
        let mut old = Vec::new();
        for (id, post) in self.posts.iter_mut().filter(|(_, post)| !post.snapshots.is_empty()) {
            settle(&mut post.snapshots, &mut self.duplicates);
            let last = post.row.post.last_captured_at;
            let past = post.snapshots.iter().filter(|snapshot| last.is_some_and(|last| snapshot.at <= last));
            old.extend(past.map(|snapshot| (*id, snapshot.at)));
        }
        if old.is_empty() {
            return Ok(());
        }
        let found = tx.query(sql!("snapshots_at")).bind(self.project.project_id).rows(&old).all().await?;
        let mut stored: HashMap<(PostId, Instant), Counters> = HashMap::new();
        for row in &found {
            stored.insert((row.id("post_id")?, row.instant("captured_at")?), row.counters()?);
        }
        for (id, post) in &mut self.posts {
            post.snapshots.retain(|snapshot| {
                let known = stored.get(&(*id, snapshot.at)) == Some(&snapshot.value);
                if known {
                    self.duplicates.extend(snapshot.fact);
                }
                !known
            });
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
        let found = tx.query(sql!("posts_published_between")).bind(self.project.project_id).rows(&spans).all().await?;
        self.add_posts(tx, &found).await
    }

    async fn book_posts(&mut self, tx: &mut Tx) -> DbResult<()> {
        let zone = self.project.zone;
        let mut books: HashMap<PostId, PostLedger> = HashMap::new();
        let (mut late, mut rebooked) = (HashMap::new(), Vec::new());
        for (id, post) in &self.posts {
            let Some(creator) = self.creators.get(&post.row.creator_id) else { continue };
            let book = open_book(post, creator);
            if book.last().is_some() && rebooking(post, creator, zone).is_some() {
                rebooked.push(*id);
            } else {
                late.extend(stretch(&post.snapshots, |at| book.needs_history(at)).map(|late| (*id, late)));
            }
            books.insert(*id, book);
        }
        let of: Vec<_> = rebooked.iter().map(|id| (*id,)).collect();
        let mut whole = self.snapshots(tx, sql!("snapshots_of_posts"), &of).await?;
        let mut around = self.snapshots(tx, sql!("snapshots_around"), &stretch_rows(&late)).await?;
        for id in rebooked {
            if let Some(book) = books.get_mut(&id) {
                book.load_history(whole.remove(&id).unwrap_or_default());
            }
        }
        for (id, late) in late {
            if let Some(book) = books.get_mut(&id) {
                book.load_around(late, around.remove(&id).unwrap_or_default());
            }
        }
        for (id, book) in books {
            let Some(post) = self.posts.get_mut(&id) else { continue };
            let Some(creator) = self.creators.get_mut(&post.row.creator_id) else { continue };
            book_post(post, creator, book, &mut self.duplicates, zone)?;
        }
        Ok(())
    }

    /// Loads snapshots by post, if any are needed.
    async fn snapshots<R: Record>(
        &self,
        tx: &mut Tx,
        statement: &'static Statement,
        of: &[R],
    ) -> DbResult<Histories<PostId, Counters>> {
        let mut histories = Histories::new();
        if of.is_empty() {
            return Ok(histories);
        }
        let found = tx.query(statement).bind(self.project.project_id).rows(of).all().await?;
        for row in &found {
            let history: &mut Vec<_> = histories.entry(row.id("post_id")?).or_default();
            history.push((row.instant("captured_at")?, row.counters()?));
        }
        Ok(histories)
    }
}

/// Creates the ledger of a post in the state in which the stored day buckets were booked.
fn open_book(post: &PostState, creator: &CreatorState) -> PostLedger {
    let (published_at, tracking) = post.booked.unwrap_or((post.row.post.published_at, post.row.post.tracking));
    let full = first_counts_in_full(published_at, creator.booked_start);
    let last = post.row.post.last_captured_at.map(|at| (at, post.row.post.counters));
    PostLedger::new(published_at, tracking, full, last)
}

/// Returns whether the first values now count in full, if publication, review state or tracking start have changed
/// since the stored day buckets were booked; otherwise `None`.
fn rebooking(post: &PostState, creator: &CreatorState, zone: Zone) -> Option<bool> {
    let (published_at, tracking) = post.booked.unwrap_or((post.row.post.published_at, post.row.post.tracking));
    let before = first_counts_in_full(published_at, creator.booked_start);
    let after = first_counts_in_full(post.row.post.published_at, creator.start(zone));
    let unchanged = published_at == post.row.post.published_at && tracking == post.row.post.tracking && before == after;
    (!unchanged).then_some(after)
}

fn book_post(
    post: &mut PostState,
    creator: &mut CreatorState,
    mut book: PostLedger,
    duplicates: &mut Vec<usize>,
    zone: Zone,
) -> Result<(), HistoryNeeded> {
    if let Some(full) = rebooking(post, creator, zone) {
        creator.gains.apply(&book.set_published_at(post.row.post.published_at, full, &zone)?);
        creator.gains.apply(&book.set_tracking(post.row.post.tracking, &zone)?);
    }
    if post.booked.is_none() {
        creator.gains.apply(&book.gains(&zone)?);
    }
    let mut fresh = Vec::new();
    for snapshot in std::mem::take(&mut post.snapshots) {
        match book.insert(snapshot.at, snapshot.value, &zone)? {
            Accepted::Duplicate => duplicates.extend(snapshot.fact),
            Accepted::Booked(change) => {
                creator.gains.apply(&change);
                creator.mark_looked(snapshot.at, Scope::Posts, zone);
                fresh.push(snapshot);
            }
        }
    }
    if !fresh.is_empty() {
        post.row.post.last_captured_at = book.last().map(|(at, _)| at);
        post.row.post.counters = book.last().map(|(_, known)| known).unwrap_or_default();
        post.changed = true;
    }
    post.snapshots = fresh;
    Ok(())
}

/// Returns the range from the first to the last late reading, if any is late. The readings are in order of time.
fn stretch<T>(readings: &[Reading<T>], is_late: impl Fn(Instant) -> bool) -> Option<RangeInclusive<Instant>> {
    let mut late = readings.iter().map(|reading| reading.at).filter(|at| is_late(*at));
    let first = late.next()?;
    Some(first..=late.last().unwrap_or(first))
}

fn stretch_rows<Id: Copy>(stretches: &Stretches<Id>) -> Vec<(Id, Instant, Instant)> {
    stretches.iter().map(|(id, stretch)| (*id, *stretch.start(), *stretch.end())).collect()
}

/// Sorts readings by time and keeps the last one of each instant; the earlier ones are duplicates.
fn settle<T>(readings: &mut Vec<Reading<T>>, duplicates: &mut Vec<usize>) {
    readings.sort_by_key(|reading| reading.at);
    let mut settled: Vec<Reading<T>> = Vec::with_capacity(readings.len());
    for reading in readings.drain(..) {
        match settled.last_mut().filter(|last| last.at == reading.at) {
            Some(last) => duplicates.extend(std::mem::replace(last, reading).fact),
            None => settled.push(reading),
        }
    }
    *readings = settled;
}
