//! Places new readings among stored ones: loads those around them, page by page, for many posts or creators at once.

use crate::engine::{Record, Row, Statement, Tx};
use crate::error::DbResult;
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::ledger::{Involved, Placed, Placement, Progress, Remembered, Stored, Track};
use compliance::misreading::{Reading, Source};
use program::ids::ProjectId;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Readings that are stored in a table of their own: snapshots of posts, or follower readings of creators.
pub trait Shelf {
    /// The id of a post or creator.
    type Id: Copy + Eq + Hash;
    /// What follows its readings.
    type Track: Track;
    /// What decides how they are booked, besides the readings.
    type Terms;
    /// The statements.
    const STATEMENTS: Statements;
    /// Returns the id in a row.
    fn id(row: &Row) -> sqlx::Result<Self::Id>;
    /// Returns a reading.
    fn stored(row: &Row) -> sqlx::Result<Stored<<Self::Track as Track>::Value>>;
    /// Creates the track before a reading; `row` has what was last known.
    fn before(terms: &Self::Terms, row: &Row, sources: Vec<(Source, i64)>) -> sqlx::Result<Self::Track>;
}

/// The statements by which stored readings are loaded.
pub struct Statements {
    /// When a source last read anything but 0.
    pub previous: &'static Statement,
    /// The last value of a source that is not a misreading.
    pub settled: &'static Statement,
    /// What was last known.
    pub known: &'static Statement,
    /// The next readings from an instant on.
    pub page: &'static Statement,
}

/// New readings of one post or creator, at least one of which is not newer than all stored ones.
pub struct Late<S: Shelf> {
    pub id: S::Id,
    pub terms: S::Terms,
    pub fresh: BTreeMap<Instant, Reading<<S::Track as Track>::Value>>,
    pub involved: Involved,
    pub remembered: Remembered,
}

/// The most posts or creators whose readings are in memory at once.
const AT_ONCE: usize = 256;
/// The readings of the first page, of each post or creator; the following pages are larger.
const FIRST_PAGE: usize = 16;
/// The readings of the largest page.
const LARGEST_PAGE: usize = 256;

/// Places the new readings and returns what they change.
pub async fn place<S: Shelf>(
    tx: &mut Tx,
    project_id: ProjectId,
    zone: Zone,
    late: Vec<Late<S>>,
) -> DbResult<Vec<(S::Id, Placed<S::Track>)>>
where
    (S::Id, Instant): Record,
    for<'s> (S::Id, &'s str, Instant): Record,
{
    let mut placed = Vec::with_capacity(late.len());
    let mut late = late.into_iter();
    loop {
        let some: Vec<_> = late.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return Ok(placed);
        }
        let mut open = begin::<S>(tx, project_id, some).await?;
        let mut size = FIRST_PAGE;
        while !open.is_empty() {
            go_on::<S>(tx, project_id, zone, &mut open, size).await?;
            let (done, more): (HashMap<_, _>, HashMap<_, _>) =
                open.into_iter().partition(|(_, open)| open.progress == Progress::Done);
            placed.extend(done.into_iter().map(|(id, open)| (id, open.placement.finish())));
            (open, size) = (more, LARGEST_PAGE.min(size * 4));
        }
    }
}

/// A placement that is given stored readings.
struct Open<T: Track> {
    placement: Placement<T>,
    /// The first instant of the next page.
    next: Instant,
    progress: Progress,
}

/// Starts placements just before the first readings that may change.
async fn begin<S: Shelf>(
    tx: &mut Tx,
    project_id: ProjectId,
    late: Vec<Late<S>>,
) -> DbResult<HashMap<S::Id, Open<S::Track>>>
where
    (S::Id, Instant): Record,
    for<'s> (S::Id, &'s str, Instant): Record,
{
    let mut starts: HashMap<S::Id, Instant> = HashMap::new();
    for Late { id, fresh, .. } in &late {
        starts.extend(fresh.keys().next().map(|first| (*id, *first)));
    }
    let asked =
        late.iter().flat_map(|late| late.involved.iter().map(|(source, first)| (late.id, source.as_str(), *first)));
    let asked: Vec<_> = asked.collect();
    if !asked.is_empty() {
        for row in tx.query(S::STATEMENTS.previous).bind(project_id).rows(&asked).all().await? {
            if let (Some(start), Some(at)) = (starts.get_mut(&S::id(&row)?), row.optional_instant("previous")?) {
                *start = at.min(*start);
            }
        }
    }
    let mut settled: HashMap<S::Id, Vec<(Source, i64)>> = HashMap::new();
    let asked: Vec<_> = asked.into_iter().filter_map(|(id, source, _)| Some((id, source, *starts.get(&id)?))).collect();
    if !asked.is_empty() {
        for row in tx.query(S::STATEMENTS.settled).bind(project_id).rows(&asked).all().await? {
            if let Some(value) = row.try_get::<Option<i64>>("settled")? {
                settled.entry(S::id(&row)?).or_default().push((row.source()?, value));
            }
        }
    }
    let asked: Vec<_> = starts.iter().map(|(id, start)| (*id, *start)).collect();
    let known = tx.query(S::STATEMENTS.known).bind(project_id).rows(&asked).all().await?;
    let mut late: HashMap<_, _> = late.into_iter().map(|late| (late.id, late)).collect();
    let mut open = HashMap::with_capacity(late.len());
    for row in &known {
        let id = S::id(row)?;
        let (Some(Late { terms, fresh, involved, remembered, .. }), Some(next)) = (late.remove(&id), starts.get(&id))
        else {
            continue;
        };
        let before = S::before(&terms, row, settled.remove(&id).unwrap_or_default())?;
        let placement = Placement::new(before, fresh, &involved, remembered);
        open.insert(id, Open { placement, next: *next, progress: Progress::Unfinished });
    }
    Ok(open)
}

/// Gives each placement its next page.
async fn go_on<S: Shelf>(
    tx: &mut Tx,
    project_id: ProjectId,
    zone: Zone,
    open: &mut HashMap<S::Id, Open<S::Track>>,
    size: usize,
) -> DbResult<()>
where
    (S::Id, Instant): Record,
{
    let asked: Vec<_> = open.iter().map(|(id, open)| (*id, open.next)).collect();
    let all_but_last = i64::try_from(size - 1).unwrap_or(i64::MAX);
    let query = tx.query(S::STATEMENTS.page).bind(project_id).bind(all_but_last).rows(&asked);
    let mut pages: HashMap<S::Id, Vec<_>> = HashMap::new();
    for row in query.all().await? {
        pages.entry(S::id(&row)?).or_default().push(S::stored(&row)?);
    }
    for (id, open) in open {
        let page = pages.remove(id).unwrap_or_default();
        open.progress = open.placement.go_on(&page, page.len() < size, &zone)?;
        if let Some(last) = page.last() {
            open.next = last.at.plus_millis(1);
        }
    }
    Ok(())
}
