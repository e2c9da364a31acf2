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
    /// What is kept of the key: [`Secret::hash`](crate::secret::Secret::hash).
    pub hash: [u8; 32],
    /// [`Secret::hint`](crate::secret::Secret::hint).
    pub hint: String,
}

/// A request that carried an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// The organization of the key.
    pub organization_id: Uuid,
    /// Who sent it.
    pub api_key_id: Uuid,
    /// Method and path.
    pub route: String,
    /// The header.
    pub idempotency_key: String,
    /// SHA-256 of the decoded body.
    pub body_hash: [u8; 32],
}

/// What is known of such a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// Nothing: it is to be answered now.
    First,
    /// It was answered before, like this.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: String,
    },
    /// Another body came under the same key.
    OtherBody,
    /// It is being answered at this moment.
    InProgress,
}
