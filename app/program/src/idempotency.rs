//! Requests that are answered once, however often they are sent (`Idempotency-Key`).

use uuid::Uuid;

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
