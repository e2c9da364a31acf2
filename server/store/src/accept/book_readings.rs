//! Books follower readings.

use super::batch::{Batch, Taken};
use super::book::{by_instant, settle};
use super::late::{Late, Shelf, Statements, place};
use crate::engine::{Row, Tx, sql};
use crate::error::DbResult;
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::{HistoryNeeded, Placed, Reached, Stored, append, involved};
use compliance::misreading::{Reading, Source};
use compliance::{Instant, Scope};
use program::ids::CreatorId;
use std::collections::{BTreeMap, HashMap};

/// Stored readings that new ones replace, by creator.
type Replaced = HashMap<CreatorId, BTreeMap<Instant, Reading<i64>>>;

/// The follower readings of creators.
struct Followers;

impl Shelf for Followers {
    type Id = CreatorId;
    type Track = FollowerTrack;
    type Terms = ();
    const STATEMENTS: Statements = Statements {
        previous: sql!("readings_previous"),
        settled: sql!("readings_settled"),
        known: sql!("readings_known"),
        page: sql!("readings_page"),
    };

    fn id(row: &Row) -> sqlx::Result<CreatorId> {
        row.id("creator_id")
    }

    fn stored(row: &Row) -> sqlx::Result<Stored<i64>> {
        row.stored_reading()
    }

    fn before((): &(), row: &Row, sources: Vec<(Source, i64)>) -> sqlx::Result<FollowerTrack> {
        Ok(FollowerTrack::before(row.try_get("followers")?, sources))
    }
}

impl Batch {
    pub(super) async fn book_readings(&mut self, tx: &mut Tx) -> DbResult<()> {
        let mut replaced = self.drop_known_readings(tx).await?;
        let zone = self.project.zone;
        let (mut placed, mut late) = (Vec::new(), Vec::new());
        for (id, creator) in self.creators.iter().filter(|(_, creator)| !creator.readings.is_empty()) {
            let fresh = by_instant(&creator.readings);
            let remembered = creator.row.remembered.clone();
            let is_newest = match creator.row.last_reading_at {
                Some(last) => fresh.keys().all(|at| *at > last),
                // There may be placeholders.
                None => creator.is_new,
            };
            let track = FollowerTrack::resumed(creator.row.creator.followers, &remembered);
            let appended =
                if is_newest { append(track, remembered.clone(), &fresh, &zone) } else { Err(HistoryNeeded) };
            match appended {
                Ok(appended) => placed.push((*id, appended)),
                Err(HistoryNeeded) => {
                    let replaced = replaced.remove(id).unwrap_or_default();
                    let involved = involved::<FollowerTrack>(&fresh, &replaced);
                    late.push(Late::<Followers> { id: *id, terms: (), fresh, involved, remembered });
                }
            }
        }
        placed.extend(place(tx, self.project.project_id, zone, late).await?);
        for (id, placed) in placed {
            self.keep_readings(id, placed);
        }
        Ok(())
    }

    fn keep_readings(&mut self, id: CreatorId, placed: Placed<FollowerTrack>) {
        let (zone, Some(creator)) = (self.project.zone, self.creators.get_mut(&id)) else { return };
        let Placed { change, marks, track, reached, remembered } = placed;
        creator.gains.apply(&change);
        let last_marked = marks.keys().next_back().copied();
        self.reading_marks.extend(marks.into_iter().map(|(at, misreading)| ((id, at), misreading)));
        let looks: Vec<Instant> = creator.readings.iter().map(|reading| reading.at).collect();
        for at in &looks {
            creator.mark_looked(*at, Scope::Followers, zone);
        }
        let row = &mut creator.row;
        row.remembered = remembered;
        if reached == Reached::End {
            row.creator.followers = track.known();
        }
        if track.first().is_some() || row.creator.followers.is_none() {
            row.first_reading_at = track.first();
        }
        // Placeholders are not readings, but may have become misreadings.
        let last = row.last_reading_at.max(last_marked).max(looks.last().copied());
        row.last_reading_at = last.filter(|_| row.creator.followers.is_some());
    }

    /// Sorts each creator's readings by time and drops those that are already stored. Returns the stored readings that
    /// the remaining ones replace.
    async fn drop_known_readings(&mut self, tx: &mut Tx) -> DbResult<Replaced> {
        let mut old = Vec::new();
        for (id, creator) in self.creators.iter_mut().filter(|(_, creator)| !creator.readings.is_empty()) {
            settle(&mut creator.readings, &mut self.duplicates);
            let (last, is_new) = (creator.row.last_reading_at, creator.is_new);
            let is_past = |at: Instant| last.map_or(!is_new, |last| at <= last);
            let past = creator.readings.iter().filter(|reading| is_past(reading.at));
            old.extend(past.map(|reading| (*id, reading.at)));
        }
        let mut replaced = Replaced::new();
        if old.is_empty() {
            return Ok(replaced);
        }
        for row in tx.query(sql!("readings_at")).bind(self.project.project_id).rows(&old).all().await? {
            let reading = Reading { value: row.try_get("followers")?, source: row.source()? };
            replaced.entry(row.id("creator_id")?).or_default().insert(row.instant("captured_at")?, reading);
        }
        for (id, stored) in &mut replaced {
            if let Some(creator) = self.creators.get_mut(id) {
                drop_known(&mut creator.readings, stored, &mut self.duplicates);
            }
        }
        Ok(replaced)
    }
}

/// Drops new readings that are already stored, and keeps only those stored ones that other new readings replace.
pub(super) fn drop_known<T: PartialEq>(
    readings: &mut Vec<Taken<T>>,
    stored: &mut BTreeMap<Instant, Reading<T>>,
    duplicates: &mut Vec<usize>,
) {
    readings.retain(|reading| {
        let is_same = |stored: &Reading<T>| stored.value == reading.value && stored.source == reading.source;
        let is_known = stored.get(&reading.at).is_some_and(is_same);
        if is_known {
            stored.remove(&reading.at);
            duplicates.extend(reading.fact);
        }
        !is_known
    });
}
