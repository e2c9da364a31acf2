//! Campaigns: reading what people say of one, and what one has reached.

use super::creators::parse_handles;
use super::overview::Judged;
use super::paging::Page;
use super::posts::parse_post_address;
use super::{Server, answer, undo_since};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{
    AddItemsOutcome, Campaign, CampaignContents, CampaignItem, CampaignMembers, CampaignTerms, CreatorProgram, Deleted,
    Post, PostGained, Project, RestoreCampaignOutcome, Standing, StoreError, gains_as_of, last_collection,
};
use chrono::{Days, NaiveDate};
use compliance::Instant;
use compliance::calendar::{DayNumber, LocalDays as _, date_of_day, day_number};
use compliance::campaign::{CampaignProgress, CampaignTarget};
use compliance::goal::{parse_date, parse_target};
use compliance::ledger::Gains;
use compliance::period::Dates;
use leptos::server;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
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

/// The members of campaigns, and what is needed to say what they reached.
struct Reach {
    judged: Judged,
    contents: CampaignContents,
    /// The single posts among the members.
    posts: HashMap<Uuid, PostGained>,
}

impl Reach {
    /// For one campaign, or for all of a project.
    async fn load(server: &Server, project_id: Uuid, only: Option<Uuid>) -> Result<Reach, AppError> {
        let judged = Judged::now(server, project_id).await?;
        let contents = server.store.campaign_contents(project_id).await?;
        let mut reach = Reach { judged, contents, posts: HashMap::new() };
        let posts: Vec<Uuid> = match only {
            Some(campaign_id) => reach.members(campaign_id).posts,
            None => reach.contents.owners.keys().copied().collect(),
        };
        let gained = server.store.posts_gained(project_id, &posts, reach.judged.as_of).await?;
        reach.posts = gained.into_iter().map(|post| (post.post_id, post)).collect();
        Ok(reach)
    }

    fn members(&self, campaign_id: Uuid) -> CampaignMembers {
        self.contents.members(campaign_id, &|creator_id| self.judged.is_in_program(creator_id))
    }

    fn creator(&self, creator_id: Uuid) -> Option<&Arc<CreatorProgram>> {
        self.judged.creator(creator_id)
    }

    fn today(&self) -> DayNumber {
        day_number(self.judged.program.project.zone.date_of(self.judged.as_of))
    }

    /// The days of these dates that are over. Of today, facts later than the instant of judgement may be known: what was
    /// gained by it is in memory.
    fn past(&self, dates: Dates) -> Range<DayNumber> {
        day_number(dates.first)..day_number(dates.end).min(self.today())
    }

    /// What a creator gained today, if today is one of the dates.
    fn gained_today(&self, creator_id: Uuid, dates: Dates) -> Gains {
        let today = self.today();
        let asked = (day_number(dates.first)..day_number(dates.end)).contains(&today);
        let Some(creator) = self.creator(creator_id).filter(|_| asked) else { return Gains::default() };
        let correction = self.judged.corrections.iter().find(|correction| correction.creator_id == creator_id);
        let days = gains_as_of(&creator.days, today, correction);
        days.into_iter().find(|(day, _)| *day == today).map(|(_, gains)| gains).unwrap_or_default()
    }

    /// What a single post gained on these dates, if it counts.
    fn gained_by_post(&self, post_id: Uuid, dates: Dates) -> Gains {
        let days = day_number(dates.first)..day_number(dates.end);
        let mut sum = Gains::default();
        if let Some(post) = self.posts.get(&post_id).filter(|post| post.tracking.counts()) {
            for (_, gains) in post.days.iter().filter(|(day, _)| days.contains(day)) {
                sum += gains;
            }
        }
        sum
    }

    /// What the members gained together on these dates; `past` is what its creators gained on those that are over.
    fn gained(&self, members: &CampaignMembers, dates: Dates, past: Gains) -> Gains {
        let mut sum = past;
        for creator_id in &members.creators {
            sum += self.gained_today(*creator_id, dates);
        }
        for post_id in &members.posts {
            sum += self.gained_by_post(*post_id, dates);
        }
        sum
    }

    /// How far a campaign is on its way, where its creators have gained `past` on the dates of its target that are over.
    fn progress(&self, target: &CampaignTarget, members: &CampaignMembers, past: Gains) -> CampaignProgress {
        let views = self.gained(members, target.dates(), past).views;
        let looks = members.creators.iter().filter_map(|id| self.last_look(*id));
        let looks = looks.chain(members.posts.iter().filter_map(|id| self.posts.get(id)?.last_captured_at));
        target.progress(views, self.judged.as_of, looks.max(), &self.judged.program.project.zone)
    }

    fn last_look(&self, creator_id: Uuid) -> Option<Instant> {
        let correction = self.judged.corrections.iter().find(|correction| correction.creator_id == creator_id);
        last_collection(&self.creator(creator_id)?.creator, self.judged.as_of, correction)
    }

    fn last_days(&self) -> Dates {
        let today = self.judged.program.project.zone.date_of(self.judged.as_of);
        Dates {
            first: today.checked_sub_days(Days::new(DAYS_SHOWN - 1)).unwrap_or(today),
            end: today.succ_opt().unwrap_or(today),
        }
    }
}

/// What a campaign reaches.
pub async fn members_of(server: &Server, judged: &Judged, campaign_id: Uuid) -> Result<CampaignMembers, AppError> {
    let contents = server.store.campaign_contents(judged.program.project.project_id).await?;
    Ok(contents.members(campaign_id, &|creator_id| judged.is_in_program(creator_id)))
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
    let reach = Reach::load(server, project_id, Some(campaign.campaign_id)).await?;
    let dates = dates.unwrap_or_else(|| reach.last_days());
    let gained = server.store.gains_by_creator(project_id, reach.past(dates)).await?;
    stats(server, project_id, &reach, campaign, dates, &gained).await
}

async fn stats(
    server: &Server,
    project_id: Uuid,
    reach: &Reach,
    campaign: &Campaign,
    dates: Dates,
    gained: &HashMap<Uuid, Gains>,
) -> Result<CampaignStats, AppError> {
    let members = reach.members(campaign.campaign_id);
    let progress = match &campaign.terms.target {
        Some(target) => {
            let asked = [(campaign.campaign_id, members.creators.clone(), reach.past(target.dates()))];
            let past = server.store.gains_by_campaign(project_id, &asked).await?;
            let past = past.get(&campaign.campaign_id).copied().unwrap_or_default();
            Some(reach.progress(target, &members, past))
        }
        None => None,
    };
    let gains = reach.gained(&members, dates, sum_of(&members, gained));
    Ok(CampaignStats { dates, creators: members.creators.len(), posts: members.posts.len(), gains, progress })
}

fn sum_of(members: &CampaignMembers, gained: &HashMap<Uuid, Gains>) -> Gains {
    let mut sum = Gains::default();
    for gains in members.creators.iter().filter_map(|creator_id| gained.get(creator_id)) {
        sum += *gains;
    }
    sum
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
    let mut listed = server.store.campaigns(project_id).await?;
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
    listed.sort_by_cached_key(|campaign| (campaign.terms.name.to_lowercase(), campaign.campaign_id));
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
    let all = server.store.campaigns(project_id).await?;
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

/// What the members gained together on each of these dates.
async fn days(
    server: &Server,
    project_id: Uuid,
    reach: &Reach,
    members: &CampaignMembers,
    dates: Dates,
) -> Result<Vec<(NaiveDate, Gains)>, AppError> {
    let mut by_day = server.store.gains_by_day(project_id, &members.creators, reach.past(dates)).await?;
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

/// What can be put into a campaign, as typed: each text that names something, and those that name nothing.
async fn named_items(
    server: &Server,
    project_id: Uuid,
    text: &str,
) -> Result<(Vec<CampaignItem>, Vec<String>), AppError> {
    let program = server.store.program(project_id, server.now()).await?.ok_or(AppError::NotFound)?;
    let creators: HashMap<&str, Uuid> =
        program.creators.iter().map(|program| (program.creator.handle.as_str(), program.creator.creator_id)).collect();
    let (mut items, mut unknown, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for part in text.split([',', ';', ' ', '\t', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let handle = parse_handles(part).handles.first().and_then(|handle| creators.get(handle.as_str()).copied());
        // TikTok's ids are numbers; so, seldom, are handles.
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        match (parse_post_address(part), handle) {
            (Some(post), _) => posts.push((part, post.tiktok_video_id)),
            (None, None) if is_number => posts.push((part, part.to_owned())),
            (None, Some(creator_id)) => items.push(CampaignItem::Creator(creator_id)),
            (None, None) => unknown.push(part.to_owned()),
        }
    }
    let ids: Vec<&str> = posts.iter().map(|(_, id)| id.as_str()).collect();
    let known = server.store.post_ids(project_id, &ids).await?;
    for (typed, id) in &posts {
        match known.get(id) {
            Some(post_id) => items.push(CampaignItem::Post(*post_id)),
            None => unknown.push((*typed).to_owned()),
        }
    }
    items.sort_unstable();
    items.dedup();
    Ok((items, unknown))
}

fn campaign_page(project_id: Uuid, campaign_id: Uuid) -> String {
    format!("/projects/{project_id}/campaigns/{campaign_id}")
}

impl CampaignForm {
    /// The form as the query of an address.
    fn typed(&self) -> [(&'static str, &str); 6] {
        [
            ("name", &self.name),
            ("notes", &self.notes),
            ("target_views", &self.target_views),
            ("start_date", &self.start_date),
            ("target_date", &self.target_date),
            ("refused", "1"),
        ]
    }
}

fn invalid(errors: &CampaignErrors) -> AppError {
    let sentences = errors.by_field().map(|(field, sentence)| format!("{field}: {sentence}"));
    AppError::Invalid(sentences.collect::<Vec<_>>().join(" "))
}

/// Makes a campaign.
#[server(prefix = "/forms", endpoint = "create_campaign")]
pub async fn create_campaign(
    project_id: Uuid,
    #[server(default)] name: String,
    #[server(default)] notes: String,
    #[server(default)] target_views: String,
    #[server(default)] start_date: String,
    #[server(default)] target_date: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let project = server.project(project_id, Action::Write).await?;
    let form = CampaignForm { name, notes, target_views, start_date, target_date };
    let now = server.now();
    match form.parse(project.zone.date_of(now)) {
        Ok(terms) => {
            let campaign = server.store.create_campaign(project_id, &terms, now).await?;
            answer::done(&format!("{}?done=campaign_made", campaign_page(project_id, campaign.campaign_id)));
            Ok(())
        }
        Err(errors) => {
            answer::refused(&format!("/projects/{project_id}/campaigns/new"), &form.typed(), invalid(&errors))
        }
    }
}

/// Changes what is said of a campaign.
#[server(prefix = "/forms", endpoint = "update_campaign")]
pub async fn update_campaign(
    project_id: Uuid,
    campaign_id: Uuid,
    #[server(default)] name: String,
    #[server(default)] notes: String,
    #[server(default)] target_views: String,
    #[server(default)] start_date: String,
    #[server(default)] target_date: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let project = server.project(project_id, Action::Write).await?;
    let campaign = server.store.campaign(project_id, campaign_id).await?.ok_or(AppError::NotFound)?;
    let form = CampaignForm { name, notes, target_views, start_date, target_date };
    let page = campaign_page(project_id, campaign_id);
    match form.parse(project.zone.date_of(campaign.created_at)) {
        Ok(terms) => {
            server.store.update_campaign(project_id, campaign_id, &terms).await?;
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(errors) => answer::refused(&format!("{page}/edit"), &form.typed(), invalid(&errors)),
    }
}

/// Deletes a campaign; it can be brought back for 30 days.
#[server(prefix = "/forms", endpoint = "delete_campaign")]
pub async fn delete_campaign(project_id: Uuid, campaign_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.delete_campaign(project_id, campaign_id, server.now()).await?;
    answer::done(&format!("/projects/{project_id}/campaigns?done=campaign_deleted"));
    Ok(())
}

/// Brings a deleted campaign back.
#[server(prefix = "/forms", endpoint = "restore_campaign")]
pub async fn restore_campaign(project_id: Uuid, campaign_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let outcome = server.store.restore_campaign(project_id, campaign_id, undo_since(server.now())).await?;
    match outcome {
        RestoreCampaignOutcome::Restored => {
            answer::done(&format!("{}?done=campaign_restored", campaign_page(project_id, campaign_id)));
            Ok(())
        }
        RestoreCampaignOutcome::Circle(path) => {
            let path = circle(path);
            let error = AppError::Conflict(format!("This would close a circle: {path}."));
            answer::refused(&format!("/projects/{project_id}/campaigns"), &[("circle", &path)], error)
        }
    }
}

/// The names on a circle, as people read them.
#[must_use]
pub fn circle(mut path: Vec<String>) -> String {
    path.extend(path.first().cloned());
    path.join(" → ")
}

/// How many characters of what could not be found go back into the form, where an address has to hold them.
const UNKNOWN_SHOWN: usize = 2_000;
/// How many things may be put into a campaign at once.
const ITEMS_AT_ONCE: usize = 10_000;

/// Puts things into a campaign: creators and posts as typed (`items`), by their ids (`creator`, `post`), and another
/// campaign (`inner`). What names nothing goes back into the form; the rest goes in.
#[server(prefix = "/forms", endpoint = "add_to_campaign")]
pub async fn add_to_campaign(
    project_id: Uuid,
    campaign_id: Uuid,
    #[server(default)] items: String,
    #[server(default)] creator: Vec<Uuid>,
    #[server(default)] post: Vec<Uuid>,
    #[server(default)] inner: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let own = campaign_page(project_id, campaign_id);
    let page = answer::back_to(&back, &own);
    let (mut chosen, unknown) = named_items(&server, project_id, &items).await?;
    chosen.extend(creator.into_iter().map(CampaignItem::Creator));
    chosen.extend(post.into_iter().map(CampaignItem::Post));
    chosen.extend(inner.parse().ok().map(CampaignItem::Campaign));
    if chosen.len() > ITEMS_AT_ONCE {
        let error = AppError::Invalid("Add at most 10,000 things at once.".to_owned());
        return answer::refused(&page, &[("refused", "many")], error);
    }
    let mut added = 0;
    if !chosen.is_empty() {
        match server.store.add_campaign_items(project_id, campaign_id, &chosen, server.now()).await? {
            AddItemsOutcome::Added(count) => added = count,
            AddItemsOutcome::Unknown(_) => return Err(AppError::NotFound),
            AddItemsOutcome::Circle(_, path) => {
                let path = circle(path);
                let error = AppError::Conflict(format!("This would close a circle: {path}."));
                let typed = [("circle", path.as_str()), ("items", items.as_str())];
                return answer::refused(&page, &typed, error);
            }
        }
    }
    let (added, missing) = (added.to_string(), unknown.len().to_string());
    if unknown.is_empty() && !chosen.is_empty() {
        answer::done(&answer::and_query(&page, &[("done", "items_added"), ("added", &added)]));
        return Ok(());
    }
    let typed = answer::fitting(&unknown, UNKNOWN_SHOWN);
    let typed = [("items", typed.as_str()), ("refused", &missing), ("added", &added)];
    let error = format!("{missing} of the texts given name no creator or post of this project; {added} were added.");
    answer::refused(&own, &typed, AppError::Invalid(error))
}

/// Takes something out of a campaign.
#[server(prefix = "/forms", endpoint = "remove_from_campaign")]
pub async fn remove_from_campaign(project_id: Uuid, campaign_id: Uuid, item_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    match server.store.remove_campaign_item(project_id, campaign_id, item_id).await {
        // Somebody else was quicker.
        Ok(()) | Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    answer::done(&format!("{}?done=item_removed", campaign_page(project_id, campaign_id)));
    Ok(())
}
