//! Forms of goals.
#![expect(clippy::too_many_arguments, reason = "a server function takes every field of its form")]

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::goal::{GoalErrors, GoalForm, GoalTerms, NewGoal};
use leptos::server;
use program::actor::Action;
use program::error::AppError;
use program::goals::form::{find_goal, form_of};
use program::once::id_made;
use program::undo::undo_since;
use uuid::Uuid;

/// The value of `refused` in the URL of a form that overlaps another goal.
pub const OVERLAPS: &str = "overlaps";

/// What is wrong with a form that was sent back: the same rules say it again.
#[must_use]
pub fn errors_of(form: &GoalForm, refused: &str) -> GoalErrors {
    match NewGoal::parse(form) {
        _ if refused.is_empty() => GoalErrors::default(),
        Err(errors) => errors,
        Ok(goal) if refused == OVERLAPS => GoalErrors::overlaps(goal.metric, goal.cadence),
        Ok(_) => GoalErrors::default(),
    }
}

/// A goal form as the query of an address, and why it was sent back.
pub fn typed<'f>(form: &'f GoalForm, why: &'f str) -> [(&'static str, &'f str); 6] {
    [
        ("metric", form.metric.as_str()),
        ("period", &form.period),
        ("target_value", &form.target_value),
        ("start_date", &form.start_date),
        ("end_date", &form.end_date),
        ("refused", why),
    ]
}

fn refuse(page: &str, form: &GoalForm, why: &str, errors: &GoalErrors) -> Result<(), FormError> {
    let sentences = errors.by_field().filter_map(|(field, message)| Some(format!("{field}: {}", message?)));
    let sentences = sentences.collect::<Vec<_>>().join(" ");
    let error = if why == OVERLAPS { AppError::Conflict(sentences) } else { AppError::Invalid(sentences) };
    answer::refused(page, &typed(form, why), error)
}

/// Makes a goal.
#[server(prefix = "/forms", endpoint = "create_goal")]
pub async fn create_goal(
    project_id: Uuid,
    creator_id: Uuid,
    #[server(default)] metric: String,
    #[server(default)] period: String,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let form = GoalForm { metric, period, target_value, start_date, end_date };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    let page = format!("{goals}/new");
    let new = match NewGoal::parse(&form) {
        Ok(new) => new,
        Err(errors) => return refuse(&page, &form, "1", &errors),
    };
    let goal_id = id_made(
        &form_id,
        "goal",
        &[&goals, &form.metric, &form.period, &form.target_value, &form.start_date, &form.end_date],
    )?;
    if !caller.store.create_goal(project_id, creator_id, goal_id, &new, caller.now()).await? {
        return refuse(&page, &form, OVERLAPS, &GoalErrors::overlaps(new.metric, new.cadence));
    }
    answer::done(&format!("{goals}?done=goal_added#goal-{goal_id}"));
    Ok(())
}

/// Changes a goal's target and dates. What it measures and how often stay: that would be another goal.
#[server(prefix = "/forms", endpoint = "edit_goal")]
pub async fn edit_goal(
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let record = find_goal(&caller, project_id, creator_id, goal_id).await?;
    caller.project(project_id, Action::Write).await?;
    let form = GoalForm { target_value, start_date, end_date, ..form_of(&record) };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    let page = format!("{goals}/{goal_id}/edit");
    let edited = match NewGoal::parse(&form) {
        Ok(edited) => edited,
        Err(errors) => return refuse(&page, &form, "1", &errors),
    };
    let terms = GoalTerms { is_active: record.goal.terms().is_active, ..edited.terms };
    if caller.store.edit_goal(project_id, goal_id, &terms, caller.now()).await? {
        answer::done(&format!("{goals}?done=goal_saved#goal-{goal_id}"));
        return Ok(());
    }
    refuse(&page, &form, OVERLAPS, &GoalErrors::overlaps(edited.metric, edited.cadence))
}

/// Ends a goal now (`is_active` false), or takes it up again (`is_active` true).
#[server(prefix = "/forms", endpoint = "set_goal_active")]
pub async fn set_goal_active(
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
    is_active: bool,
) -> Result<(), FormError> {
    let caller = caller()?;
    let record = find_goal(&caller, project_id, creator_id, goal_id).await?;
    caller.project(project_id, Action::Write).await?;
    let terms = GoalTerms { is_active, ..*record.goal.terms() };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    if caller.store.edit_goal(project_id, goal_id, &terms, caller.now()).await? {
        let done = if is_active { "goal_resumed" } else { "goal_ended" };
        answer::done(&format!("{goals}?done={done}#goal-{goal_id}"));
        return Ok(());
    }
    let errors = GoalErrors::overlaps(record.goal.metric, record.goal.cadence);
    let sentence = errors.period.unwrap_or_default();
    answer::refused(&goals, &[("refused", OVERLAPS)], AppError::Conflict(sentence))
}

/// Brings a deleted goal back.
#[server(prefix = "/forms", endpoint = "restore_goal")]
pub async fn restore_goal(project_id: Uuid, creator_id: Uuid, goal_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators/{creator_id}/goals");
    if caller.store.restore_goal(project_id, goal_id, undo_since(caller.now())).await? {
        answer::done(&format!("{page}?done=goal_restored"));
        return Ok(());
    }
    let error = "Another goal of the same kind covers these dates now. End or edit that one first.";
    answer::refused(&page, &[("refused", OVERLAPS)], AppError::Conflict(error.to_owned()))
}

/// Deletes a goal with its history.
#[server(prefix = "/forms", endpoint = "delete_goal")]
pub async fn delete_goal(project_id: Uuid, creator_id: Uuid, goal_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    caller.store.delete_goal(project_id, goal_id, caller.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}/goals?done=goal_deleted"));
    Ok(())
}
