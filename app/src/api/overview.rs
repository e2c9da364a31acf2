//! The project overview: who needs attention, in one list.

use super::Server;
use super::paging::Page;
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{AsOfCorrection, Program, Standing};
use compliance::overview::Counts;
use compliance::{Cadence, Evaluation, Instant, Metric, Status};
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
    /// Which page, from 1.
    pub page: usize,
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
    /// The creators asked for; each with the goals asked for.
    pub page: Page<Standing>,
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

    /// One creator, judged; `None` if not in the program.
    #[must_use]
    pub fn standing(&self, creator_id: Uuid) -> Option<Standing> {
        let creator = self.program.creators.iter().find(|program| program.creator.creator_id == creator_id)?;
        let correction = self.corrections.iter().find(|correction| correction.creator_id == creator_id);
        Some(self.program.standing(creator, self.as_of, correction))
    }
}

/// The overview of a project.
pub async fn overview(server: &Server, project_id: Uuid, query: &OverviewQuery) -> Result<Overview, AppError> {
    server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let mut standings = judged.standings();
    let creators = standings.len();
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
    let wanted = query.search.trim().to_lowercase();
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
        OverviewSort::Collected => standings.sort_by_key(|standing| standing.last_collection),
    }
    let Judged { program, as_of, .. } = judged;
    Ok(Overview { program, as_of, counts, attention, creators, with_goals, page: Page::cut(standings, query.page) })
}

fn just_ended_as(evaluation: &Evaluation, status: Status) -> bool {
    evaluation.just_ended().is_some_and(|ended| ended.status == status)
}
