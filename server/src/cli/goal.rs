//! `creator-goals goal`: creates goals.

use super::connection::{Connection, project};
use super::refusal::said;
use super::terminal::print;
use anyhow::{Result, anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use compliance::Cadence;
use compliance::assignment::ExistingGoals;
use compliance::fact::Handle;
use compliance::goal_form::GoalForm;
use compliance::metric::Metric;
use program::assignments::{CREATORS_AT_ONCE, assign_goal};
use program::goals::changes::parse;
use program::ids::{AssignmentId, CreatorId};
use program::refusal::Refusal;
use std::collections::HashSet;

/// The most creators without a new goal who are named.
const NAMED: usize = 20;

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
    /// What is measured
    #[arg(long, value_parser = PossibleValuesParser::new(Metric::ALL.map(Metric::name)))]
    metric: String,
    /// The goal's period
    #[arg(long, value_parser = PossibleValuesParser::new(Cadence::ALL.map(Cadence::name)))]
    period: String,
    /// The target of a whole period
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
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
        let refused = |refusal: Refusal| anyhow!(said(refusal, &[("target_value", "--target")]));
        parse(&form, &project, caller.now()).map_err(refused)?;
        let program = caller.store.program(project.project_id, caller.now()).await?;
        let program = program.ok_or_else(|| anyhow!("the project no longer exists"))?;
        let wanted = |handle: &Handle| add.creator.as_ref().is_none_or(|creator| creator == handle);
        let creators = program.creators.iter().map(|creator| &creator.creator);
        let creators: Vec<_> = creators.filter(|creator| wanted(&creator.handle)).collect();
        if creators.is_empty() {
            match add.creator {
                Some(handle) => bail!("@{handle} is not a creator of “{}”", project.name),
                None => bail!("“{}” has no creators yet", project.name),
            }
        }
        let ids: Vec<CreatorId> = creators.iter().map(|creator| creator.creator_id).collect();
        let (mut made, mut unchanged) = (0, HashSet::new());
        for ids in ids.chunks(CREATORS_AT_ONCE) {
            let assignment_id = AssignmentId::new();
            let keep = ExistingGoals::Keep;
            let assigned = assign_goal(&caller, project.project_id, assignment_id, ids, &form, keep).await;
            let assigned = assigned.map_err(refused)?;
            made += assigned.made;
            unchanged.extend(assigned.unchanged);
        }
        if !unchanged.is_empty() {
            let have_one = creators.iter().filter(|creator| unchanged.contains(&creator.creator_id));
            let named: Vec<String> = have_one.take(NAMED).map(|creator| format!("@{}", creator.handle)).collect();
            let more = unchanged.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            eprintln!(
                "not changed, because they have such a goal over these dates already: {}{more}",
                named.join(", ")
            );
        }
        print(&format!("Goals added: {made}"))
    }
}
