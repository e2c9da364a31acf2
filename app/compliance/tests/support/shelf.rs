//! The readings of one post or creator, kept as the store keeps them.

use super::{Memory, last_known};
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::fact::Counters;
use compliance::gains::DayGains;
use compliance::ledger::followers::FollowerTrack;
use compliance::ledger::post::{PostTerms, PostTrack};
use compliance::ledger::{
    HistoryNeeded, Involved, Placed, Placement, Progress, Reached, Remembered, Stored, Track, append, involved,
    recompute,
};
use compliance::misreading::{Misreading, Reading, Source};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The readings of a page.
const PAGE: usize = 3;

/// A track that a store can start anywhere.
pub trait Kept: Track {
    /// What is kept beside the readings.
    type Terms;
    /// The last known value.
    type Known: Debug + Clone + PartialEq;
    fn new(terms: &Self::Terms) -> Self;
    fn before(terms: &Self::Terms, known: Self::Known, sources: Vec<(Source, i64)>) -> Self;
    fn resumed(terms: &Self::Terms, known: Self::Known, remembered: &Remembered) -> Self;
    fn known(&self) -> Self::Known;
    /// The last known value, of readings and their marks in a stretch of time.
    fn last_known(shelf: &Shelf<Self>, before: Instant) -> Self::Known;
}

/// Readings, the marks of misreadings, and what is remembered.
pub struct Shelf<T: Track> {
    pub readings: BTreeMap<Instant, Reading<T::Value>>,
    pub marks: BTreeMap<Instant, Misreading>,
    remembered: Remembered,
}

impl<T: Kept> Shelf<T>
where
    T::Value: Debug,
{
    pub fn new() -> Shelf<T> {
        Shelf { readings: BTreeMap::new(), marks: BTreeMap::new(), remembered: Remembered::unread() }
    }

    /// Takes new readings and returns what they change.
    pub fn take(
        &mut self,
        mut fresh: BTreeMap<Instant, Reading<T::Value>>,
        memory: Memory,
        terms: &T::Terms,
        zone: Zone,
    ) -> DayGains {
        if memory == Memory::Lost {
            self.remembered = Remembered::nothing();
        }
        fresh.retain(|at, reading| self.readings.get(at) != Some(reading));
        let Some(first) = fresh.keys().next().copied() else { return DayGains::default() };
        let is_newest = self.readings.keys().next_back().is_none_or(|last| first > *last);
        let known = T::last_known(self, Instant::LATEST);
        let resumed = T::resumed(terms, known, &self.remembered);
        let appended = is_newest.then(|| append(resumed, self.remembered.clone(), &fresh, &zone));
        let placed = match appended {
            Some(Ok(placed)) => placed,
            Some(Err(HistoryNeeded)) | None => self.place(&fresh, terms, zone),
        };
        self.readings.extend(fresh);
        for (at, mark) in placed.marks {
            assert!(self.readings.contains_key(&at), "only readings are marked");
            match mark {
                Some(misreading) => self.marks.insert(at, misreading),
                None => self.marks.remove(&at),
            };
        }
        self.remembered = placed.remembered;
        if placed.reached == Reached::End {
            assert_eq!(placed.track.known(), T::last_known(self, Instant::LATEST), "what is known at the end");
        }
        placed.change
    }

    fn place(&self, fresh: &BTreeMap<Instant, Reading<T::Value>>, terms: &T::Terms, zone: Zone) -> Placed<T> {
        let replaced = self.readings.iter().filter(|(at, _)| fresh.contains_key(at));
        let involved: Involved = involved::<T>(fresh, replaced);
        let count = |source: &Source, (at, reading): (&Instant, &Reading<T::Value>)| {
            T::count(&reading.value).filter(|count| *count > 0 && reading.source == *source).map(|count| (*at, count))
        };
        let previous = |(source, first): (&Source, &Instant)| {
            self.readings.range(..*first).rev().find_map(|row| count(source, row)).map(|(at, _)| at)
        };
        let first = *fresh.keys().next().expect("a new reading");
        let start = involved.iter().filter_map(previous).min().unwrap_or(first).min(first);
        let last = |source: &Source| {
            let mut right = self.readings.range(..start).rev().filter(|(at, _)| !self.marks.contains_key(at));
            let (_, count) = right.find_map(|row| count(source, row))?;
            Some((source.clone(), count))
        };
        let before = T::before(terms, T::last_known(self, start), involved.keys().filter_map(last).collect());
        let mut placement = Placement::new(before, fresh.clone(), &involved, self.remembered.clone());
        let stored = |(at, reading): (&Instant, &Reading<T::Value>)| Stored {
            at: *at,
            reading: reading.clone(),
            misreading: self.marks.get(at).copied(),
        };
        let rows: Vec<_> = self.readings.range(start..).map(stored).collect();
        let mut pages = rows.chunks(PAGE).peekable();
        loop {
            let page = pages.next().unwrap_or_default();
            match placement.go_on(page, pages.peek().is_none(), &zone).expect("nothing is forgotten") {
                Progress::Done => return placement.finish(),
                Progress::Unfinished => {}
            }
        }
    }

    /// Checks the marks.
    pub fn check(&self, terms: &T::Terms, zone: Zone) {
        let (_, marks) = recompute(T::new(terms), &self.readings, &zone).expect("all readings");
        assert_eq!(self.marks, marks, "of {:?}", self.readings);
    }
}

impl Kept for PostTrack {
    type Terms = PostTerms;
    type Known = Counters;

    fn new(terms: &PostTerms) -> Self {
        PostTrack::new(*terms)
    }

    fn before(terms: &PostTerms, known: Counters, sources: Vec<(Source, i64)>) -> Self {
        PostTrack::before(*terms, known, sources)
    }

    fn resumed(terms: &PostTerms, known: Counters, remembered: &Remembered) -> Self {
        PostTrack::resumed(*terms, known, remembered)
    }

    fn known(&self) -> Counters {
        PostTrack::known(self)
    }

    fn last_known(shelf: &Shelf<Self>, before: Instant) -> Counters {
        let taken = |(at, reading): (&Instant, &Reading<Counters>)| {
            (*at, Misreading::taken(shelf.marks.get(at).copied(), reading.value))
        };
        last_known(&shelf.readings.range(..before).map(taken).collect(), Instant::LATEST)
    }
}

impl Kept for FollowerTrack {
    type Terms = ();
    type Known = Option<i64>;

    fn new((): &()) -> Self {
        FollowerTrack::new()
    }

    fn before((): &(), known: Option<i64>, sources: Vec<(Source, i64)>) -> Self {
        FollowerTrack::before(known, sources)
    }

    fn resumed((): &(), known: Option<i64>, remembered: &Remembered) -> Self {
        FollowerTrack::resumed(known, remembered)
    }

    fn known(&self) -> Option<i64> {
        FollowerTrack::known(self)
    }

    fn last_known(shelf: &Shelf<Self>, before: Instant) -> Option<i64> {
        let right = shelf.readings.range(..before).rev().filter(|(at, _)| !shelf.marks.contains_key(at));
        right.map(|(_, reading)| reading.value).find(|followers| *followers > 0)
    }
}
