//! Facts and what became of them.

use compliance::fact::Handle;
use compliance::{Instant, Looks, Scope};
use uuid::Uuid;

/// Looks at a creator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collections {
    /// The latest looks before the span that was asked for.
    pub before: Looks,
    /// Looks in the span that brought nothing else, in order of time.
    pub within: Vec<(Instant, Scope)>,
}

/// One reading of a follower count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowerReading {
    /// When it was read.
    pub captured_at: Instant,
    /// The count.
    pub followers: i64,
}

/// On what terms facts are taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptTerms {
    /// The present instant: facts dated more than five minutes later are refused.
    pub now: Instant,
    /// Where the facts come from, such as `import`.
    pub source: String,
    /// Whether unknown creators are made (files) or refused (the API).
    pub create_creators: bool,
    /// The run of the import that brings the facts, if one does: stats that must wait for their post remember it.
    pub run_id: Option<Uuid>,
    /// The facts that name their creator by id: the place of each, and the id. They count for whoever has that id when they
    /// are taken in, whatever handle they name.
    pub creator_ids: Vec<(usize, Uuid)>,
}

/// What became of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The outcome of each fact, in order.
    pub outcomes: Vec<FactOutcome>,
    /// The creators that the facts, or the posts they speak of, belong to.
    pub creators: Vec<Handle>,
    /// The facts, by their places, that are about creators who were removed from the program. They are kept for the day the
    /// creator returns.
    pub removed: Vec<(usize, Handle)>,
}

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactOutcome {
    /// New, or a correction.
    Accepted,
    /// Known already; nothing changed.
    Duplicate,
    /// Kept aside until its post arrives.
    Parked,
    /// Refused.
    Rejected {
        /// The field at fault.
        field: &'static str,
        /// A stable code for programs.
        code: &'static str,
        /// A sentence for people.
        reason: String,
    },
}

impl FactOutcome {
    /// Every name.
    pub const NAMES: [&str; 4] = ["accepted", "duplicate", "parked", "rejected"];

    /// What programs call it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FactOutcome::Accepted => "accepted",
            FactOutcome::Duplicate => "duplicate",
            FactOutcome::Parked => "parked",
            FactOutcome::Rejected { .. } => "rejected",
        }
    }
}
