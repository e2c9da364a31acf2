//! The page of one campaign.

use crate::actor::Action;
use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::reach::{CampaignStats, DAYS_SHOWN, Reach, days, stats};
use crate::campaigns::record::{Campaign, CampaignItem};
use crate::error::AppError;
use crate::ids::{CampaignId, ProjectId};
use crate::paging::Page;
use crate::posts::record::Post;
use crate::projects::record::Project;
use crate::standings::standing::Standing;
use chrono::NaiveDate;
use compliance::Instant;
use compliance::gains::Gains;
use compliance::named;
use compliance::period::Dates;
use std::cmp::Reverse;
use std::collections::HashSet;

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

// The default first.
named!(CampaignSort { Attention: "attention", Views: "views", Engagement: "engagement", Posts: "posts", Name: "name" });

impl CampaignSort {
    /// Returns the label shown to people.
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
}

/// The local dates that the numbers of a campaign's page are summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// So many days, ending today.
    Last(u64),
    /// These dates.
    Dates(Dates),
}

impl Default for Stretch {
    fn default() -> Stretch {
        Stretch::Last(DAYS_SHOWN)
    }
}

/// The query of a campaign's page; all of it comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignQuery {
    /// The dates to sum.
    pub stretch: Stretch,
    /// The order of the creators.
    pub sort: CampaignSort,
    /// The page number, from 1.
    pub page: usize,
}

/// A campaign with everything in it.
#[derive(Debug, Clone)]
pub struct CampaignView {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// The campaign.
    pub campaign: Campaign,
    /// Its numbers.
    pub stats: CampaignStats,
    /// Its numbers day by day.
    pub days: Vec<(NaiveDate, Gains)>,
    /// The number of its creators who need attention.
    pub attention: usize,
    /// Its creators, at any depth.
    pub creators: Page<Contribution>,
    /// The single posts in it whose creator is not, most views first.
    pub posts: Vec<(Post, Gains)>,
    /// The campaigns directly in it.
    pub within: Vec<Campaign>,
    /// The campaigns that contain it directly.
    pub inside: Vec<Campaign>,
    /// The items directly in it, which can be removed from it.
    pub direct: HashSet<CampaignItem>,
    /// The other campaigns of the project.
    pub others: Vec<Campaign>,
}

/// A creator of a campaign with what they gained.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// The creator, judged.
    pub standing: Standing,
    /// What they gained on the requested dates.
    pub gains: Gains,
}

/// The longest period that a campaign's page shows, in days.
pub const LONGEST_STRETCH: i64 = 366;

/// Returns one campaign with everything in it.
pub async fn campaign_view(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    query: &CampaignQuery,
) -> Result<CampaignView, AppError> {
    let reach = Reach::load(caller, project_id, Some(campaign_id)).await?;
    let all = campaigns_by_name(caller, project_id).await?;
    let find = |id: CampaignId| all.iter().find(|campaign| campaign.campaign_id == id).cloned();
    let campaign = find(campaign_id).ok_or(AppError::NotFound)?;
    let dates = match query.stretch {
        Stretch::Last(days) => reach.last_days(days),
        Stretch::Dates(dates) => dates,
    };
    let gained = caller.store.gains_by_creator(project_id, reach.past(dates)).await?;
    let stats = stats(caller, project_id, &reach, &campaign, dates, &gained).await?;
    let members = reach.members(campaign_id);
    let days = days(caller, project_id, &reach, &members, dates).await?;
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
    let posts = caller.store.posts_by_ids(project_id, &members.posts).await?;
    let mut posts: Vec<(Post, Gains)> =
        posts.into_iter().map(|post| (post.clone(), reach.gained_by_post(post.post_id, dates))).collect();
    posts.sort_by_key(|(post, gains)| (Reverse(gains.views), post.post_id));
    let items = &reach.contents.items;
    let direct: HashSet<CampaignItem> =
        items.iter().filter(|(outer, _)| *outer == campaign_id).map(|(_, item)| *item).collect();
    let within = items.iter().filter_map(|(outer, item)| match item {
        CampaignItem::Campaign(inner) if *outer == campaign_id => find(*inner),
        _ => None,
    });
    let within = within.collect();
    let inside = items.iter().filter(|(_, item)| *item == CampaignItem::Campaign(campaign_id));
    let inside = inside.filter_map(|(outer, _)| find(*outer)).collect();
    let others = all.iter().filter(|other| other.campaign_id != campaign_id).cloned().collect();
    Ok(CampaignView {
        project: reach.judged.program.project.clone(),
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

/// Returns one campaign without its numbers.
pub async fn find_campaign(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
) -> Result<Campaign, AppError> {
    caller.project(project_id, Action::Read).await?;
    caller.store.campaign(project_id, campaign_id).await?.ok_or(AppError::NotFound)
}

/// Returns a campaign that is to be edited or deleted, with its project.
pub async fn campaign_to_change(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
) -> Result<(Project, Campaign), AppError> {
    let project = caller.project(project_id, Action::Write).await?;
    let campaign = caller.store.campaign(project_id, campaign_id).await?.ok_or(AppError::NotFound)?;
    Ok((project, campaign))
}

/// Returns the items directly in a campaign, ordered by id.
pub async fn campaign_items(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
) -> Result<Vec<CampaignItem>, AppError> {
    caller.project(project_id, Action::Read).await?;
    Ok(caller.store.campaign_items(project_id, campaign_id).await?)
}
