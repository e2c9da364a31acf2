//! Campaigns: their terms, the items in them, and the numbers computed from those.

use super::accept::Batch;
use super::engine::{Engine, Row, Tx, sql};
use super::rows::stored_date;
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::campaign::{CampaignTarget, Nesting};
use program::campaigns::record::{
    AddItemsOutcome, Campaign, CampaignContents, CampaignItem, CampaignTerms, RestoreCampaignOutcome,
};
use program::campaigns::store::CampaignStore;
use program::error::StoreResult;
use program::ids::{CampaignId, ProjectId};
use program::undo::Deleted;
use std::collections::HashMap;
use uuid::Uuid;

#[async_trait]
impl CampaignStore for SqlStore {
    async fn campaigns(&self, project_id: ProjectId) -> StoreResult<Vec<Campaign>> {
        Ok(retried(|| list(&self.engine, project_id)).await?)
    }

    async fn campaign(&self, project_id: ProjectId, campaign_id: CampaignId) -> StoreResult<Option<Campaign>> {
        Ok(retried(|| find(&self.engine, project_id, campaign_id)).await?)
    }

    async fn create_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        terms: &CampaignTerms,
        now: Instant,
    ) -> StoreResult<Campaign> {
        self.change(project_id, |tx| create(tx, campaign_id, terms, now)).await
    }

    async fn update_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        terms: &CampaignTerms,
    ) -> StoreResult<()> {
        self.change(project_id, |tx| update(tx, campaign_id, terms)).await
    }

    async fn delete_campaign(&self, project_id: ProjectId, campaign_id: CampaignId, now: Instant) -> StoreResult<()> {
        self.removal(project_id, |tx| delete(tx, campaign_id, now)).await
    }

    async fn campaign_items(&self, project_id: ProjectId, campaign_id: CampaignId) -> StoreResult<Vec<CampaignItem>> {
        Ok(retried(|| items(&self.engine, project_id, campaign_id)).await?)
    }

    async fn add_campaign_items(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        items: &[CampaignItem],
        now: Instant,
    ) -> StoreResult<AddItemsOutcome> {
        self.change(project_id, |tx| add_items(tx, campaign_id, items, now)).await
    }

    async fn remove_campaign_item(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        item_id: Uuid,
    ) -> StoreResult<()> {
        self.removal(project_id, |tx| remove_item(tx, campaign_id, item_id)).await
    }

    async fn deleted_campaigns(&self, project_id: ProjectId, since: Instant) -> StoreResult<Vec<Deleted<Campaign>>> {
        Ok(retried(|| deleted(&self.engine, project_id, since)).await?)
    }

    async fn restore_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        since: Instant,
    ) -> StoreResult<RestoreCampaignOutcome> {
        self.change(project_id, |tx| restore(tx, campaign_id, since)).await
    }

    async fn campaign_contents(&self, project_id: ProjectId) -> StoreResult<CampaignContents> {
        Ok(retried(|| contents(&self.engine, project_id)).await?)
    }
}

pub async fn list(engine: &Engine, project_id: ProjectId) -> DbResult<Vec<Campaign>> {
    list_in(&mut engine.read_once().await?, project_id).await
}

async fn list_in(connection: &mut Tx, project_id: ProjectId) -> DbResult<Vec<Campaign>> {
    let found = connection.query(sql!("campaigns")).bind(project_id).all().await?;
    Ok(found.iter().map(campaign).collect::<sqlx::Result<_>>()?)
}

pub async fn find(engine: &Engine, project_id: ProjectId, campaign_id: CampaignId) -> DbResult<Option<Campaign>> {
    find_campaign(&mut engine.read_once().await?, project_id, campaign_id).await
}

async fn find_campaign(
    connection: &mut Tx,
    project_id: ProjectId,
    campaign_id: CampaignId,
) -> DbResult<Option<Campaign>> {
    let found = connection.query(sql!("campaign")).bind(project_id).bind(campaign_id).optional().await?;
    Ok(found.as_ref().map(campaign).transpose()?)
}

fn campaign(row: &Row) -> sqlx::Result<Campaign> {
    let views: Option<i64> = row.try_get("target_views")?;
    let dates = views.zip(row.optional_date("start_date")?).zip(row.optional_date("target_date")?);
    let target = dates.map(|((views, start_date), target_date)| CampaignTarget { views, start_date, target_date });
    Ok(Campaign {
        campaign_id: row.id("campaign_id")?,
        terms: CampaignTerms { name: row.try_get("name")?, notes: row.try_get("notes")?, target },
        created_at: row.instant("created_at")?,
    })
}

async fn create(mut tx: Change, campaign_id: CampaignId, terms: &CampaignTerms, now: Instant) -> DbResult<Campaign> {
    let project_id = tx.project_id();
    tx.query(sql!("campaign_insert"))
        .bind(project_id)
        .bind(campaign_id)
        .bind(&terms.name)
        .bind(&terms.notes)
        .bind(terms.target.map(|target| target.views))
        .bind(stored_date(terms.target.map(|target| target.start_date)))
        .bind(stored_date(terms.target.map(|target| target.target_date)))
        .bind(now.millis())
        .execute()
        .await?;
    let campaign = find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    tx.commit().await?;
    Ok(campaign)
}

async fn update(mut tx: Change, campaign_id: CampaignId, terms: &CampaignTerms) -> DbResult<()> {
    let project_id = tx.project_id();
    let done = tx
        .query(sql!("campaign_update"))
        .bind(project_id)
        .bind(campaign_id)
        .bind(&terms.name)
        .bind(&terms.notes)
        .bind(terms.target.map(|target| target.views))
        .bind(stored_date(terms.target.map(|target| target.start_date)))
        .bind(stored_date(terms.target.map(|target| target.target_date)))
        .execute()
        .await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await
}

async fn delete(mut tx: Change, campaign_id: CampaignId, now: Instant) -> DbResult<()> {
    let project_id = tx.project_id();
    let done =
        tx.query(sql!("campaign_delete")).bind(project_id).bind(campaign_id).bind(now.millis()).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await
}

pub async fn items(engine: &Engine, project_id: ProjectId, campaign_id: CampaignId) -> DbResult<Vec<CampaignItem>> {
    let mut tx = engine.read().await?;
    find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    let found = tx.query(sql!("campaign_items")).bind(project_id).bind(campaign_id).all().await?;
    Ok(found.iter().map(item).collect::<sqlx::Result<_>>()?)
}

fn item(row: &Row) -> sqlx::Result<CampaignItem> {
    let id = row.id("item_id")?;
    row.named("kind", |kind| CampaignItem::new(kind, id))
}

async fn add_items(
    mut tx: Change,
    campaign_id: CampaignId,
    items: &[CampaignItem],
    now: Instant,
) -> DbResult<AddItemsOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let campaigns = list_in(&mut tx, project_id).await?;
    let names: HashMap<CampaignId, &str> =
        campaigns.iter().map(|campaign| (campaign.campaign_id, campaign.terms.name.as_str())).collect();
    if !names.contains_key(&campaign_id) {
        return Err(DbError::NotFound);
    }
    let mut batch = Batch::new(project, now, "");
    let (mut creators, mut posts) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            CampaignItem::Creator(id) => creators.push(*id),
            CampaignItem::Post(id) => posts.push(*id),
            CampaignItem::Campaign(_) => {}
        }
    }
    batch.load_creators(&mut tx, creators).await?;
    batch.load_posts(&mut tx, &posts).await?;
    let mut nesting = nesting(&mut tx, project_id).await?;
    for (place, item) in items.iter().enumerate() {
        let known = match item {
            CampaignItem::Creator(id) => batch.creators.contains_key(id),
            CampaignItem::Post(id) => batch.posts.contains_key(id),
            CampaignItem::Campaign(id) => names.contains_key(id),
        };
        if !known {
            return Ok(AddItemsOutcome::Unknown(place));
        }
        if let CampaignItem::Campaign(inner) = *item {
            if let Some(path) = nesting.path(inner, campaign_id) {
                let path = path.iter().filter_map(|id| names.get(id).map(|name| (*name).to_owned()));
                return Ok(AddItemsOutcome::Circle(place, path.collect()));
            }
            nesting.add(campaign_id, inner);
        }
    }
    // A merged creator is replaced by the one who now has their posts.
    batch.follow_merges(&mut tx).await?;
    let to_add = |item: &CampaignItem| match *item {
        CampaignItem::Creator(id) => CampaignItem::Creator(batch.present(id)),
        other => other,
    };
    let rows: Vec<_> = items.iter().map(to_add).map(|item| (item.kind(), item.id())).collect();
    let done = tx
        .query(sql!("campaign_items_insert"))
        .bind(project_id)
        .bind(campaign_id)
        .bind(now.millis())
        .rows(&rows)
        .execute()
        .await?;
    tx.commit().await?;
    Ok(AddItemsOutcome::Added(usize::try_from(done).unwrap_or(usize::MAX)))
}

async fn nesting(tx: &mut Tx, project_id: ProjectId) -> DbResult<Nesting<CampaignId>> {
    let found = tx.query(sql!("campaign_nesting")).bind(project_id).all().await?;
    let pairs = found.iter().map(|row| Ok((row.id("campaign_id")?, row.id("item_id")?)));
    Ok(Nesting::new(pairs.collect::<sqlx::Result<Vec<_>>>()?))
}

async fn remove_item(mut tx: Change, campaign_id: CampaignId, item_id: Uuid) -> DbResult<()> {
    let project_id = tx.project_id();
    find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    let done =
        tx.query(sql!("campaign_item_delete")).bind(project_id).bind(campaign_id).bind(item_id).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    tx.commit().await
}

pub async fn contents(engine: &Engine, project_id: ProjectId) -> DbResult<CampaignContents> {
    contents_in(&mut engine.read_once().await?, project_id).await
}

async fn contents_in(connection: &mut Tx, project_id: ProjectId) -> DbResult<CampaignContents> {
    let found = connection.query(sql!("campaign_items_of_project")).bind(project_id).all().await?;
    let mut contents = CampaignContents::default();
    for row in &found {
        let item = item(row)?;
        contents.items.push((row.id("campaign_id")?, item));
        if let (CampaignItem::Post(post_id), Some(owner)) = (item, row.optional_id("creator_id")?) {
            contents.owners.insert(post_id, owner);
        }
    }
    Ok(contents)
}

pub async fn deleted(engine: &Engine, project_id: ProjectId, since: Instant) -> DbResult<Vec<Deleted<Campaign>>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("campaigns_deleted")).bind(project_id).bind(since.millis()).all().await?;
    let deleted = found.iter().map(|row| Ok(Deleted { what: campaign(row)?, deleted_at: row.instant("deleted_at")? }));
    Ok(deleted.collect::<sqlx::Result<_>>()?)
}

/// Restores a campaign. Refuses if that would create a circle: campaigns may have been nested while it was deleted.
async fn restore(mut tx: Change, campaign_id: CampaignId, since: Instant) -> DbResult<RestoreCampaignOutcome> {
    let project_id = tx.project_id();
    let query = tx.query(sql!("campaign_restore")).bind(project_id).bind(campaign_id).bind(since.millis());
    let restored = query.execute().await? > 0;
    let campaigns = list_in(&mut tx, project_id).await?;
    if !restored {
        let there = campaigns.iter().any(|campaign| campaign.campaign_id == campaign_id);
        return if there { Ok(RestoreCampaignOutcome::Restored) } else { Err(DbError::NotFound) };
    }
    let nesting = nesting(&mut tx, project_id).await?;
    let inner = contents_in(&mut tx, project_id).await?.items.into_iter();
    let mut inner = inner.filter_map(|(outer, item)| match item {
        CampaignItem::Campaign(inner) if outer == campaign_id => Some(inner),
        _ => None,
    });
    if let Some(path) = inner.find_map(|inner| nesting.path(inner, campaign_id)) {
        let name = |id: &CampaignId| campaigns.iter().find(|campaign| campaign.campaign_id == *id);
        let names = path.iter().filter_map(|id| Some(name(id)?.terms.name.clone()));
        return Ok(RestoreCampaignOutcome::Circle(names.collect()));
    }
    tx.commit().await?;
    Ok(RestoreCampaignOutcome::Restored)
}
