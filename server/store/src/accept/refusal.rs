//! Facts that are refused.

use program::facts::record::{FactOutcome, RejectionCode};

pub(crate) fn refuse(field: &'static str, code: RejectionCode, reason: impl Into<String>) -> FactOutcome {
    FactOutcome::Rejected { field, code, reason: reason.into() }
}
