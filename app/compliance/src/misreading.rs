//! Readings that went wrong, and how they are told apart from real gains and losses. docs/rules.md, "Misreadings".
//!
//! The rule is written only here. [`Levels`](crate::ledger::levels::Levels) applies it to readings in order of time.

use crate::fact::Counters;
use crate::instant::Instant;
use crate::named;

/// Why a reading is a misreading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Misreading {
    /// A 0 after a positive reading.
    Zero,
    /// Far below the reading before it, and the next one is back at the old level.
    Dip,
    /// Far above the reading before it, and the next one is back at the old level.
    Spike,
}

named!(Misreading { Zero: "zero", Dip: "dip", Spike: "spike" });

impl Misreading {
    /// Returns why a reading is a misreading, now that the next one is known; `None` if it is not. All three readings
    /// are of one source: `before` is its last one that is not a misreading, and `next` is its next one other than 0.
    pub fn of(before: i64, reading: i64, next: i64) -> Option<Misreading> {
        if is_below(reading, 98, before) && !is_below(next, 99, before) {
            return Some(Misreading::Dip);
        }
        let is_back = !is_below(next, 99, before) && !is_above(next, 101, before);
        (is_above(reading, 102, before) && is_back).then_some(Misreading::Spike)
    }

    /// Returns the counters of a snapshot that are used: all of them if it is not a misreading, none if its views are a
    /// false 0, and all but the views if they are a dip or a spike.
    #[must_use]
    pub fn taken(misreading: Option<Misreading>, counters: Counters) -> Counters {
        match misreading {
            None => counters,
            Some(Misreading::Zero) => Counters::default(),
            Some(Misreading::Dip | Misreading::Spike) => Counters { views: None, ..counters },
        }
    }

    /// Returns a plain sentence that says why the reading does not count.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Misreading::Zero => "It says 0, although the count was positive before.",
            Misreading::Dip => "It fell by more than 2 %, and the next reading was back.",
            Misreading::Spike => "It rose by more than 2 %, and the next reading was back.",
        }
    }
}

/// Returns whether a reading may turn out to be a misreading: it differs by more than 2 % from the one before it of the
/// same source. After a 0 no reading can, because no later one can be back at 0.
pub fn awaits_next(before: i64, reading: i64) -> bool {
    before > 0 && (is_below(reading, 98, before) || is_above(reading, 102, before))
}

fn is_below(value: i64, percent: i128, of: i64) -> bool {
    i128::from(value) * 100 < i128::from(of) * percent
}

fn is_above(value: i64, percent: i128, of: i64) -> bool {
    i128::from(value) * 100 > i128::from(of) * percent
}

/// The source that a reading names. Readings that name none share one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Source(String);

impl Source {
    /// Creates the source of a reading that gives this name, or none.
    pub fn named(name: Option<&str>) -> Source {
        Source(name.unwrap_or_default().to_owned())
    }

    /// Returns the name; empty if the readings name no source.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name, if the readings name a source.
    pub fn name(&self) -> Option<&str> {
        Some(self.as_str()).filter(|name| !name.is_empty())
    }
}

/// What was read, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What was read.
    pub value: T,
    /// The source that it names.
    pub source: Source,
}

/// A misreading, as evidence lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// When it was read.
    pub captured_at: Instant,
    /// The source that it names.
    pub source: Source,
    /// The views or followers that were read.
    pub value: i64,
    /// Why it is one.
    pub why: Misreading,
}
