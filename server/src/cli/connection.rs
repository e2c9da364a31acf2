//! The options that every command has: the database and the clock.

use anyhow::{Context, Result, bail};
use chrono::DateTime;
use clap::Args;
use program::actor::Actor;
use program::caller::Caller;
use program::clock::{Clock, FixedClock, SystemClock};
use program::ids::ProjectId;
use program::projects::record::Project;
use program::store::SharedStore;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::SqlStore;
use store::{Absent, Migrated, back_up, migrate};

/// The options for the database and the clock.
#[derive(Debug, Args)]
pub struct Connection {
    /// The database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite:data/creator-goals.db",
        value_name = "URL"
    )]
    database: String,

    /// Treat this instant as "now", for demos and tests (RFC 3339, such as 2026-11-18T12:00:00Z)
    #[arg(long, env = "CREATOR_GOALS_CLOCK", value_name = "INSTANT")]
    clock: Option<String>,
}

impl Connection {
    /// Opens the database; an error if it does not exist.
    pub async fn store(&self) -> Result<SharedStore> {
        Ok(Arc::new(SqlStore::open_or(&self.database, Absent::Refused).await?))
    }

    /// Opens the database, and creates it if it does not exist.
    pub async fn store_or_new(&self) -> Result<Arc<SqlStore>> {
        Ok(Arc::new(SqlStore::open_or(&self.database, Absent::Made).await?))
    }

    /// The person at this machine, with a database and the time.
    pub fn caller(&self, store: SharedStore) -> Result<Caller> {
        Ok(Caller { store, clock: self.clock()?, actor: Actor::LocalOwner })
    }

    /// Runs all pending migrations.
    pub async fn migrate(&self) -> Result<Migrated> {
        Ok(migrate(&self.database).await?)
    }

    /// Copies the database into a new file and returns the size of the copy, in bytes.
    pub async fn back_up(&self, to: &Path) -> Result<u64> {
        Ok(back_up(&self.database, to).await?)
    }

    /// Returns the clock: fixed if `--clock` was given, else that of the system.
    pub fn clock(&self) -> Result<Arc<dyn Clock>> {
        let Some(text) = &self.clock else { return Ok(Arc::new(SystemClock)) };
        let at = DateTime::parse_from_rfc3339(text)
            .with_context(|| format!("--clock “{text}” is not an instant: write 2026-11-18T12:00:00Z"))?;
        Ok(Arc::new(FixedClock(at.to_utc().into())))
    }

    /// Returns the default folder for uploaded files: beside the database file.
    pub fn uploads_folder(&self) -> PathBuf {
        let path = self.database.strip_prefix("sqlite:").unwrap_or("data/creator-goals.db");
        let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        path.parent().map_or_else(|| PathBuf::from("uploads"), |folder| folder.join("uploads"))
    }
}

/// Returns the project with this id or name, if there is one.
pub async fn find_project(store: &SharedStore, name: &str) -> Result<Option<Project>> {
    let wanted: Option<ProjectId> = name.parse().ok();
    let projects = store.projects().await?;
    let mut found = projects.into_iter().filter(|project| Some(project.project_id) == wanted || project.name == name);
    let first = found.next();
    if found.next().is_some() {
        bail!("several projects are called “{name}”: name one by its id (creator-goals project list)");
    }
    Ok(first)
}

/// Returns the project with this id or name, or an error.
pub async fn project(store: &SharedStore, name: &str) -> Result<Project> {
    find_project(store, name).await?.with_context(|| {
        format!(
            "there is no project “{name}”: create it with creator-goals project create, or see creator-goals project list"
        )
    })
}
