//! A project judged at an instant, or on a past date.

pub mod past;
pub mod verdicts;

use crate::actor::{Action, authorize};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::standings::gains::AsOfCorrection;
use crate::standings::program::Program;
use crate::standings::standing::{CreatorProgram, Standing};
use compliance::Instant;
use std::sync::Arc;

/// A project's state with what is needed to judge it at an instant.
pub struct Judged {
    /// The state.
    pub program: Arc<Program>,
    /// The instant.
    pub as_of: Instant,
    /// The corrections for facts that are later than the instant.
    pub corrections: Vec<AsOfCorrection>,
}

impl Judged {
    /// Loads the project, if the actor may read it, at the current instant.
    pub async fn now(caller: &Caller, project_id: ProjectId) -> Result<Judged, AppError> {
        Self::at(caller, project_id, caller.now()).await
    }

    /// Loads the project, if the actor may read it, as it is known now, to be judged at an instant of today or
    /// yesterday.
    pub async fn at(caller: &Caller, project_id: ProjectId, as_of: Instant) -> Result<Judged, AppError> {
        authorize(caller.actor, Some(project_id), Action::Read)?;
        let program = caller.store.program(project_id, as_of).await?.ok_or(AppError::NotFound)?;
        let corrections = if program.know_more_than(as_of) {
            caller.store.corrections_as_of(&program, as_of).await?
        } else {
            Vec::new()
        };
        Ok(Judged { program, as_of, corrections })
    }

    /// Returns every creator, judged, in overview order.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        self.program.standings(self.as_of, &self.corrections)
    }

    /// Returns one creator of the program.
    #[must_use]
    pub fn creator(&self, creator_id: CreatorId) -> Option<&Arc<CreatorProgram>> {
        let creators = &self.program.creators;
        let place = creators.binary_search_by_key(&creator_id, |program| program.creator.creator_id);
        place.ok().map(|place| &creators[place])
    }

    /// Returns whether a creator is in the program.
    #[must_use]
    pub fn is_in_program(&self, creator_id: CreatorId) -> bool {
        self.creator(creator_id).is_some()
    }

    /// Returns one creator, judged; `None` if not in the program.
    #[must_use]
    pub fn standing(&self, creator_id: CreatorId) -> Option<Standing> {
        let creator = self.creator(creator_id)?;
        let correction = self.corrections.iter().find(|correction| correction.creator_id == creator_id);
        Some(self.program.standing(creator, self.as_of, correction))
    }
}
