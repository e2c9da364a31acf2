//! Retries transactions that failed because of a conflict with another writer or a broken connection.
//!
//! When the connection breaks during a commit, it is not known whether the transaction was committed. So a retry may do
//! everything a second time: ids are chosen before the first try, what exists already is left as it is, and what is
//! missing counts as already removed.

use super::engine::Failure;
use crate::error::{DbError, DbResult};
use std::future::Future;
use std::time::Duration;

/// The pauses before each retry, in milliseconds. A server that restarts is away for about a second.
const PAUSES_MS: [u64; 6] = [10, 50, 150, 300, 500, 1_000];

/// Runs a transaction until it succeeds or fails for a reason that a retry does not change.
pub async fn retried<T, F>(run: impl FnMut() -> F) -> DbResult<T>
where
    F: Future<Output = DbResult<T>>,
{
    attempts(&PAUSES_MS, run).await.0
}

/// Does the same for a transaction that removes something: what a retry does not find, an earlier try removed.
pub async fn retried_removal<F>(run: impl FnMut() -> F) -> DbResult<()>
where
    F: Future<Output = DbResult<()>>,
{
    removal(attempts(&PAUSES_MS, run).await)
}

fn removal((result, lost): (DbResult<()>, bool)) -> DbResult<()> {
    if lost && matches!(result, Err(DbError::NotFound)) { Ok(()) } else { result }
}

/// Returns the last result, and whether an earlier try may have been committed.
async fn attempts<T, F>(pauses_ms: &[u64], mut run: impl FnMut() -> F) -> (DbResult<T>, bool)
where
    F: Future<Output = DbResult<T>>,
{
    let mut lost = false;
    for pause in pauses_ms {
        let failure = match run().await {
            Err(DbError::Sql(cause)) => match Failure::of(&cause) {
                Failure::Lasting => return (Err(DbError::Sql(cause)), lost),
                failure => (failure, cause),
            },
            result => return (result, lost),
        };
        lost |= failure.0 == Failure::LostConnection;
        tracing::warn!(cause = %failure.1, "trying again");
        tokio::time::sleep(Duration::from_millis(*pause)).await;
    }
    (run().await, lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::io;

    fn broken() -> DbError {
        DbError::Sql(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into()))
    }

    #[tokio::test]
    async fn a_broken_connection_is_tried_again_and_a_lasting_failure_is_not() {
        let tries = Cell::new(0);
        let mended = attempts(&[0; 6], || async {
            tries.set(tries.get() + 1);
            if tries.get() < 4 { Err(broken()) } else { Ok(7) }
        });
        assert_eq!((mended.await.0.unwrap(), tries.get()), (7, 4));
        let failing = async |cause: fn() -> DbError| {
            tries.set(0);
            let failed: (DbResult<()>, bool) = attempts(&[0; 6], || async {
                tries.set(tries.get() + 1);
                Err(cause())
            })
            .await;
            assert!(failed.0.is_err());
            tries.get()
        };
        assert_eq!(failing(|| DbError::Sql(sqlx::Error::RowNotFound)).await, 1);
        assert_eq!(failing(broken).await, 7, "but not for ever");
    }

    #[tokio::test]
    async fn what_a_lost_try_may_have_removed_is_removed() {
        let tries = Cell::new(0);
        let remove = || async {
            tries.set(tries.get() + 1);
            if tries.get() == 1 { Err(broken()) } else { Err(DbError::NotFound) }
        };
        assert!(removal(attempts(&[0], remove).await).is_ok());
        assert!(matches!(removal(attempts(&[0], remove).await), Err(DbError::NotFound)), "what never was there is not");
    }
}
