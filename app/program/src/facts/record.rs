//! The terms and outcomes of accepting facts.

use crate::ids::{CreatorId, RunId};
use compliance::fact::Handle;
use compliance::misreading::Misread;
use compliance::{Instant, Looks, Scope, named};
use std::collections::BTreeMap;

/// Collections of a creator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collections {
    /// The latest collections before the requested span.
    pub before: Looks,
    /// Collections in the span that brought nothing else, in order of time.
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

/// The follower readings around a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowerEvidence {
    /// The readings that count, in order of time.
    pub readings: Vec<FollowerReading>,
    /// Those that are misreadings.
    pub misreadings: Vec<Misread>,
}

/// The terms on which facts are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptTerms {
    /// The current instant: facts dated more than five minutes later are refused.
    pub now: Instant,
    /// Where the facts come from, such as `import`.
    pub source: String,
    /// Whether unknown creators are created (files) or refused (the API).
    pub create_creators: bool,
    /// The run that brings the facts, or an id as old as the import that it continues, if they come from a file. Creators with later ids were made since:
    /// if the handle of one of them has posts of a known creator, the account was probably renamed, and facts about those
    /// posts wait for a decision. It is an id because the application's clock may stand still.
    pub began: Option<RunId>,
    /// The import run of the facts, if any; parked stats keep it.
    pub run_id: Option<RunId>,
    /// What earlier batches of the file settled about handles; see [`Acceptance::settled`].
    pub settled: SettledHandles,
    /// The facts that name their creator by id: the index of each, and the id. They belong to the creator who has that
    /// id when they are accepted, whatever their handle says.
    pub creator_ids: Vec<(usize, CreatorId)>,
}

impl AcceptTerms {
    /// Creates the terms of facts that come from no file, about creators who are known.
    #[must_use]
    pub fn of(source: impl Into<String>, now: Instant) -> AcceptTerms {
        AcceptTerms {
            now,
            source: source.into(),
            create_creators: false,
            began: None,
            run_id: None,
            settled: SettledHandles::new(),
            creator_ids: Vec::new(),
        }
    }
}

/// The result of accepting facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The outcome of each fact, in order.
    pub outcomes: Vec<FactOutcome>,
    /// The creators of the facts or of their posts.
    pub creators: Vec<Handle>,
    /// The facts, by index, about creators who were removed from the program. They are stored in case the creator
    /// returns.
    pub removed: Vec<(usize, Handle)>,
    /// The creators whose handles were found to have changed.
    pub renamed: Vec<HandleChange>,
    /// The probable renamings that somebody has to decide on.
    pub undecided: Vec<HandleChange>,
    /// What TikTok's ids decided about handles, contrary to who has them. Later batches of the file follow it.
    pub settled: SettledHandles,
}

/// A creator's handle before, and the one now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandleChange {
    /// The handle that they had.
    pub from: Handle,
    /// The handle that they have now.
    pub to: Handle,
}

/// The creators that facts with these handles belong to, whoever has the handles now; `None` if such facts are refused.
pub type SettledHandles = BTreeMap<Handle, Option<CreatorId>>;

/// The outcome of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactOutcome {
    /// New, or a correction.
    Accepted,
    /// Known already; nothing changed.
    Duplicate,
    /// Kept until its post arrives.
    Parked,
    /// Kept until somebody decides whether its creator was renamed.
    Waiting,
    /// Refused.
    Rejected {
        /// The invalid field.
        field: &'static str,
        /// Why.
        code: RejectionCode,
        /// A sentence for people.
        reason: String,
    },
}

/// Why a fact is refused; the names are stable codes for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectionCode {
    /// Its creator is not in the project.
    UnknownCreator,
    /// Nothing says whose post it is about.
    MissingCreator,
    /// Its post belongs to another creator of the project.
    Conflict,
    /// Its creator has as many posts as one creator may have.
    TooManyPosts,
    /// Too many readings of posts that are not known yet are kept.
    TooManyParked,
    /// Too many facts wait for a decision about their creator.
    TooManyWaiting,
    /// The handle belongs to a different account from the creator who has it in the project.
    OtherAccount,
    /// A count is negative or too large.
    InvalidCount,
    /// It is dated more than five minutes ahead.
    InTheFuture,
}

named!(RejectionCode {
    UnknownCreator: "unknown_creator",
    MissingCreator: "missing_creator",
    Conflict: "conflict",
    TooManyPosts: "too_many_posts",
    TooManyParked: "too_many_parked",
    TooManyWaiting: "too_many_waiting",
    OtherAccount: "other_account",
    InvalidCount: "invalid_count",
    InTheFuture: "in_the_future",
});

impl FactOutcome {
    /// The name of every outcome.
    pub const NAMES: [&str; 5] = ["accepted", "duplicate", "parked", "waiting", "rejected"];

    /// Returns the name used on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FactOutcome::Accepted => "accepted",
            FactOutcome::Duplicate => "duplicate",
            FactOutcome::Parked => "parked",
            FactOutcome::Waiting => "waiting",
            FactOutcome::Rejected { .. } => "rejected",
        }
    }
}
