//! Campaigns: what is said of them, what stands in them, and what they reach.

use super::accept::Batch;
use super::engine::{Engine, Row, Tx, sql};
use super::projects::{find_in, lock};
use super::rows::stored_date;
use super::{DbError, DbResult};
use app::store::{AddItemsOutcome, Campaign, CampaignItem, CampaignMembers, CampaignTerms};
use compliance::Instant;
use compliance::campaign::{CampaignTarget, Nesting};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

pub async fn list(engine: &Engine, project_id: Uuid) -> DbResult<Vec<Campaign>> {
    list_in(&mut engine.read_once().await?, project_id).await
}

async fn list_in(connection: &mut Tx, project_id: Uuid) -> DbResult<Vec<Campaign>> {
    let found = connection.query(sql!("campaigns")).bind(project_id).all().await?;
    Ok(found.iter().map(campaign).collect::<sqlx::Result<_>>()?)
}

pub async fn find(engine: &Engine, project_id: Uuid, campaign_id: Uuid) -> DbResult<Option<Campaign>> {
    find_campaign(&mut engine.read_once().await?, project_id, campaign_id).await
}

async fn find_campaign(connection: &mut Tx, project_id: Uuid, campaign_id: Uuid) -> DbResult<Option<Campaign>> {
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

pub async fn create(
    engine: &Engine,
    project_id: Uuid,
    campaign_id: Uuid,
    terms: &CampaignTerms,
    now: Instant,
) -> DbResult<Campaign> {
    let mut tx = engine.write().await?;
    find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let campaign = Campaign { campaign_id, terms: terms.clone(), created_at: now };
    tx.query(sql!("campaign_insert"))
        .bind(project_id)
        .bind(campaign.campaign_id)
        .bind(&terms.name)
        .bind(&terms.notes)
        .bind(terms.target.map(|target| target.views))
        .bind(stored_date(terms.target.map(|target| target.start_date)))
        .bind(stored_date(terms.target.map(|target| target.target_date)))
        .bind(now.millis())
        .execute()
        .await?;
    tx.commit().await?;
    Ok(campaign)
}

pub async fn update(engine: &Engine, project_id: Uuid, campaign_id: Uuid, terms: &CampaignTerms) -> DbResult<()> {
    let mut tx = engine.write().await?;
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
    Ok(tx.commit().await?)
}

pub async fn delete(engine: &Engine, project_id: Uuid, campaign_id: Uuid, now: Instant) -> DbResult<()> {
    let mut tx = engine.write().await?;
    let done =
        tx.query(sql!("campaign_delete")).bind(project_id).bind(campaign_id).bind(now.millis()).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    Ok(tx.commit().await?)
}

pub async fn items(engine: &Engine, project_id: Uuid, campaign_id: Uuid) -> DbResult<Vec<CampaignItem>> {
    let mut tx = engine.read().await?;
    find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    let found = tx.query(sql!("campaign_items")).bind(project_id).bind(campaign_id).all().await?;
    Ok(found.iter().map(item).collect::<sqlx::Result<_>>()?)
}

fn item(row: &Row) -> sqlx::Result<CampaignItem> {
    let id = row.id("item_id")?;
    row.named("kind", |kind| CampaignItem::new(kind, id))
}

pub async fn add_items(
    engine: &Engine,
    project_id: Uuid,
    campaign_id: Uuid,
    items: &[CampaignItem],
    now: Instant,
) -> DbResult<AddItemsOutcome> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    let campaigns = list_in(&mut tx, project_id).await?;
    let names: HashMap<Uuid, &str> =
        campaigns.iter().map(|campaign| (campaign.campaign_id, campaign.terms.name.as_str())).collect();
    if !names.contains_key(&campaign_id) {
        return Err(DbError::NotFound);
    }
    let mut batch = Batch::new(project, now, "");
    let ids = |wanted: &'static str| items.iter().filter(move |item| item.kind() == wanted).map(|item| item.id());
    batch.load_creators(&mut tx, ids("creator")).await?;
    batch.load_posts(&mut tx, &ids("post").collect::<Vec<_>>()).await?;
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
    let rows: Vec<_> = items.iter().map(|item| (item.kind(), item.id())).collect();
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

async fn nesting(tx: &mut Tx, project_id: Uuid) -> DbResult<Nesting<Uuid>> {
    let found = tx.query(sql!("campaign_nesting")).bind(project_id).all().await?;
    let pairs = found.iter().map(|row| Ok((row.id("campaign_id")?, row.id("item_id")?)));
    Ok(Nesting::new(pairs.collect::<sqlx::Result<Vec<_>>>()?))
}

pub async fn remove_item(engine: &Engine, project_id: Uuid, campaign_id: Uuid, item_id: Uuid) -> DbResult<()> {
    let mut tx = engine.write().await?;
    find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    let done =
        tx.query(sql!("campaign_item_delete")).bind(project_id).bind(campaign_id).bind(item_id).execute().await?;
    if done == 0 {
        return Err(DbError::NotFound);
    }
    Ok(tx.commit().await?)
}

pub async fn members(engine: &Engine, project_id: Uuid, campaign_id: Uuid) -> DbResult<CampaignMembers> {
    let mut tx = engine.read().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    find_campaign(&mut tx, project_id, campaign_id).await?.ok_or(DbError::NotFound)?;
    let reached = nesting(&mut tx, project_id).await?.reach(campaign_id);
    let found = tx.query(sql!("campaign_items_of")).bind(project_id).list(reached).all().await?;
    let (mut creators, mut posts) = (BTreeSet::new(), Vec::new());
    for row in &found {
        match item(row)? {
            CampaignItem::Creator(id) => drop(creators.insert(id)),
            CampaignItem::Post(id) => posts.push(id),
            CampaignItem::Campaign(_) => {}
        }
    }
    let mut batch = Batch::new(project, Instant::EARLIEST, "");
    batch.load_creators(&mut tx, creators.iter().copied()).await?;
    batch.load_posts(&mut tx, &posts).await?;
    let in_program = |id: &Uuid| batch.creators.get(id).is_some_and(|state| state.row.creator.removed_at.is_none());
    creators.retain(in_program);
    posts.retain(|id| {
        let owner = batch.posts.get(id).map(|state| state.row.creator_id);
        owner.is_some_and(|owner| in_program(&owner) && !creators.contains(&owner))
    });
    posts.sort_unstable();
    Ok(CampaignMembers { creators: creators.into_iter().collect(), posts })
}
