//! The records of campaigns.

use crate::ids::{CampaignId, CreatorId, PostId};
use compliance::Instant;
use compliance::campaign::{CampaignTarget, Nesting};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A group of creators, posts and other campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub campaign_id: CampaignId,
    /// Its name, notes and target.
    pub terms: CampaignTerms,
    /// When it was created.
    pub created_at: Instant,
}

/// What can be edited about a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignTerms {
    /// Its name.
    pub name: String,
    /// Its notes.
    pub notes: String,
    /// Its target, if it has one.
    pub target: Option<CampaignTarget>,
}

/// Something that can be in a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CampaignItem {
    /// A creator with all of their posts.
    Creator(CreatorId),
    /// A single post.
    Post(PostId),
    /// Another campaign.
    Campaign(CampaignId),
}

impl CampaignItem {
    /// Returns the kind of item.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            CampaignItem::Creator(_) => "creator",
            CampaignItem::Post(_) => "post",
            CampaignItem::Campaign(_) => "campaign",
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            CampaignItem::Creator(id) => id.uuid(),
            CampaignItem::Post(id) => id.uuid(),
            CampaignItem::Campaign(id) => id.uuid(),
        }
    }

    /// Returns the item of this [`kind`](Self::kind).
    #[must_use]
    pub fn new(kind: &str, id: Uuid) -> Option<CampaignItem> {
        match kind {
            "creator" => Some(CampaignItem::Creator(id.into())),
            "post" => Some(CampaignItem::Post(id.into())),
            "campaign" => Some(CampaignItem::Campaign(id.into())),
            _ => None,
        }
    }
}

/// The result of adding items to a campaign. If any is refused, none is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddItemsOutcome {
    /// All were added; this many were new.
    Added(usize),
    /// The item at this index is not in the project.
    Unknown(usize),
    /// The campaign at this index would create a circle: the names on the path from it back to the target campaign.
    Circle(usize, Vec<String>),
}

/// The items of all campaigns of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignContents {
    /// A campaign and an item directly in it, by their ids.
    pub items: Vec<(CampaignId, CampaignItem)>,
    /// The creators of the posts among them.
    pub owners: HashMap<PostId, CreatorId>,
}

/// The members of a campaign, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignMembers {
    /// The creators in it who are in the program, by id.
    pub creators: Vec<CreatorId>,
    /// The single posts in it whose creator is in the program but not in the campaign, by id.
    pub posts: Vec<PostId>,
}

impl CampaignContents {
    /// Returns which campaigns are in which.
    #[must_use]
    pub fn nesting(&self) -> Nesting<CampaignId> {
        Nesting::new(self.items.iter().filter_map(|(outer, item)| match item {
            CampaignItem::Campaign(inner) => Some((*outer, *inner)),
            CampaignItem::Creator(_) | CampaignItem::Post(_) => None,
        }))
    }

    /// Returns the members of a campaign at any depth, among the creators `in_program`.
    #[must_use]
    pub fn members(&self, campaign_id: CampaignId, in_program: &dyn Fn(CreatorId) -> bool) -> CampaignMembers {
        let reached = self.nesting().reach(campaign_id);
        let inside = self.items.iter().filter(|(outer, _)| reached.contains(outer)).map(|(_, item)| *item);
        let (mut creators, mut posts) = (BTreeSet::new(), BTreeSet::new());
        for item in inside {
            match item {
                CampaignItem::Creator(id) if in_program(id) => drop(creators.insert(id)),
                CampaignItem::Post(id) => drop(posts.insert(id)),
                CampaignItem::Creator(_) | CampaignItem::Campaign(_) => {}
            }
        }
        posts.retain(|post| self.owners.get(post).is_some_and(|owner| in_program(*owner) && !creators.contains(owner)));
        CampaignMembers { creators: creators.into_iter().collect(), posts: posts.into_iter().collect() }
    }
}

/// The result of restoring a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreCampaignOutcome {
    /// It was restored.
    Restored,
    /// It was refused, because the campaign would now contain itself: the names on the path.
    Circle(Vec<String>),
}
