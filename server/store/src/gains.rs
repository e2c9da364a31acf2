//! Sums of day buckets.

use crate::engine::{Engine, sql};
use crate::error::DbResult;
use compliance::calendar::DayNumber;
use compliance::gains::{DayGains, Gains};
use program::ids::{CampaignId, CreatorId, ProjectId};
use program::standings::gains::{GainsAsked, PostsOfDay};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Returns how many posts count on each day, and how many creators published them.
pub async fn posts_of_days(
    engine: &Engine,
    project_id: ProjectId,
    days: Range<DayNumber>,
) -> DbResult<Vec<PostsOfDay>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("posts_of_days")).bind(project_id).bind(days.start).bind(days.end);
    let found = query.all().await?;
    let days = found.iter().map(|row| {
        Ok(PostsOfDay { day: row.day("day")?, posts: row.try_get("posts")?, creators: row.try_get("creators")? })
    });
    Ok(days.collect::<sqlx::Result<_>>()?)
}

/// Returns what each creator gained over a range of days.
pub async fn by_creator(
    engine: &Engine,
    project_id: ProjectId,
    days: Range<DayNumber>,
) -> DbResult<HashMap<CreatorId, Gains>> {
    let mut connection = engine.read_once().await?;
    let found = connection
        .query(sql!("creator_gains_by_creator"))
        .bind(project_id)
        .bind(days.start)
        .bind(days.end)
        .all()
        .await?;
    Ok(found.iter().map(|row| Ok((row.id("creator_id")?, row.gains()?))).collect::<sqlx::Result<_>>()?)
}

/// Returns what the creators of each campaign gained together, each campaign over its own range of days.
pub async fn by_campaign(
    engine: &Engine,
    project_id: ProjectId,
    asked: &[GainsAsked],
) -> DbResult<HashMap<CampaignId, Gains>> {
    // Campaigns share creators and dates: each creator is summed once per distinct range of days.
    let stretches = asked.iter().flat_map(|GainsAsked { creators, days, .. }| {
        creators.iter().map(|creator| (*creator, days.start, days.end)).filter(|(_, first, end)| first < end)
    });
    let rows: Vec<(CreatorId, i32, i32)> = stretches.collect::<BTreeSet<_>>().into_iter().collect();
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("creator_gains_within")).bind(project_id).rows(&rows).all().await?;
    let mut gained: HashMap<(CreatorId, DayNumber, DayNumber), Gains> = HashMap::with_capacity(found.len());
    for row in &found {
        gained.insert((row.id("creator_id")?, row.day("first_day")?, row.day("end_day")?), row.gains()?);
    }
    let sum = |GainsAsked { campaign_id, creators, days }: &GainsAsked| {
        let of_each = creators.iter().filter_map(|creator| gained.get(&(*creator, days.start, days.end)));
        (*campaign_id, Gains::total(of_each.copied()))
    };
    Ok(asked.iter().map(sum).collect())
}

/// Returns what the creators gained together, by day.
pub async fn by_day(
    engine: &Engine,
    project_id: ProjectId,
    creators: &[CreatorId],
    days: Range<DayNumber>,
) -> DbResult<DayGains> {
    let mut connection = engine.read_once().await?;
    let found = connection
        .query(sql!("creator_gains_by_day"))
        .bind(project_id)
        .bind(days.start)
        .bind(days.end)
        .list(creators.iter().copied())
        .all()
        .await?;
    let mut gains = DayGains::default();
    for row in &found {
        gains.add(row.day("day")?, row.gains_in_parts()?);
    }
    Ok(gains)
}
