//! Who sends a request, and whether they may do what it asks for.

use crate::error::AppError;
use crate::ids::{ApiKeyId, ProjectId};
use crate::keys::record::KeyScope;

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
        /// What it may do.
        scope: KeyScope,
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
        Actor::Key { scope: KeyScope::Read, .. } if action != Action::Read => {
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
    use KeyScope::{Read, Write};

    #[test]
    fn a_key_opens_its_own_project_and_no_more_than_it_may() {
        let (own, other) = (ProjectId::new(), ProjectId::new());
        let key = |project_id, scope| Actor::Key { api_key_id: ApiKeyId::new(), project_id, scope };
        let reads_only = || Err(AppError::Forbidden("This key may only read.".to_owned()));
        let of_one = || Err(AppError::Forbidden("This key gives access to one project only.".to_owned()));
        let cases = [
            (key(Some(own), Write), Some(own), Action::Administer, Ok(())),
            (key(Some(own), Write), Some(other), Action::Read, Err(AppError::NotFound)),
            (key(Some(own), Write), None, Action::Administer, of_one()),
            (key(Some(own), Read), None, Action::Read, Ok(())),
            (key(Some(own), Read), Some(own), Action::Read, Ok(())),
            (key(Some(own), Read), Some(own), Action::Write, reads_only()),
            (key(Some(own), Read), Some(other), Action::Write, Err(AppError::NotFound)),
            (key(None, Write), Some(other), Action::Write, Ok(())),
            (key(None, Write), None, Action::Administer, Ok(())),
            (key(None, Read), None, Action::Administer, reads_only()),
            (Actor::LocalOwner, None, Action::Administer, Ok(())),
        ];
        for (actor, project, action, answer) in cases {
            assert_eq!(authorize(actor, project, action), answer, "{actor:?} {project:?} {action:?}");
        }
    }
}
