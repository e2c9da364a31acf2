//! Periodic jobs.

/// A job that one server runs periodically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Delete the answers to requests with an `Idempotency-Key` that are older than 24 hours.
    ForgetAnswers,
    /// Forget whom imports looked at that never ended.
    ForgetRuns,
    /// Erase what was deleted and can no longer be brought back.
    EraseDeleted,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 3] = [Job::ForgetAnswers, Job::ForgetRuns, Job::EraseDeleted];

    /// Returns the name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Job::ForgetAnswers => "forget_answers",
            Job::ForgetRuns => "forget_runs",
            Job::EraseDeleted => "erase_deleted",
        }
    }
}

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
