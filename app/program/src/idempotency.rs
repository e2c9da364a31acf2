//! Requests with an `Idempotency-Key`, which are answered once however often they are sent.

use crate::ids::{ApiKeyId, OrganizationId};

/// A request that carried an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// The organization of the key.
    pub organization_id: OrganizationId,
    /// The key that sent it.
    pub api_key_id: ApiKeyId,
    /// Method and path.
    pub route: String,
    /// The header.
    pub idempotency_key: String,
    /// SHA-256 of the decoded body.
    pub body_hash: [u8; 32],
}

/// The answer to a request, kept so that it can be given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The code that the edge gave it; it has no meaning here.
    pub code: u16,
    /// The body.
    pub body: String,
}

/// What is known of such a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// It is new and has to be answered.
    First,
    /// It was answered with this.
    Answered(KeptAnswer),
    /// Another body was sent with the same key.
    OtherBody,
    /// It is still being answered.
    InProgress,
}
