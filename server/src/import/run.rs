//! The import of one file.

use super::told::{Counts, Told};
use compliance::fact::{CollectionFact, Fact, Handle};
use compliance::{Instant, Looks, Scope};
use ingest::row_error::RowError;
use ingest::{FileError, LeftOut, Options};
use program::error::StoreError;
use program::facts::record::{AcceptTerms, FactOutcome};
use program::ids::{ImportId, ProjectId, RunId};
use program::imports::record::{ImportCounts, ImportDetails, REJECTIONS_LISTED, Rejection};
use program::store::SharedStore;
use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use thiserror::Error;
use tokio::sync::mpsc;

/// The number of facts in a batch: enough that one commit for all of them costs little, few enough to hold some in
/// memory.
const BATCH: usize = 5_000;

/// Why an import ended early. What was accepted before stays.
#[derive(Debug, Error)]
pub enum RunError {
    /// The file cannot be read, or not to its end.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database failed.
    #[error("{}", sentence(.0))]
    Store(#[from] StoreError),
    /// The thread that reads the file ended unexpectedly.
    #[error("Reading the file stopped unexpectedly.")]
    Reader,
}

fn sentence(error: &StoreError) -> String {
    match error {
        StoreError::Unwritable(reason) => reason.clone(),
        StoreError::NotFound => "The project no longer exists.".to_owned(),
        // No import changes a goal.
        StoreError::CreatorRemoved | StoreError::Database(_) => "The database did not answer.".to_owned(),
    }
}

/// An import in progress; call [`step`](Run::step) until it returns `None`.
pub struct Run {
    store: SharedStore,
    project_id: ProjectId,
    terms: AcceptTerms,
    collected_at: Option<Instant>,
    batches: mpsc::Receiver<Message>,
    bytes_done: Arc<AtomicU64>,
    /// Stops the reading thread when this is dropped.
    _stopped: Stop,
    counts: ImportCounts,
    listed: i64,
    creators: BTreeSet<Handle>,
    removed: BTreeSet<Handle>,
    told: Told,
    holds: Holds,
}

/// The progress of an import after a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The counts so far.
    pub counts: ImportCounts,
    /// How many bytes of the file have been read.
    pub bytes_done: u64,
    /// The refused rows of this batch, as long as fewer than 1,000 are listed in all.
    pub rejections: Vec<Rejection>,
}

/// The place of a fact in the file: its row, counted within the batch, and its line number.
#[derive(Clone, Copy)]
struct Place {
    row: i64,
    line: u64,
}

#[derive(Default)]
struct Batch {
    facts: Vec<(Place, Fact)>,
    refused: Vec<(u64, RowError)>,
    left_out: Vec<(u64, LeftOut)>,
    rows: i64,
    without_instant: i64,
}

enum Message {
    Batch(Batch),
    Failed(FileError),
    End(Ending),
}

/// What is known at the end of a file.
struct Ending {
    totals: u64,
    unused: Vec<String>,
}

impl Run {
    /// Begins to read `source` into the project. `now` is the current instant: facts too far ahead of it are refused.
    /// `resumed` is the import whose reading another server began before it stopped.
    pub fn start(
        store: SharedStore,
        project_id: ProjectId,
        source: impl Read + Send + 'static,
        options: Options,
        now: Instant,
        resumed: Option<ImportId>,
    ) -> Run {
        let run_id = RunId::new();
        let (sender, batches) = mpsc::channel(1);
        let bytes_done = Arc::new(AtomicU64::new(0));
        let collected_at = options.collected_at;
        let stopped = Stop::default();
        let source = Counted { source, bytes: Arc::clone(&bytes_done), stopped: Arc::clone(&stopped.0) };
        tokio::task::spawn_blocking(move || read(source, &options, &sender));
        Run {
            store,
            project_id,
            terms: AcceptTerms {
                create_creators: true,
                began: Some(resumed.map_or(run_id, |import_id| RunId::from(import_id.uuid()))),
                run_id: Some(run_id),
                ..AcceptTerms::of("import", now)
            },
            collected_at,
            batches,
            bytes_done,
            _stopped: stopped,
            counts: ImportCounts::default(),
            listed: 0,
            creators: BTreeSet::new(),
            removed: BTreeSet::new(),
            told: Told::default(),
            holds: Holds::default(),
        }
    }

    /// Accepts the next batch; `None` at the end of the file, when everything is stored.
    pub async fn step(&mut self) -> Result<Option<Step>, RunError> {
        match self.batches.recv().await {
            Some(Message::Batch(batch)) => self.accept(batch).await.map(Some),
            // A file that broke off may have held anything further on, so no collections are recorded for it.
            Some(Message::Failed(error)) => Err(RunError::File(error)),
            Some(Message::End(Ending { totals, unused })) => {
                self.told.end(totals, unused, &self.creators);
                self.record_looks().await?;
                Ok(None)
            }
            None => Err(RunError::Reader),
        }
    }

    /// Returns the creators of the file who were removed from the program; facts about them are kept in case they
    /// return.
    pub fn removed(&self) -> impl Iterator<Item = &Handle> {
        self.removed.iter()
    }

    /// Returns what was brought and left out so far.
    pub fn details(&self) -> &ImportDetails {
        self.told.details()
    }

    /// Returns the counts so far.
    pub fn counts(&self) -> ImportCounts {
        self.counts
    }

    async fn accept(&mut self, batch: Batch) -> Result<Step, RunError> {
        self.counts.rows += batch.rows;
        self.counts.without_instant += batch.without_instant;
        let mut rejections = Vec::new();
        for (line, error) in batch.refused {
            self.refuse(&mut rejections, line, error.field, error.code, error.reason);
        }
        for (line, value) in batch.left_out {
            self.told.left_out(line, value);
        }
        let (places, facts): (Vec<Place>, Vec<Fact>) = batch.facts.into_iter().unzip();
        let held: Vec<(Holds, Counts)> = facts.iter().map(|fact| (Holds::of(fact), Counts::of(fact))).collect();
        let acceptance = self.store.accept(self.project_id, facts, &self.terms).await?;
        self.creators.extend(acceptance.creators);
        self.removed.extend(acceptance.removed.into_iter().map(|(_, handle)| handle));
        self.told.renamings(acceptance.renamed, acceptance.undecided);
        // What was settled first stays.
        for (handle, creator_id) in acceptance.settled {
            self.terms.settled.entry(handle).or_insert(creator_id);
        }
        let (mut refused_row, mut row_in) = (None, None);
        for ((place, (held, counts)), outcome) in places.into_iter().zip(held).zip(acceptance.outcomes) {
            match outcome {
                FactOutcome::Accepted => {
                    row_in = Some(place.row);
                    self.counts.accepted += 1;
                    self.told.accepted(counts);
                }
                FactOutcome::Duplicate => self.counts.duplicates += 1,
                FactOutcome::Parked => self.counts.parked += 1,
                FactOutcome::Waiting => self.told.waits(),
                FactOutcome::Rejected { field, code, mut reason } => {
                    // The facts of a row are consecutive. A row is reported once, with its first reason.
                    if refused_row.replace(place.row) != Some(place.row) {
                        if row_in == Some(place.row) {
                            reason.push_str(" The rest of the row was imported.");
                        }
                        self.refuse(&mut rejections, place.line, Some(field.to_owned()), code.name(), reason);
                    }
                    continue;
                }
            }
            self.holds.add(held);
        }
        Ok(Step { counts: self.counts, bytes_done: self.bytes_done.load(Ordering::Relaxed), rejections })
    }

    fn refuse(&mut self, into: &mut Vec<Rejection>, line: u64, field: Option<String>, code: &str, reason: String) {
        self.counts.rejected += 1;
        if self.listed < REJECTIONS_LISTED {
            let line = i64::try_from(line).unwrap_or(i64::MAX);
            into.push(Rejection { position: self.listed, line, field, code: code.to_owned(), reason });
            self.listed += 1;
        }
    }

    /// Records a collection of each creator in the file, including those with nothing new, for the scopes that the file
    /// covers: a file of followers says nothing about posts.
    async fn record_looks(&mut self) -> Result<(), RunError> {
        let looks = self.holds.looks(self.collected_at);
        if let (Some(run_id), Some(looked_at)) = (self.terms.run_id, looks.posts) {
            self.store.record_run_collection(self.project_id, run_id, looked_at).await?;
        }
        let creators: Vec<Handle> = std::mem::take(&mut self.creators).into_iter().collect();
        // No creator is created here: a creator who was renamed meanwhile is not a new one.
        let terms = AcceptTerms { create_creators: false, ..self.terms.clone() };
        for (collected_at, scope) in looks.by_scope() {
            for creators in creators.chunks(BATCH) {
                let look = |handle: &Handle| CollectionFact { handle: handle.clone(), collected_at, scope };
                let facts = creators.iter().map(|handle| Fact::Collection(look(handle))).collect();
                self.store.accept(self.project_id, facts, &terms).await?;
            }
        }
        Ok(())
    }
}

/// What a file holds: whether it has posts or followers, and the latest capture instant of each.
#[derive(Debug, Clone, Copy, Default)]
struct Holds {
    posts: bool,
    followers: bool,
    latest: Looks,
}

impl Holds {
    fn of(fact: &Fact) -> Holds {
        let (scope, captured_at) = match fact {
            Fact::Post(_) => (Scope::Posts, None),
            Fact::PostStats(stats) => (Scope::Posts, Some(stats.captured_at)),
            Fact::CreatorStats(stats) => (Scope::Followers, Some(stats.captured_at)),
            Fact::Collection(collection) => (collection.scope, Some(collection.collected_at)),
            Fact::Profile(_) => return Holds::default(),
        };
        let latest = captured_at.map(|at| Looks::at(at, scope)).unwrap_or_default();
        Holds { posts: scope.covers(Scope::Posts), followers: scope.covers(Scope::Followers), latest }
    }

    fn add(&mut self, other: Holds) {
        self.posts |= other.posts;
        self.followers |= other.followers;
        self.latest.add(other.latest);
    }

    /// Returns the collections of the file: at the given instant, or at its latest capture instants.
    fn looks(self, collected_at: Option<Instant>) -> Looks {
        match collected_at {
            Some(at) => Looks { posts: self.posts.then_some(at), followers: self.followers.then_some(at) },
            None => self.latest,
        }
    }
}

/// Reads the file to its end, or until the receiver is dropped.
fn read(source: impl Read, options: &Options, sender: &mpsc::Sender<Message>) {
    let mut rows = match ingest::read(source, options) {
        Ok(rows) => rows,
        Err(error) => {
            let _ = sender.blocking_send(Message::Failed(error));
            return;
        }
    };
    let mut batch = Batch::default();
    let mut counted = 0;
    let ending = loop {
        let row = rows.next();
        let summary = rows.summary();
        batch.without_instant += i64::try_from(summary.counters_without_instant - counted).unwrap_or(0);
        counted = summary.counters_without_instant;
        match row {
            Some(Ok(row)) => {
                batch.rows += 1;
                match row.outcome {
                    Ok(facts) => {
                        batch.left_out.extend(row.left_out.into_iter().map(|value| (row.line, value)));
                        let place = Place { row: batch.rows, line: row.line };
                        batch.facts.extend(facts.into_iter().map(|fact| (place, fact)));
                    }
                    Err(error) => batch.refused.push((row.line, error)),
                }
            }
            Some(Err(error)) => break Message::Failed(error),
            None => {
                let totals = rows.summary().totals;
                break Message::End(Ending { totals, unused: rows.unused() });
            }
        }
        if batch.facts.len() + batch.refused.len() + batch.left_out.len() >= BATCH
            && sender.blocking_send(Message::Batch(std::mem::take(&mut batch))).is_err()
        {
            return;
        }
    };
    let _ = sender.blocking_send(Message::Batch(batch));
    let _ = sender.blocking_send(ending);
}

/// Stops the reading thread when dropped: a compressed file without rows could keep it busy for long.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Counts the bytes read, until it is stopped.
struct Counted<R> {
    source: R,
    bytes: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(std::io::Error::other("nobody wants the rest"));
        }
        let count = self.source.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
