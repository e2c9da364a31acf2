//! Whether the database accepts changes, known from the last changes or from a probe.

use super::unwritable::Unwritable;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a stored change means that the database accepts changes.
const STORED_HOLDS: Duration = Duration::from_secs(2);
/// How long a failed change means that it does not. A small change may still fit where a large one did not.
const FAILED_HOLDS: Duration = Duration::from_secs(3);
/// How long a probe may take. A probe that waits for one of this server's long changes says nothing.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long one of this server's changes may take. If none was stored for longer than that and the probe times out as
/// well, something else blocks the database.
const LONGEST_CHANGE: Duration = Duration::from_secs(30);

/// Whether changes are stored; if not, the reason where it is known.
pub type Verdict = Result<(), Option<Unwritable>>;

/// What is known from the last changes.
#[derive(Debug)]
pub struct Health {
    known: Mutex<Known>,
    /// Held while a probe runs.
    probing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    /// The result of the last change or probe, and its time.
    last: Option<(Instant, Verdict)>,
    /// When a change was last stored; initially the time when the database was opened.
    stored_at: Instant,
}

impl Default for Health {
    fn default() -> Health {
        let known = Known { last: None, stored_at: Instant::now() };
        Health { known: Mutex::new(known), probing: tokio::sync::Mutex::default() }
    }
}

impl Health {
    /// Records that a change was stored.
    pub fn stored(&self) {
        self.note(Ok(()));
    }

    /// Records why a change failed, if others will fail for the same reason.
    pub fn noted<T>(&self, done: sqlx::Result<T>) -> sqlx::Result<T> {
        if let Err(cause) = &done
            && let Some(reason) = Unwritable::of(cause)
        {
            self.note(Err(Some(reason)));
        }
        done
    }

    /// Records damage that was found while reading.
    pub fn noted_reading<T>(&self, done: sqlx::Result<T>) -> sqlx::Result<T> {
        if let Err(cause) = &done
            && Unwritable::of(cause) == Some(Unwritable::Damaged)
        {
            self.note(Err(Some(Unwritable::Damaged)));
        }
        done
    }

    /// Returns whether changes are stored: from what is known, or else by running `probe`.
    pub async fn asked(&self, probe: impl Future<Output = sqlx::Result<()>>) -> Verdict {
        self.asked_within(PATIENCE, LONGEST_CHANGE, probe).await
    }

    /// Does the same with the given time limits for the probe and for a change.
    async fn asked_within(
        &self,
        patience: Duration,
        longest_change: Duration,
        probe: impl Future<Output = sqlx::Result<()>>,
    ) -> Verdict {
        let _turn = self.probing.lock().await;
        if let Some((at, verdict)) = self.known().last {
            let holds = if verdict.is_ok() { STORED_HOLDS } else { FAILED_HOLDS };
            if at.elapsed() < holds || verdict == Err(Some(Unwritable::Damaged)) {
                return verdict;
            }
        }
        let verdict = match tokio::time::timeout(patience, probe).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(cause)) => {
                tracing::warn!(%cause, "the database accepts no changes");
                Err(Unwritable::of(&cause))
            }
            // A timeout says nothing new, so it is not recorded.
            Err(_) => {
                let known = self.known();
                return match known.last {
                    Some((_, Err(reason))) => Err(reason),
                    _ if known.stored_at.elapsed() > longest_change => Err(None),
                    _ => Ok(()),
                };
            }
        };
        self.note(verdict);
        verdict
    }

    fn known(&self) -> Known {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, verdict: Verdict) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        // Damage does not go away by itself, even if a small change still succeeds.
        if matches!(known.last, Some((_, Err(Some(Unwritable::Damaged))))) {
            return;
        }
        known.last = Some((now, verdict));
        if verdict.is_ok() {
            known.stored_at = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Absent, Engine};
    use super::*;
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions as _, Connection as _};

    #[tokio::test]
    async fn a_lock_that_another_program_keeps_for_longer_than_any_change_means_that_nothing_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("goals.db");
        let engine = Engine::open(&format!("sqlite:{}", path.display()), Absent::Made).await.unwrap();
        let options = SqliteConnectOptions::new().filename(&path).busy_timeout(Duration::ZERO);
        let mut other = options.connect().await.unwrap();
        let locked = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let probe = || async { engine.write().await?.commit().await };
        let (patience, long) = (Duration::from_millis(20), Duration::from_hours(1));
        let health = Health::default();
        assert_eq!(health.asked_within(patience, long, probe()).await, Ok(()), "a change of ours may be under way");
        for _ in 0..3 {
            assert_eq!(health.asked_within(patience, Duration::ZERO, probe()).await, Err(None), "and it stays so");
        }
        let mut third = options.connect().await.unwrap();
        let busy = third.begin_with("BEGIN IMMEDIATE").await.unwrap_err();
        let _ = health.noted::<()>(Err(busy));
        let said = health.asked_within(patience, long, probe()).await;
        assert_eq!(said, Err(Some(Unwritable::Busy)), "a change that waited in vain says why");

        locked.rollback().await.unwrap();
        health.stored();
        assert_eq!(health.asked_within(patience, Duration::ZERO, probe()).await, Ok(()));
    }
}
