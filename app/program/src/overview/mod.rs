//! The overview: every creator of a project, judged and ordered.

pub mod query;
pub mod waiting;

use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::record::Campaign;
use crate::error::AppError;
use crate::ids::{CampaignId, CreatorId, ProjectId};
use crate::judged::Judged;
use crate::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};
use crate::overview::waiting::{WaitingPosts, waiting_posts};
use crate::paging::Page;
use crate::saved_views::record::SavedView;
use crate::standings::program::Program;
use crate::standings::standing::Standing;
use compliance::metric::Metric;
use compliance::name::searchable;
use compliance::overview::{Counts, GroupCounts};
use compliance::{Cadence, Evaluation, Instant, Status};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The overview.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The state of the project.
    pub program: Arc<Program>,
    /// The instant it was judged at.
    pub as_of: Instant,
    /// The number of evaluations with each status, ignoring the status filter.
    pub counts: Counts,
    /// The number of creators in each group, ignoring the filter by group.
    pub groups: GroupCounts,
    /// The same of those who are listed, in folded groups too.
    pub listed: GroupCounts,
    /// The number of creators in the project.
    pub creators: usize,
    /// The number of creators with a listed goal.
    pub with_goals: usize,
    /// The requested creators, each with the requested goals.
    pub page: Page<OverviewRow>,
    /// The kinds of goals that the requested creators have, if the layout shows one column for each.
    pub kinds: Vec<(Metric, Cadence)>,
    /// The saved views of the overview.
    pub saved: Vec<SavedView>,
    /// The campaigns of the project, by name.
    pub campaigns: Vec<Campaign>,
}

/// A row of the overview.
#[derive(Debug, Clone)]
pub struct OverviewRow {
    /// The creator, judged.
    pub standing: Standing,
    /// The campaign under which the creator is listed, by id and name, in the layout by campaigns.
    pub campaign: Option<(CampaignId, String)>,
    /// The names of the creator's other campaigns.
    pub also_in: Vec<String>,
    /// The creator's posts that wait for approval, if they need attention.
    pub waiting: Option<WaitingPosts>,
}

/// The rows of the overview, on all of its pages.
#[derive(Debug, Clone)]
pub struct OverviewRows {
    /// The state of the project.
    pub program: Arc<Program>,
    /// The instant it was judged at.
    pub as_of: Instant,
    /// The number of evaluations with each status, ignoring the status filter.
    pub counts: Counts,
    /// The number of creators in each group, ignoring the filter by group.
    pub groups: GroupCounts,
    /// The number of creators of the project with a listed goal.
    pub with_goals: usize,
    /// The requested creators, in order, each with the requested goals.
    pub standings: Vec<Standing>,
}

/// Returns the rows of the overview, on all of its pages.
pub async fn overview_rows(
    caller: &Caller,
    project_id: ProjectId,
    query: &OverviewQuery,
) -> Result<OverviewRows, AppError> {
    Ok(rows_of(&Judged::now(caller, project_id).await?, query))
}

/// Returns the rows of the overview of a project that is judged already.
#[must_use]
pub fn rows_of(judged: &Judged, query: &OverviewQuery) -> OverviewRows {
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
    let wanted = searchable(query.search.trim());
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    standings.retain(|standing| standing.matches(wanted));

    let mut counts = Counts::default();
    for (_, evaluation) in standings.iter().flat_map(|standing| &standing.evaluations) {
        counts.add(evaluation);
    }
    if let Some(status) = query.status {
        standings.retain(|standing| standing.any(|evaluation| evaluation.status == status));
    }
    if let Some(status) = query.just_ended {
        standings.retain(|standing| standing.any(|evaluation| just_ended_as(evaluation, status)));
    }
    let groups = counted(&standings);
    if let Some(group) = query.group {
        standings.retain(|standing| standing.group() == group);
    }
    match query.sort {
        OverviewSort::Attention => Standing::order_by_attention(&mut standings),
        OverviewSort::Name => standings.sort_by_cached_key(Standing::sort_name),
        OverviewSort::Collected => standings.sort_by_key(|standing| standing.looks.latest()),
    }
    let Judged { program, as_of, .. } = judged;
    OverviewRows { program: Arc::clone(program), as_of: *as_of, counts, groups, with_goals, standings }
}

fn counted(standings: &[Standing]) -> GroupCounts {
    let mut groups = GroupCounts::default();
    for standing in standings {
        groups.add(standing.group());
    }
    groups
}

/// Returns the overview of a project.
pub async fn overview(caller: &Caller, project_id: ProjectId, query: &OverviewQuery) -> Result<Overview, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let rows = rows_of(&judged, query);
    let saved = caller.store.saved_views(project_id).await?;
    let campaigns = campaigns_by_name(caller, project_id).await?;
    let OverviewRows { program, as_of, counts, groups, with_goals, mut standings } = rows;
    let listed = counted(&standings);
    standings.retain(|standing| !query.folds(standing.group()));
    let kinds = match query.layout {
        OverviewLayout::Columns => {
            let goals = standings.iter().flat_map(|standing| &standing.evaluations);
            let kinds: BTreeSet<_> = goals.map(|(_, goal)| (goal.metric, goal.cadence)).collect();
            kinds.into_iter().collect()
        }
        OverviewLayout::List | OverviewLayout::Campaigns => Vec::new(),
    };
    let standings = match query.layout {
        OverviewLayout::Campaigns => by_campaign(caller, &campaigns, &program, standings).await?,
        OverviewLayout::List | OverviewLayout::Columns => {
            let row = |standing| OverviewRow { standing, campaign: None, also_in: Vec::new(), waiting: None };
            standings.into_iter().map(row).collect()
        }
    };
    let creators = program.creators.len();
    let mut page = Page::cut(standings, query.page);
    // The layout with goals in columns has no room for what helps.
    let has_room = query.layout != OverviewLayout::Columns;
    let needy = page.rows.iter().map(|row| &row.standing).filter(|row| has_room && row.needs_attention());
    let needy: Vec<&Standing> = needy.collect();
    let mut waiting = waiting_posts(caller, &judged, &needy).await?;
    for row in &mut page.rows {
        row.waiting = waiting.remove(&row.standing.creator_id());
    }
    Ok(Overview { program, as_of, counts, groups, listed, creators, with_goals, page, kinds, saved, campaigns })
}

/// Groups the creators by campaign, ordered by name: each under the first campaign that contains them, those in none
/// last.
async fn by_campaign(
    caller: &Caller,
    campaigns: &[Campaign],
    program: &Program,
    standings: Vec<Standing>,
) -> Result<Vec<OverviewRow>, AppError> {
    let project_id = program.project.project_id;
    let contents = caller.store.campaign_contents(project_id).await?;
    let listed: HashSet<CreatorId> = standings.iter().map(Standing::creator_id).collect();
    let mut places: HashMap<CreatorId, Vec<usize>> = HashMap::new();
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
            (theirs.first().copied().unwrap_or(usize::MAX), OverviewRow { standing, campaign, also_in, waiting: None })
        })
        .collect();
    // The sort is stable, so the order within a campaign is kept.
    rows.sort_by_key(|(place, _)| *place);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn just_ended_as(evaluation: &Evaluation, status: Status) -> bool {
    evaluation.just_ended().is_some_and(|ended| ended.status == status)
}
