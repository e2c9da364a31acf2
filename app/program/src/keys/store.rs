//! API keys in the store.

use crate::error::StoreResult;
use crate::ids::ApiKeyId;
use crate::keys::record::{ApiKey, CreateKeyOutcome, NewApiKey};
use async_trait::async_trait;
use compliance::Instant;

/// API keys. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait KeyStore: Send + Sync + 'static {
    /// Creates a key with this id; an existing one is not changed. Its project must exist and not be deleted. Only
    /// the hash of its secret is stored.
    async fn create_api_key(
        &self,
        api_key_id: ApiKeyId,
        new: &NewApiKey,
        now: Instant,
    ) -> StoreResult<CreateKeyOutcome>;
    /// Returns every key, the newest first, including revoked ones.
    async fn api_keys(&self) -> StoreResult<Vec<ApiKey>>;
    /// Returns the key with this hash, revoked or not.
    async fn api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<ApiKey>>;
    /// Revokes a key at once; a key that is already revoked is not changed.
    async fn revoke_api_key(&self, api_key_id: ApiKeyId, now: Instant) -> StoreResult<()>;
    /// Records that a key was used.
    async fn touch_api_key(&self, api_key_id: ApiKeyId, used_at: Instant) -> StoreResult<()>;
}
