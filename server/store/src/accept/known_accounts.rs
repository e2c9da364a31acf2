//! What a batch knows of renamed accounts.

use compliance::Instant;
use compliance::fact::{AccountId, Handle};
use program::facts::record::{HandleChange, SettledHandles};
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
    /// The ids to be stored, each with the handle it appears with.
    pub changed: BTreeMap<AccountId, Handle>,
    /// The creators who have a handle that, in this batch, belongs to another creator's account.
    pub bearers: HashMap<Handle, CreatorId>,
    /// The handles that now belong to accounts other than those of the creators who have them.
    pub refused: HashSet<Handle>,
    /// The creators who get a new handle.
    pub renamed: Vec<(CreatorId, HandleChange)>,
    /// The probable renamings that the batch finds: the handle of the known creator, and the new one.
    pub undecided: BTreeSet<HandleChange>,
}

/// The creator of an account.
#[derive(Debug, Clone, Copy)]
pub struct KnownId {
    pub creator_id: CreatorId,
    /// When the account was last seen with its creator's handle.
    pub seen_at: Option<Instant>,
}

impl Accounts {
    /// Returns what was decided about handles, contrary to who has them: the creator their facts belong to, or `None` if
    /// the facts are refused.
    pub fn settled(&self, by_handle: &HashMap<Handle, CreatorId>) -> SettledHandles {
        let aliases = self.bearers.keys().filter_map(|handle| Some((handle.clone(), Some(*by_handle.get(handle)?))));
        aliases.chain(self.refused.iter().map(|handle| (handle.clone(), None))).collect()
    }

    /// Returns whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.renamed.is_empty()
    }
}
