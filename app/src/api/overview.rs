//! The project overview: who needs attention, in one list.

use super::campaigns::campaigns_by_name;
use super::once::id_made;
use super::paging::Page;
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{AsOfCorrection, Campaign, CreatorProgram, Program, SavedView, Standing, StoreError};
use compliance::name::{self, InvalidName, folded};
use compliance::overview::Counts;
use compliance::{Cadence, Evaluation, Instant, Metric, Status};
use leptos::server;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// What the overview is asked to show; everything comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverviewQuery {
    /// Part of a name or handle.
    pub search: String,
    /// Only creators with a goal of this status.
    pub status: Option<Status>,
    /// Only goals of this metric.
    pub metric: Option<Metric>,
    /// Only goals of this cadence.
    pub cadence: Option<Cadence>,
    /// Only creators with a period that just ended with this verdict.
    pub just_ended: Option<Status>,
    /// In which order.
    pub sort: OverviewSort,
    /// How it is laid out.
    pub layout: OverviewLayout,
    /// Which page, from 1.
    pub page: usize,
}

impl OverviewQuery {
    /// Reads what an address gives for each part of the query; what has no meaning is ignored.
    #[must_use]
    pub fn read(part: impl Fn(&str) -> String) -> OverviewQuery {
        OverviewQuery {
            search: part("q"),
            status: Status::from_name(&part("status")),
            metric: Metric::from_name(&part("metric")),
            cadence: Cadence::from_name(&part("period")),
            just_ended: Status::from_name(&part("ended")),
            sort: OverviewSort::from_name(&part("sort")).unwrap_or_default(),
            layout: OverviewLayout::from_name(&part("view")).unwrap_or_default(),
            page: part("page").parse().unwrap_or(1).max(1),
        }
    }
}

/// How the overview is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OverviewLayout {
    /// A row a creator, a line a goal.
    #[default]
    List,
    /// A row a creator, a column a kind of goal.
    Columns,
    /// The list, campaign by campaign.
    Campaigns,
}

impl OverviewLayout {
    /// Every layout, the default first.
    pub const ALL: [OverviewLayout; 3] = [OverviewLayout::List, OverviewLayout::Columns, OverviewLayout::Campaigns];

    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            OverviewLayout::List => "list",
            OverviewLayout::Columns => "columns",
            OverviewLayout::Campaigns => "campaigns",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OverviewLayout::List => "List",
            OverviewLayout::Columns => "Goals side by side",
            OverviewLayout::Campaigns => "By campaign",
        }
    }

    /// The layout with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<OverviewLayout> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

/// An order of the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OverviewSort {
    /// Those who need attention first.
    #[default]
    Attention,
    /// By name.
    Name,
    /// Longest not collected first.
    Collected,
}

impl OverviewSort {
    /// Every order, the default first.
    pub const ALL: [OverviewSort; 3] = [OverviewSort::Attention, OverviewSort::Name, OverviewSort::Collected];

    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            OverviewSort::Attention => "attention",
            OverviewSort::Name => "name",
            OverviewSort::Collected => "collected",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            OverviewSort::Attention => "Needs attention",
            OverviewSort::Name => "Name",
            OverviewSort::Collected => "Longest not collected",
        }
    }

    /// The order with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<OverviewSort> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// The overview.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The state it was judged on.
    pub program: Arc<Program>,
    /// The instant it was judged at.
    pub as_of: Instant,
    /// How many evaluations have each status, whatever is filtered by status.
    pub counts: Counts,
    /// How many creators need attention, whatever is filtered by status.
    pub attention: usize,
    /// How many creators the project has.
    pub creators: usize,
    /// How many of them have a goal that is listed.
    pub with_goals: usize,
    /// The creators asked for, each with the goals asked for.
    pub page: Page<OverviewRow>,
    /// The kinds of goals that anybody asked for has, where they stand side by side.
    pub kinds: Vec<(Metric, Cadence)>,
    /// The views of the overview that were saved.
    pub saved: Vec<SavedView>,
    /// The campaigns of the project, by name.
    pub campaigns: Vec<Campaign>,
}

/// One creator of the overview.
#[derive(Debug, Clone)]
pub struct OverviewRow {
    /// How they stand.
    pub standing: Standing,
    /// The campaign under which they stand, by id and name, if campaigns are asked for and they are in one.
    pub campaign: Option<(Uuid, String)>,
    /// The names of the other campaigns that they are in.
    pub also_in: Vec<String>,
}

/// Everybody whom the overview shows, on all its pages.
#[derive(Debug, Clone)]
pub struct OverviewRows {
    /// The state it was judged on.
    pub program: Arc<Program>,
    /// The instant it was judged at.
    pub as_of: Instant,
    /// How many evaluations have each status, whatever is filtered by status.
    pub counts: Counts,
    /// How many creators need attention, whatever is filtered by status.
    pub attention: usize,
    /// How many creators of the project have a goal that is listed.
    pub with_goals: usize,
    /// The creators asked for, in order; each with the goals asked for.
    pub standings: Vec<Standing>,
}

/// A project's state with what is needed to judge it at an instant.
pub struct Judged {
    /// The state.
    pub program: Arc<Program>,
    /// The instant.
    pub as_of: Instant,
    /// Corrections of facts that lie ahead of it.
    pub corrections: Vec<AsOfCorrection>,
}

impl Judged {
    /// The project at the present instant.
    pub async fn now(server: &Server, project_id: Uuid) -> Result<Judged, AppError> {
        Self::at(server, project_id, server.now()).await
    }

    /// The project as it is known now, judged at an instant of today or yesterday.
    pub async fn at(server: &Server, project_id: Uuid, as_of: Instant) -> Result<Judged, AppError> {
        let program = server.store.program(project_id, as_of).await?.ok_or(AppError::NotFound)?;
        let corrections = if program.know_more_than(as_of) {
            server.store.corrections_as_of(&program, as_of).await?
        } else {
            Vec::new()
        };
        Ok(Judged { program, as_of, corrections })
    }

    /// Every creator, judged, in overview order.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        self.program.standings(self.as_of, &self.corrections)
    }

    /// One creator of the program.
    #[must_use]
    pub fn creator(&self, creator_id: Uuid) -> Option<&Arc<CreatorProgram>> {
        let creators = &self.program.creators;
        let place = creators.binary_search_by_key(&creator_id, |program| program.creator.creator_id);
        place.ok().map(|place| &creators[place])
    }

    /// Whether a creator is in the program.
    #[must_use]
    pub fn is_in_program(&self, creator_id: Uuid) -> bool {
        self.creator(creator_id).is_some()
    }

    /// One creator, judged; `None` if not in the program.
    #[must_use]
    pub fn standing(&self, creator_id: Uuid) -> Option<Standing> {
        let creator = self.creator(creator_id)?;
        let correction = self.corrections.iter().find(|correction| correction.creator_id == creator_id);
        Some(self.program.standing(creator, self.as_of, correction))
    }
}

/// Everybody whom the overview shows, on all its pages.
pub async fn overview_rows(server: &Server, project_id: Uuid, query: &OverviewQuery) -> Result<OverviewRows, AppError> {
    server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let mut standings = judged.standings();
    let with_goals = standings.iter().filter(|standing| standing.urgency.is_some()).count();
    if query.metric.is_some() || query.cadence.is_some() {
        for standing in &mut standings {
            standing.keep_goals(|evaluation| {
                query.metric.is_none_or(|metric| evaluation.metric == metric)
                    && query.cadence.is_none_or(|cadence| evaluation.cadence == cadence)
            });
        }
        standings.retain(|standing| !standing.evaluations.is_empty());
    }
    let wanted = folded(query.search.trim());
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    standings.retain(|standing| standing.matches(wanted));

    let mut counts = Counts::default();
    for (_, evaluation) in standings.iter().flat_map(|standing| &standing.evaluations) {
        counts.add(evaluation);
    }
    let attention = standings.iter().filter(|standing| standing.needs_attention()).count();
    if let Some(status) = query.status {
        standings.retain(|standing| standing.any(|evaluation| evaluation.status == status));
    }
    if let Some(status) = query.just_ended {
        standings.retain(|standing| standing.any(|evaluation| just_ended_as(evaluation, status)));
    }
    match query.sort {
        OverviewSort::Attention => Standing::order_by_attention(&mut standings),
        OverviewSort::Name => standings.sort_by_cached_key(Standing::sort_name),
        OverviewSort::Collected => standings.sort_by_key(|standing| standing.looks.latest()),
    }
    let Judged { program, as_of, .. } = judged;
    Ok(OverviewRows { program, as_of, counts, attention, with_goals, standings })
}

/// The overview of a project.
pub async fn overview(server: &Server, project_id: Uuid, query: &OverviewQuery) -> Result<Overview, AppError> {
    let rows = overview_rows(server, project_id, query).await?;
    let saved = server.store.saved_views(project_id).await?;
    let campaigns = campaigns_by_name(server, project_id).await?;
    let OverviewRows { program, as_of, counts, attention, with_goals, standings } = rows;
    let kinds = match query.layout {
        OverviewLayout::Columns => {
            let goals = standings.iter().flat_map(|standing| &standing.evaluations);
            let kinds: BTreeSet<_> = goals.map(|(_, goal)| (goal.metric, goal.cadence)).collect();
            kinds.into_iter().collect()
        }
        OverviewLayout::List | OverviewLayout::Campaigns => Vec::new(),
    };
    let standings = match query.layout {
        OverviewLayout::Campaigns => by_campaign(server, &campaigns, &program, standings).await?,
        OverviewLayout::List | OverviewLayout::Columns => {
            let row = |standing| OverviewRow { standing, campaign: None, also_in: Vec::new() };
            standings.into_iter().map(row).collect()
        }
    };
    let creators = program.creators.len();
    let page = Page::cut(standings, query.page);
    Ok(Overview { program, as_of, counts, attention, creators, with_goals, page, kinds, saved, campaigns })
}

/// The same creators campaign by campaign, in order of the names: each under the first that they are in, those in none
/// last.
async fn by_campaign(
    server: &Server,
    campaigns: &[Campaign],
    program: &Program,
    standings: Vec<Standing>,
) -> Result<Vec<OverviewRow>, AppError> {
    let project_id = program.project.project_id;
    let contents = server.store.campaign_contents(project_id).await?;
    let listed: HashSet<Uuid> = standings.iter().map(Standing::creator_id).collect();
    let mut places: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for (place, campaign) in campaigns.iter().enumerate() {
        let members = contents.members(campaign.campaign_id, &|creator_id| listed.contains(&creator_id));
        for creator_id in members.creators {
            places.entry(creator_id).or_default().push(place);
        }
    }
    let name = |place: &usize| campaigns[*place].terms.name.clone();
    let mut rows: Vec<(usize, OverviewRow)> = standings
        .into_iter()
        .map(|standing| {
            let theirs = places.get(&standing.creator_id()).map(Vec::as_slice).unwrap_or_default();
            let campaign = theirs.first().map(|place| (campaigns[*place].campaign_id, name(place)));
            let also_in = theirs.iter().skip(1).map(name).collect();
            (theirs.first().copied().unwrap_or(usize::MAX), OverviewRow { standing, campaign, also_in })
        })
        .collect();
    // Stable: within a campaign the order stays.
    rows.sort_by_key(|(place, _)| *place);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// The longest name of a saved view, in characters.
const LONGEST_NAME: usize = 60;
/// The longest query of a saved view, in bytes.
const LONGEST_QUERY: usize = 1_000;

/// Saves what the overview shows under a name. `query` is that of its address, from `?` on.
#[server(prefix = "/forms", endpoint = "save_view")]
pub async fn save_view(
    project_id: Uuid,
    #[server(default)] name: String,
    #[server(default)] query: String,
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let is_query = query.starts_with('?') && query.bytes().all(|byte| byte.is_ascii_graphic());
    let query = if is_query && query.len() <= LONGEST_QUERY { query.as_str() } else { "?" };
    let page = format!("/projects/{project_id}{query}");
    let refuse = |why, sentence: String| {
        let typed = [("refused", why), ("view_name", name.as_str())];
        answer::refused(&answer::and_query(&page, &typed), &[], AppError::Invalid(sentence))
    };
    let view_name = match view_name(&name) {
        Ok(name) => name,
        Err(sentence) => return refuse("view_name", format!("name: {sentence}")),
    };
    let saved_view_id = id_made(&form_id, "saved view", &[&project_id.to_string(), &view_name, query])?;
    let view = SavedView { saved_view_id, name: view_name, query: query.to_owned() };
    if !server.store.create_saved_view(project_id, &view, server.now()).await? {
        return refuse("view_many", "There are 50 saved views. Delete one first.".to_owned());
    }
    answer::done(&answer::and_query(&page, &[("done", "view_saved")]));
    Ok(())
}

/// Reads the name of a view; the error is the sentence at the field.
pub fn view_name(text: &str) -> Result<String, String> {
    name::parse(text, LONGEST_NAME).map_err(|error| match error {
        InvalidName::Empty => "Give the view a name.".to_owned(),
        error => error.to_string(),
    })
}
/// Deletes a saved view.
#[server(prefix = "/forms", endpoint = "delete_view")]
pub async fn delete_view(project_id: Uuid, saved_view_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    match server.store.delete_saved_view(project_id, saved_view_id).await {
        // Somebody else was quicker.
        Ok(()) | Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    answer::done(&format!("/projects/{project_id}?done=view_deleted"));
    Ok(())
}

fn just_ended_as(evaluation: &Evaluation, status: Status) -> bool {
    evaluation.just_ended().is_some_and(|ended| ended.status == status)
}
