//! The JSON shape of what became of facts.

use compliance::fact::Handle;
use program::facts::record::FactOutcome;
use program::imports::record::REJECTIONS_LISTED;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The most removed creators that are listed.
const REMOVED_LISTED: usize = 100;

/// The outcomes of the facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Outcome {
    /// Facts that were new, or corrections.
    pub accepted: i64,
    /// Facts that were known already.
    pub duplicates: i64,
    /// Stats of posts that are not known yet; they count once the post arrives.
    pub parked: i64,
    /// The first 1,000 refused rows.
    pub rejected: Vec<RejectedRow>,
    /// The number of refused rows.
    pub rejected_count: i64,
    /// The handles of creators who were removed from the program and about whom facts were accepted, the first 100. The
    /// facts are kept in case the creator returns, but nothing is judged until then.
    pub removed_creators: BTreeSet<String>,
}

/// A row that was refused; the other rows were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RejectedRow {
    /// The number of the row, from 1.
    pub row: u64,
    /// The invalid field; null if the row as a whole is invalid.
    pub field: Option<String>,
    /// A stable code, such as `unknown_creator`, `conflict`, `missing_field`.
    #[schema(example = "unknown_creator")]
    pub code: String,
    /// A sentence for people.
    pub reason: String,
}

impl Outcome {
    /// Counts a refused row, and lists it unless there are many.
    pub fn reject(&mut self, row: u64, field: Option<String>, code: &str, reason: String) {
        self.rejected_count += 1;
        if self.rejected_count <= REJECTIONS_LISTED {
            self.rejected.push(RejectedRow { row, field, code: code.to_owned(), reason });
        }
    }

    /// Lists creators who were removed, unless there are many.
    pub fn note_removed(&mut self, handles: &BTreeSet<Handle>) {
        let room = REMOVED_LISTED.saturating_sub(self.removed_creators.len());
        self.removed_creators.extend(handles.iter().map(ToString::to_string).take(room));
    }

    /// Counts what became of the fact of a row.
    pub fn count(&mut self, row: u64, outcome: FactOutcome) {
        match outcome {
            FactOutcome::Accepted => self.accepted += 1,
            FactOutcome::Duplicate => self.duplicates += 1,
            // Only facts of files wait.
            FactOutcome::Parked | FactOutcome::Waiting => self.parked += 1,
            FactOutcome::Rejected { field, code, reason } => {
                self.reject(row, Some(field.to_owned()), code.name(), reason);
            }
        }
    }
}
