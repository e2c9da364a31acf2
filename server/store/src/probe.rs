//! Whether the database takes changes: found out by making one.

use super::engine::{Engine, sql};
use crate::error::{DbError, DbResult};
use crate::organization::first_organization;
use compliance::Instant;

/// Makes a change that means nothing, unless others have shown lately what becomes of one.
pub async fn writable(engine: &Engine, now: Instant) -> DbResult<()> {
    let probe = Box::pin(async {
        let mut tx = engine.write().await?;
        // Before anything was made there is nothing to write to that has an owner.
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
