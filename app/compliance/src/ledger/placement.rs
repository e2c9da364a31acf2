//! Places new readings among earlier ones, and computes what they change.

use crate::calendar::LocalDays;
use crate::gains::{DayGains, Gains};
use crate::instant::Instant;
use crate::ledger::level::HistoryNeeded;
use crate::ledger::remembered::{LastReading, Remembered};
use crate::ledger::track::{Effect, Track};
use crate::misreading::{Misreading, Reading, Source};
use std::collections::{BTreeMap, BTreeSet};

/// A reading as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<V> {
    /// When it was read.
    pub at: Instant,
    /// What was read.
    pub reading: Reading<V>,
    /// Why it is a misreading, if it is one.
    pub misreading: Option<Misreading>,
}

/// The sources some of whose readings may become misreadings, or cease to be, because of new ones; each with the
/// instant of the first new one.
///
/// A reading is judged only by others of its source, except that a 0 is a misreading after any positive reading. So the
/// stored readings of all other sources keep their marks.
pub type Involved = BTreeMap<Source, Instant>;

/// Returns the sources that new readings involve. `replaced` are the stored readings that have their instants.
pub fn involved<'r, T: Track>(
    fresh: impl IntoIterator<Item = (&'r Instant, &'r Reading<T::Value>)>,
    replaced: impl IntoIterator<Item = (&'r Instant, &'r Reading<T::Value>)>,
) -> Involved
where
    T::Value: 'r,
{
    let mut involved = Involved::new();
    for (at, reading) in fresh.into_iter().chain(replaced) {
        if T::count(&reading.value).is_some_and(|count| count > 0) {
            let first = involved.entry(reading.source.clone()).or_insert(*at);
            *first = (*first).min(*at);
        }
    }
    involved
}

/// What new readings change.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// What they add to the day buckets.
    pub change: DayGains,
    /// Whether each of them is a misreading, and the same for earlier ones that have become one or no longer are.
    pub marks: BTreeMap<Instant, Option<Misreading>>,
    /// The track with them, as far as it was followed.
    pub track: T,
    /// How far it was followed.
    pub reached: Reached,
    /// What is remembered from now on.
    pub remembered: Remembered,
}

/// How far a track was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// To the end of the readings.
    End,
    /// To the point from which nothing changes: the state at the end is the same as before.
    Agreement,
}

/// Takes readings that are later than all others.
pub fn append<T: Track>(
    mut track: T,
    remembered: Remembered,
    fresh: &BTreeMap<Instant, Reading<T::Value>>,
    days: &impl LocalDays,
) -> Result<Placed<T>, HistoryNeeded> {
    let mut change = DayGains::default();
    let mut marks: BTreeMap<_, _> = fresh.keys().map(|at| (*at, None)).collect();
    for (at, reading) in fresh {
        track.read(*at, reading, &mut |effect| match effect {
            Effect::Booked(at, gains) => change.add_at(at, gains, days),
            Effect::Misread(at, misreading) => {
                marks.insert(at, Some(misreading));
            }
        })?;
    }
    let sources = involved::<T>(fresh, []).into_keys().collect();
    let remembered = remembered.updated(&sources, |source| track.levels().level(source));
    Ok(Placed { change, marks, track, reached: Reached::End, remembered })
}

/// How far a placement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It needs more of the stored readings.
    Unfinished,
    /// Nothing changes any more.
    Done,
}

/// Places new readings among stored ones, which it is given page by page.
///
/// It follows two tracks from before the first reading that may change: one takes the stored readings, one takes the new
/// ones with them. It is done when there are no more new ones and both tracks agree, or at the end of the readings.
#[derive(Debug, Clone)]
pub struct Placement<T: Track> {
    without: Side<T>,
    with: Side<T>,
    change: DayGains,
    fresh: BTreeMap<Instant, Reading<T::Value>>,
    /// The new readings that are placed, with the mark of the stored ones that they replace.
    placed: BTreeMap<Instant, Option<Misreading>>,
    involved: BTreeSet<Source>,
    remembered: Remembered,
    /// The sources whose last reading has been passed; at the end of the readings, all that are involved.
    finished: BTreeSet<Source>,
    reached: Reached,
}

#[derive(Debug, Clone)]
struct Side<T> {
    track: T,
    misread: BTreeMap<Instant, Misreading>,
}

impl<T: Track> Placement<T> {
    /// Creates a placement. `before` is the track just before the first stored reading that it will be given. That
    /// reading must be no later than, for each source involved, the last one other than 0 before its first new one.
    pub fn new(
        before: T,
        fresh: BTreeMap<Instant, Reading<T::Value>>,
        involved: &Involved,
        remembered: Remembered,
    ) -> Placement<T> {
        let side = Side { track: before, misread: BTreeMap::new() };
        Placement {
            without: side.clone(),
            with: side,
            change: DayGains::default(),
            fresh,
            placed: BTreeMap::new(),
            involved: involved.keys().cloned().collect(),
            remembered,
            finished: BTreeSet::new(),
            reached: Reached::Agreement,
        }
    }

    /// Takes the next stored readings, in order of time; `are_last` says that no more follow.
    pub fn go_on(
        &mut self,
        stored: &[Stored<T::Value>],
        are_last: bool,
        days: &impl LocalDays,
    ) -> Result<Progress, HistoryNeeded> {
        for row in stored {
            while let Some(fresh) = self.fresh.first_entry().filter(|fresh| *fresh.key() < row.at) {
                let (at, reading) = fresh.remove_entry();
                self.step(at, None, Some(&reading), days)?;
            }
            let fresh = self.fresh.remove(&row.at);
            self.step(row.at, Some(row), fresh.as_ref(), days)?;
            if self.fresh.is_empty() && !self.placed.is_empty() && self.is_settled(row.at) {
                return Ok(Progress::Done);
            }
        }
        if !are_last {
            return Ok(Progress::Unfinished);
        }
        while let Some((at, reading)) = self.fresh.pop_first() {
            self.step(at, None, Some(&reading), days)?;
        }
        self.finished.clone_from(&self.involved);
        self.reached = Reached::End;
        Ok(Progress::Done)
    }

    /// Advances both tracks over one instant.
    fn step(
        &mut self,
        at: Instant,
        stored: Option<&Stored<T::Value>>,
        fresh: Option<&Reading<T::Value>>,
        days: &impl LocalDays,
    ) -> Result<(), HistoryNeeded> {
        if fresh.is_some() {
            self.placed.insert(at, stored.and_then(|row| row.misreading));
        }
        let (involved, change) = (&self.involved, &mut self.change);
        if let Some(row) = stored {
            self.without.take(row, involved, &mut |at, gains| change.add_at(at, -gains, days))?;
        }
        match (fresh, stored) {
            (Some(reading), _) => self.with.read(at, reading, &mut |at, gains| change.add_at(at, gains, days)),
            (None, Some(row)) => self.with.take(row, involved, &mut |at, gains| change.add_at(at, gains, days)),
            (None, None) => Ok(()),
        }
    }

    fn is_settled(&mut self, at: Instant) -> bool {
        let is_passed = |source: &&Source| match self.remembered.last_of(source) {
            LastReading::Never => true,
            LastReading::At(last) => last <= at,
            LastReading::Unknown => false,
        };
        self.finished = self.involved.iter().filter(is_passed).cloned().collect();
        self.without.track.agrees(&self.with.track, &self.finished)
    }

    /// Returns what the readings change, once it is [`Progress::Done`].
    pub fn finish(self) -> Placed<T> {
        let Placement { without, with, change, placed, remembered, finished, reached, .. } = self;
        let mut marks = BTreeMap::new();
        for at in without.misread.keys().chain(with.misread.keys()) {
            let (before, after) = (without.misread.get(at), with.misread.get(at));
            if before != after {
                marks.insert(*at, after.copied());
            }
        }
        for (at, replaced) in placed {
            // What is not decided yet will be decided alike on both sides, and is already stored.
            let is_open = with.track.levels().is_awaiting_next(at, &finished);
            marks.insert(at, if is_open { replaced } else { with.misread.get(&at).copied() });
        }
        let remembered = remembered.updated(&finished, |source| with.track.levels().level(source));
        Placed { change, marks, track: with.track, reached, remembered }
    }
}

impl<T: Track> Side<T> {
    fn read(
        &mut self,
        at: Instant,
        reading: &Reading<T::Value>,
        book: &mut impl FnMut(Instant, Gains),
    ) -> Result<(), HistoryNeeded> {
        let misread = &mut self.misread;
        self.track.read(at, reading, &mut |effect| told(effect, misread, book))
    }

    /// Takes a stored reading. One of a source that is not involved keeps its mark.
    fn take(
        &mut self,
        row: &Stored<T::Value>,
        involved: &BTreeSet<Source>,
        book: &mut impl FnMut(Instant, Gains),
    ) -> Result<(), HistoryNeeded> {
        if involved.contains(&row.reading.source) {
            return self.read(row.at, &row.reading, book);
        }
        let misread = &mut self.misread;
        let mut tell = |effect| told(effect, misread, book);
        self.track.read_settled(row.at, &row.reading.value, row.misreading, &mut tell);
        Ok(())
    }
}

fn told(effect: Effect, misread: &mut BTreeMap<Instant, Misreading>, book: &mut impl FnMut(Instant, Gains)) {
    match effect {
        Effect::Booked(at, gains) => book(at, gains),
        Effect::Misread(at, misreading) => {
            misread.insert(at, misreading);
        }
    }
}
