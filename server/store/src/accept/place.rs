//! Matches facts to creators and posts, and decides which are new, which change something, which are parked and which
//! are refused.

use crate::accept::batch::{Batch, CreatorState, Named, PostState, Taken};
use crate::accept::refusal::refuse;
use crate::accept::waiting_fact::WaitingFact;
use crate::rows::{CreatorRow, PostRow};
use chrono::NaiveTime;
use compliance::bounds::{MAX_COUNT, MAX_POSTS, is_count};
use compliance::calendar::LocalDays as _;
use compliance::fact::{
    AHEAD, CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostStatsFact, ProfileFact, is_ahead,
};
use compliance::ledger::Remembered;
use compliance::tracking::{Tracking, TrackingMode};
use compliance::{Instant, Looks};
use program::creators::record::{Creator, SameAs};
use program::facts::record::{AcceptTerms, FactOutcome, RejectionCode};
use program::ids::{CreatorId, PostId};
use program::posts::record::Post;

impl Batch {
    /// Notes a fact in the batch; the error is its refusal.
    pub(super) fn place(&mut self, place: usize, fact: &Fact, terms: &AcceptTerms) -> Result<FactOutcome, FactOutcome> {
        match fact {
            Fact::Profile(fact) => self.place_profile(fact, terms),
            Fact::Post(fact) => self.place_post(place, fact, terms),
            Fact::PostStats(fact) => self.place_post_stats(place, fact, terms),
            Fact::CreatorStats(fact) => self.place_creator_stats(place, fact, terms),
            Fact::Collection(fact) => self.place_collection(place, fact, terms),
        }
    }

    /// Returns the creator with this handle; a file import creates an unknown one.
    pub(super) fn creator_of(
        &mut self,
        handle: &Handle,
        terms: &AcceptTerms,
    ) -> Result<&mut CreatorState, FactOutcome> {
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
                    same_as: None,
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

    /// If a fact about a known post has the handle of another creator, returns the post's creator and that handle.
    fn owned_by_another<'f>(&self, video_id: &str, handle: Option<&'f Handle>) -> Option<(CreatorId, &'f Handle)> {
        let (owner, handle) = (self.posts.get(self.by_video.get(video_id)?)?.row.creator_id, handle?);
        (!self.stands_for(handle, owner)).then_some((owner, handle))
    }

    /// Returns the creator with this handle, if that is probably the new name of the post's creator: they were made since
    /// the import began, and nothing says that they are two accounts. Otherwise the fact is refused.
    fn double_of(
        &mut self,
        owner: CreatorId,
        handle: &Handle,
        video_id: &str,
        terms: &AcceptTerms,
    ) -> Result<CreatorId, FactOutcome> {
        let whose = self.creators.get(&owner).map(|state| state.row.creator.handle.clone());
        let known = self.by_handle.get(handle).and_then(|id| self.creators.get(id));
        // An import makes creators with an automatic tracking start; people give one.
        let is_of_this_import = |creator: &Creator| {
            creator.tracking_start_date.is_none()
                && terms.began.is_some_and(|began| creator.creator_id.uuid() > began.uuid())
        };
        let may_wait = terms.began.is_some()
            && known.is_none_or(|state| {
                let creator = &state.row.creator;
                creator.same_as == Some(SameAs::Probably(owner)) || state.is_new || is_of_this_import(creator)
            });
        if may_wait {
            let double = self.creator_of(handle, terms)?.row.creator.creator_id;
            if !self.are_two_accounts(owner, double) && self.suspect(double, owner, true) {
                return Ok(double);
            }
        }
        Err(conflict(video_id, handle, whose.as_ref()))
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
        if let Some((owner, handle)) = self.owned_by_another(&fact.tiktok_video_id, fact.handle.as_ref()) {
            let double = self.double_of(owner, handle, &fact.tiktok_video_id, terms)?;
            self.waiting.push(WaitingFact::post(place, double, fact));
            return Ok(FactOutcome::Waiting);
        }
        let known = self.by_video.get(&fact.tiktok_video_id).copied();
        if let Some(state) = known.and_then(|post_id| self.posts.get_mut(&post_id)) {
            let before = state.row.post.clone();
            let post = &mut state.row.post;
            post.kind = fact.kind.unwrap_or(post.kind);
            // A file may know only the day, which is read as its start: the time that is known stays.
            let is_day = zone.wall_clock(fact.published_at).time() == NaiveTime::MIN
                && zone.date_of(fact.published_at) == zone.date_of(post.published_at);
            if terms.began.is_none() || !is_day {
                post.published_at = fact.published_at;
            }
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
    pub(super) fn settle_revisions(&mut self) {
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
        if let Some((owner, handle)) = self.owned_by_another(&fact.tiktok_video_id, fact.handle.as_ref()) {
            let double = self.double_of(owner, handle, &fact.tiktok_video_id, terms)?;
            self.waiting.push(WaitingFact::post_stats(place, double, fact));
            return Ok(FactOutcome::Waiting);
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

fn conflict(video_id: &str, handle: &Handle, whose: Option<&Handle>) -> FactOutcome {
    let reason = match whose {
        Some(whose) => format!(
            "Post {video_id} belongs to @{whose}, not to @{handle}. If both are the same account, merge them in the settings \
             of @{whose}."
        ),
        None => format!("Post {video_id} belongs to another creator of this project."),
    };
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
    if is_ahead(at, now) {
        return Err(refuse(field, RejectionCode::InTheFuture, AHEAD));
    }
    Ok(())
}
