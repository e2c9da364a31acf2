//! Campaigns: every one of a project, and one with everything in it.

mod actions;
mod form;
mod reach;

pub use actions::{
    AddToCampaign, CreateCampaign, DeleteCampaign, RemoveFromCampaign, RestoreCampaign, UpdateCampaign, circle,
};
pub use form::{CampaignErrors, CampaignForm};
pub use reach::{CampaignStats, campaign_stats, members_of};

use super::paging::Page;
use super::{Server, undo_since};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{Campaign, CampaignItem, CampaignMembers, Deleted, Post, Project, Standing};
use chrono::NaiveDate;
use compliance::Instant;
use compliance::ledger::Gains;
use compliance::name::folded;
use compliance::period::Dates;
use reach::{Reach, days, stats, sum_of};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The campaigns of a project, in order of their names.
pub async fn campaigns_by_name(server: &Server, project_id: Uuid) -> Result<Vec<Campaign>, AppError> {
    let mut campaigns = server.store.campaigns(project_id).await?;
    campaigns.sort_by_cached_key(|campaign| (folded(&campaign.terms.name), campaign.campaign_id));
    Ok(campaigns)
}

/// The campaigns of a project.
#[derive(Debug, Clone)]
pub struct Campaigns {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// Each with what it reached over the last 30 days, in order of their names.
    pub campaigns: Vec<CampaignRow>,
    /// Those that were deleted and can be brought back.
    pub deleted: Vec<Deleted<Campaign>>,
}

/// One of a list of campaigns.
#[derive(Debug, Clone)]
pub struct CampaignRow {
    /// The campaign.
    pub campaign: Campaign,
    /// The names of the campaigns that it stands in.
    pub inside: Vec<String>,
    /// What it reached.
    pub stats: CampaignStats,
    /// How many of its creators need attention.
    pub attention: usize,
}

/// Every campaign of a project, with what it reached.
pub async fn campaigns(server: &Server, project_id: Uuid) -> Result<Campaigns, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let deleted = server.store.deleted_campaigns(project_id, undo_since(server.now())).await?;
    let listed = campaigns_by_name(server, project_id).await?;
    let as_of = server.now();
    if listed.is_empty() {
        return Ok(Campaigns { project, as_of, campaigns: Vec::new(), deleted });
    }
    let reach = Reach::load(server, project_id, None).await?;
    let dates = reach.last_days();
    let gained = server.store.gains_by_creator(project_id, reach.past(dates)).await?;
    let members: HashMap<Uuid, CampaignMembers> =
        listed.iter().map(|campaign| (campaign.campaign_id, reach.members(campaign.campaign_id))).collect();
    let asked: Vec<_> = listed
        .iter()
        .filter_map(|campaign| {
            let target = campaign.terms.target.as_ref()?;
            let creators = members.get(&campaign.campaign_id)?.creators.clone();
            Some((campaign.campaign_id, creators, reach.past(target.dates())))
        })
        .collect();
    let past = server.store.gains_by_campaign(project_id, &asked).await?;
    let worried: HashSet<Uuid> = reach
        .judged
        .standings()
        .iter()
        .filter(|standing| standing.needs_attention())
        .map(Standing::creator_id)
        .collect();
    let names: HashMap<Uuid, String> =
        listed.iter().map(|campaign| (campaign.campaign_id, campaign.terms.name.clone())).collect();
    let row = |campaign: Campaign| {
        let id = campaign.campaign_id;
        let members = members.get(&id).cloned().unwrap_or_default();
        let past = past.get(&id).copied().unwrap_or_default();
        let stats = CampaignStats {
            dates,
            creators: members.creators.len(),
            posts: members.posts.len(),
            gains: reach.gained(&members, dates, sum_of(&members, &gained)),
            progress: campaign.terms.target.as_ref().map(|target| reach.progress(target, &members, past)),
        };
        let around = reach.contents.items.iter().filter(|(_, item)| *item == CampaignItem::Campaign(id));
        let inside = around.filter_map(|(outer, _)| names.get(outer).cloned()).collect();
        let attention = members.creators.iter().filter(|creator| worried.contains(creator)).count();
        CampaignRow { campaign, inside, stats, attention }
    };
    let campaigns = listed.into_iter().map(row).collect();
    Ok(Campaigns { project, as_of: reach.judged.as_of, campaigns, deleted })
}

/// An order of the creators of a campaign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CampaignSort {
    /// Those who need attention first.
    #[default]
    Attention,
    /// Most views first.
    Views,
    /// Most engagement first.
    Engagement,
    /// Most posts first.
    Posts,
    /// By name.
    Name,
}

impl CampaignSort {
    /// Every order, the default first.
    pub const ALL: [CampaignSort; 5] = [
        CampaignSort::Attention,
        CampaignSort::Views,
        CampaignSort::Engagement,
        CampaignSort::Posts,
        CampaignSort::Name,
    ];

    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CampaignSort::Attention => "attention",
            CampaignSort::Views => "views",
            CampaignSort::Engagement => "engagement",
            CampaignSort::Posts => "posts",
            CampaignSort::Name => "name",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            CampaignSort::Attention => "Needs attention",
            CampaignSort::Views => "Views",
            CampaignSort::Engagement => "Engagement",
            CampaignSort::Posts => "Posts",
            CampaignSort::Name => "Name",
        }
    }

    /// The order with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<CampaignSort> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// What the page of a campaign is asked to show; everything comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignQuery {
    /// The dates to sum up; the last 30 days if not given.
    pub dates: Option<Dates>,
    /// The order of the creators.
    pub sort: CampaignSort,
    /// Which page of them, from 1.
    pub page: usize,
}

/// A campaign with everything in it.
#[derive(Debug, Clone)]
pub struct CampaignView {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// The campaign.
    pub campaign: Campaign,
    /// What it reached.
    pub stats: CampaignStats,
    /// The same, day by day.
    pub days: Vec<(NaiveDate, Gains)>,
    /// How many of its creators need attention.
    pub attention: usize,
    /// Its creators, however deep.
    pub creators: Page<Contribution>,
    /// The single posts in it whose creator is not, most views first.
    pub posts: Vec<(Post, Gains)>,
    /// The campaigns directly in it.
    pub within: Vec<Campaign>,
    /// The campaigns it stands in directly.
    pub inside: Vec<Campaign>,
    /// What stands directly in it and can be taken out.
    pub direct: HashSet<Uuid>,
    /// The other campaigns of the project.
    pub others: Vec<Campaign>,
}

/// A creator of a campaign with what they brought.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// How the creator stands.
    pub standing: Standing,
    /// What they gained on the dates asked for.
    pub gains: Gains,
}

/// The longest stretch of time that a campaign's page draws, in days.
pub const LONGEST_STRETCH: i64 = 366;

/// One campaign with everything in it.
pub async fn campaign_view(
    server: &Server,
    project_id: Uuid,
    campaign_id: Uuid,
    query: &CampaignQuery,
) -> Result<CampaignView, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let all = campaigns_by_name(server, project_id).await?;
    let find = |id: Uuid| all.iter().find(|campaign| campaign.campaign_id == id).cloned();
    let campaign = find(campaign_id).ok_or(AppError::NotFound)?;
    let reach = Reach::load(server, project_id, Some(campaign_id)).await?;
    let dates = query.dates.unwrap_or_else(|| reach.last_days());
    let gained = server.store.gains_by_creator(project_id, reach.past(dates)).await?;
    let stats = stats(server, project_id, &reach, &campaign, dates, &gained).await?;
    let members = reach.members(campaign_id);
    let days = days(server, project_id, &reach, &members, dates).await?;
    let mut creators: Vec<Contribution> = reach
        .judged
        .standings()
        .into_iter()
        .filter(|standing| members.creators.binary_search(&standing.creator_id()).is_ok())
        .map(|standing| {
            let creator_id = standing.creator_id();
            let mut gains = gained.get(&creator_id).copied().unwrap_or_default();
            gains += reach.gained_today(creator_id, dates);
            Contribution { standing, gains }
        })
        .collect();
    let attention = creators.iter().filter(|creator| creator.standing.needs_attention()).count();
    match query.sort {
        CampaignSort::Attention => {}
        CampaignSort::Views => creators.sort_by_key(|creator| Reverse(creator.gains.views)),
        CampaignSort::Engagement => creators.sort_by_key(|creator| Reverse(creator.gains.engagement)),
        CampaignSort::Posts => creators.sort_by_key(|creator| Reverse(creator.gains.posts)),
        CampaignSort::Name => creators.sort_by_cached_key(|creator| creator.standing.sort_name()),
    }
    let posts = server.store.posts_by_ids(project_id, &members.posts).await?;
    let mut posts: Vec<(Post, Gains)> =
        posts.into_iter().map(|post| (post.clone(), reach.gained_by_post(post.post_id, dates))).collect();
    posts.sort_by_key(|(post, gains)| (Reverse(gains.views), post.post_id));
    let items = &reach.contents.items;
    let direct: HashSet<Uuid> =
        items.iter().filter(|(outer, _)| *outer == campaign_id).map(|(_, item)| item.id()).collect();
    let within = items.iter().filter(|(outer, item)| *outer == campaign_id && item.kind() == "campaign");
    let within = within.filter_map(|(_, item)| find(item.id())).collect();
    let inside = items.iter().filter(|(_, item)| *item == CampaignItem::Campaign(campaign_id));
    let inside = inside.filter_map(|(outer, _)| find(*outer)).collect();
    let others = all.iter().filter(|other| other.campaign_id != campaign_id).cloned().collect();
    Ok(CampaignView {
        project,
        as_of: reach.judged.as_of,
        campaign,
        stats,
        days,
        attention,
        creators: Page::cut(creators, query.page),
        posts,
        within,
        inside,
        direct,
        others,
    })
}
