//! What is done now and then.

/// Something that has to be done now and then, by one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Forget the answers to requests with an `Idempotency-Key` after their 24 hours.
    ForgetAnswers,
    /// Forget whom imports looked at that never ended.
    ForgetRuns,
    /// Erase what was deleted and can no longer be brought back.
    EraseDeleted,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 3] = [Job::ForgetAnswers, Job::ForgetRuns, Job::EraseDeleted];

    /// The name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Job::ForgetAnswers => "forget_answers",
            Job::ForgetRuns => "forget_runs",
            Job::EraseDeleted => "erase_deleted",
        }
    }
}
