//! Projects in memory: loaded once, then updated with the creators that changed since.

use crate::engine::{Engine, sql};
use crate::error::DbResult;
use crate::retry::retried;
use crate::sql_store::SqlStore;
use crate::{evidence, gains, rows};
use async_trait::async_trait;
use compliance::Instant;
use compliance::calendar::DayNumber;
use compliance::gains::{DayGains, Gains};
use program::error::StoreResult;
use program::ids::{CampaignId, CreatorId, ProjectId};
use program::standings::gains::{AsOfCorrection, DayRow, GainsAsked, PastDays, PostsOfDay};
use program::standings::program::Program;
use program::standings::store::StandingStore;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

#[async_trait]
impl StandingStore for SqlStore {
    async fn program(&self, project_id: ProjectId, as_of: Instant) -> StoreResult<Option<Arc<Program>>> {
        Ok(retried(|| self.programs.get(&self.engine, project_id, as_of)).await?)
    }

    async fn corrections_as_of(&self, program: &Program, as_of: Instant) -> StoreResult<Vec<AsOfCorrection>> {
        Ok(retried(|| evidence::corrections_as_of(&self.engine, &program.project, as_of)).await?)
    }

    async fn creator_days(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        days: Range<i32>,
    ) -> StoreResult<Vec<DayRow>> {
        Ok(retried(|| creator_days(&self.engine, project_id, creator_id, days.clone())).await?)
    }

    async fn days_before(&self, project_id: ProjectId, days: Range<i32>) -> StoreResult<HashMap<CreatorId, PastDays>> {
        Ok(retried(|| days_before(&self.engine, project_id, days.clone())).await?)
    }

    async fn posts_of_days(&self, project_id: ProjectId, days: Range<i32>) -> StoreResult<Vec<PostsOfDay>> {
        Ok(retried(|| gains::posts_of_days(&self.engine, project_id, days.clone())).await?)
    }

    async fn gains_by_creator(
        &self,
        project_id: ProjectId,
        days: Range<i32>,
    ) -> StoreResult<HashMap<CreatorId, Gains>> {
        Ok(retried(|| gains::by_creator(&self.engine, project_id, days.clone())).await?)
    }

    async fn gains_by_campaign(
        &self,
        project_id: ProjectId,
        asked: &[GainsAsked],
    ) -> StoreResult<HashMap<CampaignId, Gains>> {
        Ok(retried(|| gains::by_campaign(&self.engine, project_id, asked)).await?)
    }

    async fn gains_by_day(
        &self,
        project_id: ProjectId,
        creators: &[CreatorId],
        days: Range<i32>,
    ) -> StoreResult<DayGains> {
        Ok(retried(|| gains::by_day(&self.engine, project_id, creators, days.clone())).await?)
    }
}

/// Returns the day buckets of one creator.
pub async fn creator_days(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    days: Range<DayNumber>,
) -> DbResult<Vec<DayRow>> {
    let mut tx = engine.read().await?;
    let found =
        tx.query(sql!("creator_days")).bind(project_id).bind(creator_id).bind(days.start).bind(days.end).all().await?;
    Ok(found.iter().map(|row| rows::day(row).map(|(_, day)| day)).collect::<sqlx::Result<_>>()?)
}

/// Returns what was known of every creator at the end of the day before `days.end`.
pub async fn days_before(
    engine: &Engine,
    project_id: ProjectId,
    days: Range<DayNumber>,
) -> DbResult<HashMap<CreatorId, PastDays>> {
    let mut tx = engine.read().await?;
    let found = tx.query(sql!("creator_days_between")).bind(project_id).bind(days.start).bind(days.end).all().await?;
    let looks = tx.query(sql!("last_collections")).bind(project_id).bind(days.end).all().await?;
    let mut past: HashMap<CreatorId, PastDays> = HashMap::new();
    for row in &found {
        let (creator_id, day) = rows::day(row)?;
        past.entry(creator_id).or_default().days.push(day);
    }
    for row in &looks {
        past.entry(row.id("creator_id")?).or_default().looks = rows::looks(row)?;
    }
    Ok(past)
}
