//! Keys of programs, and their requests.

use compliance::Instant;
use uuid::Uuid;

/// A key that programs bring, without the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// Its id.
    pub api_key_id: Uuid,
    /// The project it is good for; `None` is every project.
    pub project_id: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// Whether it may change anything; it may always read.
    pub can_write: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked: since then it opens nothing.
    pub revoked_at: Option<Instant>,
}

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// The project it is to be good for; `None` is every project.
    pub project_id: Option<Uuid>,
    /// What people call it, 1 to 80 characters.
    pub name: String,
    /// Whether it may change anything.
    pub can_write: bool,
    /// What is kept of the key: [`Secret::hash`](crate::keys::secret::Secret::hash).
    pub hash: [u8; 32],
    /// [`Secret::hint`](crate::keys::secret::Secret::hint).
    pub hint: String,
}
