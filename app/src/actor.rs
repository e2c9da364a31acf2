//! Who asks, and whether they may.

use crate::error::AppError;
use uuid::Uuid;

/// Who is behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The person at this machine. Until there are accounts the server listens on loopback only, and whoever reaches
    /// it there owns the data.
    LocalOwner,
}

/// What is to be done to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See everything in it.
    Read,
    /// Change creators, posts and goals, bring data in.
    Write,
    /// Change the project itself, or make one.
    Administer,
}

/// Asked first by every handler and server function. `project` is `None` where none exists yet.
pub fn authorize(actor: Actor, project: Option<Uuid>, action: Action) -> Result<(), AppError> {
    match (actor, project, action) {
        (Actor::LocalOwner, _, Action::Read | Action::Write | Action::Administer) => Ok(()),
    }
}
