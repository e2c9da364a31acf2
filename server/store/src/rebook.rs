//! Recomputes day buckets from the facts: after a change of the time zone, after a migration changed facts, and to
//! check the buckets that are kept up to date by deltas.

use super::day::{DayMarks, day_row};
use super::engine::{Engine, Statement, Tx, sql};
use super::rows::{self, CreatorRow};
use crate::error::{DbError, DbResult};
use crate::project_row::find_in;
use compliance::booking::first_counts_in_full;
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::gains::{DayGains, Gains};
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{Effect, Stored, Track};
use compliance::misreading::Misreading;
use compliance::{Instant, Looks, Scope};
use futures_util::TryStreamExt as _;
use program::ids::{CreatorId, PostId, ProjectId};
use program::projects::record::Project;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The day buckets of a project by creator and day.
type Buckets = BTreeMap<(CreatorId, DayNumber), (Gains, DayMarks)>;

/// What is computed from all facts of a project.
#[derive(Default)]
struct Recomputed {
    buckets: Buckets,
    /// The readings whose mark is wrong, each with the right one.
    snapshot_marks: Vec<(PostId, Instant, Option<&'static str>)>,
    reading_marks: Vec<(CreatorId, Instant, Option<&'static str>)>,
}

/// Replaces every day bucket of the project.
pub async fn project(tx: &mut Tx, project: &Project) -> DbResult<()> {
    let buckets = recompute(tx, project, &Facts::all()).await?.buckets;
    tx.query(sql!("creator_days_delete")).bind(project.project_id).execute().await?;
    let rows: Vec<_> =
        buckets.into_iter().map(|((creator_id, day), (gains, marks))| day_row(creator_id, day, gains, marks)).collect();
    tx.query(sql!("creator_days_add")).bind(project.project_id).rows(&rows).execute().await?;
    Ok(())
}

/// Replaces every day bucket of the creators in `creators_to_book`, and the values in their rows that come from facts;
/// empties the list. Their readings must have been [marked](mark_listed).
pub async fn listed(tx: &mut Tx, project: &Project, creators: &BTreeSet<CreatorId>) -> DbResult<()> {
    tx.query(sql!("creators_from_facts")).bind(project.project_id).execute().await?;
    tx.query(sql!("creators_last_collected")).bind(project.project_id).execute().await?;
    let buckets = recompute(tx, project, &Facts::listed()).await?.buckets.into_iter();
    let rows: Vec<_> =
        buckets.map(|((creator_id, day), (gains, marks))| day_row(creator_id, day, gains, marks)).collect();
    let replaced = creators.iter().copied();
    tx.query(sql!("creator_days_delete_some")).bind(project.project_id).list(replaced).execute().await?;
    tx.query(sql!("creator_days_add")).bind(project.project_id).rows(&rows).execute().await?;
    tx.query(sql!("creators_to_book_delete")).bind(project.project_id).execute().await?;
    Ok(())
}

/// Marks those readings of the creators in `creators_to_book` that are misreadings, and unmarks their others.
pub async fn mark_listed(tx: &mut Tx, project: &Project) -> DbResult<()> {
    let Recomputed { snapshot_marks, reading_marks, .. } = recompute(tx, project, &Facts::listed()).await?;
    for marks in snapshot_marks.chunks(MARKS_AT_ONCE) {
        tx.query(sql!("snapshots_mark")).bind(project.project_id).rows(marks).execute().await?;
    }
    for marks in reading_marks.chunks(MARKS_AT_ONCE) {
        tx.query(sql!("readings_mark")).bind(project.project_id).rows(marks).execute().await?;
    }
    Ok(())
}

/// The most readings that one statement marks.
const MARKS_AT_ONCE: usize = 10_000;

/// Returns the number of stored day buckets, and marks of misreadings, that differ from a recomputation.
pub async fn count_stale_days(engine: &Engine, project_id: ProjectId) -> DbResult<u64> {
    let mut tx = engine.read().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let Recomputed { buckets, snapshot_marks, reading_marks } = recompute(&mut tx, &project, &Facts::all()).await?;
    let marks = snapshot_marks.len() + reading_marks.len();
    let mut expected: BTreeMap<(CreatorId, DayNumber), (Gains, Looks)> = buckets
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
    Ok(stale + (expected.len() + marks) as u64)
}

/// The statements that read the facts from which days are booked.
struct Facts {
    posts: &'static Statement,
    readings: &'static Statement,
    collections: &'static Statement,
}

impl Facts {
    /// Returns the statements for every creator of the project.
    fn all() -> Facts {
        Facts {
            posts: sql!("rebook_posts"),
            readings: sql!("rebook_readings"),
            collections: sql!("rebook_collections"),
        }
    }

    /// Returns the statements for the creators in `creators_to_book`.
    fn listed() -> Facts {
        Facts {
            posts: sql!("rebook_posts_listed"),
            readings: sql!("rebook_readings_listed"),
            collections: sql!("rebook_collections_listed"),
        }
    }
}

async fn recompute(tx: &mut Tx, project: &Project, facts: &Facts) -> DbResult<Recomputed> {
    let (project_id, zone) = (project.project_id, project.zone);
    let mut recomputed = Recomputed::default();
    let mut starts = HashMap::new();
    let creators = tx.query(sql!("creators_changed_since")).bind(project_id).bind(-1_i64).all().await?;
    for row in &creators {
        let CreatorRow { creator, .. } = rows::creator(row)?;
        starts.insert(creator.creator_id, creator.tracking_start(zone).map(|date| zone.start_of(date)));
    }

    // Streamed in order of posts, so that no history is in memory.
    let mut found = tx.query(facts.posts).bind(project_id).stream();
    let mut open: Option<Books<PostId, PostTrack>> = None;
    while let Some(row) = found.try_next().await? {
        let (post_id, creator_id) = (row.id("post_id")?, row.id("creator_id")?);
        if open.as_ref().is_none_or(|post| post.id != post_id) {
            recomputed.snapshot_marks.extend(open.take().into_iter().flat_map(Books::wrong_marks));
            let (published_at, tracking) = (row.instant("published_at")?, row.tracking()?);
            let start = starts.get(&creator_id).copied().flatten();
            let first_counts_in_full = first_counts_in_full(published_at, start);
            let terms = PostTerms { published_at, tracking, first_counts_in_full };
            recomputed.publish(creator_id, &terms, zone);
            open = Some(Books::new(post_id, creator_id, PostTrack::new(terms)));
        }
        if let (Some(post), Some(_)) = (&mut open, row.optional_instant("captured_at")?) {
            let stored = row.stored_snapshot()?;
            mark_looked(&mut recomputed.buckets, creator_id, (stored.at, Scope::Posts), zone);
            post.read(&stored, &mut recomputed.buckets, zone)?;
        }
    }
    drop(found);
    recomputed.snapshot_marks.extend(open.into_iter().flat_map(Books::wrong_marks));

    let mut found = tx.query(facts.readings).bind(project_id).stream();
    let mut open: Option<Books<CreatorId, FollowerTrack>> = None;
    while let Some(row) = found.try_next().await? {
        let creator_id = row.id("creator_id")?;
        if open.as_ref().is_none_or(|creator| creator.id != creator_id) {
            recomputed.reading_marks.extend(open.take().into_iter().flat_map(Books::wrong_marks));
            open = Some(Books::new(creator_id, creator_id, FollowerTrack::new()));
        }
        if let Some(creator) = &mut open {
            let stored = row.stored_reading()?;
            mark_looked(&mut recomputed.buckets, creator_id, (stored.at, Scope::Followers), zone);
            creator.read(&stored, &mut recomputed.buckets, zone)?;
        }
    }
    drop(found);
    recomputed.reading_marks.extend(open.into_iter().flat_map(Books::wrong_marks));

    let found = tx.query(facts.collections).bind(project_id).all().await?;
    for row in &found {
        let look = (row.instant("collected_at")?, row.named("scope", Scope::from_name)?);
        mark_looked(&mut recomputed.buckets, row.id("creator_id")?, look, zone);
    }
    Ok(recomputed)
}

impl Recomputed {
    /// Books a post.
    fn publish(&mut self, creator_id: CreatorId, terms: &PostTerms, zone: Zone) {
        let mut books = DayGains::default();
        terms.book_post(&mut books, &zone);
        for (day, gains) in books.iter() {
            self.buckets.entry((creator_id, day)).or_default().0 += gains;
        }
        let published_on = day_number(zone.date_of(terms.published_at));
        let marks = &mut self.buckets.entry((creator_id, published_on)).or_default().1;
        marks.published_at = marks.published_at.max(Some(terms.published_at));
    }
}

/// Takes the readings of one post or creator in order of time.
struct Books<Id, T> {
    id: Id,
    creator_id: CreatorId,
    track: T,
    /// The misreadings that are found; `marked` has the stored ones.
    found: BTreeMap<Instant, Misreading>,
    marked: BTreeMap<Instant, Misreading>,
}

impl<Id: Copy, T: Track> Books<Id, T> {
    fn new(id: Id, creator_id: CreatorId, track: T) -> Books<Id, T> {
        Books { id, creator_id, track, found: BTreeMap::new(), marked: BTreeMap::new() }
    }

    fn read(&mut self, stored: &Stored<T::Value>, buckets: &mut Buckets, zone: Zone) -> DbResult<()> {
        self.marked.extend(stored.misreading.map(|misreading| (stored.at, misreading)));
        let (creator_id, found) = (self.creator_id, &mut self.found);
        self.track.read(stored.at, &stored.reading, &mut |effect| match effect {
            Effect::Booked(at, gains) => {
                buckets.entry((creator_id, day_number(zone.date_of(at)))).or_default().0 += gains;
            }
            Effect::Misread(at, misreading) => {
                found.insert(at, misreading);
            }
        })?;
        Ok(())
    }

    /// Returns the readings whose mark is wrong, each with the right one.
    fn wrong_marks(self) -> impl Iterator<Item = (Id, Instant, Option<&'static str>)> {
        let Books { id, found, marked, .. } = self;
        let instants: BTreeSet<Instant> = found.keys().chain(marked.keys()).copied().collect();
        let wrong = instants.into_iter().filter_map(move |at| {
            let should = found.get(&at).copied();
            (should != marked.get(&at).copied()).then_some((at, should))
        });
        wrong.map(move |(at, should)| (id, at, should.map(Misreading::name)))
    }
}

fn mark_looked(buckets: &mut Buckets, creator_id: CreatorId, (at, scope): (Instant, Scope), zone: Zone) {
    let marks = &mut buckets.entry((creator_id, day_number(zone.date_of(at)))).or_default().1;
    marks.looks.add(Looks::at(at, scope));
}
