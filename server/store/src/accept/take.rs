//! Takes a batch of facts: finds their creators and posts, notes each fact, books what was noted and writes it.

use crate::accept::batch::Batch;
use crate::accept::known_accounts::Accounts;
use crate::accept::refusal::refuse;
use crate::change::Change;
use crate::engine::Tx;
use crate::error::DbResult;
use compliance::fact::{Fact, Handle};
use program::creators::record::Creator;
use program::facts::record::{AcceptTerms, Acceptance, FactOutcome, RejectionCode};
use program::ids::CreatorId;
use program::projects::record::Project;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Stores facts and returns the outcome of each, in their order. Accepted facts are durable when this returns.
pub async fn accept(mut tx: Change, facts: &[Fact], terms: &AcceptTerms) -> DbResult<Acceptance> {
    let project = tx.project().clone();
    let acceptance = accept_in(&mut tx, project, facts, terms).await?;
    tx.commit().await?;
    Ok(acceptance)
}

/// Takes facts into a project that is locked.
pub async fn accept_in(tx: &mut Change, project: Project, facts: &[Fact], terms: &AcceptTerms) -> DbResult<Acceptance> {
    let mut batch = Batch::new(project, terms.now, &terms.source);
    batch.run_id = terms.run_id;
    let (facts, unknown) = batch.name_creators(tx, facts, &terms.creator_ids).await?;
    let facts = facts.as_ref();
    let handles: BTreeSet<&str> = facts.iter().filter_map(|fact| handle_of(fact).map(Handle::as_str)).collect();
    let videos: BTreeSet<&str> = facts.iter().filter_map(video_of).collect();
    batch.load_bearers(tx, &handles).await?;
    batch.load_videos(tx, &videos.into_iter().collect::<Vec<_>>()).await?;
    if terms.began.is_some() {
        batch.keep_settled(tx, &terms.settled).await?;
        batch.settle_accounts(tx, facts, terms).await?;
    }
    let publishing: BTreeSet<&Handle> = facts.iter().filter_map(|fact| batch.publisher(fact)).collect();
    batch.count_posts(tx, &publishing).await?;

    // Posts come before their stats, in whatever order the batch has them: the result depends only on the set of facts.
    let mut outcomes = vec![FactOutcome::Accepted; facts.len()];
    for describes_posts in [true, false] {
        for (place, fact) in facts.iter().enumerate() {
            if let Some(refusal) = unknown.get(&place) {
                outcomes[place] = refusal.clone();
            } else if let Some(refusal) = batch.refusal_of(handle_of(fact)) {
                outcomes[place] = refusal;
            } else if matches!(fact, Fact::Profile(_) | Fact::Post(_)) == describes_posts {
                outcomes[place] = batch.place(place, fact, terms).unwrap_or_else(|refusal| refusal);
            }
        }
        if describes_posts {
            batch.settle_revisions();
            batch.unpark(tx).await?;
        }
    }
    batch.settle_parked(tx, &mut outcomes).await?;
    batch.limit_waiting(tx, &mut outcomes).await?;
    batch.book(tx).await?;
    for place in &batch.duplicates {
        outcomes[*place] = FactOutcome::Duplicate;
    }
    batch.write(tx).await?;
    let heard = facts.iter().zip(&outcomes).enumerate();
    let heard = heard.filter(|(_, (_, outcome))| !matches!(outcome, FactOutcome::Rejected { .. }));
    let (mut creators, mut removed) = (BTreeSet::new(), Vec::new());
    for (place, (fact, _)) in heard {
        let Some(creator) = batch.creator_spoken_of(fact) else { continue };
        if creator.removed_at.is_some() && creator.same_as.is_none() {
            removed.push((place, creator.handle.clone()));
        }
        creators.insert(&creator.handle);
    }
    let creators = creators.into_iter().cloned().collect();
    let settled = batch.accounts.settled(&batch.by_handle);
    let Accounts { renamed, undecided, .. } = batch.accounts;
    let renamed = renamed.into_iter().map(|(_, change)| change).collect();
    let undecided = undecided.into_iter().collect();
    Ok(Acceptance { outcomes, creators, removed, renamed, undecided, settled })
}

fn handle_of(fact: &Fact) -> Option<&Handle> {
    match fact {
        Fact::Profile(fact) => Some(&fact.handle),
        Fact::Post(fact) => fact.handle.as_ref(),
        Fact::PostStats(fact) => fact.handle.as_ref(),
        Fact::CreatorStats(fact) => Some(&fact.handle),
        Fact::Collection(fact) => Some(&fact.handle),
    }
}

fn set_handle(fact: &mut Fact, handle: Handle) {
    match fact {
        Fact::Profile(fact) => fact.handle = handle,
        Fact::Post(fact) => fact.handle = Some(handle),
        Fact::PostStats(fact) => fact.handle = Some(handle),
        Fact::CreatorStats(fact) => fact.handle = handle,
        Fact::Collection(fact) => fact.handle = handle,
    }
}

fn video_of(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::Post(fact) => Some(&fact.tiktok_video_id),
        Fact::PostStats(fact) => Some(&fact.tiktok_video_id),
        Fact::Profile(_) | Fact::CreatorStats(_) | Fact::Collection(_) => None,
    }
}

impl Batch {
    /// Replaces creator ids in facts by the creator's current handle, and returns the refusals of facts whose creator
    /// id is not known.
    async fn name_creators<'f>(
        &mut self,
        tx: &mut Tx,
        facts: &'f [Fact],
        ids: &[(usize, CreatorId)],
    ) -> DbResult<(Cow<'f, [Fact]>, HashMap<usize, FactOutcome>)> {
        let mut unknown = HashMap::new();
        if ids.is_empty() {
            return Ok((Cow::Borrowed(facts), unknown));
        }
        self.load_creators(tx, ids.iter().map(|(_, id)| *id)).await?;
        let mut facts = facts.to_vec();
        for (place, id) in ids {
            match (self.creators.get(id), facts.get_mut(*place)) {
                (Some(state), Some(fact)) => set_handle(fact, state.row.creator.handle.clone()),
                _ => {
                    let reason = format!("“{id}” is not a creator of this project.");
                    unknown.insert(*place, refuse("creator_id", RejectionCode::UnknownCreator, reason));
                }
            }
        }
        Ok((Cow::Owned(facts), unknown))
    }

    /// Returns the handle of the creator for whom a fact describes a new post.
    fn publisher<'f>(&self, fact: &'f Fact) -> Option<&'f Handle> {
        match fact {
            Fact::Post(fact) if !self.by_video.contains_key(&fact.tiktok_video_id) => fact.handle.as_ref(),
            _ => None,
        }
    }

    /// Returns the project's creator that a fact is about, named by the fact or known from its post.
    fn creator_spoken_of(&self, fact: &Fact) -> Option<&Creator> {
        let named = handle_of(fact).and_then(|handle| self.by_handle.get(handle)).copied();
        let owner = || Some(self.posts.get(self.by_video.get(video_of(fact)?)?)?.row.creator_id);
        Some(&self.creators.get(&named.or_else(owner)?)?.row.creator)
    }
}
