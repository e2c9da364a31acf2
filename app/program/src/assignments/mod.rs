//! Assigning a goal to several creators: who gets it, and the result for each.

pub mod store;

use crate::actor::Action;
use crate::caller::Caller;
use crate::campaigns::reach::members_of;
use crate::campaigns::record::Campaign;
use crate::creators::list::{CreatorsQuery, chosen};
use crate::error::AppError;
use crate::goals::changes::parse;
use crate::goals::record::{AssignOutcome, GoalAssignment};
use crate::ids::{AssignmentId, CampaignId, CreatorId, ProjectId};
use crate::judged::Judged;
use crate::overview::query::OverviewQuery;
use crate::overview::rows_of;
use crate::projects::record::Project;
use crate::refusal::Refusal;
use crate::standings::gains::gains_as_of;
use crate::standings::standing::Standing;
use compliance::assignment::{Assignment, ExistingGoals, assign};
use compliance::calendar::{LocalDays as _, day_number};
use compliance::evaluation::evaluate;
use compliance::goal::{Goal, GoalVersion};
use compliance::goal_form::{GoalErrors, GoalForm, NewGoal};
use compliance::{Evaluation, Instant};
use std::collections::HashSet;

/// The creators who get a goal; all of it comes from the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These creators.
    Creators(Vec<CreatorId>),
    /// Every creator in a campaign, at any depth.
    Campaign(CampaignId),
    /// Every creator that the creators list shows, on all of its pages.
    Listed(CreatorsQuery),
    /// Every creator that the overview shows, on all of its pages.
    Overview(OverviewQuery),
}

/// The page that assigns a goal.
#[derive(Debug, Clone)]
pub struct AssignView {
    /// The project.
    pub project: Project,
    /// The instant it was evaluated at.
    pub as_of: Instant,
    /// The campaign whose creators were chosen.
    pub campaign: Option<Campaign>,
    /// The chosen creators and the plan for each, in overview order; there is no plan while the form is empty or has errors.
    pub planned: Vec<Planned>,
    /// The errors of the form.
    pub errors: GoalErrors,
}

impl AssignView {
    /// Returns why nobody can be assigned a goal, if more creators were chosen than can be at once.
    #[must_use]
    pub fn too_many(&self) -> Option<&'static str> {
        (self.planned.len() > CREATORS_AT_ONCE).then_some(WRONG_COUNT)
    }
}

/// One creator and the plan for their goals.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The creator, judged.
    pub standing: Standing,
    /// The plan for their goals.
    pub plan: Option<Plan>,
}

/// The plan for one creator's goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What would be done.
    pub assignment: Assignment,
    /// The current target, if a goal is changed or kept.
    pub target_before: Option<i64>,
    /// The evaluation that the goal would have today.
    pub evaluation: Option<Evaluation>,
}

/// Plans an assignment for everybody chosen.
pub async fn assign_view(
    caller: &Caller,
    project_id: ProjectId,
    who: &Chosen,
    form: Option<&GoalForm>,
    existing: ExistingGoals,
) -> Result<AssignView, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let project = judged.program.project.clone();
    let today = project.zone.date_of(judged.as_of);
    let goal = form.map(|form| NewGoal::parse_made_on(form, today, project.settings.week_start)).transpose();
    let (goal, errors) = match goal {
        Ok(goal) => (goal, GoalErrors::default()),
        Err(errors) => (None, errors),
    };
    let (campaign, standings) = match who {
        Chosen::Creators(ids) => {
            let ids: HashSet<&CreatorId> = ids.iter().collect();
            let standings = judged.standings();
            (None, standings.into_iter().filter(|standing| ids.contains(&standing.creator_id())).collect())
        }
        Chosen::Campaign(campaign_id) => {
            let campaign = caller.store.campaign(project_id, *campaign_id).await?.ok_or(AppError::NotFound)?;
            let members = members_of(caller, &judged, *campaign_id).await?;
            let members: HashSet<CreatorId> = members.creators.into_iter().collect();
            let standings = judged.standings();
            let standings = standings.into_iter().filter(|standing| members.contains(&standing.creator_id()));
            (Some(campaign), standings.collect())
        }
        Chosen::Listed(query) => (None, chosen(&judged, query)),
        Chosen::Overview(query) => {
            let shown = rows_of(&judged, query).standings;
            let shown: HashSet<CreatorId> = shown.iter().map(Standing::creator_id).collect();
            let standings = judged.standings();
            (None, standings.into_iter().filter(|standing| shown.contains(&standing.creator_id())).collect())
        }
    };
    let standings: Vec<Standing> = standings;
    let planned = standings
        .into_iter()
        .map(|standing| Planned { plan: goal.as_ref().map(|goal| plan(&judged, &standing, goal, existing)), standing })
        .collect();
    Ok(AssignView { project, as_of: judged.as_of, campaign, planned, errors })
}

fn plan(judged: &Judged, standing: &Standing, goal: &NewGoal, existing: ExistingGoals) -> Plan {
    let Judged { program, as_of, .. } = judged;
    let project = &program.project;
    let goals = &standing.program.goals;
    let theirs = goals.iter().map(|record| &record.goal);
    let assignment = assign(theirs, goal, existing, *as_of, &project.zone, project.settings.week_start);
    let version = |terms| GoalVersion { made_at: *as_of, terms };
    let (would_be, before) = match assignment {
        Assignment::Make => (Some(Goal::new(goal.metric, goal.cadence, version(goal.terms))), None),
        Assignment::Change(place, terms) => (Some(goals[place].goal.clone().edited(version(terms))), Some(place)),
        Assignment::Same(place) | Assignment::Keep(place) => (Some(goals[place].goal.clone()), Some(place)),
        Assignment::Several => (None, None),
    };
    let today = day_number(project.zone.date_of(*as_of));
    let gains = gains_as_of(&standing.program.days, today, standing.correction.as_ref());
    let context = project.context(&project.zone, *as_of, standing.looks);
    Plan {
        assignment,
        target_before: before.map(|place| goals[place].goal.terms().target_value),
        evaluation: would_be.and_then(|goal| evaluate(&goal, &context, &gains)),
    }
}

/// The most creators who can be assigned a goal at once.
pub const CREATORS_AT_ONCE: usize = 10_000;
/// The sentence for no creators, or too many.
const WRONG_COUNT: &str = "Choose 1 to 10,000 creators.";

/// Assigns a goal to creators. `assignment_id` identifies the assignment, so that it can be undone as a whole.
pub async fn assign_goal(
    caller: &Caller,
    project_id: ProjectId,
    assignment_id: AssignmentId,
    creators: &[CreatorId],
    form: &GoalForm,
    existing: ExistingGoals,
) -> Result<Assigned, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let goal = parse(form, &project, caller.now())?;
    if creators.is_empty() || creators.len() > CREATORS_AT_ONCE {
        return Err(Refusal::of_fields([("creators", WRONG_COUNT)]));
    }
    let assignment = GoalAssignment { assignment_id, goal, existing };
    let outcomes = caller.store.assign_goal(project_id, creators, &assignment, caller.now()).await?;
    Ok(Assigned::of(creators, &outcomes))
}

/// Undoes an assignment, and returns the number of goals it reverted.
pub async fn undo_assignment(
    caller: &Caller,
    project_id: ProjectId,
    assignment_id: AssignmentId,
) -> Result<usize, Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.undo_assignment(project_id, assignment_id, caller.now()).await?)
}

/// The results of an assignment, counted by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Goals that were created.
    pub made: usize,
    /// Goals that were changed.
    pub changed: usize,
    /// Goals that stay as they are: already the same, or to be kept.
    pub kept: usize,
    /// Creators without a new goal: several of their goals cover the dates, or they were removed from the program.
    pub refused: usize,
    /// The creators for whom nothing was changed.
    pub unchanged: Vec<CreatorId>,
}

impl Assigned {
    /// Counts the outcomes for these creators.
    #[must_use]
    pub fn of(creators: &[CreatorId], outcomes: &[AssignOutcome]) -> Assigned {
        let mut assigned = Assigned::default();
        for (creator_id, outcome) in creators.iter().zip(outcomes) {
            let (count, is_changed) = match outcome {
                AssignOutcome::Made(_) => (&mut assigned.made, true),
                AssignOutcome::Changed(..) => (&mut assigned.changed, true),
                AssignOutcome::Same(_) | AssignOutcome::Kept(_) => (&mut assigned.kept, false),
                AssignOutcome::Several | AssignOutcome::Unknown => (&mut assigned.refused, false),
            };
            *count += 1;
            assigned.unchanged.extend((!is_changed).then_some(*creator_id));
        }
        assigned
    }
}
