//! What pages ask for and what forms do: the whole private surface between browser and server.
//!
//! Reads are plain functions that pages call while they are rendered. Changes are `#[server]` functions that forms
//! post to, with or without wasm: a program gets a typed error, a form is sent back to its page with what was typed
//! in the URL, and the page says what is wrong by the same rules. One file per resource.

#![expect(missing_docs, reason = "`#[server]` writes a struct whose fields are the arguments, without documentation")]

pub mod answer;
pub mod assign;
pub mod campaigns;
pub mod changelog;
pub mod creators;
pub mod effects;
pub mod frame;
pub mod goals;
pub mod imports;
pub mod inbox;
pub mod keys;
pub mod once;
pub mod overview;
pub mod paging;
pub mod posts;
pub mod projects;
pub mod reference;
pub mod trends;

use crate::actor::{Action, Actor, authorize};
use crate::clock::Clock;
use crate::error::AppError;
use crate::store::{Project, SharedStore};
use compliance::Instant;
use compliance::instant::DAY_MS;
use leptos::prelude::use_context;
use std::sync::Arc;
use uuid::Uuid;

/// What every page and server function works with; provided as context by the server.
#[derive(Clone)]
pub struct Server {
    /// The database.
    pub store: SharedStore,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who asks.
    pub actor: Actor,
}

/// The longest notes on a creator or a campaign, in characters.
pub const LONGEST_NOTES: usize = 10_000;

/// Notes as they are kept: as typed, with one character for each line break; empty if there is nothing but space.
#[must_use]
pub fn notes_as_typed(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { text.replace("\r\n", "\n").replace('\r', "\n") }
}

/// How long what was deleted can be brought back.
const UNDO_MS: i64 = 30 * DAY_MS;

/// What was deleted at this instant or later can be brought back.
#[must_use]
pub fn undo_since(now: Instant) -> Instant {
    now.plus_millis(-UNDO_MS)
}

impl Server {
    /// The server behind the request at hand. Ask before the first `await`: the context does not outlive it.
    pub fn current() -> Result<Server, AppError> {
        use_context::<Server>().ok_or(AppError::Unavailable)
    }

    /// The same server for somebody else.
    #[must_use]
    pub fn asked_by(&self, actor: Actor) -> Server {
        Server { actor, ..self.clone() }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The project, if the actor may do this to it.
    pub async fn project(&self, project_id: Uuid, action: Action) -> Result<Project, AppError> {
        authorize(self.actor, Some(project_id), action)?;
        self.store.project(project_id).await?.ok_or(AppError::NotFound)
    }
}
