//! The contents of one row in any format, and the facts made of it.

use crate::excerpt::excerpt;
use crate::field::Field;
use crate::id;
use crate::options::Options;
use crate::row::{Harvest, IdOrigin};
use crate::row_error::{Fault, LeftOut, RowError};
use compliance::Scope;
use compliance::address::{self, Address, PostAddress, SHORT_LINK};
use compliance::fact::{
    AccountId, CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostKind, PostStatsFact, ProfileFact,
};
use compliance::instant::Instant;

/// What a row is from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A JSON item: it has numbers and texts, and a text has all its digits.
    #[default]
    Json,
    /// A table.
    Table,
}

/// The contents of one row. Everything is optional; [`facts`](Observation::facts) makes facts of what there is.
#[derive(Debug, Default)]
pub(crate) struct Observation {
    pub post_id: Option<String>,
    /// Why there is no post id, if the row has a value for it. The address of the post may still name it.
    pub unusable_id: Option<RowError>,
    /// Why there is no creator, if the row has a value for it. The address of the post may still name them.
    pub unusable_creator: Option<RowError>,
    /// What the row is from.
    pub origin: Origin,
    /// Whether `post_id` is from the address, or the address has it too.
    pub id_of_address: bool,
    pub creator: Option<Handle>,
    /// TikTok's ids of the creator's account.
    pub accounts: Vec<AccountId>,
    pub creator_name: Option<String>,
    pub avatar_url: Option<String>,
    pub published_at: Option<Instant>,
    pub captured_at: Option<Instant>,
    pub counters: Counters,
    pub followers: Option<i64>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub kind: Option<PostKind>,
    /// The values that could not be used.
    pub left_out: Vec<LeftOut>,
    /// Whether the source always has publication dates: then a post without one is an error, not a row of counters.
    pub dates_posts: bool,
    /// Whether a creator by themselves is worth a fact: in a list of handles.
    pub lists_creators: bool,
}

impl Observation {
    /// Stores the id of the post, or why it cannot be used.
    pub fn set_id(&mut self, read: Result<Option<String>, RowError>) {
        match read {
            Ok(post_id) => self.post_id = post_id,
            Err(error) => self.unusable_id = Some(error),
        }
    }

    /// Fills in missing fields from the post's address, and settles the id: where both name the same post, but the id has
    /// lost digits, the address wins. Fails if they name two posts, or if the id cannot be read and no address names it.
    pub fn read_link<'n>(&mut self, name_of: impl Fn(Field) -> &'n str) -> Result<(), RowError> {
        match self.url.as_deref().and_then(Address::parse) {
            Some(Address::Post(post)) => {
                self.read_author(post.handle.as_ref(), name_of(Field::Url));
                self.read_post(post, name_of(Field::PostId))?;
            }
            Some(Address::Profile(handle)) => self.read_author(Some(&handle), name_of(Field::Url)),
            Some(Address::ShortLink) if self.post_id.is_none() && self.unusable_id.is_none() => {
                return Err(Fault::new("short_link", SHORT_LINK).at(name_of(Field::Url)));
            }
            Some(Address::ShortLink | Address::Other) | None => {}
        }
        match (self.unusable_id.take(), self.unusable_creator.take()) {
            (Some(error), _) if self.post_id.is_none() => Err(error),
            (_, Some(error)) if self.creator.is_none() => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes the creator from an address, if the row names none that can be used. If it names another one, that is told:
    /// an address may have the handle of before a renaming, and a list of reposts has the addresses of other people's posts.
    fn read_author(&mut self, author: Option<&Handle>, field: &str) {
        let Some(author) = author else { return };
        if let Some(error) = self.unusable_creator.take() {
            let reason = format!("{} The creator in the address, @{author}, was taken.", error.reason);
            let fault = Fault { code: error.code, reason };
            self.left_out.push(fault.left_out_of(error.field.as_deref().unwrap_or(field)));
        }
        match &self.creator {
            None => self.creator = Some(author.clone()),
            Some(creator) if creator != author => {
                let reason = format!("The address names @{author}, the row @{creator}; @{creator} was taken.");
                self.left_out.push(Fault::new("other_creator", reason).left_out_of(field));
            }
            Some(_) => {}
        }
    }

    fn read_post(&mut self, post: PostAddress, field: &str) -> Result<(), RowError> {
        let PostAddress { tiktok_video_id, kind, .. } = post;
        self.kind = self.kind.or(kind);
        let said = match &self.post_id {
            Some(post_id) if *post_id == tiktok_video_id => {
                self.id_of_address = true;
                return Ok(());
            }
            Some(post_id) => Some(post_id.clone()),
            None => None,
        };
        if let Some(post_id) = said {
            let shown = excerpt(&post_id);
            let fault = if id::is_rounded_from(&post_id, &tiktok_video_id) {
                Fault::new("rounded_id", format!("“{shown}” has lost digits; the id in the post's address was taken."))
            } else if address::published_at(&post_id).is_none() {
                // A row number, or an id of another system.
                Fault::new(
                    "other_id",
                    format!("“{shown}” is no id of TikTok's; the id in the post's address was taken."),
                )
            } else {
                let reason = format!(
                    "The row names two posts: the id {shown}, and {} in the post's address.",
                    excerpt(&tiktok_video_id)
                );
                return Err(Fault::new("two_posts", reason).at(field));
            };
            self.left_out.push(fault.left_out_of(field));
        } else if let Some(error) = self.unusable_id.take() {
            let reason = format!("{} The id in the post's address was taken.", error.reason);
            self.left_out.push(Fault::new("rounded_id", reason).left_out_of(field));
        }
        self.post_id = Some(tiktok_video_id);
        self.id_of_address = true;
        Ok(())
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
    pub fn facts<'n>(mut self, name_of: impl Fn(Field) -> &'n str) -> Result<Harvest, RowError> {
        self.leave_out_counters_of_no_post(&name_of);
        let left_out = std::mem::take(&mut self.left_out);
        let id = self.id_origin(name_of(Field::PostId));
        let error = match self.harvest(&name_of) {
            Ok(harvest) => return Ok(Harvest { left_out, id, ..harvest }),
            Err(error) => error,
        };
        // If the row lacks a counter because it could not be used, that is the reason to show.
        let counted = [Field::Views, Field::Likes, Field::Comments, Field::Shares, Field::Saves, Field::Followers];
        let counted = counted.map(|field| excerpt(name_of(field)));
        let cause = || left_out.into_iter().find(|left_out| counted.contains(&left_out.field));
        let is_of_counter = error.field.as_ref().is_some_and(|field| counted.contains(field));
        Err(is_of_counter.then(cause).flatten().map_or(error, RowError::of_left_out))
    }

    /// Leaves out the counters of a row about a profile: TikTok counts the likes and views of an account too, and they are
    /// those of no post.
    fn leave_out_counters_of_no_post<'n>(&mut self, name_of: &impl Fn(Field) -> &'n str) {
        let describes_creator = self.followers.is_some()
            || self.creator_name.is_some()
            || self.avatar_url.is_some()
            || !self.accounts.is_empty();
        if self.post_id.is_some() || !describes_creator {
            return;
        }
        let Counters { views, likes, comments, shares, saves } = std::mem::take(&mut self.counters);
        let counters = [
            (Field::Views, views),
            (Field::Likes, likes),
            (Field::Comments, comments),
            (Field::Shares, shares),
            (Field::Saves, saves),
        ];
        for (field, _) in counters.into_iter().filter(|(_, count)| count.is_some()) {
            let reason = "The row names a creator and no post, so this is the count of no post.";
            self.left_out.push(Fault::new("no_post", reason).left_out_of(name_of(field)));
        }
    }

    fn id_origin(&self, field: &str) -> IdOrigin {
        match &self.post_id {
            Some(post_id) if !self.id_of_address && id::looks_rounded(post_id) => {
                IdOrigin::Suspect(id::lost(post_id).at(field))
            }
            Some(post_id) if !self.id_of_address && self.origin == Origin::Table && id::is_of_data_frame(post_id) => {
                IdOrigin::OfDataFrame(post_id.clone(), id::lost(post_id).at(field))
            }
            Some(_) if !self.id_of_address => IdOrigin::Column,
            _ => IdOrigin::Address,
        }
    }

    fn harvest<'n>(self, name_of: impl Fn(Field) -> &'n str) -> Result<Harvest, RowError> {
        let mut harvest = Harvest::default();
        if let Some(handle) = &self.creator
            && (self.creator_name.is_some()
                || self.avatar_url.is_some()
                || !self.accounts.is_empty()
                || self.lists_creators)
        {
            harvest.facts.push(Fact::Profile(ProfileFact {
                handle: handle.clone(),
                accounts: self.accounts.clone(),
                seen_at: self.captured_at,
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
