//! Converts database rows to records of the application and back.

use chrono::NaiveDate;
use compliance::calendar::{DayNumber, Zone, date_of_day, day_number};
use compliance::fact::{Counters, Handle, PostKind};
use compliance::gains::Gains;
use compliance::goal::{Goal, GoalVersion};
use compliance::ledger::Remembered;
use compliance::metric::Metric;
use compliance::period::{Cadence, WeekStart};
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use compliance::{Instant, Looks, ProjectSettings};
use program::creators::record::{Creator, SameAs};
use program::goals::record::GoalRecord;
use program::ids::{CreatorId, MergeId, ProjectId};
use program::imports::record::{Import, ImportCounts, ImportState, Rejection};
use program::posts::record::Post;
use program::projects::record::Project;
use program::standings::gains::DayRow;
use std::error::Error;
use uuid::Uuid;

use super::engine::Row;

/// Returns the error for a stored value that the application would never write.
pub fn corrupt(column: &str, value: impl std::fmt::Debug) -> sqlx::Error {
    let source: Box<dyn Error + Send + Sync> = format!("unexpected value {value:?}").into();
    sqlx::Error::ColumnDecode { index: column.to_owned(), source }
}

fn day_of(column: &str, number: i64) -> sqlx::Result<DayNumber> {
    DayNumber::try_from(number).map_err(|_| corrupt(column, number))
}

/// Reads columns by name as the application's types.
impl Row {
    /// Returns an id.
    pub fn id<Id: From<Uuid>>(&self, column: &str) -> sqlx::Result<Id> {
        self.try_get::<Uuid>(column).map(Id::from)
    }

    /// Returns an id, if there is one.
    pub fn optional_id<Id: From<Uuid>>(&self, column: &str) -> sqlx::Result<Option<Id>> {
        Ok(self.try_get::<Option<Uuid>>(column)?.map(Id::from))
    }

    /// Returns an instant.
    pub fn instant(&self, column: &str) -> sqlx::Result<Instant> {
        self.try_get(column).map(Instant::from_millis)
    }

    /// Returns an instant, if there is one.
    pub fn optional_instant(&self, column: &str) -> sqlx::Result<Option<Instant>> {
        Ok(self.try_get::<Option<i64>>(column)?.map(Instant::from_millis))
    }

    /// Returns a local date, if there is one.
    pub fn optional_date(&self, column: &str) -> sqlx::Result<Option<NaiveDate>> {
        let number: Option<i64> = self.try_get(column)?;
        number.map(|number| Ok(date_of_day(day_of(column, number)?))).transpose()
    }

    /// Returns the number of a local day.
    pub fn day(&self, column: &str) -> sqlx::Result<DayNumber> {
        day_of(column, self.try_get(column)?)
    }

    /// Returns a value that is stored by its name.
    pub fn named<T>(&self, column: &str, from_name: impl Fn(&str) -> Option<T>) -> sqlx::Result<T> {
        let name: &str = self.try_get(column)?;
        from_name(name).ok_or_else(|| corrupt(column, name))
    }

    /// Returns the five counters.
    pub fn counters(&self) -> sqlx::Result<Counters> {
        Ok(Counters {
            views: self.try_get("views")?,
            likes: self.try_get("likes")?,
            comments: self.try_get("comments")?,
            shares: self.try_get("shares")?,
            saves: self.try_get("saves")?,
        })
    }

    /// Returns gains, by metric.
    pub fn gains(&self) -> sqlx::Result<Gains> {
        Ok(Gains {
            posts: self.try_get("posts")?,
            views: self.try_get("views")?,
            engagement: self.try_get("engagement")?,
            followers: self.try_get("followers")?,
            ..Gains::default()
        })
    }

    /// Returns gains whose sums may exceed 64 bits, each stored as thousand millions and a remainder.
    pub fn gains_in_parts(&self) -> sqlx::Result<Gains> {
        let whole = |high: &str, low: &str| {
            let (high, low): (i64, i64) = (self.try_get(high)?, self.try_get(low)?);
            Ok::<_, sqlx::Error>(held(i128::from(high) * 1_000_000_000 + i128::from(low)))
        };
        Ok(Gains {
            posts: whole("posts_high", "posts_low")?,
            views: whole("views_high", "views_low")?,
            engagement: whole("engagement_high", "engagement_low")?,
            followers: whole("followers_high", "followers_low")?,
            ..Gains::default()
        })
    }

    /// Returns the tracking status and disabling of a post.
    pub fn tracking(&self) -> sqlx::Result<Tracking> {
        Ok(Tracking {
            status: self.named("tracking_status", TrackingStatus::from_name)?,
            disabled: self.try_get::<Option<i64>>("tracking_disabled_at")?.is_some(),
        })
    }
}

pub fn project(row: &Row) -> sqlx::Result<Project> {
    let number = |column: &str| {
        let value: i64 = row.try_get(column)?;
        u32::try_from(value).map_err(|_| corrupt(column, value))
    };
    Ok(Project {
        project_id: row.id("project_id")?,
        name: row.try_get("name")?,
        zone: row.named("time_zone", |name| Zone::parse(name).ok())?,
        settings: ProjectSettings {
            week_start: row.named("week_start", WeekStart::from_name)?,
            early_grace_percent: number("early_grace_percent")?,
            collection_interval_hours: number("collection_interval_hours")?,
        },
        version: row.try_get("version")?,
        created_at: row.instant("created_at")?,
    })
}

/// A creator as stored: the record and what booking needs in addition.
#[derive(Debug, Clone)]
pub struct CreatorRow {
    pub creator: Creator,
    pub first_post_snapshot_at: Option<Instant>,
    /// The first reading that is not a placeholder.
    pub first_reading_at: Option<Instant>,
    /// The last reading that is not a placeholder.
    pub last_reading_at: Option<Instant>,
    /// What is remembered of the follower readings.
    pub remembered: Remembered,
    /// Another creator who, somebody decided, is not the same account.
    pub apart_from: Option<CreatorId>,
}

impl CreatorRow {
    /// Returns the row of a creator of whom nothing has been read yet.
    pub const fn unread(creator: Creator) -> CreatorRow {
        CreatorRow {
            creator,
            first_post_snapshot_at: None,
            first_reading_at: None,
            last_reading_at: None,
            remembered: Remembered::unread(),
            apart_from: None,
        }
    }
}

pub fn creator(row: &Row) -> sqlx::Result<CreatorRow> {
    let first_post_snapshot_at = row.optional_instant("first_post_snapshot_at")?;
    let first_reading_at = row.optional_instant("first_reading_at")?;
    let creator = Creator {
        creator_id: row.id("creator_id")?,
        handle: row.named("tiktok_handle", |text| Handle::parse(text).ok())?,
        display_name: row.try_get("display_name")?,
        avatar_url: row.try_get("avatar_url")?,
        tracking_mode: row.named("tracking_mode", TrackingMode::from_name)?,
        tracking_start_date: row.optional_date("tracking_start_date")?,
        first_snapshot_at: first_post_snapshot_at.into_iter().chain(first_reading_at).min(),
        followers: row.try_get("followers")?,
        looks: looks(row)?,
        removed_at: row.optional_instant("removed_at")?,
        created_at: row.instant("created_at")?,
        same_as: same_as(row)?,
    };
    let last_reading_at = row.optional_instant("last_reading_at")?;
    let remembered = remembered(row, "followers_remembered")?;
    let apart_from = row.optional_id("apart_from")?;
    Ok(CreatorRow { creator, first_post_snapshot_at, first_reading_at, last_reading_at, remembered, apart_from })
}

fn same_as(row: &Row) -> sqlx::Result<Option<SameAs>> {
    let merged = row.optional_id::<MergeId>("merge_id")?.is_some();
    let creator_id = row.optional_id("same_as")?;
    Ok(creator_id.map(if merged { SameAs::Merged } else { SameAs::Probably }))
}

/// A post as stored, with its creator.
#[derive(Debug, Clone)]
pub struct PostRow {
    pub creator_id: CreatorId,
    pub created_at: Instant,
    pub disabled_at: Option<Instant>,
    pub post: Post,
    /// What is remembered of the views of its snapshots.
    pub remembered: Remembered,
}

pub fn post(row: &Row) -> sqlx::Result<PostRow> {
    let post = Post {
        post_id: row.id("post_id")?,
        tiktok_video_id: row.try_get("tiktok_video_id")?,
        kind: row.named("kind", PostKind::from_name)?,
        url: row.try_get("url")?,
        description: row.try_get("description")?,
        published_at: row.instant("published_at")?,
        tracking: row.tracking()?,
        counters: row.counters()?,
        last_captured_at: row.optional_instant("last_captured_at")?,
    };
    Ok(PostRow {
        creator_id: row.id("creator_id")?,
        created_at: row.instant("created_at")?,
        disabled_at: row.optional_instant("tracking_disabled_at")?,
        post,
        remembered: remembered(row, "views_remembered")?,
    })
}

/// Returns the latest collections of a creator by scope.
pub fn looks(row: &Row) -> sqlx::Result<Looks> {
    Ok(Looks {
        posts: row.optional_instant("posts_collected_at")?,
        followers: row.optional_instant("followers_collected_at")?,
    })
}

pub fn day(row: &Row) -> sqlx::Result<(CreatorId, DayRow)> {
    let day = DayRow {
        day: row.day("day")?,
        gains: Gains {
            awaiting_views: row.try_get("awaiting_views")?,
            awaiting_followers: row.try_get("awaiting_followers")?,
            ..row.gains()?
        },
        looks: looks(row)?,
        last_published_at: row.optional_instant("last_published_at")?,
    };
    Ok((row.id("creator_id")?, day))
}

/// Returns the terms of a goal.
pub fn terms(row: &Row) -> sqlx::Result<GoalTerms> {
    Ok(GoalTerms {
        target_value: row.try_get("target_value")?,
        start_date: row.optional_date("start_date")?,
        end_date: row.optional_date("end_date")?,
        is_active: row.try_get("is_active")?,
    })
}

/// Returns goals from rows of goals joined with their versions, ordered by goal and version.
pub fn goals(rows: &[Row]) -> sqlx::Result<Vec<GoalRecord>> {
    let mut goals: Vec<GoalRecord> = Vec::new();
    for row in rows {
        let goal_id = row.id("goal_id")?;
        let version = GoalVersion { made_at: row.instant("made_at")?, terms: terms(row)? };
        match goals.last_mut().filter(|record| record.goal_id == goal_id) {
            Some(record) => record.goal = record.goal.clone().edited(version),
            None => goals.push(GoalRecord {
                goal_id,
                creator_id: row.id("creator_id")?,
                goal: Goal::new(
                    row.named("metric", Metric::from_name)?,
                    row.named("period", Cadence::from_name)?,
                    version,
                ),
            }),
        }
    }
    Ok(goals)
}

pub fn import(project_id: ProjectId, row: &Row) -> sqlx::Result<Import> {
    Ok(Import {
        project_id,
        import_id: row.id("import_id")?,
        file_name: row.try_get("file_name")?,
        state: row.named("state", ImportState::from_name)?,
        choices: row.try_get("choices")?,
        bytes_total: row.try_get("bytes_total")?,
        bytes_done: row.try_get("bytes_done")?,
        counts: ImportCounts {
            rows: row.try_get("rows_read")?,
            accepted: row.try_get("accepted")?,
            duplicates: row.try_get("duplicates")?,
            parked: row.try_get("parked")?,
            rejected: row.try_get("rejected")?,
            without_instant: row.try_get("without_instant")?,
        },
        failure: row.try_get("failure")?,
        removed_creators: row.try_get("removed_creators")?,
        details: serde_json::from_str(&row.try_get::<String>("details")?).unwrap_or_default(),
        created_at: row.instant("created_at")?,
        finished_at: row.optional_instant("finished_at")?,
        folder_id: row.optional_id("folder_id")?,
    })
}

pub fn rejection(row: &Row) -> sqlx::Result<Rejection> {
    Ok(Rejection {
        position: row.try_get("position")?,
        line: row.try_get("line")?,
        field: row.try_get("field")?,
        code: row.try_get("code")?,
        reason: row.try_get("reason")?,
    })
}

/// Limits a sum to the range of an `i64`.
fn held(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

/// Returns a local date as it is stored.
pub fn stored_date(date: Option<NaiveDate>) -> Option<i32> {
    date.map(day_number)
}

/// Returns what is remembered in a column; nothing, if another release wrote it.
fn remembered(row: &Row, column: &str) -> sqlx::Result<Remembered> {
    let text: &str = row.try_get(column)?;
    Ok(serde_json::from_str(text).unwrap_or_else(|_| Remembered::nothing()))
}

/// Returns what is remembered, as it is stored.
pub fn stored_remembered(remembered: &Remembered) -> String {
    serde_json::to_string(remembered).unwrap_or_default()
}
