//! The creators and posts that a change touches, as stored and as they will be.

use crate::accept::known_accounts::Accounts;
use crate::accept::waiting_fact::WaitingFact;
use crate::day::DayMarks;
use crate::engine::{Query, Tx, sql, storable};
use crate::error::DbResult;
use crate::rows;
use crate::rows::{CreatorRow, PostRow};
use compliance::calendar::{DayNumber, LocalDays, Zone, day_number};
use compliance::fact::{Counters, Handle};
use compliance::gains::DayGains;
use compliance::misreading::{Misreading, Source};
use compliance::tracking::Tracking;
use compliance::{Instant, Looks, Scope};
use futures_util::TryStreamExt as _;
use program::creators::record::SameAs;
use program::ids::{CreatorId, PostId, ReviewId, RunId};
use program::posts::record::Post;
use program::projects::record::Project;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A value read at one instant. `fact` is its index in the batch of facts, if it came with them.
pub struct Taken<T> {
    pub fact: Option<usize>,
    pub at: Instant,
    pub value: T,
    /// What brought it, if that is not what brings the batch.
    pub brought_by: Option<String>,
    /// The source that it names.
    pub source: Source,
}

impl<T> Taken<T> {
    /// Creates a value whose source is not named.
    pub fn unnamed(fact: Option<usize>, at: Instant, value: T) -> Taken<T> {
        Taken { fact, at, value, brought_by: None, source: Source::default() }
    }
}

/// The source that a fact names, both as its source and as what brought it.
pub struct Named {
    pub brought_by: Option<String>,
    pub source: Source,
}

impl Named {
    /// Returns the source of this name; an empty name counts as none.
    pub fn by(name: Option<&str>) -> Named {
        let name = name.filter(|name| !name.is_empty()).map(storable);
        Named { source: Source::named(name.as_deref()), brought_by: name.map(Cow::into_owned) }
    }
}

/// A creator that the change touches.
pub struct CreatorState {
    pub row: CreatorRow,
    /// The tracking start with which the stored day buckets were booked.
    pub booked_start: Option<Instant>,
    pub is_new: bool,
    /// The number of the creator's posts; counted only if the batch holds a new post of the creator.
    pub posts: i64,
    /// Whether the row must be written.
    pub changed: bool,
    pub readings: Vec<Taken<i64>>,
    pub collections: Vec<Taken<Scope>>,
    /// What the change adds to the creator's day buckets.
    pub gains: DayGains,
    pub marks: BTreeMap<DayNumber, DayMarks>,
}

impl CreatorState {
    pub fn stored(row: CreatorRow, zone: Zone) -> CreatorState {
        let booked_start = tracking_start(&row, zone);
        CreatorState {
            row,
            booked_start,
            is_new: false,
            posts: 0,
            changed: false,
            readings: Vec::new(),
            collections: Vec::new(),
            gains: DayGains::default(),
            marks: BTreeMap::new(),
        }
    }

    /// Returns the creator's current tracking start.
    pub fn start(&self, zone: Zone) -> Option<Instant> {
        tracking_start(&self.row, zone)
    }

    /// Notes that the creator was collected.
    pub fn mark_looked(&mut self, at: Instant, scope: Scope, zone: Zone) {
        let look = Looks::at(at, scope);
        self.marks.entry(day_number(zone.date_of(at))).or_default().looks.add(look);
        self.row.creator.looks.add(look);
        self.changed = true;
    }

    /// Decides that the creator is another account than the one of whom they probably were the new name, and remembers it.
    /// Returns whether there was anything to decide.
    pub fn keep_apart(&mut self) -> bool {
        let Some(SameAs::Probably(other)) = self.row.creator.same_as else { return false };
        (self.row.creator.same_as, self.row.apart_from, self.changed) = (None, Some(other), true);
        true
    }

    /// Notes that a post was published.
    pub fn mark_published(&mut self, at: Instant, zone: Zone) {
        let marks = self.marks.entry(day_number(zone.date_of(at))).or_default();
        marks.published_at = marks.published_at.max(Some(at));
        self.changed = true;
    }
}

/// Returns the instant from which a creator's posts count in full: the chosen date, or the day of the earliest
/// snapshot.
fn tracking_start(row: &CreatorRow, zone: Zone) -> Option<Instant> {
    row.creator.tracking_start(zone).map(|date| zone.start_of(date))
}

/// A post that the change touches.
pub struct PostState {
    pub row: PostRow,
    /// The publication and review state with which the stored day buckets were booked; `None` for a new post.
    pub booked: Option<(Instant, Tracking)>,
    /// Whether the row must be written.
    pub changed: bool,
    pub snapshots: Vec<Taken<Counters>>,
    pub decisions: Vec<(Tracking, Tracking)>,
    /// The post as stored, and the indexes of the facts that differ from it.
    pub revised: Option<(Post, Vec<usize>)>,
}

impl PostState {
    pub fn stored(row: PostRow) -> PostState {
        let booked = Some((row.post.published_at, row.post.tracking));
        PostState { row, booked, changed: false, snapshots: Vec::new(), decisions: Vec::new(), revised: None }
    }

    /// Changes the review state and records the decision.
    pub fn decide(&mut self, to: Tracking, now: Instant) {
        let from = self.row.post.tracking;
        if from != to {
            if from.disabled != to.disabled {
                self.row.disabled_at = to.disabled.then_some(now);
            }
            self.row.post.tracking = to;
            self.decisions.push((from, to));
            self.changed = true;
        }
    }
}

/// A change of a project that is not written yet.
pub struct Batch {
    pub project: Project,
    pub now: Instant,
    pub source: String,
    /// The review that the decisions on posts belong to, if a person makes them.
    pub review_id: Option<ReviewId>,
    /// The import run that the facts belong to, if any.
    pub run_id: Option<RunId>,
    pub creators: HashMap<CreatorId, CreatorState>,
    pub by_handle: HashMap<Handle, CreatorId>,
    pub posts: HashMap<PostId, PostState>,
    pub by_video: HashMap<String, PostId>,
    /// Stats to be parked, by TikTok's post id, creator (if known) and instant.
    pub parked: BTreeMap<ParkedKey, Taken<Counters>>,
    /// Parked stats whose post has now arrived.
    pub unparked: Vec<(String, String, Instant)>,
    /// Import runs, each with a creator whose parked stats were taken; the run records its collection of them when it
    /// ends.
    pub run_looks: BTreeSet<(RunId, CreatorId)>,
    /// What is known of renamed accounts.
    pub accounts: Accounts,
    /// Facts that wait for a decision about their creator.
    pub waiting: Vec<WaitingFact>,
    /// The indexes of facts that were already known.
    pub duplicates: Vec<usize>,
    /// Readings, including stored ones, for which it was found out whether they are misreadings.
    pub snapshot_marks: Marks<PostId>,
    pub reading_marks: Marks<CreatorId>,
}

/// Why each reading is a misreading, or `None` if it is not, by post or creator and instant.
pub type Marks<Id> = BTreeMap<(Id, Instant), Option<Misreading>>;

impl Batch {
    /// Creates an empty change of a project.
    pub fn new(project: Project, now: Instant, source: &str) -> Batch {
        Batch {
            project,
            now,
            source: source.to_owned(),
            review_id: None,
            run_id: None,
            creators: HashMap::new(),
            by_handle: HashMap::new(),
            posts: HashMap::new(),
            by_video: HashMap::new(),
            parked: BTreeMap::new(),
            unparked: Vec::new(),
            run_looks: BTreeSet::new(),
            accounts: Accounts::default(),
            waiting: Vec::new(),
            duplicates: Vec::new(),
            snapshot_marks: Marks::new(),
            reading_marks: Marks::new(),
        }
    }

    /// Loads the creators with these handles.
    pub async fn load_handles(&mut self, tx: &mut Tx, handles: &[&str]) -> DbResult<()> {
        if handles.is_empty() {
            return Ok(());
        }
        let found = tx
            .query(sql!("creators_by_handles"))
            .bind(self.project.project_id)
            .list(handles.iter().copied())
            .all()
            .await?;
        for row in &found {
            self.add_creator(CreatorState::stored(rows::creator(row)?, self.project.zone));
        }
        Ok(())
    }

    /// Loads the posts with these TikTok ids, and their creators.
    pub async fn load_videos(&mut self, tx: &mut Tx, video_ids: &[&str]) -> DbResult<()> {
        if video_ids.is_empty() {
            return Ok(());
        }
        let find = tx.query(sql!("posts_by_video_ids")).bind(self.project.project_id);
        let owners = self.add_posts(find.list(video_ids.iter().copied())).await?;
        self.load_creators(tx, owners).await
    }

    /// Counts the posts of the creators with these handles.
    pub async fn count_posts(&mut self, tx: &mut Tx, handles: &BTreeSet<&Handle>) -> DbResult<()> {
        let ids: Vec<CreatorId> = handles.iter().filter_map(|handle| self.by_handle.get(*handle)).copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let found = tx.query(sql!("posts_held")).bind(self.project.project_id).list(ids).all().await?;
        for row in &found {
            if let Some(creator) = self.creators.get_mut(&row.id("creator_id")?) {
                creator.posts = row.try_get("posts")?;
            }
        }
        Ok(())
    }

    /// Loads posts by their ids, and their creators.
    pub async fn load_posts(&mut self, tx: &mut Tx, post_ids: &[PostId]) -> DbResult<()> {
        let find = tx.query(sql!("posts_by_ids")).bind(self.project.project_id);
        let owners = self.add_posts(find.list(post_ids.iter().copied())).await?;
        self.load_creators(tx, owners).await
    }

    /// Loads creators by their ids.
    pub async fn load_creators(&mut self, tx: &mut Tx, ids: impl IntoIterator<Item = CreatorId>) -> DbResult<()> {
        let mut missing: Vec<CreatorId> = ids.into_iter().filter(|id| !self.creators.contains_key(id)).collect();
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return Ok(());
        }
        let found = tx.query(sql!("creators_by_ids")).bind(self.project.project_id).list(missing).all().await?;
        for row in &found {
            self.add_creator(CreatorState::stored(rows::creator(row)?, self.project.zone));
        }
        Ok(())
    }

    /// Adds posts as stored, unless they are already loaded, and returns the ids of their creators, who have to be loaded.
    pub async fn add_posts(&mut self, find: Query<'_>) -> DbResult<BTreeSet<CreatorId>> {
        let mut owners = BTreeSet::new();
        // One by one: rows take more memory than what is made of them.
        let mut found = find.stream();
        while let Some(row) = found.try_next().await? {
            let row = rows::post(&row)?;
            owners.insert(row.creator_id);
            let post_id = row.post.post_id;
            self.by_video.entry(row.post.tiktok_video_id.clone()).or_insert(post_id);
            self.posts.entry(post_id).or_insert_with(|| PostState::stored(row));
        }
        Ok(owners)
    }

    /// Adds a creator.
    pub fn add_creator(&mut self, state: CreatorState) {
        let creator = &state.row.creator;
        self.by_handle.insert(creator.handle.clone(), creator.creator_id);
        self.creators.insert(creator.creator_id, state);
    }

    /// Returns whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.parked.is_empty()
            && self.unparked.is_empty()
            && self.waiting.is_empty()
            && self.accounts.is_empty()
            && self.creators.values().all(|creator| !creator.changed && creator.gains.is_empty())
            && self.posts.values().all(|post| !post.changed)
    }
}

/// Returns the counters in the order of their columns.
pub const fn columns(counters: &Counters) -> [Option<i64>; 5] {
    let Counters { views, likes, comments, shares, saves } = *counters;
    [views, likes, comments, shares, saves]
}

/// The key of parked stats: the TikTok id of their post, their creator if known, and the instant they were read.
pub type ParkedKey = (String, Option<CreatorId>, Instant);
