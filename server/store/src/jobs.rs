//! Which server runs a periodic job.

use super::engine::{Engine, sql};
use crate::error::DbResult;
use crate::organization::first_organization;
use compliance::Instant;
use program::ids::HolderId;
use program::jobs::{ClaimOutcome, FinishOutcome, Job};

pub async fn claim(
    engine: &Engine,
    job: Job,
    holder: HolderId,
    now: Instant,
    until: Instant,
) -> DbResult<ClaimOutcome> {
    let mut tx = engine.write().await?;
    // Without an organization there is nothing to do.
    let Some(organization_id) = first_organization(&mut tx).await? else { return Ok(ClaimOutcome::Refused) };
    let claimed = tx
        .query(sql!("job_claim"))
        .bind(organization_id)
        .bind(job.name())
        .bind(now.millis())
        .bind(holder)
        .bind(until.millis())
        .execute()
        .await?;
    tx.commit().await?;
    Ok(if claimed == 1 { ClaimOutcome::Claimed } else { ClaimOutcome::Refused })
}

pub async fn finish(engine: &Engine, job: Job, holder: HolderId, due_at: Instant) -> DbResult<FinishOutcome> {
    let mut tx = engine.write().await?;
    let Some(organization_id) = first_organization(&mut tx).await? else { return Ok(FinishOutcome::ClaimLost) };
    let finished = tx
        .query(sql!("job_finish"))
        .bind(organization_id)
        .bind(job.name())
        .bind(holder)
        .bind(due_at.millis())
        .execute()
        .await?;
    tx.commit().await?;
    Ok(if finished == 1 { FinishOutcome::Recorded } else { FinishOutcome::ClaimLost })
}
