//! `creator-goals key`: creates, lists and revokes API keys.

use super::connection::{Connection, project};
use super::refusal::said;
use super::terminal::print;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use chrono::DateTime;
use clap::{Args, Subcommand};
use compliance::Instant;
use program::error::AppError;
use program::ids::ApiKeyId;
use program::keys::changes;
use program::keys::form::KeyForm;
use program::keys::record::{ApiKey, CreateKeyOutcome, KeyScope};
use program::keys::secret::Secret;

/// Create, list or revoke API keys
#[derive(Debug, Args)]
pub struct KeyCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a key and print it; it cannot be shown again
    Create(Create),
    /// List the keys with their ids
    List(List),
    /// Revoke a key, so that it no longer gives access
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Create {
    #[command(flatten)]
    connection: Connection,
    /// The name of the key, such as the program that uses it
    #[arg(long)]
    name: String,
    /// The project it gives access to, by name or id; every project if not given
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// Allow it to change things, not only to read
    #[arg(long)]
    write: bool,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    connection: Connection,
    /// Only list keys that give access to this project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
}

#[derive(Debug, Args)]
struct Revoke {
    #[command(flatten)]
    connection: Connection,
    /// The id of the key
    #[arg(value_name = "ID", value_parser = |text: &str| text.parse::<ApiKeyId>().map_err(|_| "not the id of a key; `creator-goals key list` prints them"))]
    id: ApiKeyId,
}

impl KeyCommand {
    /// Runs the command.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Create(create) => create.run().await,
            Command::List(list) => list.run().await,
            Command::Revoke(revoke) => revoke.run().await,
        }
    }
}

impl Create {
    async fn run(self) -> Result<()> {
        let store = self.connection.store().await?;
        let project_id = match &self.project {
            Some(name) => Some(project(&store, name).await?.project_id),
            None => None,
        };
        let caller = self.connection.caller(store)?;
        let secret = Secret::generate().context("the system gave no random numbers")?;
        let scope = if self.write { KeyScope::Write } else { KeyScope::Read };
        let form = KeyForm { name: &self.name, scope: scope.name() };
        let created = changes::create(&caller, project_id, ApiKeyId::new(), form, &secret).await;
        let created = created.map_err(|refusal| anyhow!(said(refusal, &[])))?;
        ensure!(matches!(created, CreateKeyOutcome::Created(_)), "the key was not created, as its id exists already");
        eprintln!("This key is shown once. Programs send it as Authorization: Bearer …");
        print(secret.reveal())
    }
}

impl List {
    async fn run(self) -> Result<()> {
        let store = self.connection.store().await?;
        let projects = store.projects().await?;
        let asked = match &self.project {
            Some(name) => Some(project(&store, name).await?.project_id),
            None => None,
        };
        let opens = |key: &ApiKey| asked.is_none() || key.project_id.is_none() || key.project_id == asked;
        for key in store.api_keys().await?.into_iter().filter(opens) {
            let of = projects.iter().find(|project| Some(project.project_id) == key.project_id);
            let of = of.map_or("every project", |project| &project.name);
            let scope = match key.scope {
                KeyScope::Read => "read",
                KeyScope::Write => "read and write",
            };
            print(&format!("{} …{} {} ({scope}, {of}, {})", key.api_key_id, key.hint, key.name, use_of(&key)))?;
        }
        Ok(())
    }
}

fn use_of(key: &ApiKey) -> String {
    let day =
        |at: Instant| DateTime::from_timestamp_millis(at.millis()).unwrap_or_default().format("%Y-%m-%d %H:%M UTC");
    match (key.revoked_at, key.last_used_at) {
        (Some(at), _) => format!("revoked {}", day(at)),
        (None, Some(at)) => format!("last used {}", day(at)),
        (None, None) => "never used".to_owned(),
    }
}

impl Revoke {
    async fn run(self) -> Result<()> {
        let caller = self.connection.caller(self.connection.store().await?)?;
        match changes::revoke_any(&caller, self.id).await.map_err(AppError::from) {
            Ok(()) => print("revoked"),
            Err(AppError::NotFound) => bail!("there is no key {}: see creator-goals key list", self.id),
            Err(error) => Err(error.into()),
        }
    }
}
