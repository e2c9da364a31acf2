//! A fact that waits, and how it is stored.

use compliance::fact::{Fact, PostFact, PostStatsFact};
use program::ids::CreatorId;
use serde::{Deserialize, Serialize};

/// A fact that waits.
#[derive(Debug)]
pub struct WaitingFact {
    /// Its index among the facts of the batch.
    pub place: usize,
    /// The creator who has the handle in the fact.
    pub creator_id: CreatorId,
    fact: Stored,
}

/// A fact as it is stored: only facts about a post wait.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Stored {
    Post(PostFact),
    PostStats(PostStatsFact),
}

impl WaitingFact {
    /// Returns a fact about a post that waits.
    pub fn post(place: usize, creator_id: CreatorId, fact: &PostFact) -> WaitingFact {
        WaitingFact { place, creator_id, fact: Stored::Post(fact.clone()) }
    }

    /// Returns a reading of a post that waits.
    pub fn post_stats(place: usize, creator_id: CreatorId, fact: &PostStatsFact) -> WaitingFact {
        WaitingFact { place, creator_id, fact: Stored::PostStats(fact.clone()) }
    }

    /// Returns the key that distinguishes it from other facts of its creator.
    pub fn key(&self) -> String {
        match &self.fact {
            Stored::Post(fact) => fact.tiktok_video_id.clone(),
            Stored::PostStats(fact) => format!("{} {}", fact.tiktok_video_id, fact.captured_at.millis()),
        }
    }

    /// Returns the JSON in which it is stored.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.fact)
    }
}

/// Parses a stored fact.
pub fn parse(json: &str) -> serde_json::Result<Fact> {
    Ok(match serde_json::from_str(json)? {
        Stored::Post(fact) => Fact::Post(fact),
        Stored::PostStats(fact) => Fact::PostStats(fact),
    })
}
