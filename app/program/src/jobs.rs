//! Periodic jobs.

use compliance::named;

/// A job that one server runs periodically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Delete the answers to requests with an `Idempotency-Key` that are older than 24 hours.
    ForgetAnswers,
    /// Delete the collections of unfinished imports that began more than a week ago.
    ForgetRuns,
    /// Erase what was deleted and can no longer be restored.
    EraseDeleted,
}

named!(Job { ForgetAnswers: "forget_answers", ForgetRuns: "forget_runs", EraseDeleted: "erase_deleted" });

/// The result of claiming a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimOutcome {
    /// The caller has the job.
    Claimed,
    /// It is not due, or another server has it.
    Refused,
}

/// The result of recording that a job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishOutcome {
    /// It is recorded.
    Recorded,
    /// The caller had lost its claim, so nothing was changed.
    ClaimLost,
}
