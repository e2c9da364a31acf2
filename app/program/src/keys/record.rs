//! The records of API keys.

use crate::ids::{ApiKeyId, OrganizationId, ProjectId};
use compliance::Instant;
use compliance::named;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// Read everything that it gives access to.
    Read,
    /// Change it, too.
    Write,
}

named!(KeyScope { Read: "read", Write: "write" });

/// An API key without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The organization it belongs to.
    pub organization_id: OrganizationId,
    /// Its id.
    pub api_key_id: ApiKeyId,
    /// The project it gives access to; `None` means every project.
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// What it may do.
    pub scope: KeyScope,
    /// When it was created.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked, if it was; it has given no access since then.
    pub revoked_at: Option<Instant>,
}

/// An API key to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// The project it will give access to; `None` means every project.
    pub project_id: Option<ProjectId>,
    /// Its name, 1 to 80 characters.
    pub name: String,
    /// What it may do.
    pub scope: KeyScope,
    /// The hash of the secret: [`Secret::hash`](crate::keys::secret::Secret::hash).
    pub hash: [u8; 32],
    /// [`Secret::hint`](crate::keys::secret::Secret::hint).
    pub hint: String,
}

/// The result of creating a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateKeyOutcome {
    /// It was created, now or by an earlier try.
    Created(ApiKey),
    /// The id is that of another key, or of one that was revoked, so none was created.
    Taken,
}

impl CreateKeyOutcome {
    /// Returns the key, if it was created.
    #[must_use]
    pub const fn as_created(&self) -> Option<&ApiKey> {
        match self {
            CreateKeyOutcome::Created(key) => Some(key),
            CreateKeyOutcome::Taken => None,
        }
    }
}
