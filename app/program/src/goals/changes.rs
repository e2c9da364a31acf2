//! The changes of a goal, called by forms and the API.

use super::form::form_of;
use super::record::{GoalOutcome, GoalRecord};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::projects::record::Project;
use crate::refusal::Refusal;
use crate::undo::undo_since;
use compliance::calendar::LocalDays as _;
use compliance::goal_form::{GoalErrors, GoalForm, NewGoal};
use compliance::metric::Metric;
use compliance::terms::GoalTerms;
use compliance::{Cadence, Instant};

/// The sentence for a goal that cannot be restored because another one has its dates.
pub const DATES_COVERED: &str = "Another goal of the same kind covers these dates now. End or edit that one first.";

/// An edit of a goal; a field that is `None` is not changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalEdit {
    /// The target of a whole period, as typed.
    pub target_value: Option<String>,
    /// The first local date that counts, as typed; empty for none.
    pub start_date: Option<String>,
    /// The last local date that counts, as typed; empty for none.
    pub end_date: Option<String>,
    /// Whether it is active.
    pub is_active: Option<bool>,
}

/// The reason of a refusal because another goal of the creator covers some of the same dates.
pub const OVERLAPS: &str = "overlaps";

/// Creates a goal with this id; an existing one is not changed.
pub async fn create(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: GoalId,
    form: &GoalForm,
) -> Result<(), Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let goal = parse(form, &project, caller.now())?;
    match caller.store.create_goal(project_id, creator_id, goal_id, &goal, caller.now()).await? {
        GoalOutcome::Stored => Ok(()),
        GoalOutcome::Overlaps => Err(overlaps(goal.metric, goal.cadence)),
    }
}

/// Changes a goal's target, its dates, or whether it is active. Periods that have closed are judged as before. Metric
/// and period cannot be changed: that would be another goal.
pub async fn edit(
    caller: &Caller,
    project_id: ProjectId,
    goal_id: GoalId,
    edit: GoalEdit,
) -> Result<GoalRecord, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let record = caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)?;
    let GoalEdit { target_value, start_date, end_date, is_active } = edit;
    let is_active = is_active.unwrap_or(record.goal.terms().is_active);
    let edited = if target_value.is_some() || start_date.is_some() || end_date.is_some() {
        let before = form_of(&record);
        let form = GoalForm {
            target_value: target_value.unwrap_or(before.target_value),
            start_date: start_date.unwrap_or(before.start_date),
            end_date: end_date.unwrap_or(before.end_date),
            ..before
        };
        parse(&form, &project, record.goal.made_at())?.terms
    } else {
        *record.goal.terms()
    };
    let terms = GoalTerms { is_active, ..edited };
    match caller.store.edit_goal(project_id, goal_id, &terms, caller.now()).await? {
        GoalOutcome::Stored => Ok(caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)?),
        GoalOutcome::Overlaps => Err(overlaps(record.goal.metric, record.goal.cadence)),
    }
}

/// Deletes a goal with its history; it can be restored for 30 days.
pub async fn delete(caller: &Caller, project_id: ProjectId, goal_id: GoalId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.delete_goal(project_id, goal_id, caller.now()).await?)
}

/// Restores a deleted goal.
pub async fn restore(caller: &Caller, project_id: ProjectId, goal_id: GoalId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    match caller.store.restore_goal(project_id, goal_id, undo_since(caller.now())).await? {
        GoalOutcome::Stored => Ok(()),
        GoalOutcome::Overlaps => Err(Refusal { why: Some(OVERLAPS), ..Refusal::conflict(DATES_COVERED) }),
    }
}

/// Parses the form of a goal that is or was made at `made_at`.
pub fn parse(form: &GoalForm, project: &Project, made_at: Instant) -> Result<NewGoal, Refusal> {
    let made_on = project.zone.date_of(made_at);
    NewGoal::parse_made_on(form, made_on, project.settings.week_start).map_err(|errors| refusal(&errors))
}

fn refusal(errors: &GoalErrors) -> Refusal {
    Refusal::of_fields(errors.by_field().filter_map(|(field, sentence)| Some((field, sentence?.to_owned()))))
}

fn overlaps(metric: Metric, cadence: Cadence) -> Refusal {
    let sentence = GoalErrors::overlaps(metric, cadence).period.unwrap_or_default();
    Refusal { why: Some(OVERLAPS), ..Refusal::conflict(sentence) }
}
