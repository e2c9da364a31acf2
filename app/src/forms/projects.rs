//! Forms of projects.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::calendar::Zone;
use leptos::server;
use program::ids::ProjectId;
use program::once::id_made;
use program::projects::changes::{self, ProjectEdit};
use program::projects::form::ProjectForm;

/// Returns a project form as the fields of its page, with the mark that it was sent back.
fn typed(form: &ProjectForm) -> [(&'static str, &str); 6] {
    [
        ("name", &form.name),
        ("time_zone", &form.time_zone),
        ("week_start", &form.week_start),
        ("early_grace_percent", &form.early_grace_percent),
        ("collection_interval_hours", &form.collection_interval_hours),
        ("refused", "1"),
    ]
}

/// Returns the IANA name for what was typed, where a city was.
fn zone_name(typed: String) -> String {
    Zone::of_place(&typed).map_or(typed, |zone| zone.name().to_owned())
}

/// Deletes a project with everything in it; it can be restored for 30 days.
#[server(prefix = "/forms", endpoint = "delete_project")]
pub async fn delete_project(project_id: ProjectId) -> Result<(), FormError> {
    changes::delete(&caller()?, project_id).await?;
    answer::done("/projects?done=project_deleted");
    Ok(())
}

/// Restores a deleted project.
#[server(prefix = "/forms", endpoint = "restore_project")]
pub async fn restore_project(project_id: ProjectId) -> Result<(), FormError> {
    changes::restore(&caller()?, project_id).await?;
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
    let time_zone = zone_name(time_zone);
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    let project_id = id_made(&form_id, "project", &typed(&form).map(|(_, typed)| typed))?;
    match changes::create(&caller, project_id, &form).await {
        Ok(project) => {
            answer::done(&format!("/projects/{}", project.project_id));
            Ok(())
        }
        Err(refusal) => {
            let page = if beside.is_empty() { "/welcome" } else { "/projects/new" };
            answer::refusal(page, &typed(&form), refusal)
        }
    }
}

/// Changes a project's settings.
#[server(prefix = "/forms", endpoint = "update_project")]
pub async fn update_project(
    project_id: ProjectId,
    name: String,
    time_zone: String,
    week_start: String,
    early_grace_percent: String,
    collection_interval_hours: String,
) -> Result<(), FormError> {
    let time_zone = zone_name(time_zone);
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    let edit = ProjectEdit {
        name: Some(form.name.clone()),
        time_zone: Some(form.time_zone.clone()),
        week_start: Some(form.week_start.clone()),
        early_grace_percent: Some(form.early_grace_percent.clone()),
        collection_interval_hours: Some(form.collection_interval_hours.clone()),
    };
    let page = format!("/projects/{project_id}/settings");
    match changes::edit(&caller()?, project_id, edit).await {
        Ok(_) => {
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(refusal) => answer::refusal(&page, &typed(&form), refusal),
    }
}
