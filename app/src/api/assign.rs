//! Goals for many: who is chosen, what would become of each one's goals, and doing it.
#![expect(clippy::too_many_arguments, reason = "a server function takes every field of its form")]

use super::campaigns::members_of;
use super::creators::{CreatorsQuery, chosen};
use super::goals::typed;
use super::once::id_made;
use super::overview::{Judged, OverviewQuery, overview_rows};
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{AssignOutcome, Campaign, GoalAssignment, Project, Standing, gains_as_of};
use compliance::assignment::{Assignment, ExistingGoals, assign};
use compliance::calendar::{LocalDays as _, day_number};
use compliance::evaluation::{Context, evaluate};
use compliance::goal::{Goal, GoalForm, GoalVersion, NewGoal};
use compliance::{Evaluation, Instant};
use leptos::server;
use std::collections::HashSet;
use uuid::Uuid;

/// Who is to get a goal; everything comes from the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These creators.
    Creators(Vec<Uuid>),
    /// Everybody in a campaign, however deep.
    Campaign(Uuid),
    /// Everybody whom a list of creators shows, on all its pages.
    Listed(CreatorsQuery),
    /// Everybody whom the overview shows, on all its pages.
    Overview(OverviewQuery),
}

/// The page that gives a goal to many.
#[derive(Debug, Clone)]
pub struct AssignView {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// The campaign whose creators are chosen.
    pub campaign: Option<Campaign>,
    /// Everybody chosen and what would become of their goals, in overview order; nothing is planned while the form has
    /// fields to correct.
    pub planned: Vec<Planned>,
}

/// One creator and what would become of their goals.
#[derive(Debug, Clone)]
pub struct Planned {
    /// How the creator stands.
    pub standing: Standing,
    /// What would become of their goals.
    pub plan: Option<Plan>,
}

/// What would become of one creator's goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is done.
    pub assignment: Assignment,
    /// The target that is there now, if one is changed or kept.
    pub target_before: Option<i64>,
    /// How the goal would stand today.
    pub evaluation: Option<Evaluation>,
}

/// What would become of the goals of everybody chosen.
pub async fn assign_view(
    server: &Server,
    project_id: Uuid,
    who: &Chosen,
    goal: Option<&NewGoal>,
    existing: ExistingGoals,
) -> Result<AssignView, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let (campaign, standings) = match who {
        Chosen::Creators(ids) => {
            let ids: HashSet<&Uuid> = ids.iter().collect();
            let standings = judged.standings();
            (None, standings.into_iter().filter(|standing| ids.contains(&standing.creator_id())).collect())
        }
        Chosen::Campaign(campaign_id) => {
            let campaign = server.store.campaign(project_id, *campaign_id).await?.ok_or(AppError::NotFound)?;
            let members = members_of(server, &judged, *campaign_id).await?;
            let members: HashSet<Uuid> = members.creators.into_iter().collect();
            let standings = judged.standings();
            let standings = standings.into_iter().filter(|standing| members.contains(&standing.creator_id()));
            (Some(campaign), standings.collect())
        }
        Chosen::Listed(query) => (None, chosen(&judged, query)),
        Chosen::Overview(query) => {
            let shown = overview_rows(server, project_id, query).await?.standings;
            let shown: HashSet<Uuid> = shown.iter().map(Standing::creator_id).collect();
            let standings = judged.standings();
            (None, standings.into_iter().filter(|standing| shown.contains(&standing.creator_id())).collect())
        }
    };
    let standings: Vec<Standing> = standings;
    let planned = standings
        .into_iter()
        .map(|standing| Planned { plan: goal.map(|goal| plan(&judged, &standing, goal, existing)), standing })
        .collect();
    Ok(AssignView { project, as_of: judged.as_of, campaign, planned })
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
    let context = Context { days: &project.zone, settings: project.settings, as_of: *as_of, looks: standing.looks };
    Plan {
        assignment,
        target_before: before.map(|place| goals[place].goal.terms().target_value),
        evaluation: would_be.and_then(|goal| evaluate(&goal, &context, &gains)),
    }
}

/// The most creators that are given a goal at once.
pub const CREATORS_AT_ONCE: usize = 10_000;

/// What became of an assignment, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Goals that were made.
    pub made: usize,
    /// Goals that were changed.
    pub changed: usize,
    /// Goals that stay as they are: so already, or to be kept.
    pub kept: usize,
    /// Creators who got none: several of their goals are in the way, or they left the program.
    pub refused: usize,
}

impl Assigned {
    /// Counts outcomes.
    #[must_use]
    pub fn of(outcomes: &[AssignOutcome]) -> Assigned {
        let mut assigned = Assigned::default();
        for outcome in outcomes {
            match outcome {
                AssignOutcome::Made(_) => assigned.made += 1,
                AssignOutcome::Changed(..) => assigned.changed += 1,
                AssignOutcome::Same(_) | AssignOutcome::Kept(_) => assigned.kept += 1,
                AssignOutcome::Several | AssignOutcome::Unknown => assigned.refused += 1,
            }
        }
        assigned
    }
}

/// Gives creators a goal. `creators` are ids, separated by commas; `back` is the form's address, to return to with what
/// was typed if it has fields to correct.
#[server(prefix = "/forms", endpoint = "assign_goal")]
pub async fn assign_goal(
    project_id: Uuid,
    #[server(default)] creators: String,
    #[server(default)] metric: String,
    #[server(default)] period: String,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] existing: String,
    #[server(default)] back: String,
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let overview = format!("/projects/{project_id}");
    let form = GoalForm { metric, period, target_value, start_date, end_date };
    let page = answer::back_to(&back, &overview);
    let refuse = |error| answer::refused(&answer::and_query(&page, &typed(&form, "1")), &[], error);
    let goal = match NewGoal::parse(&form) {
        Ok(goal) => goal,
        Err(errors) => {
            let sentences = errors.by_field().filter_map(|(field, message)| Some(format!("{field}: {}", message?)));
            return refuse(AppError::Invalid(sentences.collect::<Vec<_>>().join(" ")));
        }
    };
    let ids: Vec<Uuid> = creators.split(',').filter_map(|id| id.trim().parse().ok()).collect();
    if ids.is_empty() || ids.len() > CREATORS_AT_ONCE {
        return refuse(AppError::Invalid("creators: Choose 1 to 10,000 creators.".to_owned()));
    }
    let existing = ExistingGoals::from_name(&existing).unwrap_or_default();
    let scope = project_id.to_string();
    let GoalForm { metric, period, target_value, start_date, end_date } = &form;
    let decides = [&scope, &creators, metric, period, target_value, start_date, end_date];
    let decides: Vec<&str> = decides.into_iter().map(String::as_str).chain([existing.name()]).collect();
    let assignment = GoalAssignment { assignment_id: id_made(&form_id, "assignment", &decides)?, goal, existing };
    let outcomes = server.store.assign_goal(project_id, &ids, &assignment, server.now()).await?;
    let Assigned { made, changed, kept, refused } = Assigned::of(&outcomes);
    let undo = if made + changed > 0 { assignment.assignment_id.to_string() } else { String::new() };
    let told = [
        ("assigned", made.to_string()),
        ("changed", changed.to_string()),
        ("kept", kept.to_string()),
        ("left_out", refused.to_string()),
        ("undo_assignment", undo),
    ];
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer::done(&answer::with_query(&overview, &told));
    Ok(())
}

/// Takes back what was given to many.
#[server(prefix = "/forms", endpoint = "undo_assignment")]
pub async fn undo_assignment(project_id: Uuid, assignment_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let count = server.store.undo_assignment(project_id, assignment_id, server.now()).await?.to_string();
    answer::done(&answer::with_query(&format!("/projects/{project_id}"), &[("taken_back", &count)]));
    Ok(())
}
