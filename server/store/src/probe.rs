//! Checks whether the database accepts changes by making one.

use super::engine::{Engine, sql};
use crate::error::{DbError, DbResult};
use crate::organization::first_organization;
use compliance::Instant;

/// Makes a change without effect, unless the result of a recent change is known.
pub async fn writable(engine: &Engine, now: Instant) -> DbResult<()> {
    let probe = Box::pin(async {
        let mut tx = engine.write().await?;
        // Without an organization there is no row to write to.
        if let Some(organization_id) = first_organization(&mut tx).await.map_err(sql_error)? {
            tx.query(sql!("write_probe")).bind(organization_id).bind(now.millis()).execute().await?;
        }
        tx.commit().await
    });
    engine.takes_changes(probe).await.map_err(|reason| match reason {
        Some(reason) => DbError::Sql(reason.into()),
        None => DbError::Sql(sqlx::Error::PoolTimedOut),
    })
}

fn sql_error(error: DbError) -> sqlx::Error {
    match error {
        DbError::Sql(cause) => cause,
        DbError::NotFound | DbError::CreatorRemoved | DbError::Books(_) => sqlx::Error::RowNotFound,
    }
}
