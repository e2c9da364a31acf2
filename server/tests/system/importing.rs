//! An import without the Import page: a file is read to its end.

use super::support::{NOW, World};
use ingest::Options;
use program::imports::record::{ImportCounts, Rejection};
use server::Run;
use std::io::Read;

/// The result of importing a file.
pub struct Outcome {
    pub counts: ImportCounts,
    pub rejections: Vec<Rejection>,
    pub failure: Option<String>,
    /// The handles of removed creators about whom it brought facts.
    pub removed: Vec<String>,
}

pub async fn bring_in(world: &World, file: impl Read + Send + 'static) -> Outcome {
    bring_in_with(world, file, Options::new(world.project.zone)).await
}

pub async fn bring_in_with(world: &World, file: impl Read + Send + 'static, options: Options) -> Outcome {
    // Creators that a test made earlier existed when the import began.
    let mut run = Run::start(world.store.clone(), world.id(), file, options, NOW, None);
    let mut rejections = Vec::new();
    let failure = loop {
        match run.step().await {
            Ok(Some(step)) => rejections.extend(step.rejections),
            Ok(None) => break None,
            Err(error) => break Some(error.to_string()),
        }
    };
    let removed = run.removed().map(ToString::to_string).collect();
    Outcome { counts: run.counts(), rejections, failure, removed }
}
