//! Finds the creators of accounts that were renamed: by their former handles, and by TikTok's ids of the accounts.
//!
//! At most one creator has a handle; a fact with a handle that nobody has belongs to the creator who had it last. Where a
//! profile has TikTok's id of the account, the id decides, and the account's latest handle is taken over.

use super::batch::Batch;
use super::known_accounts::KnownId;
use super::parked::rename_parked;
use super::refusal::refuse;
use super::sightings::{Sighting, sightings};
use crate::change::Change;
use crate::engine::{Row, Tx, sql};
use crate::error::DbResult;
use compliance::Instant;
use compliance::fact::{AccountId, AccountIdKind, Fact, Handle};
use program::creators::record::{CreatorEventKind, SameAs};
use program::facts::record::{AcceptTerms, FactOutcome, HandleChange, RejectionCode, SettledHandles};
use program::ids::{CreatorId, EventId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The most merges that are followed from one creator to another.
const MERGES_FOLLOWED: usize = 10;

impl Batch {
    /// Loads the creators with these handles, or those who had them last, and follows creators who were merged.
    pub(super) async fn load_bearers(&mut self, tx: &mut Tx, handles: &BTreeSet<&str>) -> DbResult<()> {
        self.load_handles(tx, &handles.iter().copied().collect::<Vec<_>>()).await?;
        let is_free = |handle: &&str| Handle::parse(handle).is_ok_and(|handle| !self.by_handle.contains_key(&handle));
        let free: Vec<&str> = handles.iter().copied().filter(is_free).collect();
        if !free.is_empty() {
            let find = tx.query(sql!("creators_by_former_handles")).bind(self.project.project_id);
            let found = find.list(free).all().await?;
            let mut former: HashMap<Handle, (CreatorId, Instant)> = HashMap::new();
            for row in &found {
                let handle = row.named("tiktok_handle", |text| Handle::parse(text).ok())?;
                former.insert(handle, (row.id("creator_id")?, row.instant("changed_at")?));
            }
            self.load_creators(tx, former.values().map(|(creator_id, _)| *creator_id)).await?;
            for (handle, (creator_id, until)) in former {
                self.accounts.until.insert(handle.clone(), until);
                self.by_handle.entry(handle).or_insert(creator_id);
            }
        }
        self.follow_merges(tx).await
    }

    /// Makes the handles of merged creators lead to the creators they were merged into.
    pub async fn follow_merges(&mut self, tx: &mut Tx) -> DbResult<()> {
        for _ in 0..MERGES_FOLLOWED {
            let merged = |id: &CreatorId| self.creators.get(id).and_then(|state| state.row.creator.merged_into());
            let moved: Vec<(Handle, CreatorId)> =
                self.by_handle.iter().filter_map(|(handle, id)| Some((handle.clone(), merged(id)?))).collect();
            if moved.is_empty() {
                break;
            }
            self.load_creators(tx, moved.iter().map(|(_, creator_id)| *creator_id)).await?;
            self.accounts.of_merged.extend(moved.iter().map(|(handle, _)| handle.clone()));
            self.by_handle.extend(moved);
        }
        Ok(())
    }

    /// Returns the creator who has the posts of this one, once merges were followed: another one if they were merged.
    pub fn present(&self, creator_id: CreatorId) -> CreatorId {
        let state = self.creators.get(&creator_id);
        state.and_then(|state| self.by_handle.get(&state.row.creator.handle)).copied().unwrap_or(creator_id)
    }

    /// Returns whether a handle may stand for this creator.
    pub(super) fn stands_for(&self, handle: &Handle, creator_id: CreatorId) -> bool {
        self.by_handle.get(handle) == Some(&creator_id) || self.accounts.bearers.get(handle) == Some(&creator_id)
    }

    /// Returns why the facts with a handle are refused, if they are.
    pub(super) fn refusal_of(&self, handle: Option<&Handle>) -> Option<FactOutcome> {
        let handle = handle.filter(|handle| self.accounts.refused.contains(*handle))?;
        let reason = format!(
            "@{handle} is now another TikTok account than the one in this program. Change the handle of that creator in \
             their settings, then import the file again."
        );
        Some(refuse("tiktok_handle", RejectionCode::OtherAccount, reason))
    }

    /// Applies what earlier batches of the file decided about handles to facts that no longer name an account.
    pub(super) async fn keep_settled(&mut self, tx: &mut Tx, settled: &SettledHandles) -> DbResult<()> {
        self.load_creators(tx, settled.values().copied().flatten()).await?;
        for (handle, creator_id) in settled {
            match creator_id {
                None => {
                    self.accounts.refused.insert(handle.clone());
                }
                Some(creator_id) => {
                    if let Some(bearer) = self.by_handle.insert(handle.clone(), *creator_id) {
                        self.accounts.bearers.insert(handle.clone(), bearer);
                    }
                }
            }
        }
        // One of them may have been merged since.
        self.follow_merges(tx).await
    }

    /// Returns whether TikTok's ids say that two creators are two accounts.
    pub fn are_two_accounts(&self, one: CreatorId, other: CreatorId) -> bool {
        let ids_of = |creator_id: CreatorId| {
            self.accounts.known.iter().filter(move |(_, known)| known.creator_id == creator_id).map(|(id, _)| id)
        };
        ids_of(one).any(|id| {
            let mut same_kind = ids_of(other).filter(|other| other.kind() == id.kind()).peekable();
            same_kind.peek().is_some() && same_kind.all(|other| other != id)
        })
    }

    /// Loads the stored ids of the accounts of some creators.
    pub async fn load_account_ids(&mut self, tx: &mut Tx, creators: &[CreatorId]) -> DbResult<()> {
        if creators.is_empty() {
            return Ok(());
        }
        let find = tx.query(sql!("account_ids_of_creators")).bind(self.project.project_id);
        let found = find.list(creators.iter().copied()).all().await?;
        self.keep_account_ids(&found)
    }

    fn keep_account_ids(&mut self, found: &[Row]) -> DbResult<()> {
        for row in found {
            let kind = row.named("kind", AccountIdKind::from_name)?;
            let id = row.named("account_id", |text| AccountId::parse(kind, text))?;
            let known = KnownId { creator_id: row.id("creator_id")?, seen_at: row.optional_instant("seen_at")? };
            self.accounts.known.insert(id, known);
        }
        Ok(())
    }

    /// Decides which creators the profiles of a file belong to, by TikTok's ids of the accounts.
    pub(super) async fn settle_accounts(&mut self, tx: &mut Tx, facts: &[Fact], terms: &AcceptTerms) -> DbResult<()> {
        let sightings = sightings(facts);
        let ids: BTreeSet<&AccountId> = sightings.iter().flat_map(|sighting| &sighting.accounts).collect();
        if !ids.is_empty() {
            let rows: Vec<_> = ids.iter().map(|id| (id.kind().name(), id.as_str())).collect();
            let found = tx.query(sql!("account_ids_at")).bind(self.project.project_id).rows(&rows).all().await?;
            self.keep_account_ids(&found)?;
            let owners: Vec<CreatorId> = self.accounts.known.values().map(|known| known.creator_id).collect();
            self.load_creators(tx, owners).await?;
        }
        let creators: Vec<CreatorId> = self.creators.keys().copied().collect();
        self.load_account_ids(tx, &creators).await?;
        // Ids in one row that belong to two creators are ignored.
        let sightings: Vec<Sighting> = sightings.into_iter().filter(|sighting| self.agrees(sighting)).collect();
        self.rename_all(&sightings);
        for sighting in sightings {
            self.settle_sighting(sighting, terms);
        }
        Ok(())
    }

    fn agrees(&self, sighting: &Sighting) -> bool {
        let owners = sighting.accounts.iter().filter_map(|id| self.accounts.known.get(id));
        owners.map(|known| known.creator_id).collect::<BTreeSet<_>>().len() <= 1
    }

    fn owner_of(&self, sighting: &Sighting) -> Option<KnownId> {
        sighting.accounts.iter().find_map(|id| self.accounts.known.get(id)).copied()
    }

    /// Gives the owners of accounts the handles they were last seen with, all at once: one may take what another gives up.
    fn rename_all(&mut self, sightings: &[Sighting]) {
        let mut wanted: BTreeMap<CreatorId, Handle> = BTreeMap::new();
        for sighting in sightings {
            let Some(owner) = self.owner_of(sighting) else { continue };
            let Some(state) = self.creators.get(&owner.creator_id) else { continue };
            let is_other = state.row.creator.handle != sighting.handle;
            if is_other && self.is_newer(&sighting.handle, sighting.last, owner) {
                wanted.insert(owner.creator_id, sighting.handle.clone());
            } else if !is_other {
                wanted.remove(&owner.creator_id);
            }
        }
        loop {
            let is_blocked = |handle: &Handle| {
                let bearer = self.by_handle.get(handle).filter(|id| self.has_handle(**id, handle));
                self.accounts.of_merged.contains(handle) || bearer.is_some_and(|id| !wanted.contains_key(id))
            };
            let blocked: Vec<CreatorId> =
                wanted.iter().filter(|(_, handle)| is_blocked(handle)).map(|(id, _)| *id).collect();
            if blocked.is_empty() {
                break;
            }
            wanted.retain(|id, _| !blocked.contains(id));
        }
        for (creator_id, handle) in &wanted {
            self.rename(*creator_id, handle);
        }
        for (creator_id, handle) in wanted {
            self.by_handle.insert(handle, creator_id);
        }
    }

    fn has_handle(&self, creator_id: CreatorId, handle: &Handle) -> bool {
        self.creators.get(&creator_id).is_some_and(|state| state.row.creator.handle == *handle)
    }

    fn settle_sighting(&mut self, sighting: Sighting, terms: &AcceptTerms) {
        let owner = self.owner_of(&sighting);
        let Sighting { handle, accounts, last } = sighting;
        let bearer = self.by_handle.get(&handle).copied();
        let is_present = bearer.is_some_and(|id| self.has_handle(id, &handle));
        match (owner, bearer) {
            (Some(owner), Some(bearer)) if bearer == owner.creator_id && is_present => {
                self.link(&accounts, owner.creator_id, &handle, last);
            }
            (Some(owner), Some(bearer)) if is_present => self.doubt(owner, bearer, handle, last),
            (Some(owner), bearer) => {
                // Accounts that were not known before are renamed here.
                if bearer.is_none() && self.is_newer(&handle, last, owner) {
                    self.rename(owner.creator_id, &handle);
                    self.link(&accounts, owner.creator_id, &handle, last);
                }
                self.by_handle.insert(handle, owner.creator_id);
            }
            (None, Some(bearer)) if self.has_other_account(bearer, &accounts) => {
                if is_present || self.accounts.of_merged.contains(&handle) {
                    self.accounts.refused.insert(handle);
                } else {
                    // Somebody else has taken the handle that this creator gave up.
                    self.by_handle.remove(&handle);
                    self.link_new(&handle, &accounts, last, terms);
                }
            }
            (None, Some(bearer)) => self.link(&accounts, bearer, &handle, last.filter(|_| is_present)),
            (None, None) => self.link_new(&handle, &accounts, last, terms),
        }
    }

    /// Decides whose the facts are if one creator has the handle and the id is that of another one's account. If the first
    /// creator has an id of their own, or is no longer in the program, the id decides; otherwise both are probably one
    /// account, and the facts stay with the creator who has the handle until somebody decides.
    fn doubt(&mut self, owner: KnownId, bearer: CreatorId, handle: Handle, last: Option<Instant>) {
        let are_two = self.are_two_accounts(owner.creator_id, bearer);
        let is_removed = self.creators.get(&bearer).is_some_and(|state| state.row.creator.removed_at.is_some());
        if are_two || is_removed {
            self.by_handle.insert(handle.clone(), owner.creator_id);
            self.accounts.bearers.insert(handle, bearer);
        }
        if !are_two && (last.is_none() || last > owner.seen_at) {
            self.suspect(bearer, owner.creator_id, false);
        }
    }

    /// Returns whether a handle that the owner of an account does not have is their latest one. A handle that they had
    /// before is taken back only if they were seen with it after it was recorded that they gave it up.
    fn is_newer(&self, handle: &Handle, last: Option<Instant>, owner: KnownId) -> bool {
        let is_after = |at: Option<Instant>| at.is_none() || last > at;
        match (self.accounts.until.get(handle), last) {
            (Some(until), Some(_)) => is_after(Some(*until)) && is_after(owner.seen_at),
            (Some(_), None) => false,
            (None, Some(_)) => is_after(owner.seen_at),
            (None, None) => true,
        }
    }

    fn has_other_account(&self, creator_id: CreatorId, accounts: &[AccountId]) -> bool {
        self.accounts.known.iter().any(|(known, of)| {
            of.creator_id == creator_id && accounts.iter().any(|id| id.kind() == known.kind() && id != known)
        })
    }

    /// Notes that the ids belong to a creator, and the handle they appear with; `seen_at` is when the creator was last seen
    /// with their current handle.
    fn link(&mut self, accounts: &[AccountId], creator_id: CreatorId, handle: &Handle, seen_at: Option<Instant>) {
        for id in accounts {
            let before = self.accounts.known.get(id).copied();
            let seen_at = seen_at.max(before.and_then(|known| known.seen_at));
            let is_same = before.is_some_and(|known| known.creator_id == creator_id && known.seen_at == seen_at);
            self.accounts.known.insert(id.clone(), KnownId { creator_id, seen_at });
            if !is_same {
                self.accounts.changed.insert(id.clone(), handle.clone());
            }
        }
    }

    /// Creates the creator of an unknown account.
    fn link_new(&mut self, handle: &Handle, accounts: &[AccountId], seen_at: Option<Instant>, terms: &AcceptTerms) {
        if let Ok(state) = self.creator_of(handle, terms) {
            let creator_id = state.row.creator.creator_id;
            self.link(accounts, creator_id, handle, seen_at);
        }
    }

    fn rename(&mut self, creator_id: CreatorId, to: &Handle) {
        let Some(state) = self.creators.get_mut(&creator_id) else { return };
        let before = std::mem::replace(&mut state.row.creator.handle, to.clone());
        state.changed = true;
        self.accounts.until.insert(before.clone(), self.now);
        self.accounts.renamed.push((creator_id, HandleChange { from: before, to: to.clone() }));
    }

    /// Notes that `double` is probably the new name of `known`, and takes them out of the program until somebody decides,
    /// if `hide` is set. Returns whether it was noted.
    pub(super) fn suspect(&mut self, double: CreatorId, known: CreatorId, hide: bool) -> bool {
        let now = self.now;
        let Some(known_state) = self.creators.get(&known) else { return false };
        if known_state.row.creator.same_as == Some(SameAs::Probably(double)) {
            // That they are one account is to be decided already.
            return false;
        }
        let known_handle = known_state.row.creator.handle.clone();
        let Some(state) = self.creators.get_mut(&double) else { return false };
        if state.row.apart_from == Some(known) {
            return false;
        }
        let creator = &mut state.row.creator;
        match creator.same_as {
            Some(SameAs::Probably(of)) if of == known => {}
            Some(_) => return false,
            None if hide && creator.removed_at.is_some() => return false,
            None => {
                creator.same_as = Some(SameAs::Probably(known));
                if hide {
                    creator.removed_at = Some(now);
                }
                state.changed = true;
            }
        }
        let to = state.row.creator.handle.clone();
        self.accounts.undecided.insert(HandleChange { from: known_handle, to });
        true
    }

    /// Returns the creators whose former handle belongs to another creator in this batch.
    pub(super) fn vacated(&self) -> Vec<CreatorId> {
        let present: HashSet<&Handle> = self.creators.values().map(|state| &state.row.creator.handle).collect();
        let renamed = self.accounts.renamed.iter().filter(|(_, change)| present.contains(&change.from));
        renamed.map(|(id, ..)| *id).collect()
    }

    /// Writes what was found out about renamed accounts. The creators have already been written.
    pub(super) async fn write_accounts(&self, tx: &mut Change) -> DbResult<()> {
        let project_id = self.project.project_id;
        let changed = self.accounts.changed.iter();
        let changed = changed.filter_map(|(id, handle)| Some((id, handle.as_str(), self.accounts.known.get(id)?)));
        let rows: Vec<_> = changed
            .map(|(id, handle, known)| (id.kind().name(), id.as_str(), known.creator_id, handle, known.seen_at))
            .collect();
        if !rows.is_empty() {
            tx.query(sql!("account_ids_upsert")).bind(project_id).rows(&rows).execute().await?;
        }
        // One event is one change of a creator; two renamings of one creator in a batch are two events.
        let mut rest: Vec<_> = self.accounts.renamed.iter().collect();
        while !rest.is_empty() {
            let mut once = HashSet::new();
            let (first, later): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(id, ..)| once.insert(*id));
            let kind = CreatorEventKind::Renamed.name();
            let events: Vec<_> =
                first.iter().map(|(id, change)| (*id, kind, change.from.as_str(), change.to.as_str())).collect();
            let insert = tx.query(sql!("creator_changes_insert")).bind(project_id).bind(EventId::new());
            insert.bind(self.now.millis()).rows(&events).execute().await?;
            rest = later;
        }
        rename_parked(tx, self.accounts.renamed.iter().map(|(id, ..)| *id)).await
    }
}
