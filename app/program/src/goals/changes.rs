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
use compliance::Instant;
use compliance::calendar::LocalDays as _;
use compliance::goal_form::{GoalErrors, GoalForm, NewGoal};
use compliance::terms::GoalTerms;

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

/// Creates a goal with this id; an existing one is not changed.
pub async fn create(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: GoalId,
    form: &GoalForm,
) -> Result<(), Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let goal = new_goal(form, &project, caller.now())?;
    match caller.store.create_goal(project_id, creator_id, goal_id, &goal, caller.now()).await? {
        GoalOutcome::Stored => Ok(()),
        GoalOutcome::Overlaps => Err(overlaps(&goal)),
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
    caller.project(project_id, Action::Write).await?;
    let record = caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)?;
    let before = form_of(&record);
    let form = GoalForm {
        target_value: edit.target_value.unwrap_or(before.target_value),
        start_date: edit.start_date.unwrap_or(before.start_date),
        end_date: edit.end_date.unwrap_or(before.end_date),
        ..before
    };
    let edited = parse(&form)?;
    let is_active = edit.is_active.unwrap_or(record.goal.terms().is_active);
    let terms = GoalTerms { is_active, ..edited.terms };
    match caller.store.edit_goal(project_id, goal_id, &terms, caller.now()).await? {
        GoalOutcome::Stored => Ok(caller.store.goal(project_id, goal_id).await?.ok_or(AppError::NotFound)?),
        GoalOutcome::Overlaps => Err(overlaps(&edited)),
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
        GoalOutcome::Overlaps => Err(Refusal::conflict(DATES_COVERED)),
    }
}

/// Reads the form of a goal.
pub fn parse(form: &GoalForm) -> Result<NewGoal, Refusal> {
    NewGoal::parse(form).map_err(|errors| refusal(&errors))
}

/// Reads the form of a goal that is made now. One that would cover no day is refused.
pub fn new_goal(form: &GoalForm, project: &Project, now: Instant) -> Result<NewGoal, Refusal> {
    let goal = parse(form)?;
    if goal.covers_nothing(project.zone.date_of(now), project.settings.week_start) {
        return Err(refusal(&GoalErrors::covers_nothing()));
    }
    Ok(goal)
}

fn refusal(errors: &GoalErrors) -> Refusal {
    Refusal::of_fields(errors.by_field().filter_map(|(field, sentence)| Some((field, sentence?.to_owned()))))
}

fn overlaps(goal: &NewGoal) -> Refusal {
    Refusal::conflict(GoalErrors::overlaps(goal.metric, goal.cadence).period.unwrap_or_default())
}
