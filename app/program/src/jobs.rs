//! What is done now and then.

/// Something that has to be done now and then, by one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Forget the answers to requests with an `Idempotency-Key` after their 24 hours.
    ForgetAnswers,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 1] = [Job::ForgetAnswers];

    /// The name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Job::ForgetAnswers => "forget_answers",
        }
    }
}
