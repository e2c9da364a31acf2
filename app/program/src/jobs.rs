//! Periodic jobs.

/// A job that one server runs periodically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Delete the answers to requests with an `Idempotency-Key` that are older than 24 hours.
    ForgetAnswers,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 1] = [Job::ForgetAnswers];

    /// Returns the name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Job::ForgetAnswers => "forget_answers",
        }
    }
}
