//! The changes of a project, called by forms and the API; the command line calls only `create`.

use super::form::ProjectForm;
use super::record::{Project, ProjectChange};
use crate::actor::{Action, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::refusal::Refusal;
use crate::undo::undo_since;

/// An edit of a project, as typed; a field that is `None` is not changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectEdit {
    /// Its name.
    pub name: Option<String>,
    /// The IANA time zone of its local days.
    pub time_zone: Option<String>,
    /// The day weeks start on.
    pub week_start: Option<String>,
    /// The share of a period, in percent, during which nothing is due yet.
    pub early_grace_percent: Option<String>,
    /// How often creators are expected to be collected, in hours.
    pub collection_interval_hours: Option<String>,
}

impl ProjectEdit {
    /// Returns the form after the edit.
    #[must_use]
    pub fn on(self, before: ProjectForm) -> ProjectForm {
        ProjectForm {
            name: self.name.unwrap_or(before.name),
            time_zone: self.time_zone.unwrap_or(before.time_zone),
            week_start: self.week_start.unwrap_or(before.week_start),
            early_grace_percent: self.early_grace_percent.unwrap_or(before.early_grace_percent),
            collection_interval_hours: self.collection_interval_hours.unwrap_or(before.collection_interval_hours),
        }
    }
}

/// Creates a project with this id; an existing one is not changed.
pub async fn create(caller: &Caller, project_id: ProjectId, form: &ProjectForm) -> Result<Project, Refusal> {
    authorize(caller.actor, None, Action::Administer)?;
    Ok(caller.store.create_project(project_id, &parse(form)?, caller.now()).await?)
}

/// Changes the settings of a project. After a change of the time zone or week start every period is judged again,
/// including closed ones.
pub async fn edit(caller: &Caller, project_id: ProjectId, edit: ProjectEdit) -> Result<Project, Refusal> {
    let before = caller.project(project_id, Action::Administer).await?;
    let change = parse(&edit.on(ProjectForm::of(&before)))?;
    caller.store.update_project(project_id, &change).await?;
    Ok(caller.store.project(project_id).await?.ok_or(AppError::NotFound)?)
}

/// Deletes a project with everything in it; it can be restored for 30 days.
pub async fn delete(caller: &Caller, project_id: ProjectId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Administer).await?;
    Ok(caller.store.delete_project(project_id, caller.now()).await?)
}

/// Restores a deleted project.
pub async fn restore(caller: &Caller, project_id: ProjectId) -> Result<(), Refusal> {
    authorize(caller.actor, Some(project_id), Action::Administer)?;
    Ok(caller.store.restore_project(project_id, undo_since(caller.now())).await?)
}

fn parse(form: &ProjectForm) -> Result<ProjectChange, Refusal> {
    form.parse().map_err(|errors| Refusal::of_fields(errors.by_field()))
}
