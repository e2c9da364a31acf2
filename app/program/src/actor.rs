//! Who asks, and whether they may.

use crate::error::AppError;
use uuid::Uuid;

/// Who is behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The person at this machine. Until there are accounts the server listens on loopback only, and whoever reaches
    /// it there owns the data.
    LocalOwner,
    /// A program with an API key.
    Key {
        /// Which one.
        api_key_id: Uuid,
        /// The project it is good for; `None` is every project.
        project_id: Option<Uuid>,
        /// Whether it may change anything; it may always read.
        can_write: bool,
    },
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

/// Asked first by every handler and server function. `project` is `None` where none exists yet. A project that a key
/// is not good for is not found: a key must not learn which ids there are.
pub fn authorize(actor: Actor, project: Option<Uuid>, action: Action) -> Result<(), AppError> {
    match actor {
        Actor::Key { project_id: Some(own), .. } if project.is_some_and(|project| project != own) => {
            Err(AppError::NotFound)
        }
        Actor::Key { can_write: false, .. } if action != Action::Read => {
            Err(AppError::Forbidden("This key may only read.".to_owned()))
        }
        Actor::Key { project_id: Some(_), .. } if project.is_none() && action != Action::Read => {
            Err(AppError::Forbidden("This key is good for one project only.".to_owned()))
        }
        Actor::LocalOwner | Actor::Key { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_its_own_project_and_no_more_than_it_may() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let key = |project_id, can_write| Actor::Key { api_key_id: Uuid::nil(), project_id, can_write };
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
