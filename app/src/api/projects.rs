//! Projects: naming the first one, and settings.

use super::once::id_made;
use super::{Server, answer, undo_since};
use crate::actor::{Action, authorize};
use crate::error::AppError;
use crate::store::{Deleted, Project, ProjectChange};
use compliance::calendar::Zone;
use compliance::name::{self, InvalidName, visible};
use compliance::period::WeekStart;
use compliance::{Instant, ProjectSettings};
use leptos::server;
use uuid::Uuid;

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A project form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectForm {
    /// What people call it.
    pub name: String,
    /// An IANA name.
    pub time_zone: String,
    /// [`WeekStart::name`].
    pub week_start: String,
    /// A whole number of percent.
    pub early_grace_percent: String,
    /// A whole number of hours.
    pub collection_interval_hours: String,
}

/// What is wrong with a project form: one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectErrors {
    /// At the name.
    pub name: Option<String>,
    /// At the time zone.
    pub time_zone: Option<String>,
    /// At the week start.
    pub week_start: Option<String>,
    /// At the grace.
    pub early_grace_percent: Option<String>,
    /// At the collection interval.
    pub collection_interval_hours: Option<String>,
}

impl ProjectForm {
    /// The form that shows a project as it is.
    #[must_use]
    pub fn of(project: &Project) -> ProjectForm {
        ProjectForm {
            name: visible(&project.name),
            time_zone: project.zone.name().to_owned(),
            week_start: project.settings.week_start.name().to_owned(),
            early_grace_percent: project.settings.early_grace_percent.to_string(),
            collection_interval_hours: project.settings.collection_interval_hours.to_string(),
        }
    }

    /// The form of a project that is not there yet.
    #[must_use]
    pub fn blank() -> ProjectForm {
        let settings = ProjectSettings::default();
        ProjectForm {
            name: String::new(),
            time_zone: "UTC".to_owned(),
            week_start: settings.week_start.name().to_owned(),
            early_grace_percent: settings.early_grace_percent.to_string(),
            collection_interval_hours: settings.collection_interval_hours.to_string(),
        }
    }

    /// Reads the form; every field at fault is named at once.
    pub fn parse(&self) -> Result<ProjectChange, ProjectErrors> {
        let mut errors = ProjectErrors::default();
        let name = name::parse(&self.name, LONGEST_NAME).map_err(|error| {
            errors.name = Some(match error {
                InvalidName::Empty => "Give the project a name.".to_owned(),
                error => error.to_string(),
            });
        });
        let zone = Zone::parse(&self.time_zone).map_err(|error| errors.time_zone = Some(format!("{error}."))).ok();
        let week_start = WeekStart::from_name(&self.week_start);
        if week_start.is_none() {
            errors.week_start = Some("Choose Monday, Sunday or Saturday.".to_owned());
        }
        let grace = whole_number(&self.early_grace_percent, 0, 100);
        if grace.is_none() {
            errors.early_grace_percent = Some("Enter a whole number from 0 to 100.".to_owned());
        }
        let most = ProjectSettings::MAX_COLLECTION_INTERVAL_HOURS;
        let interval = whole_number(&self.collection_interval_hours, 1, most);
        if interval.is_none() {
            errors.collection_interval_hours = Some("Enter a whole number of hours, from 1 to 8,760.".to_owned());
        }
        match (name, zone, week_start, grace, interval) {
            (Ok(name), Some(zone), Some(week_start), Some(early_grace_percent), Some(collection_interval_hours)) => {
                let settings = ProjectSettings { week_start, early_grace_percent, collection_interval_hours };
                Ok(ProjectChange { name, zone, settings })
            }
            _ => Err(errors),
        }
    }

    fn typed(&self) -> [(&'static str, &str); 6] {
        [
            ("name", &self.name),
            ("time_zone", &self.time_zone),
            ("week_start", &self.week_start),
            ("early_grace_percent", &self.early_grace_percent),
            ("collection_interval_hours", &self.collection_interval_hours),
            ("refused", "1"),
        ]
    }
}

fn whole_number(text: &str, least: u32, most: u32) -> Option<u32> {
    text.trim().parse().ok().filter(|number| (least..=most).contains(number))
}

fn invalid() -> AppError {
    AppError::Invalid(
        "The project has fields to correct: name, time_zone, week_start (monday, sunday or saturday), \
        early_grace_percent (0 to 100), collection_interval_hours (1 to 8760)."
            .to_owned(),
    )
}

/// Every project, and those that can be brought back.
#[derive(Debug, Clone)]
pub struct Projects {
    /// Every project, oldest first.
    pub projects: Vec<Project>,
    /// Those that were deleted in the last 30 days, the latest first.
    pub deleted: Vec<Deleted<Project>>,
    /// The present instant.
    pub now: Instant,
}

/// Every project.
pub async fn projects(server: &Server) -> Result<Projects, AppError> {
    authorize(server.actor, None, Action::Read)?;
    let now = server.now();
    let deleted = server.store.deleted_projects(undo_since(now)).await?;
    Ok(Projects { projects: server.store.projects().await?, deleted, now })
}

/// What goes with a project.
#[derive(Debug, Clone)]
pub struct ProjectSize {
    /// The project.
    pub project: Project,
    /// Creators in it.
    pub creators: usize,
    /// Their goals, ended ones included.
    pub goals: usize,
    /// Campaigns in it.
    pub campaigns: usize,
}

/// What goes with a project.
pub async fn project_size(server: &Server, project_id: Uuid) -> Result<ProjectSize, AppError> {
    let project = server.project(project_id, Action::Administer).await?;
    let program = server.store.program(project_id, server.now()).await?.ok_or(AppError::NotFound)?;
    let goals = program.creators.iter().map(|creator| creator.goals.len()).sum();
    let campaigns = server.store.campaigns(project_id).await?.len();
    Ok(ProjectSize { project, creators: program.creators.len(), goals, campaigns })
}

/// Deletes a project with everything in it; it can be brought back for 30 days.
#[server(prefix = "/forms", endpoint = "delete_project")]
pub async fn delete_project(project_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Administer).await?;
    server.store.delete_project(project_id, server.now()).await?;
    answer::done("/projects?done=project_deleted");
    Ok(())
}

/// Brings a deleted project back.
#[server(prefix = "/forms", endpoint = "restore_project")]
pub async fn restore_project(project_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    authorize(server.actor, Some(project_id), Action::Administer)?;
    server.store.restore_project(project_id, undo_since(server.now())).await?;
    answer::done("/projects?done=project_restored");
    Ok(())
}

/// Makes a project. `beside` says that the form stood beside other projects, not on the first run.
#[server(prefix = "/forms", endpoint = "create_project")]
pub async fn create_project(
    name: String,
    time_zone: String,
    week_start: String,
    early_grace_percent: String,
    collection_interval_hours: String,
    #[server(default)] beside: String,
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    authorize(server.actor, None, Action::Administer)?;
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    match form.parse() {
        Ok(new) => {
            let project_id = id_made(&form_id, "project", &form.typed().map(|(_, typed)| typed))?;
            let project = server.store.create_project(project_id, &new, server.now()).await?;
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
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Administer).await?;
    let form = ProjectForm { name, time_zone, week_start, early_grace_percent, collection_interval_hours };
    let page = format!("/projects/{project_id}/settings");
    match form.parse() {
        Ok(change) => {
            server.store.update_project(project_id, &change).await?;
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(_) => answer::refused(&page, &form.typed(), invalid()),
    }
}
