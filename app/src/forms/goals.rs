//! Forms of goals.
#![expect(clippy::too_many_arguments, reason = "a server function takes every field of its form")]

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::goal_form::GoalForm;
use leptos::server;
use program::goals::changes::{self, GoalEdit};
use program::ids::{CreatorId, GoalId, ProjectId};
use program::once::id_made;
use program::refusal::Refusal;

/// Returns a goal form as the query of a URL, with the reason it was sent back.
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

/// Answers that a goal was not added or changed, with the form on its page.
fn refuse(page: &str, form: &GoalForm, refusal: Refusal) -> Result<(), FormError> {
    let why = refusal.why.unwrap_or("1");
    answer::refusal(page, &typed(form, why), refusal)
}

fn goals_page(project_id: ProjectId, creator_id: CreatorId) -> String {
    format!("/projects/{project_id}/creators/{creator_id}/goals")
}

/// Creates a goal.
#[server(prefix = "/forms", endpoint = "create_goal")]
pub async fn create_goal(
    project_id: ProjectId,
    creator_id: CreatorId,
    #[server(default)] metric: String,
    #[server(default)] period: String,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let form = GoalForm { metric, period, target_value, start_date, end_date };
    let goals = goals_page(project_id, creator_id);
    let typed = [&goals, &form.metric, &form.period, &form.target_value, &form.start_date, &form.end_date];
    let goal_id = id_made(&form_id, "goal", &typed.map(String::as_str))?;
    match changes::create(&caller, project_id, creator_id, goal_id, &form).await {
        Ok(()) => {
            answer::done(&format!("{goals}?done=goal_added#goal-{goal_id}"));
            Ok(())
        }
        Err(refusal) => refuse(&format!("{goals}/new"), &form, refusal),
    }
}

/// Changes a goal's target and dates. Metric and period cannot be changed: that would be another goal.
#[server(prefix = "/forms", endpoint = "edit_goal")]
pub async fn edit_goal(
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: GoalId,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let form = GoalForm { target_value, start_date, end_date, ..GoalForm::default() };
    let edit = GoalEdit {
        target_value: Some(form.target_value.clone()),
        start_date: Some(form.start_date.clone()),
        end_date: Some(form.end_date.clone()),
        is_active: None,
    };
    let goals = goals_page(project_id, creator_id);
    match changes::edit(&caller, project_id, goal_id, edit).await {
        Ok(_) => {
            answer::done(&format!("{goals}?done=goal_saved#goal-{goal_id}"));
            Ok(())
        }
        Err(refusal) => refuse(&format!("{goals}/{goal_id}/edit"), &form, refusal),
    }
}

/// Ends a goal now (`is_active` false), or reactivates it (`is_active` true).
#[server(prefix = "/forms", endpoint = "set_goal_active")]
pub async fn set_goal_active(
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: GoalId,
    is_active: bool,
) -> Result<(), FormError> {
    let caller = caller()?;
    let goals = goals_page(project_id, creator_id);
    let edit = GoalEdit { is_active: Some(is_active), ..GoalEdit::default() };
    match changes::edit(&caller, project_id, goal_id, edit).await {
        Ok(_) => {
            let done = if is_active { "goal_resumed" } else { "goal_ended" };
            answer::done(&format!("{goals}?done={done}#goal-{goal_id}"));
            Ok(())
        }
        Err(refusal) => refuse_in_list(&goals, refusal),
    }
}

/// Restores a deleted goal.
#[server(prefix = "/forms", endpoint = "restore_goal")]
pub async fn restore_goal(project_id: ProjectId, creator_id: CreatorId, goal_id: GoalId) -> Result<(), FormError> {
    let caller = caller()?;
    let goals = goals_page(project_id, creator_id);
    match changes::restore(&caller, project_id, goal_id).await {
        Ok(()) => {
            answer::done(&format!("{goals}?done=goal_restored"));
            Ok(())
        }
        Err(refusal) => refuse_in_list(&goals, refusal),
    }
}

/// Answers on the page with all goals that a goal was not changed.
fn refuse_in_list(goals: &str, refusal: Refusal) -> Result<(), FormError> {
    match refusal.why {
        Some(why) => answer::refused(goals, &[("refused", why)], refusal.error),
        None => Err(refusal.into()),
    }
}

/// Deletes a goal with its history.
#[server(prefix = "/forms", endpoint = "delete_goal")]
pub async fn delete_goal(project_id: ProjectId, creator_id: CreatorId, goal_id: GoalId) -> Result<(), FormError> {
    let caller = caller()?;
    changes::delete(&caller, project_id, goal_id).await?;
    answer::done(&format!("{}?done=goal_deleted", goals_page(project_id, creator_id)));
    Ok(())
}
