//! The verdicts of a project as programs ask for them: on every goal, now or on a past date, and how many have each status.

use super::Judged;
use super::past::{CreatorEvaluations, judged_on};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::refusal::Refusal;
use crate::standings::standing::Standing;
use chrono::NaiveDate;
use compliance::Cadence;
use compliance::calendar::LocalDays as _;
use compliance::metric::Metric;
use compliance::overview::Counts;

/// Which verdicts are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerdictsQuery {
    /// Only those of this creator.
    pub creator_id: Option<CreatorId>,
    /// Only those of goals with this period.
    pub cadence: Option<Cadence>,
    /// A local date at the end of which the goals are judged; now if `None` or today.
    pub date: Option<NaiveDate>,
}

/// The verdicts on goals.
pub struct Verdicts {
    /// The creators in order of their ids, with the verdicts on their goals.
    pub creators: Vec<CreatorEvaluations>,
    /// The project as it was judged; `None` for a past date.
    pub judged: Option<Judged>,
}

/// Returns the verdicts on the goals of a project. A date in the future is refused.
pub async fn verdicts(caller: &Caller, project_id: ProjectId, query: &VerdictsQuery) -> Result<Verdicts, Refusal> {
    let project = caller.project(project_id, Action::Read).await?;
    let today = project.zone.date_of(caller.now());
    let (mut creators, judged) = match query.date {
        Some(date) if date > today => {
            return Err(Refusal::of_fields([("reference_date", "The reference date lies in the future.")]));
        }
        Some(date) if date < today => (judged_on(caller, project_id, date).await?, None),
        Some(_) | None => {
            let judged = Judged::now(caller, project_id).await?;
            let standings = judged.standings().into_iter();
            let creators = standings.map(|Standing { program, evaluations, .. }| (program, evaluations)).collect();
            (creators, Some(judged))
        }
    };
    creators.retain(|(program, _)| query.creator_id.is_none_or(|id| id == program.creator.creator_id));
    creators.sort_unstable_by_key(|(program, _)| program.creator.creator_id);
    for (_, evaluations) in &mut creators {
        evaluations.retain(|(_, evaluation)| query.cadence.is_none_or(|cadence| cadence == evaluation.cadence));
    }
    Ok(Verdicts { creators, judged })
}

/// How many verdicts of a project have each status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCounts {
    /// The creators in the program.
    pub creators: usize,
    /// Those of them who need attention.
    pub creators_needing_attention: usize,
    /// All verdicts.
    pub all: Counts,
    /// Those on goals of each metric.
    pub by_metric: Vec<(Metric, Counts)>,
    /// Those on goals of each period.
    pub by_period: Vec<(Cadence, Counts)>,
}

/// Counts the verdicts of a project, as of now.
pub async fn count_verdicts(caller: &Caller, project_id: ProjectId) -> Result<VerdictCounts, AppError> {
    let standings = Judged::now(caller, project_id).await?.standings();
    let mut counts = VerdictCounts {
        creators: standings.len(),
        creators_needing_attention: standings.iter().filter(|standing| standing.needs_attention()).count(),
        all: Counts::default(),
        by_metric: Metric::ALL.map(|metric| (metric, Counts::default())).to_vec(),
        by_period: Cadence::ALL.map(|cadence| (cadence, Counts::default())).to_vec(),
    };
    for (_, evaluation) in standings.iter().flat_map(|standing| &standing.evaluations) {
        counts.all.add(evaluation);
        let of_metric = counts.by_metric.iter_mut().filter(|(metric, _)| *metric == evaluation.metric);
        of_metric.for_each(|(_, counts)| counts.add(evaluation));
        let of_period = counts.by_period.iter_mut().filter(|(cadence, _)| *cadence == evaluation.cadence);
        of_period.for_each(|(_, counts)| counts.add(evaluation));
    }
    Ok(counts)
}
