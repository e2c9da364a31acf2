//! The queue of facts before the store: requests that arrive at the same time share one commit.
//!
//! A commit waits for the disk. Meanwhile the next requests gather in the queue; then all of them are stored with one
//! commit. So many small requests are as durable as one large one, and far cheaper than one commit each.

use crate::metrics::{Metrics, Ongoing};
use crate::pool::{Full, Holder, Place, Pool, What};
use compliance::fact::{Fact, Handle};
use program::caller::Caller;
use program::error::AppError;
use program::facts::record::{AcceptTerms, Acceptance, FactOutcome};
use program::ids::{ApiKeyId, CreatorId, ProjectId};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::time::timeout;

/// The most facts that may wait in memory, of all projects together.
pub const WAITING_AT_MOST: u32 = 200_000;
/// The number of facts after which a commit takes no more.
const GROUP: usize = 20_000;
/// The most bodies that are read while they arrive. Each takes a thread and a few thousand facts.
pub const READERS: usize = 96;
/// Of these, for each key.
pub const READERS_OF_KEY: usize = 64;
/// The most bodies kept whole in memory for their `Idempotency-Key`, up to 64 MiB each.
pub const HELD: usize = 4;
/// Of these, for each key.
pub const HELD_OF_KEY: usize = 3;
/// How long a request waits for a place before it is refused and told to retry.
const PATIENCE: Duration = Duration::from_secs(5);

const READ: What = What { name: "readers", plural: "long lists of facts", state: "being read", retry_after: 1 };
const HOLD: What =
    What { name: "held", plural: "long lists of facts with an Idempotency-Key", state: "being read", retry_after: 1 };

/// The queues of facts, one per project.
#[derive(Clone)]
pub struct Intake {
    caller: Caller,
    lines: Arc<Mutex<HashMap<ProjectId, mpsc::UnboundedSender<Waiting>>>>,
    room: Arc<Semaphore>,
    readers: Pool,
    held: Pool,
    metrics: Metrics,
}

/// Facts that wait for their commit, and the request that waits for the result.
struct Waiting {
    facts: Vec<Fact>,
    /// The indexes of facts that name their creator by id, and the ids.
    creator_ids: Vec<(usize, CreatorId)>,
    answer: oneshot::Sender<Result<TakenIn, AppError>>,
    _room: OwnedSemaphorePermit,
    _counted: Ongoing,
}

/// The result for the facts of a request.
#[derive(Debug, Clone, Default)]
pub struct TakenIn {
    /// The outcome of each, in order.
    pub outcomes: Vec<FactOutcome>,
    /// The creators in the facts who were removed from the program.
    pub removed: BTreeSet<Handle>,
}

/// Why facts were not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// Too many facts were waiting to be stored.
    Crowded,
    /// They could not be stored.
    Failed(AppError),
}

impl From<AppError> for NotTaken {
    fn from(error: AppError) -> NotTaken {
        NotTaken::Failed(error)
    }
}

impl Intake {
    /// Creates an empty queue.
    pub fn new(caller: Caller, metrics: Metrics) -> Intake {
        let room = Arc::new(Semaphore::new(WAITING_AT_MOST as usize));
        let (readers, held) = (Pool::new(READ, READERS), Pool::new(HOLD, HELD));
        Intake { caller, lines: Arc::default(), room, readers, held, metrics }
    }

    /// Takes a place for reading a body while it arrives; an error tells the client to retry.
    pub async fn reader(&self, api_key_id: ApiKeyId) -> Result<Place, Full> {
        self.readers.wait(&[(Holder::Key(api_key_id), READERS_OF_KEY)], PATIENCE).await
    }

    /// Takes a place for keeping a whole body in memory.
    pub async fn holder(&self, api_key_id: ApiKeyId) -> Result<Place, Full> {
        self.held.wait(&[(Holder::Key(api_key_id), HELD_OF_KEY)], PATIENCE).await
    }

    /// Stores facts, some of which may name their creator by id, and returns the outcomes once they are durable.
    pub async fn take_in(
        &self,
        project_id: ProjectId,
        facts: Vec<Fact>,
        creator_ids: Vec<(usize, CreatorId)>,
    ) -> Result<TakenIn, NotTaken> {
        if facts.is_empty() {
            return Ok(TakenIn::default());
        }
        let size = u32::try_from(facts.len()).unwrap_or(WAITING_AT_MOST).min(WAITING_AT_MOST);
        let room = timeout(PATIENCE, Arc::clone(&self.room).acquire_many_owned(size)).await;
        let room = room.map_err(|_| NotTaken::Crowded)?.map_err(|_| AppError::Unavailable)?;
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

    /// Counts rows that are not facts.
    pub fn refused(&self, count: usize) {
        self.metrics.became("rejected", count);
    }

    /// Returns the queue of a project; the first request creates it.
    fn line(&self, project_id: ProjectId) -> mpsc::UnboundedSender<Waiting> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(project_id).or_insert_with(|| {
            let (sender, receiver) = mpsc::unbounded_channel();
            tokio::spawn(commit_groups(self.caller.clone(), self.metrics.clone(), project_id, receiver));
            sender
        });
        line.clone()
    }
}

async fn commit_groups(
    caller: Caller,
    metrics: Metrics,
    project_id: ProjectId,
    mut line: mpsc::UnboundedReceiver<Waiting>,
) {
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
        let terms = AcceptTerms { creator_ids, ..AcceptTerms::of(source, now) };
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
            // The client may have disconnected; the facts are stored nevertheless.
            let _ = waiting.answer.send(outcome);
        }
    }
}
