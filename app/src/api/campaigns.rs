//! Campaigns: reading what people say of one, and what one has reached.

use super::Server;
use super::overview::Judged;
use crate::error::AppError;
use crate::store::{Campaign, CampaignMembers, CampaignTerms, PostsGained, gains_as_of};
use chrono::{Days, NaiveDate};
use compliance::calendar::{LocalDays as _, day_number};
use compliance::campaign::{CampaignProgress, CampaignTarget};
use compliance::goal::{parse_date, parse_target};
use compliance::ledger::Gains;
use compliance::period::Dates;
use uuid::Uuid;

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;
/// The longest notes, in characters.
const LONGEST_NOTES: usize = 10_000;
/// How many local days are summed up if nothing is said.
const DAYS_SHOWN: u64 = 30;

/// A campaign form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignForm {
    /// What people call it.
    pub name: String,
    /// What they want to remember.
    pub notes: String,
    /// Views to gain; nothing if there is no target.
    pub target_views: String,
    /// The first local date that counts for the target; nothing is the day of making.
    pub start_date: String,
    /// The last one.
    pub target_date: String,
}

/// What is wrong with a campaign form: one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignErrors {
    /// At the name.
    pub name: Option<String>,
    /// At the notes.
    pub notes: Option<String>,
    /// At the views.
    pub target_views: Option<String>,
    /// At the start date.
    pub start_date: Option<String>,
    /// At the target date.
    pub target_date: Option<String>,
}

impl CampaignErrors {
    /// Each field with its sentence, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("name", &self.name),
            ("notes", &self.notes),
            ("target_views", &self.target_views),
            ("start_date", &self.start_date),
            ("target_date", &self.target_date),
        ];
        fields.into_iter().filter_map(|(field, sentence)| Some((field, sentence.as_deref()?)))
    }
}

impl CampaignForm {
    /// The form that shows a campaign as it is.
    #[must_use]
    pub fn of(terms: &CampaignTerms) -> CampaignForm {
        let target = |show: fn(&CampaignTarget) -> String| terms.target.as_ref().map(show).unwrap_or_default();
        CampaignForm {
            name: terms.name.clone(),
            notes: terms.notes.clone(),
            target_views: target(|target| target.views.to_string()),
            start_date: target(|target| target.start_date.to_string()),
            target_date: target(|target| target.target_date.to_string()),
        }
    }

    /// Reads the form of a campaign made on the local day `made_on`; every field at fault is named at once.
    pub fn parse(&self, made_on: NaiveDate) -> Result<CampaignTerms, CampaignErrors> {
        let mut errors = CampaignErrors::default();
        let (name, notes) = (self.name.trim().to_owned(), self.notes.trim().to_owned());
        if name.is_empty() {
            errors.name = Some("Give the campaign a name.".to_owned());
        } else if name.chars().count() > LONGEST_NAME {
            errors.name = Some("Use at most 120 characters.".to_owned());
        }
        if notes.chars().count() > LONGEST_NOTES {
            errors.notes = Some("Use at most 10,000 characters.".to_owned());
        }
        let typed = [&self.target_views, &self.start_date, &self.target_date];
        let target =
            if typed.iter().all(|text| text.trim().is_empty()) { None } else { self.target(made_on, &mut errors) };
        if errors == CampaignErrors::default() { Ok(CampaignTerms { name, notes, target }) } else { Err(errors) }
    }

    fn target(&self, made_on: NaiveDate, errors: &mut CampaignErrors) -> Option<CampaignTarget> {
        let views = parse_target(&self.target_views).map_err(|error| errors.target_views = Some(error.to_owned()));
        let start = if self.start_date.trim().is_empty() { Ok(made_on) } else { parse_date(&self.start_date) };
        let start = start.map_err(|error| errors.start_date = Some(error.to_owned()));
        let end = parse_date(&self.target_date).map_err(|error| errors.target_date = Some(error.to_owned()));
        let (Ok(views), Ok(start_date), Ok(target_date)) = (views, start, end) else { return None };
        if target_date < start_date {
            errors.target_date = Some("The target date is before the start date.".to_owned());
        }
        Some(CampaignTarget { views, start_date, target_date })
    }
}

/// What a campaign has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignStats {
    /// The local dates summed up.
    pub dates: Dates,
    /// Creators in it, however deep.
    pub creators: usize,
    /// Single posts in it whose creator is not.
    pub posts: usize,
    /// What they gained together on these dates.
    pub gains: Gains,
    /// How far it is on its way to its target.
    pub progress: Option<CampaignProgress>,
}

/// What a campaign has reached over some local dates, or over the last 30 days.
pub async fn campaign_stats(
    server: &Server,
    project_id: Uuid,
    campaign: &Campaign,
    dates: Option<Dates>,
) -> Result<CampaignStats, AppError> {
    let judged = Judged::now(server, project_id).await?;
    let zone = judged.program.project.zone;
    let members = server.store.campaign_members(project_id, campaign.campaign_id).await?;
    let posts = server.store.posts_gained(project_id, &members.posts, judged.as_of).await?;
    let today = zone.date_of(judged.as_of);
    let dates = dates.unwrap_or_else(|| Dates {
        first: today.checked_sub_days(Days::new(DAYS_SHOWN - 1)).unwrap_or(today),
        end: today.succ_opt().unwrap_or(today),
    });
    let gains = gained(server, &judged, &members, &posts, dates).await?;
    let progress = match campaign.terms.target {
        Some(target) => {
            let end = target.target_date.succ_opt().unwrap_or(target.target_date);
            let dates = Dates { first: target.start_date, end };
            let views = gained(server, &judged, &members, &posts, dates).await?.views;
            let looks = members.creators.iter().filter_map(|id| judged.standing(*id)?.last_collection);
            let last_collection = looks.chain(posts.last_captured_at).max();
            Some(target.progress(views, judged.as_of, last_collection, &zone))
        }
        None => None,
    };
    Ok(CampaignStats { dates, creators: members.creators.len(), posts: members.posts.len(), gains, progress })
}

/// What the members gained together, of facts at or before the instant of judgement.
async fn gained(
    server: &Server,
    judged: &Judged,
    members: &CampaignMembers,
    posts: &PostsGained,
    dates: Dates,
) -> Result<Gains, AppError> {
    let program = &judged.program;
    let today = day_number(program.project.zone.date_of(judged.as_of));
    let (first, end) = (day_number(dates.first), day_number(dates.end));
    let before_today = first..end.min(today);
    let mut gains = server.store.creators_gained(program.project.project_id, &members.creators, before_today).await?;
    if (first..end).contains(&today) {
        for creator_id in &members.creators {
            let place = program.creators.binary_search_by_key(creator_id, |program| program.creator.creator_id);
            let Some(creator) = place.ok().map(|place| &program.creators[place]) else { continue };
            let correction = judged.corrections.iter().find(|correction| correction.creator_id == *creator_id);
            let days = gains_as_of(&creator.days, today, correction);
            for (_, of_today) in days.into_iter().filter(|(day, _)| *day == today) {
                gains += of_today;
            }
        }
    }
    for (_, of_posts) in posts.days.iter().filter(|(day, _)| (first..end).contains(day)) {
        gains += of_posts;
    }
    Ok(gains)
}
