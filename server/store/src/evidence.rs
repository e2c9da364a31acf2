//! Facts around a window: the evidence for its numbers, and what was known at an instant within a day.

use super::engine::{Engine, Row, Statement, Tx, sql};
use crate::error::DbResult;
use chrono::NaiveDate;
use compliance::booking::first_counts_in_full;
use compliance::calendar::{LocalDays as _, day_number};
use compliance::evidence::PostWindow;
use compliance::fact::Counters;
use compliance::gains::Gains;
use compliance::ledger::Stored;
use compliance::metric::Metric;
use compliance::misreading::{Misread, Reading};
use compliance::period::Window;
use compliance::{Cadence, Instant, Looks, Scope};
use program::facts::record::{Collections, FollowerEvidence, FollowerReading};
use program::ids::{CreatorId, PostId, ProjectId};
use program::posts::record::PostEvidence;
use program::projects::record::Project;
use program::standings::gains::AsOfCorrection;
use std::collections::HashMap;
use std::ops::Range;

use crate::error::DbError;
use crate::{creators, project_row, rows};

/// Returns the first instant whose facts an evaluation of the window at `as_of` does not know.
fn until(window: &Window, as_of: Instant) -> Instant {
    window.end.min(as_of.plus_millis(1))
}

pub async fn posts(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    window: &Window,
    as_of: Instant,
) -> DbResult<Vec<PostEvidence>> {
    let mut tx = engine.read().await?;
    let project = project_row::find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let creator = creators::find_in(&mut tx, project_id, creator_id).await?.ok_or(DbError::NotFound)?;
    let start = creator.tracking_start(project.zone).map(|date| project.zone.start_of(date));
    let posts =
        tx.query(sql!("evidence_posts")).bind(project_id).bind(creator_id).bind(window.start.millis()).all().await?;
    // Read up to `as_of`, beyond the window: a post that was first read after the window has data.
    let snapshots = tx
        .query(sql!("evidence_snapshots"))
        .bind(project_id)
        .bind(creator_id)
        .bind(window.start.millis())
        .bind(as_of.plus_millis(1).millis())
        .all()
        .await?;
    let mut misreadings = misreadings_by_post(&snapshots)?;
    let mut snapshots = snapshots_by_post(&snapshots)?;
    let evidence = posts.iter().map(|row| {
        let post_id = row.id("post_id")?;
        Ok(PostEvidence {
            post_id,
            tiktok_video_id: row.try_get("tiktok_video_id")?,
            url: row.try_get("url")?,
            description: row.try_get("description")?,
            window: post_window(row, start, snapshots.remove(&post_id).unwrap_or_default())?,
            misreadings: misreadings.remove(&post_id).unwrap_or_default(),
        })
    });
    Ok(evidence.collect::<sqlx::Result<_>>()?)
}

pub async fn followers(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    window: &Window,
    as_of: Instant,
) -> DbResult<FollowerEvidence> {
    let mut tx = engine.read().await?;
    let found = tx
        .query(sql!("evidence_readings"))
        .bind(project_id)
        .bind(creator_id)
        .bind(window.start.millis())
        .bind(until(window, as_of).millis())
        .all()
        .await?;
    let mut evidence = FollowerEvidence::default();
    for row in &found {
        let Stored { at: captured_at, reading: Reading { value, source }, misreading } = row.stored_reading()?;
        match misreading {
            None => evidence.readings.push(FollowerReading { captured_at, followers: value }),
            Some(why) => evidence.misreadings.push(Misread { captured_at, source, value, why }),
        }
    }
    Ok(evidence)
}

/// Returns the highest follower count that was read before an instant.
pub async fn most_followers_before(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    before: Instant,
) -> DbResult<Option<i64>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("readings_highest")).bind(project_id).bind(creator_id).bind(before.millis());
    Ok(query.one().await?.try_get("followers")?)
}

/// Returns the collections of a creator in a span that begins with a local day, and the last ones before it.
pub async fn collections(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    span: Range<Instant>,
) -> DbResult<Collections> {
    let mut tx = engine.read().await?;
    let project = project_row::find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    let first_day = day_number(project.zone.date_of(span.start));
    let query = tx.query(sql!("creator_last_collections")).bind(project_id).bind(creator_id).bind(first_day);
    let before = rows::looks(&query.one().await?)?;
    let found = tx
        .query(sql!("creator_collections"))
        .bind(project_id)
        .bind(creator_id)
        .bind(span.start.millis())
        .bind(span.end.millis())
        .all()
        .await?;
    let within = found.iter().map(|row| Ok((row.instant("collected_at")?, row.named("scope", Scope::from_name)?)));
    Ok(Collections { before, within: within.collect::<sqlx::Result<_>>()? })
}

/// Returns what every creator had gained up to `as_of` on its local day, by the rules that book whole days.
pub async fn corrections_as_of(engine: &Engine, project: &Project, as_of: Instant) -> DbResult<Vec<AsOfCorrection>> {
    let mut tx = engine.read().await?;
    let today = project.zone.date_of(as_of);
    let (from, until) = (project.zone.start_of(today), as_of.plus_millis(1));
    let day = day_window(project, today);
    let mut corrections: HashMap<CreatorId, AsOfCorrection> = HashMap::new();

    let creators = tx.query(sql!("creators_changed_since")).bind(project.project_id).bind(-1_i64).all().await?;
    let mut starts = HashMap::new();
    for row in &creators {
        let creator = rows::creator(row)?.creator;
        let creator_id = creator.creator_id;
        starts.insert(creator_id, creator.tracking_start(project.zone).map(|date| project.zone.start_of(date)));
        corrections.insert(creator_id, AsOfCorrection { creator_id, gains: Gains::default(), looks: Looks::default() });
    }

    let mut snapshots = snapshots_by_post(&span(&mut tx, sql!("as_of_snapshots"), project, from, until).await?)?;
    for row in span(&mut tx, sql!("as_of_posts"), project, from, until).await? {
        let (post_id, creator_id) = (row.id("post_id")?, row.id("creator_id")?);
        let Some(correction) = corrections.get_mut(&creator_id) else { continue };
        let start = starts.get(&creator_id).copied().flatten();
        let post = post_window(&row, start, snapshots.remove(&post_id).unwrap_or_default())?;
        if post.tracking.counts() {
            correction.gains += Gains {
                posts: i64::from(from <= post.published_at && post.published_at < until),
                views: post.booked(Metric::Views, &day, as_of).unwrap_or(0),
                engagement: post.booked(Metric::Engagement, &day, as_of).unwrap_or(0),
                ..Gains::default()
            };
        }
    }
    for row in span(&mut tx, sql!("as_of_readings"), project, from, until).await? {
        let followers: i64 = row.try_get("followers")?;
        let before: Option<i64> = row.try_get("followers_before")?;
        if let Some(correction) = corrections.get_mut(&row.id("creator_id")?) {
            correction.gains += Gains { followers: followers - before.unwrap_or(followers), ..Gains::default() };
        }
    }
    let collections = tx
        .query(sql!("as_of_collections"))
        .bind(project.project_id)
        .bind(from.millis())
        .bind(until.millis())
        .bind(day_number(today))
        .all()
        .await?;
    for row in &collections {
        if let Some(correction) = corrections.get_mut(&row.id("creator_id")?) {
            correction.looks = rows::looks(row)?;
        }
    }
    Ok(corrections.into_values().collect())
}

/// Returns the local day as a window.
fn day_window(project: &Project, today: NaiveDate) -> Window {
    let period = Cadence::Daily.period_of(today, project.settings.week_start);
    let (start, end) = (project.zone.start_of(period.dates.first), project.zone.start_of(period.dates.end));
    Window { period, dates: period.dates, start, end }
}

async fn span(
    tx: &mut Tx,
    statement: &'static Statement,
    project: &Project,
    from: Instant,
    until: Instant,
) -> DbResult<Vec<Row>> {
    let query = tx.query(statement).bind(project.project_id).bind(from.millis()).bind(until.millis());
    Ok(query.all().await?)
}

fn snapshots_by_post(rows: &[Row]) -> sqlx::Result<HashMap<PostId, Vec<(Instant, Counters)>>> {
    let mut snapshots: HashMap<PostId, Vec<(Instant, Counters)>> = HashMap::new();
    for row in rows {
        snapshots.entry(row.id("post_id")?).or_default().push((row.instant("captured_at")?, row.taken_counters()?));
    }
    Ok(snapshots)
}

fn misreadings_by_post(rows: &[Row]) -> sqlx::Result<HashMap<PostId, Vec<Misread>>> {
    let mut misreadings: HashMap<PostId, Vec<Misread>> = HashMap::new();
    for row in rows {
        let Stored { at: captured_at, reading: Reading { value, source }, misreading } = row.stored_snapshot()?;
        if let (Some(why), Some(value)) = (misreading, value.views) {
            misreadings.entry(row.id("post_id")?).or_default().push(Misread { captured_at, source, value, why });
        }
    }
    Ok(misreadings)
}

fn post_window(row: &Row, start: Option<Instant>, snapshots: Vec<(Instant, Counters)>) -> sqlx::Result<PostWindow> {
    let published_at = row.instant("published_at")?;
    Ok(PostWindow {
        published_at,
        tracking: row.tracking()?,
        first_counts_in_full: first_counts_in_full(published_at, start),
        known_before: row.counters()?,
        snapshots,
    })
}
