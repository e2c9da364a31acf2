//! `creator-goals goal`: creates goals.

use super::connection::{Connection, project};
use super::terminal::print;
use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use compliance::fact::Handle;
use compliance::goal_form::GoalForm;
use program::error::AppError;
use program::goals::changes;
use program::ids::GoalId;

/// Add goals to creators
#[derive(Debug, Args)]
pub struct GoalCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a goal to one creator, or to all
    Add(Add),
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    connection: Connection,
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,
    /// The creator; if not given, every creator of the project gets the goal
    #[arg(long, value_name = "HANDLE", value_parser = |text: &str| Handle::parse(text))]
    creator: Option<Handle>,
    /// What is measured: posts, views, engagement or followers
    #[arg(long)]
    metric: String,
    /// The goal's period: daily, weekly or monthly
    #[arg(long)]
    period: String,
    /// The target of a whole period
    #[arg(long, value_name = "NUMBER")]
    target: String,
    /// First day, YYYY-MM-DD; if not given, the goal starts with the current period
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DATE")]
    start_date: String,
    /// Last day, YYYY-MM-DD
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DATE")]
    end_date: String,
}

impl GoalCommand {
    /// Runs the command.
    pub async fn run(self) -> Result<()> {
        let Command::Add(add) = self.command;
        let store = add.connection.store().await?;
        let project = project(&store, &add.project).await?;
        let caller = add.connection.caller(store)?;
        let form = GoalForm {
            metric: add.metric,
            period: add.period,
            target_value: add.target,
            start_date: add.start_date,
            end_date: add.end_date,
        };
        changes::parse(&form).map_err(AppError::from)?;
        let program = caller.store.program(project.project_id, caller.now()).await?;
        let program = program.ok_or_else(|| anyhow!("the project no longer exists"))?;
        let wanted = |handle: &Handle| add.creator.as_ref().is_none_or(|creator| creator == handle);
        let creators: Vec<_> = program.creators.iter().filter(|creator| wanted(&creator.creator.handle)).collect();
        if creators.is_empty() {
            bail!("there is no such creator in “{}”", project.name);
        }
        let mut made = 0;
        for creator in creators {
            let creator = &creator.creator;
            let goal_id = GoalId::new();
            let given = changes::create(&caller, project.project_id, creator.creator_id, goal_id, &form).await;
            match given.map_err(AppError::from) {
                Ok(()) => made += 1,
                Err(AppError::Conflict(_)) => {
                    eprintln!("@{}: has such a goal over these dates already", creator.handle);
                }
                Err(error) => return Err(error.into()),
            }
        }
        print(&format!("Goals added: {made}"))
    }
}
