//! Which handles the accounts of a batch had, and when, according to TikTok's ids.

use compliance::Instant;
use compliance::fact::{AccountId, Fact, Handle, ProfileFact};
use std::collections::{BTreeMap, HashMap};

/// The most handles that one account has in a batch. An id with more is not that of an account: it stands for something
/// else.
const HANDLES: usize = 2;

/// A handle that an account had.
#[derive(Debug)]
pub struct Sighting {
    /// The handle.
    pub handle: Handle,
    /// The ids of the account.
    pub accounts: Vec<AccountId>,
    /// When it was last seen, if a source says so.
    pub last: Option<Instant>,
}

/// The first and the last instant at which an account was seen with a handle.
type Span = (Option<Instant>, Option<Instant>);

/// Returns which handles the accounts of these profiles had, in order of time. An id that appears with two handles at
/// the same time, or with many, is left out.
pub fn sightings(facts: &[Fact]) -> Vec<Sighting> {
    let mut spans: BTreeMap<(&AccountId, &Handle), Span> = BTreeMap::new();
    for fact in facts {
        let Fact::Profile(ProfileFact { handle, accounts, seen_at, .. }) = fact else { continue };
        for id in accounts {
            let span = spans.entry((id, handle)).or_insert((*seen_at, *seen_at));
            *span = (span.0.zip(*seen_at).map(|(one, other)| one.min(other)), span.1.max(*seen_at));
        }
    }
    let mut of_account: HashMap<&AccountId, Vec<Span>> = HashMap::new();
    for ((id, _), span) in &spans {
        of_account.entry(id).or_default().push(*span);
    }
    let mut sightings: BTreeMap<&Handle, Sighting> = BTreeMap::new();
    for ((id, handle), (_, last)) in &spans {
        if of_account.get(id).is_some_and(|spans| follow_each_other(spans)) {
            let sighting = sightings.entry(handle).or_insert_with(|| Sighting {
                handle: (*handle).clone(),
                accounts: Vec::new(),
                last: None,
            });
            sighting.accounts.push((*id).clone());
            sighting.last = sighting.last.max(*last);
        }
    }
    let mut sightings: Vec<Sighting> = sightings.into_values().filter(is_of_one_account).collect();
    sightings.sort_by(|one, other| (one.last, &one.handle).cmp(&(other.last, &other.handle)));
    sightings
}

/// Returns whether the handle appears with at most one id of each kind.
fn is_of_one_account(sighting: &Sighting) -> bool {
    let mut kinds: Vec<_> = sighting.accounts.iter().map(AccountId::kind).collect();
    kinds.sort_unstable();
    kinds.windows(2).all(|pair| pair[0] != pair[1])
}

/// Returns whether the spans are few, and each begins after the one before has ended.
fn follow_each_other(spans: &[Span]) -> bool {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let is_later = |pair: &[Span]| matches!((pair[0].1, pair[1].0), (Some(last), Some(first)) if last < first);
    spans.len() <= HANDLES && spans.windows(2).all(is_later)
}
