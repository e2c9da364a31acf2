//! The caller of a change or view: the actor, with the store and the clock.

use crate::actor::{Action, Actor, authorize};
use crate::clock::Clock;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::projects::record::Project;
use crate::store::SharedStore;
use compliance::Instant;
use std::sync::Arc;

/// What every change and every view works with.
#[derive(Clone)]
pub struct Caller {
    /// The database.
    pub store: SharedStore,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The actor.
    pub actor: Actor,
}

impl Caller {
    /// Returns the same for another actor.
    #[must_use]
    pub fn asked_by(&self, actor: Actor) -> Caller {
        Caller { actor, ..self.clone() }
    }

    /// The current instant.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Returns the project, if the actor may do this to it.
    pub async fn project(&self, project_id: ProjectId, action: Action) -> Result<Project, AppError> {
        authorize(self.actor, Some(project_id), action)?;
        self.store.project(project_id).await?.ok_or(AppError::NotFound)
    }
}
