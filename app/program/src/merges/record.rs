//! The records of renamed accounts.

use crate::creators::record::Creator;
use crate::ids::{CreatorId, MergeId};
use compliance::Instant;
use compliance::fact::Handle;
use compliance::instant::DAY_MS;

/// How long facts wait for a decision, and how long a merge can be undone, in milliseconds.
pub const DECISION_MS: i64 = 30 * DAY_MS;

/// Two creators who are probably one account: a file has posts of the one under the handle of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbableRenaming {
    /// The creator with the new handle.
    pub double: Creator,
    /// The known creator.
    pub known: Creator,
    /// The number of facts that wait for the decision.
    pub waiting: i64,
    /// When the first of them is erased, if nobody decides.
    pub kept_until: Option<Instant>,
}

impl ProbableRenaming {
    /// Returns the handle before and the one now: the account has the one that was seen last.
    #[must_use]
    pub fn handles(&self) -> (&Handle, &Handle) {
        let (double, known) = (&self.double, &self.known);
        let is_new = double.looks.latest() >= known.looks.latest();
        if is_new { (&known.handle, &double.handle) } else { (&double.handle, &known.handle) }
    }
}

/// The merge of one creator into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub merge_id: MergeId,
    /// The creator who stayed.
    pub creator_id: CreatorId,
    /// The creator who was merged into them.
    pub merged_creator_id: CreatorId,
    /// When it was made.
    pub merged_at: Instant,
    /// The handle of the creator who stayed, before.
    pub handle: Handle,
    /// The handle of the merged creator, before.
    pub merged_handle: Handle,
}

/// The result of merging two creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeOutcome {
    /// They were merged.
    Merged(MergeId),
    /// They are one creator already.
    AlreadyOne,
    /// One of them was merged into a third one, or a third one was merged into the one to be merged, and that can still
    /// be undone.
    MergedElsewhere,
    /// TikTok's ids say that they are two accounts.
    OtherAccount,
    /// One of them is probably the new name of a third creator, or the one who would stay is that of the other; nobody has
    /// decided on that.
    Undecided,
    /// Together they have more than [`MAX_POSTS`](compliance::bounds::MAX_POSTS) posts.
    TooManyPosts,
}

/// The result of undoing a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoMergeOutcome {
    /// It was undone.
    Undone,
    /// There is no such merge that can be undone.
    TooLate,
    /// Another creator was merged into the same one since; that has to be undone first.
    NotTheLatest,
    /// Another creator now has the handle of the merged one.
    HandleTaken,
}
