//! Whether the database takes changes, as far as is known from those that were made.

use super::unwritable::Unwritable;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a change that was stored says that the next one will be.
const STORED_HOLDS: Duration = Duration::from_secs(2);
/// How long a change that failed says that the next one will. A small one may still fit where a large one did not.
const FAILED_HOLDS: Duration = Duration::from_secs(3);
/// How long a probe may take. One that waits for a long change of ours says nothing.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether changes are stored; if not, why, where that is known.
pub type Verdict = Result<(), Option<Unwritable>>;

/// What became of the last changes.
#[derive(Debug, Default)]
pub struct Health {
    last: Mutex<Option<(Instant, Verdict)>>,
    /// Held by whoever probes.
    probing: tokio::sync::Mutex<()>,
}

impl Health {
    /// Notes that a change was stored.
    pub fn stored(&self) {
        self.note(Ok(()));
    }

    /// Notes why a change failed, if it says that others will fail as well.
    pub fn noted<T>(&self, done: sqlx::Result<T>) -> sqlx::Result<T> {
        if let Err(cause) = &done
            && let Some(reason) = Unwritable::of(cause)
        {
            self.note(Err(Some(reason)));
        }
        done
    }

    /// Whether changes are stored: by what is known, or else by `probe`.
    pub async fn asked(&self, probe: impl Future<Output = sqlx::Result<()>>) -> Verdict {
        let _turn = self.probing.lock().await;
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, verdict)) = last {
            let holds = if verdict.is_ok() { STORED_HOLDS } else { FAILED_HOLDS };
            if at.elapsed() < holds {
                return verdict;
            }
        }
        let verdict = match tokio::time::timeout(PATIENCE, probe).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(cause)) => {
                tracing::warn!(%cause, "the database takes no changes");
                Err(Unwritable::of(&cause))
            }
            Err(_) => last.map_or(Ok(()), |(_, verdict)| verdict),
        };
        self.note(verdict);
        verdict
    }

    fn note(&self, verdict: Verdict) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), verdict));
    }
}
