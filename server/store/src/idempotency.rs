//! Requests with an `Idempotency-Key`, and their answers.

use super::engine::{Engine, Tx, sql};
use crate::error::{DbError, DbResult};
use crate::organization::first_organization;
use compliance::Instant;
use compliance::instant::{DAY_MS, SECOND_MS};
use program::idempotency::{Idempotency, IdempotentRequest, KeptAnswer};

/// How long an answer is kept to be repeated.
const KEPT_MS: i64 = DAY_MS;
/// After this long a request without an answer counts as lost with its server, and may be tried again.
const LOST_MS: i64 = 120 * SECOND_MS;

/// Records a request as begun, unless it is known. `begun_before`: an earlier try of this call may have recorded it.
pub async fn begin(
    engine: &Engine,
    request: &IdempotentRequest,
    now: Instant,
    begun_before: bool,
) -> DbResult<Idempotency> {
    let mut tx = engine.write().await?;
    let mut known = insert(&mut tx, request, now).await?;
    if let Some((answer, begun)) = &known
        && may_be_forgotten(answer, *begun, now, begun_before)
    {
        forget(&mut tx, request).await?;
        known = insert(&mut tx, request, now).await?;
    }
    tx.commit().await?;
    Ok(known.map_or(Idempotency::First, |(known, _)| known))
}

/// Returns whether what is known of a request no longer counts.
fn may_be_forgotten(known: &Idempotency, begun: Instant, now: Instant, begun_before: bool) -> bool {
    let lost = now.millis_since(begun) >= LOST_MS || begun_before && begun == now;
    now.millis_since(begun) > KEPT_MS || *known == Idempotency::InProgress && lost
}

/// Deletes expired answers.
pub async fn forget_expired(engine: &Engine, now: Instant) -> DbResult<u64> {
    let mut tx = engine.write().await?;
    let Some(organization_id) = first_organization(&mut tx).await? else { return Ok(0) };
    let forgotten = tx
        .query(sql!("idempotent_answers_expire"))
        .bind(organization_id)
        .bind(now.plus_millis(-KEPT_MS).millis())
        .execute()
        .await?;
    tx.commit().await?;
    Ok(forgotten)
}

/// Records the request; if it exists already, returns its state and when it began.
async fn insert(tx: &mut Tx, request: &IdempotentRequest, now: Instant) -> DbResult<Option<(Idempotency, Instant)>> {
    let inserted = tx
        .query(sql!("idempotent_answer_begin"))
        .bind(request.organization_id)
        .bind(request.api_key_id)
        .bind(&request.route)
        .bind(&request.idempotency_key)
        .bind(&request.body_hash[..])
        .bind(now.millis())
        .execute()
        .await?;
    if inserted == 1 {
        return Ok(None);
    }
    let found = tx
        .query(sql!("idempotent_answer"))
        .bind(request.organization_id)
        .bind(request.api_key_id)
        .bind(&request.route)
        .bind(&request.idempotency_key)
        .optional()
        .await?;
    let row = found.ok_or(DbError::NotFound)?;
    let body_hash: Vec<u8> = row.try_get("body_hash")?;
    let status: Option<i64> = row.try_get("status")?;
    let body: Option<String> = row.try_get("body")?;
    let known = match status.and_then(|status| u16::try_from(status).ok()).zip(body) {
        _ if body_hash != request.body_hash => Idempotency::OtherBody,
        Some((code, body)) => Idempotency::Answered(KeptAnswer { code, body }),
        None => Idempotency::InProgress,
    };
    Ok(Some((known, Instant::from_millis(row.try_get("created_at")?))))
}

pub async fn end(engine: &Engine, request: &IdempotentRequest, answer: Option<&KeptAnswer>) -> DbResult<()> {
    let mut tx = engine.write().await?;
    match answer {
        None => forget(&mut tx, request).await?,
        Some(KeptAnswer { code, body }) => {
            tx.query(sql!("idempotent_answer_end"))
                .bind(request.organization_id)
                .bind(request.api_key_id)
                .bind(&request.route)
                .bind(&request.idempotency_key)
                .bind(i64::from(*code))
                .bind(body)
                .execute()
                .await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn forget(tx: &mut Tx, request: &IdempotentRequest) -> DbResult<()> {
    tx.query(sql!("idempotent_answer_forget"))
        .bind(request.organization_id)
        .bind(request.api_key_id)
        .bind(&request.route)
        .bind(&request.idempotency_key)
        .execute()
        .await?;
    Ok(())
}
