//! Forms that assign a goal to several creators, and undo it.
#![expect(clippy::too_many_arguments, reason = "a server function takes every field of its form")]
#![expect(clippy::unused_async, reason = "`#[server]` asks for `async`, also where nothing is waited for")]

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use crate::forms::goals::typed;
use crate::forms::id_list::packed;
use compliance::assignment::ExistingGoals;
use compliance::goal_form::GoalForm;
use leptos::server;
use program::assignments::{Assigned, assign_goal as assign, undo_assignment as take_back};
use program::error::AppError;
use program::ids::{AssignmentId, CreatorId, ProjectId};
use program::once::id_made;
use program::paging::ROWS_PER_PAGE;

/// The longest address of a list that fits into the address of the page beside the creators, in bytes.
const LONGEST_BACK: usize = 400;

/// Leads to the page that shows what a goal would do to each of these creators. It changes nothing, and is a form because
/// their ids as a list has them are too long for an address.
#[server(prefix = "/forms", endpoint = "plan_assignment")]
pub async fn plan_assignment(
    project_id: ProjectId,
    #[server(default)] creator: Vec<String>,
    #[server(default)] back: String,
) -> Result<(), FormError> {
    lead_to(&format!("/projects/{project_id}/goals/assign"), &creator, &back)
}

/// Leads to the page with the handles of these creators and a message about them, to copy. It changes nothing.
#[server(prefix = "/forms", endpoint = "plan_message")]
pub async fn plan_message(
    project_id: ProjectId,
    #[server(default)] creator: Vec<String>,
    #[server(default)] back: String,
) -> Result<(), FormError> {
    lead_to(&format!("/projects/{project_id}/message"), &creator, &back)
}

/// Leads to a page about the ticked creators; `back` is the address of their list.
fn lead_to(page: &str, creators: &[String], back: &str) -> Result<(), FormError> {
    let ids: Vec<CreatorId> = creators.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.len() > ROWS_PER_PAGE {
        return Err(AppError::Invalid(format!("Tick at most {ROWS_PER_PAGE} creators at a time.")).into());
    }
    let (ids, back) = (packed(&ids), answer::back_to(back, ""));
    // What is typed on the page is part of its address too, beside these.
    let back = if back.len() > LONGEST_BACK { "" } else { &back };
    answer::done(&answer::with_query(page, &[("who", &ids), ("back", back)]));
    Ok(())
}

/// Assigns a goal to creators. `creators` are ids, separated by commas; `back` is the address of the form's page, which
/// is shown again with what was typed if there are errors.
#[server(prefix = "/forms", endpoint = "assign_goal")]
pub async fn assign_goal(
    project_id: ProjectId,
    #[server(default)] creators: String,
    #[server(default)] metric: String,
    #[server(default)] period: String,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] existing: String,
    #[server(default)] back: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let overview = format!("/projects/{project_id}");
    let form = GoalForm { metric, period, target_value, start_date, end_date };
    let ids: Vec<CreatorId> = creators.split(',').filter_map(|id| id.trim().parse().ok()).collect();
    let chosen = answer::with_query(&format!("{overview}/goals/assign"), &[("who", &packed(&ids))]);
    let page = answer::back_to(&back, &chosen);
    let existing = ExistingGoals::from_name(&existing).unwrap_or_default();
    let scope = project_id.to_string();
    let GoalForm { metric, period, target_value, start_date, end_date } = &form;
    let decides = [&scope, &creators, metric, period, target_value, start_date, end_date];
    let decides: Vec<&str> = decides.into_iter().map(String::as_str).chain([existing.name()]).collect();
    let assignment_id = id_made(&form_id, "assignment", &decides)?;
    let assigned = assign(&caller()?, project_id, assignment_id, &ids, &form, existing).await;
    let Assigned { made, changed, kept, refused, .. } = match assigned {
        Ok(assigned) => assigned,
        // The page has no field for the creators.
        Err(refusal) if refusal.fields.iter().any(|(field, _)| field == "creators") => return Err(refusal.into()),
        Err(refusal) => return answer::refusal(&page, &typed(&form, "1"), refusal),
    };
    let undo = if made + changed > 0 { assignment_id.to_string() } else { String::new() };
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

/// Undoes an assignment.
#[server(prefix = "/forms", endpoint = "undo_assignment")]
pub async fn undo_assignment(project_id: ProjectId, assignment_id: AssignmentId) -> Result<(), FormError> {
    let count = take_back(&caller()?, project_id, assignment_id).await?.to_string();
    answer::done(&answer::with_query(&format!("/projects/{project_id}"), &[("taken_back", &count)]));
    Ok(())
}
