//! One row of a file, and the counts at the end.

use crate::row_error::{LeftOut, RowError};
use compliance::fact::{Fact, Handle};
use compliance::instant::Instant;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most handles that a [`Summary`] lists.
pub const MAX_HANDLES: usize = 200_000;

/// One row of a table or one item of a JSON file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of the row, counted from 1 without headers and blank lines: the `row` of an API answer.
    pub item: u64,
    /// The line of the file in which it begins, counted from 1.
    pub line: u64,
    /// Its facts, or why it was rejected. There may be several facts: a profile, a post and its counters. There are
    /// none if the row contains only counters without a capture instant.
    pub outcome: Result<Vec<Fact>, RowError>,
    /// The creator, if a fact names it by id. The handle in the fact is then a placeholder.
    pub creator_id: Option<Uuid>,
    /// The values that were left out, if it was not rejected.
    pub left_out: Vec<LeftOut>,
}

/// The counts of the rows returned so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows, good and bad.
    pub rows: u64,
    /// Facts made of them.
    pub facts: u64,
    /// Posts among the facts.
    pub posts: u64,
    /// Rows that were rejected.
    pub rejected: u64,
    /// Counters ignored because the file does not say when they were read.
    pub counters_without_instant: u64,
    /// Rows of sums at the end of a table.
    pub totals: u64,
    /// The latest capture instant: the file's last collection.
    pub latest_capture: Option<Instant>,
    /// The creators in the file, at most [`MAX_HANDLES`].
    pub handles: BTreeSet<Handle>,
}

impl Summary {
    pub(crate) fn add(&mut self, outcome: Result<&[Fact], &RowError>) {
        self.rows += 1;
        let Ok(facts) = outcome else {
            self.rejected += 1;
            return;
        };
        self.facts += facts.len() as u64;
        for fact in facts {
            let (handle, captured_at) = match fact {
                Fact::Profile(profile) => (Some(&profile.handle), None),
                Fact::Post(post) => {
                    self.posts += 1;
                    (post.handle.as_ref(), None)
                }
                Fact::PostStats(stats) => (stats.handle.as_ref(), Some(stats.captured_at)),
                Fact::CreatorStats(stats) => (Some(&stats.handle), Some(stats.captured_at)),
                Fact::Collection(collection) => (Some(&collection.handle), Some(collection.collected_at)),
            };
            self.latest_capture = self.latest_capture.max(captured_at);
            if let Some(handle) = handle
                && self.handles.len() < MAX_HANDLES
                && !self.handles.contains(handle)
            {
                self.handles.insert(handle.clone());
            }
        }
    }
}

/// A row that is about to be returned.
#[derive(Debug)]
pub(crate) struct Draft {
    pub item: u64,
    pub line: u64,
    pub outcome: Result<Harvest, RowError>,
}

/// The facts of a row, and what was ignored of it.
#[derive(Debug, Default)]
pub(crate) struct Harvest {
    pub facts: Vec<Fact>,
    pub counters_without_instant: u64,
    pub left_out: Vec<LeftOut>,
    /// Where the id of its post is from.
    pub id: IdOrigin,
    /// The creator, if the facts name them by id.
    pub creator_id: Option<Uuid>,
}

/// Where the id of a row's post is from.
#[derive(Debug, Default)]
pub(crate) enum IdOrigin {
    /// The address of the post, or the row has no post.
    #[default]
    Address,
    /// A column or field of ids.
    Column,
    /// The same, but it looks like an id that has lost its last digits. The error says so.
    Suspect(RowError),
    /// The same, but this id may come from a data frame that held the exact one in 53 bits. One alone may be exact.
    OfDataFrame(String, RowError),
}
