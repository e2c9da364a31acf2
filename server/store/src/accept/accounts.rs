//! Finds the creators of accounts that were renamed: by their former handles, and by TikTok's ids of the accounts.
//!
//! A handle is the present one of at most one creator; a fact with a handle that nobody has belongs to the creator who had
//! it last. Where a profile says TikTok's id of the account, that decides, and the account's latest handle is taken over.

use super::batch::Batch;
use super::refusal::refuse;
use crate::change::Change;
use crate::engine::{Tx, sql};
use crate::error::DbResult;
use compliance::Instant;
use compliance::fact::{AccountId, AccountIdKind, Fact, Handle, ProfileFact};
use program::creators::record::{CreatorEventKind, SameAs};
use program::facts::record::{FactOutcome, RejectionCode};
use program::ids::{CreatorId, EventId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most merges that are followed from one creator to another.
const MERGES_FOLLOWED: usize = 10;

/// What a batch knows of renamed accounts.
#[derive(Debug, Default)]
pub struct Accounts {
    /// Until when the creators of former handles had them.
    until: HashMap<Handle, Instant>,
    /// The stored ids, each with its creator.
    stored: BTreeMap<AccountId, StoredId>,
    /// The creators whose present handle is that of another creator's account in this batch.
    bearers: HashMap<Handle, CreatorId>,
    /// Why the facts with a handle are refused.
    refused: HashMap<Handle, FactOutcome>,
    /// Ids to be stored, with the handle of their creator and when it was seen.
    pub links: Vec<(AccountId, Handle, Option<Instant>)>,
    /// The creators who get a new handle, with the one before.
    pub renamed: Vec<(CreatorId, Handle)>,
    /// Probable renamings that were found: the handle of the known creator, and the new one.
    pub undecided: Vec<(Handle, Handle)>,
}

#[derive(Debug, Clone, Copy)]
struct StoredId {
    creator_id: CreatorId,
    seen_at: Option<Instant>,
}

/// A handle that an account had, and when it was seen with it.
#[derive(Debug, Clone)]
struct Sighting {
    handle: Handle,
    accounts: Vec<AccountId>,
    last: Option<Instant>,
}

impl Batch {
    /// Loads the creators with these handles, or those who had them last, and follows creators who were merged.
    pub(super) async fn load_bearers(&mut self, tx: &mut Tx, handles: &BTreeSet<&str>) -> DbResult<()> {
        self.load_handles(tx, &handles.iter().copied().collect::<Vec<_>>()).await?;
        let free: Vec<&str> = handles.iter().copied().filter(|handle| self.bearer_of(handle).is_none()).collect();
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

    fn bearer_of(&self, handle: &str) -> Option<CreatorId> {
        Handle::parse(handle).ok().and_then(|handle| self.by_handle.get(&handle).copied())
    }

    /// Lets the handles of merged creators lead to those into whom they were merged.
    async fn follow_merges(&mut self, tx: &mut Tx) -> DbResult<()> {
        for _ in 0..MERGES_FOLLOWED {
            let merged = |id: &CreatorId| self.creators.get(id).and_then(|state| state.row.creator.merged_into());
            let moved: Vec<(Handle, CreatorId)> =
                self.by_handle.iter().filter_map(|(handle, id)| Some((handle.clone(), merged(id)?))).collect();
            if moved.is_empty() {
                break;
            }
            self.load_creators(tx, moved.iter().map(|(_, creator_id)| *creator_id)).await?;
            self.by_handle.extend(moved);
        }
        Ok(())
    }

    /// Returns whether a handle may stand for this creator.
    pub(super) fn stands_for(&self, handle: &Handle, creator_id: CreatorId) -> bool {
        self.by_handle.get(handle) == Some(&creator_id) || self.accounts.bearers.get(handle) == Some(&creator_id)
    }

    /// Returns why the facts with a handle are refused, if they are.
    pub(super) fn refusal_of(&self, handle: Option<&Handle>) -> Option<FactOutcome> {
        self.accounts.refused.get(handle?).cloned()
    }

    /// Returns whether TikTok's ids say that two creators are two accounts.
    pub fn are_two_accounts(&self, one: CreatorId, other: CreatorId) -> bool {
        let (of_one, of_other) = (self.ids_of(one), self.ids_of(other));
        of_one.iter().any(|id| {
            let mut same_kind = of_other.iter().filter(|other| other.kind() == id.kind()).peekable();
            same_kind.peek().is_some() && same_kind.all(|other| other != id)
        })
    }

    /// Returns the ids of a creator's account, those too that the batch brings.
    fn ids_of(&self, creator_id: CreatorId) -> Vec<&AccountId> {
        let stored = self.accounts.stored.iter().filter(|(_, of)| of.creator_id == creator_id).map(|(id, _)| id);
        let brought =
            self.accounts.links.iter().filter(|(_, handle, _)| self.by_handle.get(handle) == Some(&creator_id));
        stored.chain(brought.map(|(id, ..)| id)).collect()
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

    fn keep_account_ids(&mut self, found: &[crate::engine::Row]) -> DbResult<()> {
        for row in found {
            let kind = row.named("kind", AccountIdKind::from_name)?;
            let id = row.named("account_id", |text| AccountId::parse(kind, text))?;
            let stored = StoredId { creator_id: row.id("creator_id")?, seen_at: row.optional_instant("seen_at")? };
            self.accounts.stored.insert(id, stored);
        }
        Ok(())
    }

    /// Settles which creators the profiles of a file are those of, by TikTok's ids of the accounts.
    pub(super) async fn settle_accounts(&mut self, tx: &mut Tx, facts: &[Fact]) -> DbResult<()> {
        let sightings = sightings(facts);
        let ids: BTreeSet<&AccountId> = sightings.iter().flat_map(|sighting| &sighting.accounts).collect();
        if !ids.is_empty() {
            let rows: Vec<_> = ids.iter().map(|id| (id.kind().name(), id.as_str())).collect();
            let found = tx.query(sql!("account_ids_at")).bind(self.project.project_id).rows(&rows).all().await?;
            self.keep_account_ids(&found)?;
            self.load_creators(tx, self.accounts.stored.values().map(|stored| stored.creator_id).collect::<Vec<_>>())
                .await?;
            self.follow_owners(tx).await?;
        }
        let creators: Vec<CreatorId> = self.creators.keys().copied().collect();
        self.load_account_ids(tx, &creators).await?;
        for sighting in sightings {
            self.settle_sighting(sighting);
        }
        Ok(())
    }

    /// Lets the ids of merged creators stand for those into whom they were merged.
    async fn follow_owners(&mut self, tx: &mut Tx) -> DbResult<()> {
        for _ in 0..MERGES_FOLLOWED {
            let mut into = Vec::new();
            for stored in self.accounts.stored.values_mut() {
                let state = self.creators.get(&stored.creator_id);
                if let Some(creator_id) = state.and_then(|state| state.row.creator.merged_into()) {
                    stored.creator_id = creator_id;
                    into.push(creator_id);
                }
            }
            if into.is_empty() {
                break;
            }
            self.load_creators(tx, into).await?;
        }
        Ok(())
    }

    fn settle_sighting(&mut self, sighting: Sighting) {
        let Sighting { handle, accounts, last } = sighting;
        let owner = accounts.iter().find_map(|id| self.accounts.stored.get(id)).copied();
        let bearer = self.by_handle.get(&handle).copied();
        let is_present =
            bearer.and_then(|id| self.creators.get(&id)).is_some_and(|state| state.row.creator.handle == handle);
        match (owner, bearer) {
            (Some(StoredId { creator_id, seen_at }), bearer) if bearer == Some(creator_id) && is_present => {
                if last > seen_at {
                    self.link(accounts, handle, last, creator_id);
                }
            }
            (Some(StoredId { creator_id, .. }), Some(bearer)) if is_present => {
                self.by_handle.insert(handle.clone(), creator_id);
                self.accounts.bearers.insert(handle, bearer);
                if !self.are_two_accounts(creator_id, bearer) {
                    self.suspect(bearer, creator_id, false);
                }
            }
            (Some(StoredId { creator_id, seen_at }), _) => {
                // Of a former handle it is known until when the account had it.
                let until =
                    if bearer == Some(creator_id) { self.accounts.until.get(&handle).copied() } else { seen_at };
                let is_newer = until.is_none_or(|until| last.unwrap_or(self.now) > until);
                self.by_handle.insert(handle.clone(), creator_id);
                if is_newer {
                    self.rename(creator_id, &handle);
                    self.link(accounts, handle, last, creator_id);
                }
            }
            (None, Some(bearer)) if self.has_other_account(bearer, &accounts) => {
                if is_present {
                    let reason = format!(
                        "@{handle} is now another TikTok account than the one in this program. Change the handle of that \
                         creator in their settings, then import the file again."
                    );
                    let refusal = refuse("tiktok_handle", RejectionCode::OtherAccount, reason);
                    self.accounts.refused.insert(handle, refusal);
                } else {
                    // Somebody else has taken the handle that this creator gave up.
                    self.by_handle.remove(&handle);
                    self.link_new(accounts, handle, last);
                }
            }
            (None, Some(bearer)) => self.link(accounts, handle, last.filter(|_| is_present), bearer),
            (None, None) => self.link_new(accounts, handle, last),
        }
    }

    fn has_other_account(&self, creator_id: CreatorId, accounts: &[AccountId]) -> bool {
        self.accounts.stored.iter().any(|(stored, of)| {
            of.creator_id == creator_id && accounts.iter().any(|id| id.kind() == stored.kind() && id != stored)
        })
    }

    /// Notes that the ids are those of a creator.
    fn link(&mut self, accounts: Vec<AccountId>, handle: Handle, seen_at: Option<Instant>, creator_id: CreatorId) {
        for id in &accounts {
            self.accounts.stored.insert(id.clone(), StoredId { creator_id, seen_at });
        }
        self.link_new(accounts, handle, seen_at);
    }

    /// Notes that the ids are those of the creator whom the batch makes for this handle.
    fn link_new(&mut self, accounts: Vec<AccountId>, handle: Handle, seen_at: Option<Instant>) {
        let links = accounts.into_iter().map(|id| (id, handle.clone(), seen_at));
        self.accounts.links.extend(links);
    }

    fn rename(&mut self, creator_id: CreatorId, to: &Handle) {
        let Some(state) = self.creators.get_mut(&creator_id) else { return };
        let before = std::mem::replace(&mut state.row.creator.handle, to.clone());
        state.changed = true;
        self.accounts.until.insert(before.clone(), self.now);
        self.accounts.renamed.push((creator_id, before));
    }

    /// Notes that `double` is probably the new name of `known`, and takes them out of the program until somebody decides,
    /// if `hide`. Returns whether it is noted.
    pub(super) fn suspect(&mut self, double: CreatorId, known: CreatorId, hide: bool) -> bool {
        let now = self.now;
        let Some(known_handle) = self.creators.get(&known).map(|state| state.row.creator.handle.clone()) else {
            return false;
        };
        let Some(state) = self.creators.get_mut(&double) else { return false };
        let creator = &mut state.row.creator;
        match creator.same_as {
            Some(SameAs::Probably(of)) if of == known => return true,
            Some(_) => return false,
            None if creator.removed_at.is_some() => return false,
            None => {}
        }
        creator.same_as = Some(SameAs::Probably(known));
        if hide {
            creator.removed_at = Some(now);
        }
        let undecided = (known_handle, creator.handle.clone());
        state.changed = true;
        self.accounts.undecided.push(undecided);
        true
    }

    /// Writes what was found of renamed accounts. The creators are written already.
    pub(super) async fn write_accounts(&self, tx: &mut Change) -> DbResult<()> {
        let project_id = self.project.project_id;
        let mut links: BTreeMap<(AccountIdKind, &str), (CreatorId, Option<Instant>)> = BTreeMap::new();
        for (id, handle, seen_at) in &self.accounts.links {
            if let Some(creator_id) = self.by_handle.get(handle) {
                links.insert((id.kind(), id.as_str()), (*creator_id, *seen_at));
            }
        }
        if !links.is_empty() {
            let rows =
                links.into_iter().map(|((kind, id), (creator_id, seen_at))| (kind.name(), id, creator_id, seen_at));
            let rows: Vec<_> = rows.collect();
            tx.query(sql!("account_ids_upsert")).bind(project_id).rows(&rows).execute().await?;
        }
        if self.accounts.renamed.is_empty() {
            return Ok(());
        }
        let handle_of = |id: &CreatorId| self.creators.get(id).map(|state| state.row.creator.handle.as_str());
        let renamed = self.accounts.renamed.iter().filter_map(|(id, before)| Some((*id, before, handle_of(id)?)));
        let events: Vec<_> =
            renamed.map(|(id, before, after)| (id, CreatorEventKind::Renamed.name(), before.as_str(), after)).collect();
        let insert = tx.query(sql!("creator_changes_insert")).bind(project_id).bind(EventId::new());
        insert.bind(self.now.millis()).rows(&events).execute().await?;
        Ok(())
    }
}

/// Returns which handles the accounts of these profiles had, in order of time. An account that had two handles at a time
/// is not known by such an id: the id is left out.
fn sightings(facts: &[Fact]) -> Vec<Sighting> {
    let mut spans: BTreeMap<(&AccountId, &Handle), (Option<Instant>, Option<Instant>)> = BTreeMap::new();
    for fact in facts {
        let Fact::Profile(ProfileFact { handle, accounts, seen_at, .. }) = fact else { continue };
        for id in accounts {
            let span = spans.entry((id, handle)).or_insert((*seen_at, *seen_at));
            *span = (span.0.zip(*seen_at).map(|(one, other)| one.min(other)), span.1.max(*seen_at));
        }
    }
    let mut handles: HashMap<&AccountId, Vec<(Option<Instant>, Option<Instant>)>> = HashMap::new();
    for ((id, _), span) in &spans {
        handles.entry(id).or_default().push(*span);
    }
    let is_clear = |id: &AccountId| {
        let mut spans = handles.get(id).cloned().unwrap_or_default();
        spans.sort_unstable();
        spans.windows(2).all(|pair| matches!((pair[0].1, pair[1].0), (Some(last), Some(first)) if last < first))
    };
    let mut sightings: BTreeMap<&Handle, Sighting> = BTreeMap::new();
    for ((id, handle), (_, last)) in &spans {
        if is_clear(id) {
            let sighting = sightings.entry(handle).or_insert_with(|| Sighting {
                handle: (*handle).clone(),
                accounts: Vec::new(),
                last: None,
            });
            sighting.accounts.push((*id).clone());
            sighting.last = sighting.last.max(*last);
        }
    }
    let mut sightings: Vec<Sighting> = sightings.into_values().collect();
    sightings.sort_by(|one, other| (one.last, &one.handle).cmp(&(other.last, &other.handle)));
    sightings
}
