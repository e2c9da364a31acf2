//! Tests of verdicts on which the product and an independent implementation of the rules once differed, on both
//! engines, in the store and over the API.

mod closed_periods;
mod looks;
mod misreadings;
mod parked_stats;
mod removed_creators;
mod snapshots;
mod waiting_looks;

use crate::importing::{Outcome, bring_in_with};
use crate::program::Program;
use crate::short::{at, handle};
use crate::support::{NOW, World};
use compliance::fact::{CollectionFact, Fact};
use compliance::tracking::TrackingMode;
use compliance::{Evaluation, Instant, Scope};
use ingest::Options;
use program::creators::record::CreatorChange;
use serde_json::Value;
use std::io::Cursor;

/// Returns what a creator's goal of a metric says at an instant.
async fn judged(world: &World, creator: &str, metric: &str, as_of: Instant) -> Evaluation {
    let standings = world.standings(as_of).await;
    let standing = standings.iter().find(|standing| standing.program.creator.handle.as_str() == creator).unwrap();
    let found = standing.evaluations.iter().find(|(_, evaluation)| evaluation.metric.name() == metric);
    found.expect("a goal of this metric").1.clone()
}

/// Returns what the API says of the only goal at an instant.
async fn compliance_at(world: &World, now: Instant, query: &str) -> Value {
    let program = Program::new(world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goal-compliance{query}", world.id());
    let response = world.send_at(now, program.request("GET", &path, &[], Vec::new())).await;
    let answer: Value = serde_json::from_str(&crate::support::text(response).await).unwrap();
    answer["data"][0]["compliance"].clone()
}

/// Reads a file, which says or does not say when its creators were collected.
async fn bring_in(world: &World, file: &str, collected_at: Option<Instant>) -> Outcome {
    let mut options = Options::new(world.project.zone);
    options.collected_at = collected_at;
    bring_in_with(world, Cursor::new(file.to_owned()), options).await
}

fn look(creator: &str, collected_at: &str, scope: Scope) -> Fact {
    Fact::Collection(CollectionFact { handle: handle(creator), collected_at: at(collected_at), scope })
}

async fn rename(world: &World, creator: &str, to: &str) {
    let change = CreatorChange {
        handle: handle(to),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    world.store.update_creator(world.id(), world.creator(creator).await, &change, NOW).await.unwrap();
}
