//! Who sends a request, and whether they may do what it asks for.

use crate::error::AppError;
use crate::ids::{ApiKeyId, ProjectId};

/// The sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person. Until there are accounts, anybody who reaches the server's pages owns the data; without
    /// `--allow-remote` the server listens on loopback only.
    LocalOwner,
    /// A program with an API key.
    Key {
        /// The key's id.
        api_key_id: ApiKeyId,
        /// The project it gives access to; `None` means every project.
        project_id: Option<ProjectId>,
        /// Whether it may change things; it may always read.
        can_write: bool,
    },
}

/// What is done to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See everything in it.
    Read,
    /// Change creators, posts and goals, and import data.
    Write,
    /// Change the project itself, or create one.
    Administer,
}

/// Checks whether the actor may do this; every handler and server function calls it first. `project` is `None` if there
/// is none yet. A project that a key gives no access to is "not found", so that a key cannot find out which ids exist.
pub fn authorize(actor: Actor, project: Option<ProjectId>, action: Action) -> Result<(), AppError> {
    match actor {
        Actor::Key { project_id: Some(own), .. } if project.is_some_and(|project| project != own) => {
            Err(AppError::NotFound)
        }
        Actor::Key { can_write: false, .. } if action != Action::Read => {
            Err(AppError::Forbidden("This key may only read.".to_owned()))
        }
        Actor::Key { project_id: Some(_), .. } if project.is_none() && action != Action::Read => {
            Err(AppError::Forbidden("This key gives access to one project only.".to_owned()))
        }
        Actor::LocalOwner | Actor::Key { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_its_own_project_and_no_more_than_it_may() {
        let (own, other) = (ProjectId::new(), ProjectId::new());
        let key = |project_id, can_write| Actor::Key { api_key_id: ApiKeyId::new(), project_id, can_write };
        let cases = [
            (key(Some(own), true), Some(own), Action::Administer, 200),
            (key(Some(own), true), Some(other), Action::Read, 404),
            (key(Some(own), true), None, Action::Administer, 403),
            (key(Some(own), false), None, Action::Read, 200),
            (key(Some(own), false), Some(own), Action::Read, 200),
            (key(Some(own), false), Some(own), Action::Write, 403),
            (key(Some(own), false), Some(other), Action::Write, 404),
            (key(None, true), Some(other), Action::Write, 200),
            (key(None, true), None, Action::Administer, 200),
            (key(None, false), None, Action::Administer, 403),
            (Actor::LocalOwner, None, Action::Administer, 200),
        ];
        for (actor, project, action, status) in cases {
            let answer = authorize(actor, project, action).map_or_else(|error| error.status(), |()| 200);
            assert_eq!(answer, status, "{actor:?} {project:?} {action:?}");
        }
    }
}
