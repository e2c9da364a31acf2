//! The contents of one row in any format, and the facts made of it.

use crate::field::Field;
use crate::link::{self, PostLink};
use crate::options::Options;
use crate::row::Harvest;
use crate::row_error::RowError;
use compliance::Scope;
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostKind, PostStatsFact, ProfileFact,
};
use compliance::instant::Instant;

/// The contents of one row. Everything is optional; [`facts`](Observation::facts) makes facts of what there is.
#[derive(Debug, Default)]
pub(crate) struct Observation {
    pub post_id: Option<String>,
    pub creator: Option<Handle>,
    pub creator_name: Option<String>,
    pub avatar_url: Option<String>,
    pub published_at: Option<Instant>,
    pub captured_at: Option<Instant>,
    pub counters: Counters,
    pub followers: Option<i64>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub kind: Option<PostKind>,
    /// Whether the source always has publication dates: then a post without one is an error, not a row of counters.
    pub dates_posts: bool,
}

impl Observation {
    /// Fills in missing fields from the post's address.
    pub fn read_link(&mut self) {
        if let Some(url) = &self.url {
            let PostLink { handle, post_id, kind } = link::parse(url);
            self.creator = self.creator.take().or(handle);
            self.post_id = self.post_id.take().or(post_id);
            self.kind = self.kind.or(kind);
        }
    }

    /// Fills in missing fields from the options. `carries_captures`: the source has capture instants, so a missing one
    /// is unknown and not filled in.
    pub fn complete(&mut self, options: &Options, carries_captures: bool) {
        if self.creator.is_none() {
            self.creator.clone_from(&options.default_creator);
        }
        if !carries_captures {
            self.captured_at = self.captured_at.or(options.collected_at);
        }
    }

    /// Returns the facts of the row. `name_of` returns the file's name for a field, for messages.
    pub fn facts<'n>(self, name_of: impl Fn(Field) -> &'n str) -> Result<Harvest, RowError> {
        let mut harvest = Harvest::default();
        if let Some(handle) = &self.creator
            && (self.creator_name.is_some() || self.avatar_url.is_some())
        {
            harvest.facts.push(Fact::Profile(ProfileFact {
                handle: handle.clone(),
                display_name: self.creator_name.clone(),
                avatar_url: self.avatar_url.clone(),
            }));
        }
        if self.followers.is_some() && self.creator.is_none() {
            return Err(RowError::missing(name_of(Field::Creator), "The row does not say whose followers these are."));
        }
        if self.post_id.is_none() && self.creator.is_none() {
            return Err(RowError::missing(name_of(Field::PostId), "The row names neither a post nor a creator."));
        }
        let has_counters = !self.counters.is_empty();
        if self.post_id.is_none() && has_counters {
            return Err(RowError::missing(name_of(Field::PostId), "The row does not say which post was counted."));
        }
        if self.post_id.is_none() && self.followers.is_none() && harvest.facts.is_empty() {
            return Err(RowError::missing(
                name_of(Field::Followers),
                "The row names a creator and says nothing of them.",
            ));
        }
        let captured_at = self.captured_at;
        let (followers, creator) = (self.followers, self.creator.clone());
        self.post_facts(&name_of, &mut harvest)?;
        match (followers, creator, captured_at) {
            (Some(followers), Some(handle), Some(captured_at)) => {
                harvest.facts.push(Fact::CreatorStats(CreatorStatsFact {
                    handle,
                    captured_at,
                    followers,
                    source: None,
                }));
            }
            (Some(_), _, None) => harvest.counters_without_instant += 1,
            _ => {}
        }
        Ok(harvest)
    }

    fn post_facts<'n>(self, name_of: &impl Fn(Field) -> &'n str, harvest: &mut Harvest) -> Result<(), RowError> {
        let Some(post_id) = self.post_id else { return Ok(()) };
        let counted = !self.counters.is_empty();
        if let Some(published_at) = self.published_at {
            if self.creator.is_none() {
                return Err(RowError::missing(name_of(Field::Creator), "The row does not say whose post it is."));
            }
            harvest.facts.push(Fact::Post(PostFact {
                tiktok_video_id: post_id.clone(),
                handle: self.creator.clone(),
                kind: self.kind,
                published_at,
                url: self.url,
                description: self.description,
                tracking_status: None,
            }));
        } else if self.dates_posts {
            let reason = "The row does not say when the post was published.";
            return Err(RowError::missing(name_of(Field::PublishedAt), reason));
        } else if !counted && self.followers.is_none() {
            return Err(RowError::missing(name_of(Field::Views), "The row names a post and has no counters."));
        }
        match (self.captured_at, self.creator) {
            (Some(captured_at), handle) if counted => harvest.facts.push(Fact::PostStats(PostStatsFact {
                tiktok_video_id: post_id,
                handle,
                captured_at,
                counters: self.counters,
                source: None,
            })),
            // The post was seen, although none of its counters was: that is a collection of its creator's posts.
            (Some(collected_at), Some(handle)) => {
                harvest.facts.push(Fact::Collection(CollectionFact { handle, collected_at, scope: Scope::Posts }));
            }
            (None, _) => harvest.counters_without_instant += known(self.counters),
            _ => {}
        }
        Ok(())
    }
}

fn known(counters: Counters) -> u64 {
    counters.engagement().iter().chain([&counters.views]).filter(|counter| counter.is_some()).count() as u64
}
