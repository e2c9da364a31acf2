//! The last use of keys: recorded at most once a minute, so that not every read becomes a write.

use compliance::Instant;
use compliance::instant::SECOND_MS;
use program::caller::Caller;
use program::ids::ApiKeyId;
use program::keys::record::ApiKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The precision of a key's last use, in milliseconds.
const EXACT_TO_MS: i64 = 60 * SECOND_MS;

/// The last uses noted.
#[derive(Debug, Clone, Default)]
pub struct LastUsed(Arc<Mutex<HashMap<ApiKeyId, Instant>>>);

impl LastUsed {
    /// Records that the key is used now.
    pub fn note(&self, caller: &Caller, key: &ApiKey) {
        let (now, api_key_id) = (caller.now(), key.api_key_id);
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.get(&api_key_id).copied().max(key.last_used_at);
        if last.is_some_and(|last| now.millis_since(last) < EXACT_TO_MS) {
            return;
        }
        noted.insert(api_key_id, now);
        drop(noted);
        let store = caller.store.clone();
        tokio::spawn(async move {
            if let Err(cause) = store.touch_api_key(api_key_id, now).await {
                tracing::warn!(%cause, %api_key_id, "the last use of an API key could not be recorded");
            }
        });
    }
}
