//! Forms of projects.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::actor::{Action, authorize};
use program::error::AppError;
use program::once::id_made;
use program::projects::form::ProjectForm;
use program::undo::undo_since;
use uuid::Uuid;

fn invalid() -> AppError {
    AppError::Invalid(
        "The project has fields to correct: name, time_zone, week_start (monday, sunday or saturday), \
        early_grace_percent (0 to 100), collection_interval_hours (1 to 8760)."
            .to_owned(),
    )
}

/// Deletes a project with everything in it; it can be restored for 30 days.
#[server(prefix = "/forms", endpoint = "delete_project")]
pub async fn delete_project(project_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Administer).await?;
    caller.store.delete_project(project_id, caller.now()).await?;
    answer::done("/projects?done=project_deleted");
    Ok(())
}

/// Restores a deleted project.
#[server(prefix = "/forms", endpoint = "restore_project")]
pub async fn restore_project(project_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    authorize(caller.actor, Some(project_id), Action::Administer)?;
    caller.store.restore_project(project_id, undo_since(caller.now())).await?;
    answer::done("/projects?done=project_restored");
    Ok(())
}

/// Creates a project. `beside` says that the form was on the page of all projects, not on the first run.
#[server(prefix = "/forms", endpoint = "create_project")]
pub async fn create_project(
    name: String,
    time_zone: String,
    week_start: String,
    early_grace_percent: String,
    collection_interval_hours: String,
    #[server(default)] beside: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    authorize(caller.actor, None, Action::Administer)?;
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    match form.parse() {
        Ok(new) => {
            let project_id = id_made(&form_id, "project", &form.typed().map(|(_, typed)| typed))?;
            let project = caller.store.create_project(project_id, &new, caller.now()).await?;
            answer::done(&format!("/projects/{}", project.project_id));
            Ok(())
        }
        Err(_) => {
            let page = if beside.is_empty() { "/welcome" } else { "/projects/new" };
            answer::refused(page, &form.typed(), invalid())
        }
    }
}

/// Changes a project's settings.
#[server(prefix = "/forms", endpoint = "update_project")]
pub async fn update_project(
    project_id: Uuid,
    name: String,
    time_zone: String,
    week_start: String,
    early_grace_percent: String,
    collection_interval_hours: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Administer).await?;
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    let page = format!("/projects/{project_id}/settings");
    match form.parse() {
        Ok(change) => {
            caller.store.update_project(project_id, &change).await?;
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(_) => answer::refused(&page, &form.typed(), invalid()),
    }
}
