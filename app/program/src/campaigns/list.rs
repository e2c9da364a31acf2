//! The Campaigns page.

use crate::actor::Action;
use crate::caller::Caller;
use crate::campaigns::reach::{CampaignStats, DAYS_SHOWN, Reach, sum_of};
use crate::campaigns::record::{Campaign, CampaignItem, CampaignMembers};
use crate::error::AppError;
use crate::ids::{CampaignId, CreatorId, ProjectId};
use crate::projects::record::Project;
use crate::standings::gains::GainsAsked;
use crate::standings::standing::Standing;
use crate::undo::{Deleted, undo_since};
use compliance::Instant;
use compliance::name::folded;
use std::collections::{HashMap, HashSet};

/// Returns the campaigns of a project, ordered by name.
pub async fn campaigns_by_name(caller: &Caller, project_id: ProjectId) -> Result<Vec<Campaign>, AppError> {
    let mut campaigns = caller.store.campaigns(project_id).await?;
    campaigns.sort_by_cached_key(|campaign| (folded(&campaign.terms.name), campaign.campaign_id));
    Ok(campaigns)
}

/// Returns the campaigns of a project without their numbers, ordered by id.
pub async fn campaigns_by_id(caller: &Caller, project_id: ProjectId) -> Result<Vec<Campaign>, AppError> {
    caller.project(project_id, Action::Read).await?;
    Ok(caller.store.campaigns(project_id).await?)
}

/// The campaigns of a project, as their page shows them.
#[derive(Debug, Clone)]
pub struct Campaigns {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// Each with its numbers over the last 30 days, ordered by name.
    pub campaigns: Vec<CampaignRow>,
    /// The deleted campaigns that can be restored.
    pub deleted: Vec<Deleted<Campaign>>,
}

/// A row in the list of campaigns.
#[derive(Debug, Clone)]
pub struct CampaignRow {
    /// The campaign.
    pub campaign: Campaign,
    /// The names of the campaigns that contain it.
    pub inside: Vec<String>,
    /// Its numbers.
    pub stats: CampaignStats,
    /// The number of its creators who need attention.
    pub attention: usize,
}

/// Returns every campaign of a project with its numbers.
pub async fn campaigns(caller: &Caller, project_id: ProjectId) -> Result<Campaigns, AppError> {
    let reach = Reach::load(caller, project_id, None).await?;
    let deleted = caller.store.deleted_campaigns(project_id, undo_since(caller.now())).await?;
    let listed = campaigns_by_name(caller, project_id).await?;
    let dates = reach.last_days(DAYS_SHOWN);
    let gained = caller.store.gains_by_creator(project_id, reach.past(dates)).await?;
    let members: HashMap<CampaignId, CampaignMembers> =
        listed.iter().map(|campaign| (campaign.campaign_id, reach.members(campaign.campaign_id))).collect();
    let asked: Vec<_> = listed
        .iter()
        .filter_map(|campaign| {
            let target = campaign.terms.target.as_ref()?;
            let creators = members.get(&campaign.campaign_id)?.creators.clone();
            let days = reach.past(target.dates());
            Some(GainsAsked { campaign_id: campaign.campaign_id, creators, days })
        })
        .collect();
    let past = caller.store.gains_by_campaign(project_id, &asked).await?;
    let worried: HashSet<CreatorId> = reach
        .judged
        .standings()
        .iter()
        .filter(|standing| standing.needs_attention())
        .map(Standing::creator_id)
        .collect();
    let names: HashMap<CampaignId, String> =
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
    let project = reach.judged.program.project.clone();
    Ok(Campaigns { project, as_of: reach.judged.as_of, campaigns, deleted })
}
