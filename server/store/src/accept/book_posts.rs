//! Books the snapshots of posts, and posts whose review state, publication or tracking start has changed.

use super::batch::{Batch, CreatorState, PostState};
use super::book::{by_instant, settle};
use super::book_readings::drop_known;
use super::late::{Late, Shelf, Statements, place};
use crate::engine::{Row, Tx, sql};
use crate::error::DbResult;
use compliance::booking::first_counts_in_full;
use compliance::calendar::Zone;
use compliance::fact::Counters;
use compliance::gains::{DayGains, Gains};
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{Effect, HistoryNeeded, Placed, Reached, Stored, Track as _, append, involved};
use compliance::misreading::{Reading, Source};
use compliance::{Instant, Scope};
use futures_util::TryStreamExt as _;
use program::ids::PostId;
use std::collections::{BTreeMap, HashMap};
use std::ops::Neg as _;

/// Stored snapshots that new ones replace, by post.
pub(super) type Replaced = HashMap<PostId, BTreeMap<Instant, Reading<Counters>>>;

/// The snapshots of posts.
struct Snapshots;

impl Shelf for Snapshots {
    type Id = PostId;
    type Track = PostTrack;
    type Terms = PostTerms;
    const STATEMENTS: Statements = Statements {
        previous: sql!("snapshots_previous"),
        settled: sql!("snapshots_settled"),
        known: sql!("snapshots_known"),
        page: sql!("snapshots_page"),
    };

    fn id(row: &Row) -> sqlx::Result<PostId> {
        row.id("post_id")
    }

    fn stored(row: &Row) -> sqlx::Result<Stored<Counters>> {
        row.stored_snapshot()
    }

    fn before(terms: &PostTerms, row: &Row, sources: Vec<(Source, i64)>) -> sqlx::Result<PostTrack> {
        Ok(PostTrack::before(*terms, row.counters()?, sources))
    }
}

impl Batch {
    /// Sorts each post's snapshots by time and drops those that are already stored, so that importing a file a second
    /// time writes nothing. Returns the stored snapshots that the remaining ones replace.
    pub(super) async fn drop_known_snapshots(&mut self, tx: &mut Tx) -> DbResult<Replaced> {
        let mut old = Vec::new();
        for (id, post) in self.posts.iter_mut().filter(|(_, post)| !post.snapshots.is_empty()) {
            settle(&mut post.snapshots, &mut self.duplicates);
            let last = post.row.post.last_captured_at;
            let past = post.snapshots.iter().filter(|snapshot| last.is_some_and(|last| snapshot.at <= last));
            old.extend(past.map(|snapshot| (*id, snapshot.at)));
        }
        let mut replaced = Replaced::new();
        if old.is_empty() {
            return Ok(replaced);
        }
        for row in tx.query(sql!("snapshots_at")).bind(self.project.project_id).rows(&old).all().await? {
            let reading = Reading { value: row.counters()?, source: row.source()? };
            replaced.entry(row.id("post_id")?).or_default().insert(row.instant("captured_at")?, reading);
        }
        for (id, stored) in &mut replaced {
            if let Some(post) = self.posts.get_mut(id) {
                drop_known(&mut post.snapshots, stored, &mut self.duplicates);
            }
        }
        Ok(replaced)
    }

    pub(super) async fn book_posts(&mut self, tx: &mut Tx, mut replaced: Replaced) -> DbResult<()> {
        let zone = self.project.zone;
        self.book_anew(tx).await?;
        let (mut placed, mut late) = (Vec::new(), Vec::new());
        for (id, post) in self.posts.iter().filter(|(_, post)| !post.snapshots.is_empty()) {
            let Some(creator) = self.creators.get(&post.row.creator_id) else { continue };
            let terms = terms(post, creator, zone);
            let fresh = by_instant(&post.snapshots);
            let remembered = post.row.remembered.clone();
            let is_newest = post.row.post.last_captured_at.is_none_or(|last| fresh.keys().all(|at| *at > last));
            let track = PostTrack::resumed(terms, post.row.post.counters, &remembered);
            let appended =
                if is_newest { append(track, remembered.clone(), &fresh, &zone) } else { Err(HistoryNeeded) };
            match appended {
                Ok(appended) => placed.push((*id, appended)),
                Err(HistoryNeeded) => {
                    let replaced = replaced.remove(id).unwrap_or_default();
                    let involved = involved::<PostTrack>(&fresh, &replaced);
                    late.push(Late::<Snapshots> { id: *id, terms, fresh, involved, remembered });
                }
            }
        }
        placed.extend(place(tx, self.project.project_id, zone, late).await?);
        for (id, placed) in placed {
            self.keep_snapshots(id, placed);
        }
        Ok(())
    }

    fn keep_snapshots(&mut self, id: PostId, placed: Placed<PostTrack>) {
        let Some(post) = self.posts.get_mut(&id) else { return };
        let Some(creator) = self.creators.get_mut(&post.row.creator_id) else { return };
        let Placed { change, marks, track, reached, remembered } = placed;
        creator.gains.apply(&change);
        self.snapshot_marks.extend(marks.into_iter().map(|(at, misreading)| ((id, at), misreading)));
        for snapshot in &post.snapshots {
            creator.mark_looked(snapshot.at, Scope::Posts, self.project.zone);
        }
        let last = post.snapshots.last().map(|snapshot| snapshot.at);
        post.row.post.last_captured_at = post.row.post.last_captured_at.max(last);
        post.row.remembered = remembered;
        if reached == Reached::End {
            post.row.post.counters = track.known();
        }
        post.changed = true;
    }

    /// Books new posts, and rebooks those for which something has changed that decides how their stored snapshots are
    /// booked.
    async fn book_anew(&mut self, tx: &mut Tx) -> DbResult<()> {
        let zone = self.project.zone;
        let mut changed: HashMap<PostId, [PostTerms; 2]> = HashMap::new();
        for (id, post) in &self.posts {
            let Some(creator) = self.creators.get_mut(&post.row.creator_id) else { continue };
            let after = terms(post, creator, zone);
            let before = post.booked.map(|(published_at, tracking)| {
                let full = first_counts_in_full(published_at, creator.booked_start);
                PostTerms { published_at, tracking, first_counts_in_full: full }
            });
            if before == Some(after) {
                continue;
            }
            let mut books = DayGains::default();
            after.book_post(&mut books, &zone);
            creator.gains.apply(&books);
            if let Some(before) = before {
                let mut books = DayGains::default();
                before.book_post(&mut books, &zone);
                creator.gains.apply(&DayGains::default().since(&books));
                if post.row.post.last_captured_at.is_some() {
                    changed.insert(*id, [before, after]);
                }
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        // Streamed in order of posts, so that no history is in memory.
        let of = changed.keys().copied();
        let mut found = tx.query(sql!("snapshots_of_posts")).bind(self.project.project_id).list(of).stream();
        let mut open: Option<(PostId, [PostTrack; 2])> = None;
        while let Some(row) = found.try_next().await? {
            let (id, Stored { at, reading, .. }) = (row.id("post_id")?, row.stored_snapshot()?);
            if open.as_ref().is_none_or(|(open, _)| *open != id) {
                open = changed.get(&id).map(|terms| (id, terms.map(PostTrack::new)));
            }
            let owner = self.posts.get(&id).map(|post| post.row.creator_id);
            let creator = owner.and_then(|owner| self.creators.get_mut(&owner));
            let (Some((_, [before, after])), Some(creator)) = (&mut open, creator) else { continue };
            before.read(at, &reading, &mut |effect| book(&mut creator.gains, effect, Gains::neg, zone))?;
            after.read(at, &reading, &mut |effect| book(&mut creator.gains, effect, |gains| gains, zone))?;
        }
        Ok(())
    }
}

/// Returns how a post is booked from now on.
fn terms(post: &PostState, creator: &CreatorState, zone: Zone) -> PostTerms {
    let (published_at, tracking) = (post.row.post.published_at, post.row.post.tracking);
    PostTerms { published_at, tracking, first_counts_in_full: first_counts_in_full(published_at, creator.start(zone)) }
}

/// Books an effect. Marks are ignored: those of stored snapshots do not change.
fn book(into: &mut DayGains, effect: Effect, signed: impl FnOnce(Gains) -> Gains, zone: Zone) {
    if let Effect::Booked(at, gains) = effect {
        into.add_at(at, signed(gains), &zone);
    }
}
