//! Campaigns as the application sees them.

use compliance::Instant;
use compliance::campaign::{CampaignTarget, Nesting};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A group of creators, posts and other campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub campaign_id: Uuid,
    /// What it is called and what it should reach.
    pub terms: CampaignTerms,
    /// When it was made.
    pub created_at: Instant,
}

/// What people say of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignTerms {
    /// What people call it.
    pub name: String,
    /// What they want to remember.
    pub notes: String,
    /// What it should reach, if anything.
    pub target: Option<CampaignTarget>,
}

/// Something that can stand in a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CampaignItem {
    /// A creator, with everything of theirs.
    Creator(Uuid),
    /// A single post.
    Post(Uuid),
    /// Another campaign.
    Campaign(Uuid),
}

impl CampaignItem {
    /// What kind of thing it is.
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
            CampaignItem::Creator(id) | CampaignItem::Post(id) | CampaignItem::Campaign(id) => id,
        }
    }

    /// The item of this [`kind`](Self::kind).
    #[must_use]
    pub fn new(kind: &str, id: Uuid) -> Option<CampaignItem> {
        match kind {
            "creator" => Some(CampaignItem::Creator(id)),
            "post" => Some(CampaignItem::Post(id)),
            "campaign" => Some(CampaignItem::Campaign(id)),
            _ => None,
        }
    }
}

/// What became of items that were to go into a campaign. If any is refused, none is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddItemsOutcome {
    /// All are in; so many were not before.
    Added(usize),
    /// This one (by its place) is not in the project.
    Unknown(usize),
    /// This campaign (by its place) would close a circle: the names on the way from it back to where it should go.
    Circle(usize, Vec<String>),
}

/// Everything that stands in the campaigns of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignContents {
    /// A campaign and what stands directly in it, by their ids.
    pub items: Vec<(Uuid, CampaignItem)>,
    /// Whose the posts among them are.
    pub owners: HashMap<Uuid, Uuid>,
}

/// What a campaign reaches, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignMembers {
    /// Creators in it who are in the program, by id.
    pub creators: Vec<Uuid>,
    /// Single posts in it whose creator is in the program but not in the campaign, by id.
    pub posts: Vec<Uuid>,
}

impl CampaignContents {
    /// Which campaigns stand in which.
    #[must_use]
    pub fn nesting(&self) -> Nesting<Uuid> {
        Nesting::new(self.items.iter().filter_map(|(outer, item)| match item {
            CampaignItem::Campaign(inner) => Some((*outer, *inner)),
            CampaignItem::Creator(_) | CampaignItem::Post(_) => None,
        }))
    }

    /// What a campaign reaches, however deep, among the creators `in_program`.
    #[must_use]
    pub fn members(&self, campaign_id: Uuid, in_program: &dyn Fn(Uuid) -> bool) -> CampaignMembers {
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

/// What became of a campaign to bring back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreCampaignOutcome {
    /// It is back.
    Restored,
    /// By now it would stand in itself: the names on the way.
    Circle(Vec<String>),
}
