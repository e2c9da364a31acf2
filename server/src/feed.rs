//! The feed of a project: sends listeners what changes in its verdicts.
//!
//! One task per project judges its goals whenever the project's version grows, and once a second because time passes.
//! It records the turn in which each creator last changed. A listener keeps only the turn it has seen and the creators
//! that it still has to send, and reads their standing when it sends them. So a slow listener misses intermediate
//! states but never the last one, and needs little memory.

use crate::metrics::{Metrics, Ongoing};
use crate::pool::Place;
use compliance::Instant;
use compliance::fact::MAX_AHEAD_MS;
use compliance::instant::{DAY_MS, SECOND_MS};
use program::caller::Caller;
use program::error::AppError;
use program::ids::{CreatorId, ProjectId};
use program::judged::Judged;
use program::standings::standing::Standing;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How often the project's version is read.
const POLL: Duration = Duration::from_millis(150);
/// How often goals are judged although the data has not changed.
const TIME_PASSES_MS: i64 = SECOND_MS;
/// How often a stream of events that has nothing to send shows that it is alive.
pub const HEARTBEAT: Duration = Duration::from_secs(15);
/// The age up to which a listener may resume, in milliseconds.
const RESUMABLE_MS: i64 = DAY_MS;
/// How long a listener waits for the project to be judged for the first time.
const PATIENCE: Duration = Duration::from_secs(5);

/// The point up to which a listener has been sent everything: the version of the data and the instant it was judged at.
/// It is valid on every server of the same database, and across restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The project's version.
    pub version: i64,
    /// The instant at which it was judged.
    pub as_of: Instant,
}

impl Position {
    /// Returns the position of a judged project.
    pub fn of(judged: &Judged) -> Position {
        Position { version: judged.program.project.version, as_of: judged.as_of }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.version, self.as_of.millis())
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Position, ()> {
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0).ok_or(());
        let (version, as_of) = text.split_once('-').ok_or(())?;
        Ok(Position { version: number(version)?, as_of: Instant::from_millis(number(as_of)?) })
    }
}

/// A change that a listener is sent.
#[derive(Debug, Clone)]
pub enum Change {
    /// The current standing of a creator; it replaces everything sent of them before.
    Standing(Arc<Standing>),
    /// The creator is no longer in the program.
    Removed(CreatorId),
    /// What changed since the requested position is not known: the client has to read everything again.
    Reset,
    /// Nothing changed; the position is where to resume later.
    Ready,
}

/// The verdicts of a project at one position.
struct Moment {
    position: Position,
    turn: u64,
    /// Every creator who is in the program, or was since the feed began.
    creators: BTreeMap<CreatorId, CreatorState>,
}

#[derive(Clone)]
struct CreatorState {
    /// `None` if the creator is no longer in the program.
    standing: Option<Arc<Standing>>,
    /// The turn in which the standing last changed.
    turn: u64,
}

impl Moment {
    /// Returns the state that follows `before`, or the first state.
    fn after(before: Option<&Moment>, judged: &Judged) -> Moment {
        let turn = before.map_or(0, |before| before.turn + 1);
        let standings = judged.standings().into_iter().map(|standing| (standing.creator_id(), Arc::new(standing)));
        let mut standings: HashMap<CreatorId, Arc<Standing>> = standings.collect();
        let mut creators = BTreeMap::new();
        for (creator_id, told) in before.into_iter().flat_map(|before| &before.creators) {
            let standing = standings.remove(creator_id);
            let same = match (&told.standing, &standing) {
                (Some(told), Some(standing)) => says_the_same(told, standing),
                (told, standing) => told.is_none() && standing.is_none(),
            };
            creators.insert(*creator_id, CreatorState { standing, turn: if same { told.turn } else { turn } });
        }
        creators
            .extend(standings.into_iter().map(|(id, standing)| (id, CreatorState { standing: Some(standing), turn })));
        Moment { position: Position::of(judged), turn, creators }
    }

    fn standing(&self, creator_id: CreatorId) -> Option<&Arc<Standing>> {
        self.creators.get(&creator_id)?.standing.as_ref()
    }
}

/// Returns whether a listener who was sent the one need not be sent the other.
fn says_the_same(left: &Standing, right: &Standing) -> bool {
    let same_people = || {
        let (left, right) = (&left.program.creator, &right.program.creator);
        (&left.handle, &left.display_name, &left.avatar_url) == (&right.handle, &right.display_name, &right.avatar_url)
    };
    let same_verdicts = || {
        let pairs = left.evaluations.iter().zip(&right.evaluations);
        left.evaluations.len() == right.evaluations.len()
            && pairs
                .into_iter()
                .all(|((left_id, left), (right_id, right))| left_id == right_id && left.says_the_same(right))
    };
    let same_program = Arc::ptr_eq(&left.program, &right.program);
    (same_program || (left.program.goals == right.program.goals && same_people())) && same_verdicts()
}

/// The channel to the listeners of a project; empty until the project was judged for the first time.
type Moments = watch::Sender<Option<Arc<Moment>>>;

/// The feeds of all projects that have listeners.
#[derive(Clone)]
pub struct Feeds {
    caller: Caller,
    live: Arc<Mutex<HashMap<ProjectId, Arc<Moments>>>>,
    metrics: Metrics,
    stopping: CancellationToken,
}

impl Feeds {
    /// Creates a set of feeds without listeners. Every feed ends when `stopping` is cancelled.
    pub fn new(caller: Caller, metrics: Metrics, stopping: CancellationToken) -> Feeds {
        Feeds { caller, live: Arc::default(), metrics, stopping }
    }

    /// Begins to listen to a project; the listener keeps `place`. A listener that knows everything up to `since` is
    /// first sent what changed after it.
    pub async fn listen(
        &self,
        project_id: ProjectId,
        since: Option<Position>,
        place: Place,
    ) -> Result<Listener, AppError> {
        let mut moments = self.moments(project_id);
        let known = timeout(PATIENCE, moments.wait_for(Option::is_some)).await.map_err(|_| AppError::Unavailable)?;
        let now = known.map_err(|_| AppError::Unavailable)?.clone().ok_or(AppError::Unavailable)?;
        let mut due = VecDeque::new();
        match since {
            None => due.push_back(Due::Ready),
            Some(since) => match self.missed(project_id, since, &now).await? {
                Some(creators) if creators.is_empty() => due.push_back(Due::Ready),
                Some(creators) => due.extend(creators.into_iter().map(Due::Creator)),
                None => due.push_back(Due::Reset),
            },
        }
        let counted = self.metrics.listener_begins();
        Ok(Listener { moments, seen: now.turn, position: now.position, due, _place: place, _counted: counted })
    }

    /// Subscribes to the moments of a project; the first listener starts its feed.
    fn moments(&self, project_id: ProjectId) -> watch::Receiver<Option<Arc<Moment>>> {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = live.entry(project_id).or_insert_with(|| {
            let sender = Arc::new(watch::Sender::new(None));
            tokio::spawn(self.clone().follow(project_id, Arc::clone(&sender)));
            sender
        });
        sender.subscribe()
    }

    /// Judges the project repeatedly, until it has no listeners.
    async fn follow(self, project_id: ProjectId, moments: Arc<Moments>) {
        let _ = self.stopping.run_until_cancelled(self.judge(project_id, &moments)).await;
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.retain(|_, sender| !Arc::ptr_eq(sender, &moments));
    }

    async fn judge(&self, project_id: ProjectId, moments: &Arc<Moments>) {
        let mut failing = false;
        while !self.end_unheard(project_id, moments) {
            let before = moments.borrow().clone();
            match self.next(project_id, before.as_deref()).await {
                Ok(next) => {
                    failing = false;
                    if let Some(next) = next {
                        moments.send_replace(Some(Arc::new(next)));
                    }
                }
                Err(AppError::NotFound) => return,
                Err(cause) => {
                    if !failing {
                        tracing::warn!(%project_id, %cause, "a project cannot be followed; retrying");
                    }
                    failing = true;
                }
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Ends the feed if it has no listeners. It holds the lock meanwhile, so that no listener is added.
    fn end_unheard(&self, project_id: ProjectId, moments: &Arc<Moments>) -> bool {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let unheard = moments.receiver_count() == 0;
        if unheard {
            live.remove(&project_id);
        }
        unheard
    }

    /// Returns the state after `before`, if the data changed or enough time passed.
    async fn next(&self, project_id: ProjectId, before: Option<&Moment>) -> Result<Option<Moment>, AppError> {
        if let Some(Moment { position, .. }) = before {
            let project = self.caller.store.project(project_id).await?.ok_or(AppError::NotFound)?;
            let elapsed = self.caller.now().millis_since(position.as_of);
            if project.version == position.version && elapsed < TIME_PASSES_MS {
                return Ok(None);
            }
        }
        Ok(Some(Moment::after(before, &Judged::now(&self.caller, project_id).await?)))
    }

    /// Returns the creators who changed between a position and now; `None` if that is no longer known.
    async fn missed(
        &self,
        project_id: ProjectId,
        since: Position,
        now: &Moment,
    ) -> Result<Option<BTreeSet<CreatorId>>, AppError> {
        let age = now.position.as_of.millis_since(since.as_of);
        if since.version > now.position.version || !(-MAX_AHEAD_MS..RESUMABLE_MS).contains(&age) {
            return Ok(None);
        }
        let changed = self.caller.store.creators_changed_since(project_id, since.version).await?;
        let mut creators: BTreeSet<CreatorId> = changed.into_iter().map(|creator| creator.creator_id).collect();
        // The data of the other creators is the same; they can only have changed because time passed.
        let as_of = since.as_of.min(now.position.as_of);
        for then in Judged::at(&self.caller, project_id, as_of).await?.standings() {
            if now.standing(then.creator_id()).is_none_or(|standing| !says_the_same(&then, standing)) {
                creators.insert(then.creator_id());
            }
        }
        Ok(Some(creators))
    }
}

/// What a listener still has to be sent.
enum Due {
    Creator(CreatorId),
    Reset,
    Ready,
}

/// A subscription to the changes of a project.
pub struct Listener {
    moments: watch::Receiver<Option<Arc<Moment>>>,
    /// The turn up to which `due` is complete; `position` belongs to it.
    seen: u64,
    position: Position,
    due: VecDeque<Due>,
    _place: Place,
    _counted: Ongoing,
}

impl Listener {
    /// Waits for the next change. Returns it with the position up to which everything has then been sent, if that
    /// advances; `None` when the feed ends. Cancel safe: no change is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<(Change, Option<Position>)> {
        while self.due.is_empty() {
            let now = self.moments.wait_for(|now| now.as_ref().is_some_and(|now| now.turn > self.seen)).await.ok()?;
            let now = now.as_ref()?;
            let changed = now.creators.iter().filter(|(_, told)| told.turn > self.seen);
            self.due.extend(changed.map(|(creator_id, _)| Due::Creator(*creator_id)));
            (self.seen, self.position) = (now.turn, now.position);
        }
        let change = match self.due.pop_front()? {
            Due::Ready => Change::Ready,
            Due::Reset => Change::Reset,
            Due::Creator(creator_id) => {
                let now = self.moments.borrow().clone();
                let standing = now.and_then(|now| now.standing(creator_id).cloned());
                standing.map_or(Change::Removed(creator_id), Change::Standing)
            }
        };
        Some((change, self.due.is_empty().then_some(self.position)))
    }
}
