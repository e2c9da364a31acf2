//! Facts on their way into the store: requests that come at the same time share one commit.
//!
//! A commit waits for the disk. While it does, the next requests gather; then all of them go in with one commit. So
//! many small requests are as durable as one large one, and far cheaper than one commit each.

use super::error::ApiError;
use crate::metrics::{Metrics, Ongoing};
use crate::pool::{Holder, Place, Pool, What};
use compliance::fact::{Fact, Handle};
use program::caller::Caller;
use program::error::AppError;
use program::facts::record::{AcceptTerms, Acceptance, FactOutcome};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::time::timeout;
use uuid::Uuid;

/// Facts that may wait in memory, of all projects together.
pub const WAITING_AT_MOST: u32 = 200_000;
/// Facts after which a group is full.
const GROUP: usize = 20_000;
/// Bodies that are read while they come, at a time. Each keeps a thread and a few thousand facts.
pub const READERS: usize = 96;
/// Of these, for each key.
pub const READERS_OF_KEY: usize = 64;
/// Bodies held whole, at a time, for their `Idempotency-Key`: up to 64 MiB each.
pub const HELD: usize = 4;
/// Of these, for each key.
pub const HELD_OF_KEY: usize = 3;
/// How long a request waits for room before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(5);

const READ: What = What { name: "readers", plural: "long lists of facts", state: "being read", retry_after: 1 };
const HOLD: What =
    What { name: "held", plural: "long lists of facts with an Idempotency-Key", state: "being read", retry_after: 1 };

/// The way into the store.
#[derive(Clone)]
pub struct Intake {
    caller: Caller,
    lines: Arc<Mutex<HashMap<Uuid, mpsc::UnboundedSender<Waiting>>>>,
    room: Arc<Semaphore>,
    readers: Pool,
    held: Pool,
    metrics: Metrics,
}

/// Facts that wait for their commit, and who waits for them.
struct Waiting {
    facts: Vec<Fact>,
    /// The places of those that name their creator by id, and the ids.
    creator_ids: Vec<(usize, Uuid)>,
    answer: oneshot::Sender<Result<TakenIn, AppError>>,
    _room: OwnedSemaphorePermit,
    _counted: Ongoing,
}

/// What became of the facts of a request.
#[derive(Debug, Clone, Default)]
pub struct TakenIn {
    /// The outcome of each, in order.
    pub outcomes: Vec<FactOutcome>,
    /// The creators among those spoken of who were removed from the program.
    pub removed: BTreeSet<Handle>,
}

impl Intake {
    /// Nothing waits yet.
    pub fn new(caller: Caller, metrics: Metrics) -> Intake {
        let room = Arc::new(Semaphore::new(WAITING_AT_MOST as usize));
        let (readers, held) = (Pool::new(READ, READERS), Pool::new(HOLD, HELD));
        Intake { caller, lines: Arc::default(), room, readers, held, metrics }
    }

    /// A place to read a body from that is still coming; or the request is told to come again.
    pub async fn reader(&self, api_key_id: Uuid) -> Result<Place, ApiError> {
        Ok(self.readers.wait(&[(Holder::Key(api_key_id), READERS_OF_KEY)], PATIENCE).await?)
    }

    /// A place to hold a whole body in.
    pub async fn holder(&self, api_key_id: Uuid) -> Result<Place, ApiError> {
        Ok(self.held.wait(&[(Holder::Key(api_key_id), HELD_OF_KEY)], PATIENCE).await?)
    }

    /// Takes facts in, some of which name their creator by id; what became of them, once they are durable.
    pub async fn take_in(
        &self,
        project_id: Uuid,
        facts: Vec<Fact>,
        creator_ids: Vec<(usize, Uuid)>,
    ) -> Result<TakenIn, ApiError> {
        if facts.is_empty() {
            return Ok(TakenIn::default());
        }
        let size = u32::try_from(facts.len()).unwrap_or(WAITING_AT_MOST).min(WAITING_AT_MOST);
        let room = timeout(PATIENCE, Arc::clone(&self.room).acquire_many_owned(size)).await;
        let room = room.map_err(|_| ApiError::crowded())?.map_err(|_| AppError::Unavailable)?;
        let (answer, outcome) = oneshot::channel();
        let counted = self.metrics.facts_wait(facts.len());
        let waiting = Waiting { facts, creator_ids, answer, _room: room, _counted: counted };
        self.line(project_id).send(waiting).map_err(|_| AppError::Unavailable)?;
        let taken = outcome.await.map_err(|_| AppError::Unavailable)??;
        for name in FactOutcome::NAMES {
            self.metrics.became(name, taken.outcomes.iter().filter(|outcome| outcome.name() == name).count());
        }
        Ok(taken)
    }

    /// Notes rows that are no facts at all.
    pub fn refused(&self, count: usize) {
        self.metrics.became("rejected", count);
    }

    /// The line of a project; the first request makes it.
    fn line(&self, project_id: Uuid) -> mpsc::UnboundedSender<Waiting> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(project_id).or_insert_with(|| {
            let (sender, receiver) = mpsc::unbounded_channel();
            tokio::spawn(commit_groups(self.caller.clone(), self.metrics.clone(), project_id, receiver));
            sender
        });
        line.clone()
    }
}

async fn commit_groups(caller: Caller, metrics: Metrics, project_id: Uuid, mut line: mpsc::UnboundedReceiver<Waiting>) {
    while let Some(first) = line.recv().await {
        let mut size = first.facts.len();
        let mut group = vec![first];
        while size < GROUP
            && let Ok(next) = line.try_recv()
        {
            size += next.facts.len();
            group.push(next);
        }
        let sizes: Vec<usize> = group.iter().map(|waiting| waiting.facts.len()).collect();
        let (mut facts, mut creator_ids) = (Vec::with_capacity(size), Vec::new());
        for waiting in &mut group {
            let before = facts.len();
            creator_ids.extend(waiting.creator_ids.drain(..).map(|(place, id)| (before + place, id)));
            facts.append(&mut waiting.facts);
        }
        let (now, source) = (caller.now(), "api".to_owned());
        let terms = AcceptTerms { now, source, create_creators: false, run_id: None, creator_ids };
        let begun = Instant::now();
        let accepted = caller.store.accept(project_id, facts, &terms).await.map_err(AppError::from);
        metrics.committed(size, begun.elapsed());
        let mut accepted = accepted.map(|Acceptance { outcomes, removed, .. }| {
            let places = outcomes.into_iter().enumerate();
            (places, removed.into_iter().peekable())
        });
        for (waiting, size) in group.into_iter().zip(sizes) {
            let outcome = match &mut accepted {
                Ok((places, removed)) => {
                    let (mut taken, mut end) = (TakenIn::default(), 0);
                    for (place, outcome) in places.by_ref().take(size) {
                        taken.outcomes.push(outcome);
                        end = place + 1;
                    }
                    while let Some((_, handle)) = removed.next_if(|(place, _)| *place < end) {
                        taken.removed.insert(handle);
                    }
                    Ok(taken)
                }
                Err(error) => Err(error.clone()),
            };
            // Whoever asked may have gone; the facts are in all the same.
            let _ = waiting.answer.send(outcome);
        }
    }
}
