//! The numbers of campaigns: their members, and what these gained together.

use crate::caller::Caller;
use crate::campaigns::record::{Campaign, CampaignContents, CampaignMembers};
use crate::error::AppError;
use crate::ids::{CampaignId, CreatorId, PostId, ProjectId};
use crate::judged::Judged;
use crate::posts::record::PostGained;
use crate::standings::gains::{GainsAsked, gains_as_of, looks_as_of};
use crate::standings::standing::CreatorProgram;
use chrono::{Days, NaiveDate};
use compliance::Instant;
use compliance::calendar::{DayNumber, LocalDays as _, date_of_day, day_number};
use compliance::campaign::{CampaignProgress, CampaignTarget};
use compliance::gains::Gains;
use compliance::period::Dates;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The number of local days that are summed by default.
pub(super) const DAYS_SHOWN: u64 = 30;

/// The members of campaigns, and the data for their numbers.
pub(super) struct Reach {
    pub(super) judged: Judged,
    pub(super) contents: CampaignContents,
    /// The single posts among the members.
    posts: HashMap<PostId, PostGained>,
}

impl Reach {
    /// Loads the data for one campaign, or for all of a project.
    pub(super) async fn load(
        caller: &Caller,
        project_id: ProjectId,
        only: Option<CampaignId>,
    ) -> Result<Reach, AppError> {
        let judged = Judged::now(caller, project_id).await?;
        let contents = caller.store.campaign_contents(project_id).await?;
        let mut reach = Reach { judged, contents, posts: HashMap::new() };
        let posts: Vec<PostId> = match only {
            Some(campaign_id) => reach.members(campaign_id).posts,
            None => reach.contents.owners.keys().copied().collect(),
        };
        let gained = caller.store.posts_gained(project_id, &posts, reach.judged.as_of).await?;
        reach.posts = gained.into_iter().map(|post| (post.post_id, post)).collect();
        Ok(reach)
    }

    pub(super) fn members(&self, campaign_id: CampaignId) -> CampaignMembers {
        self.contents.members(campaign_id, &|creator_id| self.judged.is_in_program(creator_id))
    }

    fn creator(&self, creator_id: CreatorId) -> Option<&Arc<CreatorProgram>> {
        self.judged.creator(creator_id)
    }

    fn today(&self) -> DayNumber {
        day_number(self.judged.program.project.zone.date_of(self.judged.as_of))
    }

    /// Returns the days of these dates that are over. Stored gains of today may include facts later than `as_of`, so
    /// today's gains are taken from memory.
    pub(super) fn past(&self, dates: Dates) -> Range<DayNumber> {
        day_number(dates.first)..day_number(dates.end).min(self.today())
    }

    /// Returns what a creator gained today, if today is one of the dates.
    pub(super) fn gained_today(&self, creator_id: CreatorId, dates: Dates) -> Gains {
        let today = self.today();
        let asked = (day_number(dates.first)..day_number(dates.end)).contains(&today);
        let Some(creator) = self.creator(creator_id).filter(|_| asked) else { return Gains::default() };
        let correction = self.judged.corrections.iter().find(|correction| correction.creator_id == creator_id);
        let days = gains_as_of(&creator.days, today, correction);
        days.into_iter().find(|(day, _)| *day == today).map(|(_, gains)| gains).unwrap_or_default()
    }

    /// Returns what a single post gained on these dates, if it counts.
    pub(super) fn gained_by_post(&self, post_id: PostId, dates: Dates) -> Gains {
        let days = day_number(dates.first)..day_number(dates.end);
        let mut sum = Gains::default();
        if let Some(post) = self.posts.get(&post_id).filter(|post| post.tracking.counts()) {
            for (_, gains) in post.days.iter().filter(|(day, _)| days.contains(day)) {
                sum += gains;
            }
        }
        sum
    }

    /// Returns what the members gained together on these dates; `past` is what its creators gained on the dates that
    /// are over.
    pub(super) fn gained(&self, members: &CampaignMembers, dates: Dates, past: Gains) -> Gains {
        let today = members.creators.iter().map(|creator_id| self.gained_today(*creator_id, dates));
        let by_posts = members.posts.iter().map(|post_id| self.gained_by_post(*post_id, dates));
        Gains::total([past].into_iter().chain(today).chain(by_posts))
    }

    /// Returns the progress of a campaign whose creators gained `past` on those dates of its target that are over.
    pub(super) fn progress(&self, target: &CampaignTarget, members: &CampaignMembers, past: Gains) -> CampaignProgress {
        let views = self.gained(members, target.dates(), past).views;
        let looks = members.creators.iter().filter_map(|id| self.last_look(*id));
        let looks = looks.chain(members.posts.iter().filter_map(|id| self.posts.get(id)?.last_captured_at));
        let project = &self.judged.program.project;
        target.progress(views, self.judged.as_of, looks.max(), &project.settings, &project.zone)
    }

    /// Returns the creator's last collection of posts: the target of a campaign is one of views.
    fn last_look(&self, creator_id: CreatorId) -> Option<Instant> {
        let correction = self.judged.corrections.iter().find(|correction| correction.creator_id == creator_id);
        looks_as_of(&self.creator(creator_id)?.creator, self.judged.as_of, correction).posts
    }

    /// Returns the dates of the last `days` local days, ending today.
    pub(super) fn last_days(&self, days: u64) -> Dates {
        let today = self.judged.program.project.zone.date_of(self.judged.as_of);
        Dates {
            first: today.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(today),
            end: today.succ_opt().unwrap_or(today),
        }
    }
}

/// Returns the members of a campaign.
pub async fn members_of(
    caller: &Caller,
    judged: &Judged,
    campaign_id: CampaignId,
) -> Result<CampaignMembers, AppError> {
    let contents = caller.store.campaign_contents(judged.program.project.project_id).await?;
    Ok(contents.members(campaign_id, &|creator_id| judged.is_in_program(creator_id)))
}

/// The numbers of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignStats {
    /// The local dates that are summed.
    pub dates: Dates,
    /// The number of creators in it, at any depth.
    pub creators: usize,
    /// The number of single posts in it whose creator is not.
    pub posts: usize,
    /// What they gained together on these dates.
    pub gains: Gains,
    /// The progress towards its target, if it has one.
    pub progress: Option<CampaignProgress>,
}

/// Returns the numbers of a campaign over some local dates, or over the last 30 days.
pub async fn campaign_stats(
    caller: &Caller,
    project_id: ProjectId,
    campaign: &Campaign,
    dates: Option<Dates>,
) -> Result<CampaignStats, AppError> {
    let reach = Reach::load(caller, project_id, Some(campaign.campaign_id)).await?;
    let dates = dates.unwrap_or_else(|| reach.last_days(DAYS_SHOWN));
    let gained = caller.store.gains_by_creator(project_id, reach.past(dates)).await?;
    stats(caller, project_id, &reach, campaign, dates, &gained).await
}

pub(super) async fn stats(
    caller: &Caller,
    project_id: ProjectId,
    reach: &Reach,
    campaign: &Campaign,
    dates: Dates,
    gained: &HashMap<CreatorId, Gains>,
) -> Result<CampaignStats, AppError> {
    let members = reach.members(campaign.campaign_id);
    let progress = match &campaign.terms.target {
        Some(target) => {
            let asked = GainsAsked {
                campaign_id: campaign.campaign_id,
                creators: members.creators.clone(),
                days: reach.past(target.dates()),
            };
            let past = caller.store.gains_by_campaign(project_id, &[asked]).await?;
            let past = past.get(&campaign.campaign_id).copied().unwrap_or_default();
            Some(reach.progress(target, &members, past))
        }
        None => None,
    };
    let gains = reach.gained(&members, dates, sum_of(&members, gained));
    Ok(CampaignStats { dates, creators: members.creators.len(), posts: members.posts.len(), gains, progress })
}

pub(super) fn sum_of(members: &CampaignMembers, gained: &HashMap<CreatorId, Gains>) -> Gains {
    Gains::total(members.creators.iter().filter_map(|creator_id| gained.get(creator_id)).copied())
}

/// Returns what the members gained together on each of these dates.
pub(super) async fn days(
    caller: &Caller,
    project_id: ProjectId,
    reach: &Reach,
    members: &CampaignMembers,
    dates: Dates,
) -> Result<Vec<(NaiveDate, Gains)>, AppError> {
    let mut by_day = caller.store.gains_by_day(project_id, &members.creators, reach.past(dates)).await?;
    for creator_id in &members.creators {
        by_day.add(reach.today(), reach.gained_today(*creator_id, dates));
    }
    for post_id in &members.posts {
        if let Some(post) = reach.posts.get(post_id).filter(|post| post.tracking.counts()) {
            by_day.apply(&post.days);
        }
    }
    let by_day: HashMap<DayNumber, Gains> = by_day.iter().collect();
    let (first, end) = (day_number(dates.first), day_number(dates.end).min(reach.today() + 1));
    Ok((first..end).map(|day| (date_of_day(day), by_day.get(&day).copied().unwrap_or_default())).collect())
}
