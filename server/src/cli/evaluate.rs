//! `creator-goals evaluate`: prints the overview as a table or as JSON.

use super::connection::{Connection, project};
use super::terminal::print;
use crate::api::shapes;
use anyhow::Result;
use app::wording::short_date;
use clap::Args;
use compliance::Evaluation;
use program::actor::Actor;
use program::caller::Caller;
use program::judged::Judged;
use program::standings::standing::Standing;

/// Print the overview: every creator with their goals, those who need attention first
#[derive(Debug, Args)]
pub struct Evaluate {
    #[command(flatten)]
    connection: Connection,
    /// The project, by name or id
    #[arg(long, value_name = "PROJECT")]
    project: String,
    /// Print JSON, in the shape of the API
    #[arg(long)]
    json: bool,
}

impl Evaluate {
    /// Evaluates the project at the current instant and prints it.
    pub async fn run(self) -> Result<()> {
        let store = self.connection.store().await?;
        let project = project(&store, &self.project).await?;
        let caller = Caller { store, clock: self.connection.clock()?, actor: Actor::LocalOwner };
        let judged = Judged::now(&caller, project.project_id).await?;
        let standings = judged.standings();
        if self.json {
            let data: Vec<_> =
                standings.iter().map(|standing| shapes::CreatorCompliance::of(project.project_id, standing)).collect();
            return print(&serde_json::to_string_pretty(&serde_json::json!({ "data": data }))?);
        }
        for standing in &standings {
            print_standing(standing)?;
        }
        Ok(())
    }
}

fn print_standing(standing: &Standing) -> Result<()> {
    let creator = &standing.program.creator;
    print(&format!("@{} ({})", creator.handle, creator.name()))?;
    for (_, evaluation) in &standing.evaluations {
        let pace = evaluation.pace_percent.map(|pace| format!(", pace {pace} %")).unwrap_or_default();
        let previous = evaluation.just_ended().map(|ended| {
            format!("; just ended: {} {} of {}{}", ended.status.label(), ended.actual, ended.target, marker(ended))
        });
        print(&format!(
            "  {:<11} {} {}: {} of {} ({} %{pace}){}{}",
            status(evaluation),
            evaluation.cadence.name(),
            evaluation.metric.name(),
            evaluation.actual,
            evaluation.target,
            evaluation.percentage,
            marker(evaluation),
            previous.unwrap_or_default()
        ))?;
    }
    Ok(())
}

/// Returns the status in words, or when the goal starts.
fn status(evaluation: &Evaluation) -> String {
    if evaluation.advisory.not_yet_started {
        format!("Starts {}", short_date(evaluation.window.dates.first))
    } else {
        evaluation.status.label().to_owned()
    }
}

/// Returns the marker beside a status, as the end of a sentence.
fn marker(evaluation: &Evaluation) -> String {
    evaluation.marker().map(|marker| format!(", {}", marker.label())).unwrap_or_default()
}
