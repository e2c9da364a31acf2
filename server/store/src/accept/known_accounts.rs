//! What a batch knows of renamed accounts.

use compliance::Instant;
use compliance::fact::{AccountId, Handle};
use program::ids::CreatorId;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What a batch knows of renamed accounts.
#[derive(Debug, Default)]
pub struct Accounts {
    /// When the creators of former handles gave them up, as far as it was recorded.
    pub until: HashMap<Handle, Instant>,
    /// The handles that a merged creator has.
    pub of_merged: HashSet<Handle>,
    /// TikTok's ids of accounts, each with its creator: those stored, and those of the batch.
    pub known: BTreeMap<AccountId, KnownId>,
    /// The ids to be stored, with the handle that they stand beside.
    pub changed: BTreeMap<AccountId, Handle>,
    /// The creators who have a handle that, in this batch, is that of another creator's account.
    pub bearers: HashMap<Handle, CreatorId>,
    /// The handles that are now those of other accounts than of the creators who have them.
    pub refused: HashSet<Handle>,
    /// The creators who get a new handle, with the one before and the new one.
    pub renamed: Vec<(CreatorId, Handle, Handle)>,
    /// The probable renamings that the batch comes upon: the handle of the known creator, and the new one.
    pub undecided: BTreeSet<(Handle, Handle)>,
}

/// The creator of an account.
#[derive(Debug, Clone, Copy)]
pub struct KnownId {
    pub creator_id: CreatorId,
    /// When the account was seen last with its creator's handle.
    pub seen_at: Option<Instant>,
}

impl Accounts {
    /// Returns what was settled about handles against those who have them: the creator whose the facts are, or that they
    /// are refused.
    pub fn settled(&self, by_handle: &HashMap<Handle, CreatorId>) -> Vec<(Handle, Option<CreatorId>)> {
        let aliases = self.bearers.keys().filter_map(|handle| Some((handle.clone(), Some(*by_handle.get(handle)?))));
        aliases.chain(self.refused.iter().map(|handle| (handle.clone(), None))).collect()
    }

    /// Returns whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.renamed.is_empty()
    }
}
