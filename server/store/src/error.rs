//! Why a statement, or what it was meant to do, failed.

use crate::engine::Unwritable;
use compliance::ledger::HistoryNeeded;
use program::error::StoreError;
use thiserror::Error;

/// Why a statement failed or was refused.
#[derive(Debug, Error)]
pub enum DbError {
    #[error("not found in this project")]
    NotFound,
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Books(#[from] HistoryNeeded),
}

/// The result of a transaction.
pub type DbResult<T> = Result<T, DbError>;

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => StoreError::NotFound,
            DbError::CreatorRemoved => StoreError::CreatorRemoved,
            DbError::Sql(cause) => match Unwritable::of(&cause) {
                Some(reason) => {
                    tracing::error!(%cause, "the database accepts no changes");
                    StoreError::Unwritable(reason.to_string())
                }
                None => StoreError::Database(Box::new(cause)),
            },
            DbError::Books(cause) => StoreError::Database(Box::new(cause)),
        }
    }
}
