//! The Creators page.

use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::record::Campaign;
use crate::creators::record::{Creator, CreatorTotals};
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::judged::Judged;
use crate::merges::record::ProbableRenaming;
use crate::paging::Page;
use crate::projects::record::Project;
use crate::standings::standing::Standing;
use compliance::metric::Metric;
use compliance::name::searchable;
use compliance::named;
use compliance::tracking::TrackingMode;
use compliance::{Instant, Status};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The query of the creators list; all of it comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorsQuery {
    /// Part of a name or handle.
    pub search: String,
    /// Only creators with a goal of this status.
    pub status: Option<Status>,
    /// Only creators with a goal of this metric.
    pub metric: Option<Metric>,
    /// Only creators with this tracking mode.
    pub mode: Option<TrackingMode>,
    /// As cards or as a table.
    pub layout: CreatorsLayout,
    /// The order.
    pub sort: CreatorsSort,
    /// The page number, from 1.
    pub page: usize,
}

/// The layout of the creators list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CreatorsLayout {
    /// One card per creator.
    #[default]
    Cards,
    /// One row per creator.
    Table,
}

named!(CreatorsLayout { Cards: "cards", Table: "table" });

/// An order of creators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CreatorsSort {
    /// By name.
    #[default]
    Name,
    /// Most followers first.
    Followers,
    /// Those who need attention first.
    Attention,
    /// The most recently added first.
    Newest,
}

// The default first.
named!(CreatorsSort { Name: "name", Followers: "followers", Attention: "attention", Newest: "newest" });

impl CreatorsSort {
    /// Returns the label shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            CreatorsSort::Name => "Name",
            CreatorsSort::Followers => "Most followers",
            CreatorsSort::Attention => "Needs attention",
            CreatorsSort::Newest => "Added last",
        }
    }
}

/// The creators list.
#[derive(Debug, Clone)]
pub struct Creators {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// The number of creators in the project.
    pub creators: usize,
    /// The requested creators, with sums over their posts.
    pub page: Page<(Standing, CreatorTotals)>,
    /// The creators who were removed, the latest first.
    pub removed: Vec<Creator>,
    /// The probable renamings that nobody has decided on.
    pub renamings: Vec<ProbableRenaming>,
    /// The campaigns that creators can be added to, by name.
    pub campaigns: Vec<Campaign>,
}

/// Returns the creators of a project.
pub async fn creators(caller: &Caller, project_id: ProjectId, query: &CreatorsQuery) -> Result<Creators, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let count = judged.program.creators.len();
    let standings = chosen(&judged, query);
    let page = Page::cut(standings, query.page);
    let ids: Vec<CreatorId> = page.rows.iter().map(Standing::creator_id).collect();
    let totals = caller.store.creator_totals(project_id, &ids).await?;
    let totals: HashMap<CreatorId, CreatorTotals> =
        totals.into_iter().map(|totals| (totals.creator_id, totals)).collect();
    let page = page.map(|standing| {
        let creator_id = standing.creator_id();
        let totals = totals.get(&creator_id).copied().unwrap_or_else(|| CreatorTotals::none(creator_id));
        (standing, totals)
    });
    let mut removed = caller.store.creators_removed(project_id).await?;
    removed.sort_by_key(|creator| Reverse(creator.removed_at));
    let campaigns = campaigns_by_name(caller, project_id).await?;
    let project = judged.program.project.clone();
    let renamings = caller.store.probable_renamings(project_id).await?;
    Ok(Creators { project, as_of: judged.as_of, creators: count, page, removed, renamings, campaigns })
}

/// Returns the requested creators, on all pages, in order.
#[must_use]
pub fn chosen(judged: &Judged, query: &CreatorsQuery) -> Vec<Standing> {
    let mut standings = judged.standings();
    let wanted = searchable(query.search.trim());
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    standings.retain(|standing| {
        standing.matches(wanted)
            && query.mode.is_none_or(|mode| standing.program.creator.tracking_mode == mode)
            && (query.status.is_none() && query.metric.is_none()
                || standing.any(|evaluation| {
                    query.status.is_none_or(|status| evaluation.status == status)
                        && query.metric.is_none_or(|metric| evaluation.metric == metric)
                }))
    });
    match query.sort {
        CreatorsSort::Name => standings.sort_by_cached_key(Standing::sort_name),
        CreatorsSort::Followers => standings.sort_by_key(|standing| Reverse(standing.program.creator.followers)),
        CreatorsSort::Attention => Standing::order_by_attention(&mut standings),
        CreatorsSort::Newest => standings.sort_by_key(|standing| Reverse(standing.program.creator.created_at)),
    }
    standings
}
