//! Facts that are refused.

use program::facts::record::FactOutcome;

pub(crate) fn refuse(field: &'static str, code: &'static str, reason: impl Into<String>) -> FactOutcome {
    FactOutcome::Rejected { field, code, reason: reason.into() }
}
