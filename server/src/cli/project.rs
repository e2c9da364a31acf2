//! `creator-goals project`: creates and lists projects.

use super::connection::{Connection, find_project};
use super::refusal::said;
use super::terminal::print;
use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use program::caller::Caller;
use program::ids::ProjectId;
use program::projects::changes;
use program::projects::form::ProjectForm;
use program::projects::record::Project;
use program::store::SharedStore;

/// Create or list projects
#[derive(Debug, Args)]
pub struct ProjectCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a project
    Create(Create),
    /// List the projects with their ids
    List(List),
}

#[derive(Debug, Args)]
struct Create {
    #[command(flatten)]
    connection: Connection,
    /// The name of the project
    name: String,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    connection: Connection,
}

/// The settings of a new project.
#[derive(Debug, Args)]
pub struct Settings {
    /// IANA time zone of its days, weeks and months
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    time_zone: String,
    /// Day its weeks start on: monday, sunday or saturday
    #[arg(long, default_value = "monday", value_name = "DAY")]
    week_start: String,
    /// Percent of a period during which nothing is due yet
    #[arg(long, default_value = "10", value_name = "PERCENT", allow_hyphen_values = true)]
    early_grace_percent: String,
    /// Hours within which each creator is expected to be collected once
    #[arg(long, default_value = "24", value_name = "HOURS", allow_hyphen_values = true)]
    collection_interval_hours: String,
}

impl Settings {
    /// Creates a project with these settings.
    pub async fn create(self, caller: &Caller, name: String) -> Result<Project> {
        let form = ProjectForm {
            name,
            time_zone: self.time_zone,
            week_start: self.week_start,
            early_grace_percent: self.early_grace_percent,
            collection_interval_hours: self.collection_interval_hours,
        };
        changes::create(caller, ProjectId::new(), &form)
            .await
            .map_err(|refusal| anyhow!(said(refusal, &[("name", "")])))
    }
}

impl ProjectCommand {
    /// Runs the command.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Create(create) => {
                let store: SharedStore = create.connection.store_or_new().await?;
                if find_project(&store, &create.name).await?.is_some() {
                    bail!("a project “{}” already exists", create.name);
                }
                let caller = create.connection.caller(store)?;
                let project = create.settings.create(&caller, create.name).await?;
                print(&project.project_id.to_string())
            }
            Command::List(list) => {
                for project in list.connection.store().await?.projects().await? {
                    print(&format!("{}  {}  {}", project.project_id, project.zone, project.name))?;
                }
                Ok(())
            }
        }
    }
}
