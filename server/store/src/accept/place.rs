//! Matches facts to creators and posts, and decides which are new, which change something, which are parked and which
//! are refused.

use crate::accept::batch::{Batch, CreatorState, Named, PostState, Taken};
use crate::accept::refusal::refuse;
use crate::change::Change;
use crate::engine::Tx;
use crate::error::DbResult;
use crate::rows::{CreatorRow, PostRow};
use compliance::bounds::{MAX_COUNT, MAX_POSTS, is_count};
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, Handle, MAX_AHEAD_MS, PostFact, PostStatsFact, ProfileFact,
};
use compliance::ledger::Remembered;
use compliance::tracking::{Tracking, TrackingMode};
use compliance::{Instant, Looks};
use program::creators::record::Creator;
use program::facts::record::{AcceptTerms, Acceptance, FactOutcome, RejectionCode};
use program::ids::{CreatorId, PostId};
use program::posts::record::Post;
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

async fn accept_in(tx: &mut Change, project: Project, facts: &[Fact], terms: &AcceptTerms) -> DbResult<Acceptance> {
    let mut batch = Batch::new(project, terms.now, &terms.source);
    batch.run_id = terms.run_id;
    let (facts, unknown) = batch.name_creators(tx, facts, &terms.creator_ids).await?;
    let facts = facts.as_ref();
    let handles: BTreeSet<&str> = facts.iter().filter_map(|fact| handle_of(fact).map(Handle::as_str)).collect();
    let videos: BTreeSet<&str> = facts.iter().filter_map(video_of).collect();
    batch.load_handles(tx, &handles.into_iter().collect::<Vec<_>>()).await?;
    batch.load_videos(tx, &videos.into_iter().collect::<Vec<_>>()).await?;
    let publishing: BTreeSet<&Handle> = facts.iter().filter_map(|fact| batch.publisher(fact)).collect();
    batch.count_posts(tx, &publishing).await?;

    // Posts come before their stats, in whatever order the batch has them: the result depends only on the set of facts.
    let mut outcomes = vec![FactOutcome::Accepted; facts.len()];
    for describes_posts in [true, false] {
        for (place, fact) in facts.iter().enumerate() {
            if let Some(refusal) = unknown.get(&place) {
                outcomes[place] = refusal.clone();
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
        if creator.removed_at.is_some() {
            removed.push((place, creator.handle.clone()));
        }
        creators.insert(&creator.handle);
    }
    let creators = creators.into_iter().cloned().collect();
    Ok(Acceptance { outcomes, creators, removed })
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

    /// Notes a fact in the batch; the error is its refusal.
    fn place(&mut self, place: usize, fact: &Fact, terms: &AcceptTerms) -> Result<FactOutcome, FactOutcome> {
        match fact {
            Fact::Profile(fact) => self.place_profile(fact, terms),
            Fact::Post(fact) => self.place_post(place, fact, terms),
            Fact::PostStats(fact) => self.place_post_stats(place, fact, terms),
            Fact::CreatorStats(fact) => self.place_creator_stats(place, fact, terms),
            Fact::Collection(fact) => self.place_collection(place, fact, terms),
        }
    }

    /// Returns the creator with this handle; a file import creates an unknown one.
    fn creator_of(&mut self, handle: &Handle, terms: &AcceptTerms) -> Result<&mut CreatorState, FactOutcome> {
        let known = self.by_handle.get(handle).copied();
        let creator_id = match known {
            Some(creator_id) => creator_id,
            None if !terms.create_creators => {
                let reason = format!("@{handle} is not a creator of this project. Add the creator first.");
                return Err(refuse("tiktok_handle", RejectionCode::UnknownCreator, reason));
            }
            None => {
                let creator_id = CreatorId::new();
                let creator = Creator {
                    creator_id,
                    handle: handle.clone(),
                    display_name: None,
                    avatar_url: None,
                    tracking_mode: TrackingMode::Auto,
                    tracking_start_date: None,
                    first_snapshot_at: None,
                    followers: None,
                    looks: Looks::default(),
                    removed_at: None,
                    created_at: self.now,
                };
                let mut state = CreatorState::stored(CreatorRow::unread(creator), self.project.zone);
                (state.is_new, state.changed) = (true, true);
                self.add_creator(state);
                creator_id
            }
        };
        self.creators.get_mut(&creator_id).ok_or_else(|| {
            refuse("tiktok_handle", RejectionCode::UnknownCreator, "This creator is not in the project.")
        })
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

    fn place_profile(&mut self, fact: &ProfileFact, terms: &AcceptTerms) -> Result<FactOutcome, FactOutcome> {
        let state = self.creator_of(&fact.handle, terms)?;
        let creator = &mut state.row.creator;
        let before = (creator.display_name.clone(), creator.avatar_url.clone(), state.is_new);
        // A display name that a person chose is kept.
        if creator.display_name.is_none() {
            creator.display_name.clone_from(&fact.display_name);
        }
        if fact.avatar_url.is_some() {
            creator.avatar_url.clone_from(&fact.avatar_url);
        }
        let changed = (creator.display_name.clone(), creator.avatar_url.clone(), false) != before;
        state.changed |= changed;
        Ok(if changed { FactOutcome::Accepted } else { FactOutcome::Duplicate })
    }

    fn place_post(&mut self, place: usize, fact: &PostFact, terms: &AcceptTerms) -> Result<FactOutcome, FactOutcome> {
        not_ahead("published_at", fact.published_at, self.now)?;
        let zone = self.project.zone;
        let known = self.by_video.get(&fact.tiktok_video_id).copied();
        if let Some(state) = known.and_then(|post_id| self.posts.get_mut(&post_id)) {
            let owner = fact.handle.as_ref().map(|handle| self.by_handle.get(handle));
            if owner.is_some_and(|owner| owner != Some(&state.row.creator_id)) {
                return Err(conflict(&fact.tiktok_video_id));
            }
            let before = state.row.post.clone();
            let post = &mut state.row.post;
            post.kind = fact.kind.unwrap_or(post.kind);
            post.published_at = fact.published_at;
            post.url = fact.url.clone().or_else(|| post.url.take());
            post.description = fact.description.clone().or_else(|| post.description.take());
            if let Some(status) = fact.tracking_status {
                let to = Tracking { status, ..state.row.post.tracking };
                state.decide(to, self.now);
            }
            if state.row.post == before {
                return Ok(FactOutcome::Duplicate);
            }
            state.changed = true;
            if state.booked.is_some() {
                state.revised.get_or_insert_with(|| (before, Vec::new())).1.push(place);
            } else if let Some(creator) = self.creators.get_mut(&state.row.creator_id) {
                creator.mark_published(fact.published_at, zone);
            }
            return Ok(FactOutcome::Accepted);
        }

        let handle = fact.handle.as_ref().ok_or_else(|| {
            refuse(
                "creator",
                RejectionCode::MissingCreator,
                "Nothing says whose post this is. Name the creator for the whole file.",
            )
        })?;
        let now = self.now;
        let creator = self.creator_of(handle, terms)?;
        if creator.posts >= MAX_POSTS {
            let reason = format!("@{handle} has {MAX_POSTS} posts already, the most that one creator may have.");
            return Err(refuse("tiktok_video_id", RejectionCode::TooManyPosts, reason));
        }
        creator.posts += 1;
        creator.mark_published(fact.published_at, zone);
        let status = fact.tracking_status.unwrap_or(creator.row.creator.tracking_mode.arrival_status());
        let post = Post {
            post_id: PostId::new(),
            tiktok_video_id: fact.tiktok_video_id.clone(),
            kind: fact.kind.unwrap_or_default(),
            url: fact.url.clone(),
            description: fact.description.clone(),
            published_at: fact.published_at,
            tracking: Tracking { status, disabled: false },
            counters: Counters::default(),
            last_captured_at: None,
        };
        let post_id = post.post_id;
        let creator_id = creator.row.creator.creator_id;
        let remembered = Remembered::unread();
        let row = PostRow { creator_id, created_at: now, disabled_at: None, post, remembered };
        let state = PostState { booked: None, changed: true, ..PostState::stored(row) };
        self.by_video.insert(fact.tiktok_video_id.clone(), post_id);
        self.posts.insert(post_id, state);
        Ok(FactOutcome::Accepted)
    }

    /// Marks facts as duplicates if they contradict each other and leave the post as it is stored.
    fn settle_revisions(&mut self) {
        for state in self.posts.values_mut() {
            let Some((stored, places)) = state.revised.take() else { continue };
            if state.row.post == stored && state.decisions.is_empty() {
                state.changed = false;
                self.duplicates.extend(places);
            } else if let Some(creator) = self.creators.get_mut(&state.row.creator_id) {
                creator.mark_published(state.row.post.published_at, self.project.zone);
            }
        }
    }

    fn place_post_stats(
        &mut self,
        place: usize,
        fact: &PostStatsFact,
        terms: &AcceptTerms,
    ) -> Result<FactOutcome, FactOutcome> {
        not_ahead("captured_at", fact.captured_at, self.now)?;
        for (field, count) in fact.counters.by_name() {
            check_count(field, count)?;
        }
        let owner = match &fact.handle {
            Some(handle) => Some(self.creator_of(handle, terms)?.row.creator.creator_id),
            None => None,
        };
        let known = self.by_video.get(&fact.tiktok_video_id).copied();
        let Some(post) = known.and_then(|post_id| self.posts.get_mut(&post_id)) else {
            let reading = stats(place, fact);
            self.parked.insert((fact.tiktok_video_id.clone(), owner, fact.captured_at), reading);
            return Ok(FactOutcome::Parked);
        };
        if owner.is_some_and(|owner| owner != post.row.creator_id) {
            return Err(conflict(&fact.tiktok_video_id));
        }
        post.snapshots.push(stats(place, fact));
        Ok(FactOutcome::Accepted)
    }

    fn place_creator_stats(
        &mut self,
        place: usize,
        fact: &CreatorStatsFact,
        terms: &AcceptTerms,
    ) -> Result<FactOutcome, FactOutcome> {
        not_ahead("captured_at", fact.captured_at, self.now)?;
        check_count("follower_count", Some(fact.followers))?;
        let creator = self.creator_of(&fact.handle, terms)?;
        let Named { brought_by, source } = Named::by(fact.source.as_deref());
        creator.readings.push(Taken {
            fact: Some(place),
            at: fact.captured_at,
            value: fact.followers,
            brought_by,
            source,
        });
        Ok(FactOutcome::Accepted)
    }

    fn place_collection(
        &mut self,
        place: usize,
        fact: &CollectionFact,
        terms: &AcceptTerms,
    ) -> Result<FactOutcome, FactOutcome> {
        not_ahead("collected_at", fact.collected_at, self.now)?;
        let creator = self.creator_of(&fact.handle, terms)?;
        creator.collections.push(Taken::unnamed(Some(place), fact.collected_at, fact.scope));
        Ok(FactOutcome::Accepted)
    }
}

fn stats(place: usize, fact: &PostStatsFact) -> Taken<Counters> {
    let Named { brought_by, source } = Named::by(fact.source.as_deref());
    Taken { fact: Some(place), at: fact.captured_at, value: fact.counters, brought_by, source }
}

fn conflict(video_id: &str) -> FactOutcome {
    let reason = format!("Post {video_id} belongs to another creator of this project.");
    refuse("tiktok_video_id", RejectionCode::Conflict, reason)
}

/// Refuses a count that does not fit its column; the caller should have refused it already.
fn check_count(field: &'static str, count: Option<i64>) -> Result<(), FactOutcome> {
    match count.filter(|count| !is_count(*count)) {
        Some(count) => {
            Err(refuse(field, RejectionCode::InvalidCount, format!("{count} is not between 0 and {MAX_COUNT}.")))
        }
        None => Ok(()),
    }
}

fn not_ahead(field: &'static str, at: Instant, now: Instant) -> Result<(), FactOutcome> {
    if at.millis_since(now) > MAX_AHEAD_MS {
        return Err(refuse(field, RejectionCode::InTheFuture, "This lies more than five minutes in the future."));
    }
    Ok(())
}
