//! The organization that owns every project.

use crate::engine::{Tx, sql};
use crate::error::DbResult;
use compliance::Instant;
use program::ids::OrganizationId;

/// Returns the organization that owns every project. There is one until there are accounts; it is created when it is
/// first needed.
pub async fn organization(tx: &mut Tx, now: Instant) -> DbResult<OrganizationId> {
    if let Some(organization) = first_organization(tx).await? {
        return Ok(organization);
    }
    let organization = OrganizationId::new();
    tx.query(sql!("organization_insert"))
        .bind(organization)
        .bind("My organization")
        .bind(now.millis())
        .execute()
        .await?;
    Ok(organization)
}

/// Returns the organization, if it exists.
pub async fn first_organization(tx: &mut Tx) -> DbResult<Option<OrganizationId>> {
    let row = tx.query(sql!("organization_first")).optional().await?;
    Ok(row.map(|row| row.id("organization_id")).transpose()?)
}
