//! One count according to its readings, source by source: its last value, and which readings were wrong.

use crate::instant::Instant;
use crate::ledger::level::{HistoryNeeded, Level, LevelChange, Step};
use crate::ledger::remembered::Remembered;
use crate::misreading::{Misreading, Source, awaits_next};
use std::collections::{BTreeMap, BTreeSet};

/// The views of a post, or the followers of a creator, after some of their readings.
///
/// A reading counts until the next one of its source shows that it is a misreading. Then its gain is taken back, and the
/// reading after it, which was compared with it, is compared with the one before it instead. The `trail` holds these
/// neighbours, so no earlier reading is needed.
#[derive(Debug, Clone)]
pub struct Levels {
    /// The last reading that counts, of any source.
    known: Option<i64>,
    /// What each source read last.
    sources: BTreeMap<Source, Level>,
    /// Whether sources that are not listed may have read something.
    has_others: bool,
    /// The readings that await the next one of their source and those beside them, in order of time. If there are any,
    /// the last one is the last that counts.
    trail: Vec<Step>,
}

/// The instant of a step of which nothing but the value matters.
const SOMETIME: Instant = Instant::from_millis(i64::MIN);

/// A reading that awaits the next one, between the value before it and the reading after it.
type Surroundings = (Option<i64>, Step, Option<Step>);

impl Levels {
    /// Creates the levels before any reading.
    pub fn unread() -> Levels {
        Levels { known: None, sources: BTreeMap::new(), has_others: false, trail: Vec::new() }
    }

    /// Creates the levels as they were before a range of readings: from the last one that counted and, for each source
    /// whose readings in the range are to be judged, the last one that is not a misreading.
    pub fn before(known: Option<i64>, sources: impl IntoIterator<Item = (Source, i64)>) -> Levels {
        let level = |(source, settled)| (source, Level { settled, awaiting: None, last_at: None });
        Levels { known, sources: sources.into_iter().map(level).collect(), ..Levels::unread() }
    }

    /// Creates the levels as they were remembered, with the last reading that counted.
    pub fn resumed(known: Option<i64>, remembered: &Remembered) -> Levels {
        Levels { known, sources: remembered.levels(), has_others: remembered.has_others(), trail: Vec::new() }
    }

    /// Returns the last reading that counts.
    pub const fn known(&self) -> Option<i64> {
        self.known
    }

    /// Returns what a source read last.
    pub fn level(&self, source: &Source) -> Option<Level> {
        self.sources.get(source).copied()
    }

    /// Takes the next reading and tells what it changes. The very first one books `first`.
    pub fn read(
        &mut self,
        at: Instant,
        source: &Source,
        value: i64,
        first: i64,
        tell: &mut impl FnMut(LevelChange),
    ) -> Result<(), HistoryNeeded> {
        if value == 0 {
            self.read_settled(at, value, first, tell);
            return Ok(());
        }
        if self.has_others && !self.sources.contains_key(source) {
            return Err(HistoryNeeded);
        }
        self.settle(source, value, tell)?;
        let before = self.known;
        self.book(at, value, first, tell);
        let level =
            self.sources.entry(source.clone()).or_insert(Level { settled: value, awaiting: None, last_at: None });
        level.last_at = Some(at);
        let step = Step { at, value };
        if awaits_next(level.settled, value) {
            level.awaiting = Some(step);
            tell(LevelChange::Awaits(at));
            if self.trail.is_empty() {
                self.trail.extend(before.map(|value| Step { at: SOMETIME, value }));
            }
            self.trail.push(step);
        } else {
            level.settled = value;
            self.follow(step);
        }
        Ok(())
    }

    /// Takes the next reading if no later one can change what it is: it is a 0, or known not to be a misreading.
    pub fn read_settled(&mut self, at: Instant, value: i64, first: i64, tell: &mut impl FnMut(LevelChange)) {
        if self.is_misread(value) {
            tell(LevelChange::Misread(at, Misreading::Zero));
        } else {
            self.book(at, value, first, tell);
            self.follow(Step { at, value });
        }
    }

    /// Returns whether the next reading is a 0 after a positive one. The last reading that counts is positive exactly if
    /// any was: a 0 after it does not count, and the first positive one is never a misreading.
    pub fn is_misread(&self, next: i64) -> bool {
        next == 0 && self.known.is_some_and(|known| known > 0)
    }

    /// Decides about the reading of this source that awaits the next one, which is `next`.
    fn settle(&mut self, source: &Source, next: i64, tell: &mut impl FnMut(LevelChange)) -> Result<(), HistoryNeeded> {
        let Some(level) = self.sources.get_mut(source) else { return Ok(()) };
        let Some(Step { at, value }) = level.awaiting else { return Ok(()) };
        let Some(misreading) = Misreading::of(level.settled, value, next) else {
            (level.settled, level.awaiting) = (value, None);
            tell(LevelChange::Settled(at));
            self.tidy();
            return Ok(());
        };
        let place = self.trail.iter().rposition(|step| step.at == at && step.value == value).ok_or(HistoryNeeded)?;
        let before = place.checked_sub(1).map(|before| self.trail[before].value).ok_or(HistoryNeeded)?;
        level.awaiting = None;
        tell(LevelChange::Settled(at));
        tell(LevelChange::Misread(at, misreading));
        tell(LevelChange::Gained(at, before - value));
        match self.trail.get(place + 1) {
            Some(after) => tell(LevelChange::Gained(after.at, value - before)),
            None => self.known = Some(before),
        }
        self.trail.remove(place);
        self.tidy();
        Ok(())
    }

    fn book(&mut self, at: Instant, value: i64, first: i64, tell: &mut impl FnMut(LevelChange)) {
        tell(LevelChange::Gained(at, self.known.map_or(first, |known| value.saturating_sub(known))));
        self.known = Some(value);
    }

    /// Adds a reading that awaits nothing to the trail, if there is one.
    fn follow(&mut self, step: Step) {
        if !self.trail.is_empty() {
            self.trail.push(step);
            self.tidy();
        }
    }

    /// Drops the steps that are neither the last nor beside one that awaits the next reading.
    fn tidy(&mut self) {
        let open: Vec<bool> = self.trail.iter().map(|step| self.is_open(step, |_| true)).collect();
        if !open.contains(&true) {
            self.trail.clear();
            return;
        }
        let is_open = |place: Option<usize>| place.and_then(|place| open.get(place)).is_some_and(|open| *open);
        let mut place = 0_usize;
        self.trail.retain(|_| {
            let beside = is_open(place.checked_sub(1)) || is_open(Some(place)) || is_open(Some(place + 1));
            place += 1;
            beside || place == open.len()
        });
    }

    /// Returns whether the reading of an instant awaits the next one of its source, and that source is not in
    /// `finished`.
    pub fn is_awaiting_next(&self, at: Instant, finished: &BTreeSet<Source>) -> bool {
        let is_at = |level: &Level| level.awaiting.is_some_and(|step| step.at == at);
        self.sources.iter().any(|(source, level)| is_at(level) && !finished.contains(source))
    }

    fn is_open(&self, step: &Step, of: impl Fn(&Source) -> bool) -> bool {
        self.sources.iter().any(|(source, level)| level.awaiting == Some(*step) && of(source))
    }

    /// Returns whether later readings of sources other than those in `finished` change the same in both.
    pub fn agree(&self, other: &Levels, finished: &BTreeSet<Source>) -> bool {
        let open = |levels: &Levels| -> Vec<(Source, i64, Option<Step>)> {
            let going_on = levels.sources.iter().filter(|(source, _)| !finished.contains(*source));
            going_on.map(|(source, level)| (source.clone(), level.settled, level.awaiting)).collect()
        };
        self.known == other.known
            && open(self) == open(other)
            && self.surroundings(finished) == other.surroundings(finished)
    }

    fn surroundings(&self, finished: &BTreeSet<Source>) -> Vec<Surroundings> {
        let open = self.trail.iter().enumerate().filter(|(_, step)| self.is_open(step, |of| !finished.contains(of)));
        let before = |place: usize| place.checked_sub(1).map(|before| self.trail[before].value);
        open.map(|(place, step)| (before(place), *step, self.trail.get(place + 1).copied())).collect()
    }
}
