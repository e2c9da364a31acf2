//! What is remembered of a count between two readings, so that most new ones need no earlier ones.

use crate::instant::Instant;
use crate::ledger::level::{Level, Step};
use crate::misreading::Source;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The last reading of each source for one count: the views of a post, or the followers of a creator. The last reading
/// that counts is stored separately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Whether sources that are not listed may have read something.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    has_others: bool,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<RememberedSource>,
}

/// A source: its name, its last reading that is settled, the instant of its last reading, and that reading if it awaits
/// the next one.
type RememberedSource = (String, i64, Instant, Option<i64>);

/// The most sources that are remembered of one count.
const SOURCES_AT_MOST: usize = 4;

impl Remembered {
    /// Returns what is remembered of a count that was never read.
    pub const fn unread() -> Remembered {
        Remembered { has_others: false, sources: Vec::new() }
    }

    /// Returns an empty memory: earlier readings have to be looked up.
    pub const fn nothing() -> Remembered {
        Remembered { has_others: true, sources: Vec::new() }
    }

    pub(super) const fn has_others(&self) -> bool {
        self.has_others
    }

    pub(super) fn levels(&self) -> BTreeMap<Source, Level> {
        let level = |(name, settled, last_at, awaiting): &RememberedSource| {
            let awaiting = awaiting.map(|value| Step { at: *last_at, value });
            (Source::named(Some(name)), Level { settled: *settled, awaiting, last_at: Some(*last_at) })
        };
        self.sources.iter().map(level).collect()
    }

    /// Returns when a source last read anything but 0, if that is known.
    pub(super) fn last_of(&self, source: &Source) -> LastReading {
        match self.sources.iter().find(|(name, ..)| name == source.as_str()) {
            Some((_, _, last_at, _)) => LastReading::At(*last_at),
            None if self.has_others => LastReading::Unknown,
            None => LastReading::Never,
        }
    }

    /// Returns the same after further readings of these sources.
    #[must_use]
    pub(super) fn updated(
        mut self,
        sources: &BTreeSet<Source>,
        level: impl Fn(&Source) -> Option<Level>,
    ) -> Remembered {
        for source in sources {
            self.sources.retain(|(name, ..)| name != source.as_str());
            if let Some(Level { settled, awaiting, last_at: Some(last_at) }) = level(source) {
                self.sources.push((source.as_str().to_owned(), settled, last_at, awaiting.map(|step| step.value)));
            }
        }
        if self.sources.len() > SOURCES_AT_MOST {
            // Those that came last are the likeliest to come again.
            self.sources.drain(..self.sources.len() - 1);
            self.has_others = true;
        }
        self
    }
}

/// When a source last read anything but 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastReading {
    /// Never.
    Never,
    /// At this instant.
    At(Instant),
    /// Unknown.
    Unknown,
}
