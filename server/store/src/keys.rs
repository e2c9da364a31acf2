//! API keys; only the hash of each is stored.

use super::engine::{Engine, Row, Statement, sql};
use crate::error::{DbError, DbResult};
use crate::organization::{first_organization, organization};
use crate::project_row::lock;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use program::error::StoreResult;
use program::ids::ApiKeyId;
use program::keys::record::{ApiKey, CreateKeyOutcome, KeyScope, NewApiKey};
use program::keys::store::KeyStore;

#[async_trait]
impl KeyStore for SqlStore {
    async fn create_api_key(
        &self,
        api_key_id: ApiKeyId,
        new: &NewApiKey,
        now: Instant,
    ) -> StoreResult<CreateKeyOutcome> {
        Ok(retried(|| create(&self.engine, api_key_id, new, now)).await?)
    }

    async fn api_keys(&self) -> StoreResult<Vec<ApiKey>> {
        Ok(retried(|| list(&self.engine)).await?)
    }

    async fn api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<ApiKey>> {
        Ok(retried(|| by_hash(&self.engine, hash)).await?)
    }

    async fn revoke_api_key(&self, api_key_id: ApiKeyId, now: Instant) -> StoreResult<()> {
        Ok(retried(|| revoke(&self.engine, api_key_id, now)).await?)
    }

    async fn touch_api_key(&self, api_key_id: ApiKeyId, used_at: Instant) -> StoreResult<()> {
        Ok(retried(|| touch(&self.engine, api_key_id, used_at)).await?)
    }
}

pub async fn create(
    engine: &Engine,
    api_key_id: ApiKeyId,
    new: &NewApiKey,
    now: Instant,
) -> DbResult<CreateKeyOutcome> {
    let mut tx = engine.write_alone().await?;
    let organization_id = organization(&mut tx, now).await?;
    if let Some(project_id) = new.project_id {
        // On Citus no foreign key ensures this.
        lock(&mut tx, project_id).await?;
    }
    let key = ApiKey {
        organization_id,
        api_key_id,
        project_id: new.project_id,
        name: new.name.clone(),
        hint: new.hint.clone(),
        scope: new.scope,
        created_at: now,
        last_used_at: None,
        revoked_at: None,
    };
    let inserted = tx
        .query(sql!("api_key_insert"))
        .bind(organization_id)
        .bind(key.api_key_id)
        .bind(key.project_id)
        .bind(&key.name)
        .bind(&new.hash[..])
        .bind(&key.hint)
        .bind(key.scope == KeyScope::Write)
        .bind(now.millis())
        .execute()
        .await?;
    if inserted == 0 {
        let found = tx.query(sql!("api_key_by_hash")).bind(&new.hash[..]).optional().await?;
        let known = found.as_ref().map(read).transpose()?;
        let ours = known.filter(|known| known.api_key_id == api_key_id && known.revoked_at.is_none());
        return Ok(ours.map_or(CreateKeyOutcome::Taken, CreateKeyOutcome::Created));
    }
    tx.commit().await?;
    Ok(CreateKeyOutcome::Created(key))
}

pub async fn list(engine: &Engine) -> DbResult<Vec<ApiKey>> {
    let mut tx = engine.read().await?;
    let Some(organization_id) = first_organization(&mut tx).await? else { return Ok(Vec::new()) };
    let found = tx.query(sql!("api_keys")).bind(organization_id).all().await?;
    Ok(found.iter().map(read).collect::<sqlx::Result<_>>()?)
}

pub async fn by_hash(engine: &Engine, hash: &[u8; 32]) -> DbResult<Option<ApiKey>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("api_key_by_hash")).bind(&hash[..]).optional().await?;
    Ok(found.as_ref().map(read).transpose()?)
}

pub async fn revoke(engine: &Engine, api_key_id: ApiKeyId, now: Instant) -> DbResult<()> {
    stamp(engine, sql!("api_key_revoke"), api_key_id, now).await
}

pub async fn touch(engine: &Engine, api_key_id: ApiKeyId, used_at: Instant) -> DbResult<()> {
    stamp(engine, sql!("api_key_touch"), api_key_id, used_at).await
}

async fn stamp(engine: &Engine, statement: &'static Statement, api_key_id: ApiKeyId, at: Instant) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let organization_id = first_organization(&mut tx).await?.ok_or(DbError::NotFound)?;
    let done = tx.query(statement).bind(organization_id).bind(api_key_id).bind(at.millis()).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

fn read(row: &Row) -> sqlx::Result<ApiKey> {
    Ok(ApiKey {
        organization_id: row.id("organization_id")?,
        api_key_id: row.id("api_key_id")?,
        project_id: row.optional_id("project_id")?,
        name: row.try_get("name")?,
        hint: row.try_get("hint")?,
        scope: if row.try_get("can_write")? { KeyScope::Write } else { KeyScope::Read },
        created_at: row.instant("created_at")?,
        last_used_at: row.optional_instant("last_used_at")?,
        revoked_at: row.optional_instant("revoked_at")?,
    })
}
