//! What an import brought and left out, collected while it runs.

use compliance::fact::{Fact, Handle};
use ingest::LeftOut;
use program::facts::record::HandleChange;
use program::imports::record::{
    CREATORS_LISTED, ImportDetails, LeftOutValues, REASONS_LISTED, RENAMINGS_LISTED, Renaming, UNUSED_LISTED,
};
use std::collections::BTreeSet;

/// Collects what an import brought and left out.
#[derive(Debug, Default)]
pub struct Told {
    details: ImportDetails,
}

/// What a fact counts as in the result of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// A post.
    Post,
    /// A reading, of a post or of followers.
    Reading,
    /// Nothing that people count.
    Nothing,
}

impl Counts {
    /// Returns what a fact counts as.
    pub fn of(fact: &Fact) -> Counts {
        match fact {
            Fact::Post(_) => Counts::Post,
            Fact::PostStats(_) | Fact::CreatorStats(_) => Counts::Reading,
            Fact::Profile(_) | Fact::Collection(_) => Counts::Nothing,
        }
    }
}

impl Told {
    /// Adds a fact that was accepted.
    pub fn accepted(&mut self, counts: Counts) {
        match counts {
            Counts::Post => self.details.posts += 1,
            Counts::Reading => self.details.readings += 1,
            Counts::Nothing => {}
        }
    }

    /// Adds a value that was left out of a row that begins in this line.
    pub fn left_out(&mut self, line: u64, value: LeftOut) {
        let LeftOut { field, code, reason } = value;
        let known = self.details.left_out.iter_mut().find(|known| known.field == field && known.code == code);
        if let Some(known) = known {
            known.count += 1;
        } else if self.details.left_out.len() < REASONS_LISTED {
            let line = i64::try_from(line).unwrap_or(i64::MAX);
            self.details.left_out.push(LeftOutValues { field, code: code.to_owned(), count: 1, line, reason });
        }
    }

    /// Adds a fact that waits for a decision about its creator.
    pub fn waits(&mut self) {
        self.details.waiting += 1;
    }

    /// Adds the handles that were found to have changed, and those about which somebody has to decide.
    pub fn renamings(&mut self, renamed: Vec<HandleChange>, undecided: Vec<HandleChange>) {
        for (into, found) in [(&mut self.details.renamed, renamed), (&mut self.details.undecided, undecided)] {
            for HandleChange { from, to } in found {
                let renaming = Renaming { from: from.to_string(), to: to.to_string() };
                if into.len() < RENAMINGS_LISTED && !into.contains(&renaming) {
                    into.push(renaming);
                }
            }
        }
    }

    /// Adds what is known at the end of the file.
    pub fn end(&mut self, totals: u64, mut unused: Vec<String>, creators: &BTreeSet<Handle>) {
        unused.truncate(UNUSED_LISTED);
        self.details.totals = i64::try_from(totals).unwrap_or(i64::MAX);
        self.details.unused = unused;
        self.details.creators = i64::try_from(creators.len()).unwrap_or(i64::MAX);
        self.details.handles = creators.iter().take(CREATORS_LISTED).map(ToString::to_string).collect();
    }

    /// Returns what was collected so far.
    pub fn details(&self) -> &ImportDetails {
        &self.details
    }
}
