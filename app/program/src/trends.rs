//! The Overview tab of a creator: gains by day, compared with the days before.

use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::standings::gains::gains_as_of;
use chrono::{Days, NaiveDate};
use compliance::calendar::{DayNumber, LocalDays as _, date_of_day, day_number};
use compliance::gains::Gains;
use compliance::period::{Cadence, Dates, Window};
use std::collections::HashMap;

/// The numbers of local days that the Overview tab can cover.
pub const SPANS: [u64; 3] = [7, 30, 90];

/// The Overview tab.
#[derive(Debug, Clone)]
pub struct Trends {
    /// The creator.
    pub creator: CreatorView,
    /// The notes on the creator.
    pub notes: String,
    /// The number of local days it covers, ending today.
    pub span: u64,
    /// What was gained on them.
    pub gains: Gains,
    /// What was gained on the same number of days before.
    pub gains_before: Gains,
    /// What was gained day by day.
    pub days: Vec<(NaiveDate, Gains)>,
    /// The follower count at the end of each day, if known, beginning with the day before the first.
    pub followers: Vec<(NaiveDate, Option<i64>)>,
}

/// Returns a creator's trends over the last `span` days; 30 if `span` is not in [`SPANS`].
pub async fn trends(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    span: Option<u64>,
) -> Result<Trends, AppError> {
    let span = span.filter(|span| SPANS.contains(span)).unwrap_or(30);
    let creator = creator(caller, project_id, creator_id).await?;
    let notes = caller.store.creator_notes(project_id, creator_id).await?.unwrap_or_default();
    let (zone, as_of) = (creator.project.zone, creator.as_of);
    let today = zone.date_of(as_of);
    let first = today.checked_sub_days(Days::new(span - 1)).unwrap_or(today);
    let before = first.checked_sub_days(Days::new(span)).unwrap_or(first);
    let (before_day, first_day, end_day) = (day_number(before), day_number(first), day_number(today) + 1);
    let rows = caller.store.creator_days(project_id, creator_id, before_day..end_day).await?;
    let correction = creator.standing.as_ref().and_then(|standing| standing.correction.as_ref());
    let by_day: HashMap<DayNumber, Gains> = gains_as_of(&rows, day_number(today), correction).into_iter().collect();
    let sum = |days: std::ops::Range<DayNumber>| {
        let mut sum = Gains::default();
        for gains in days.filter_map(|day| by_day.get(&day)) {
            sum += *gains;
        }
        sum
    };
    let days: Vec<(NaiveDate, Gains)> =
        (first_day..end_day).map(|day| (date_of_day(day), by_day.get(&day).copied().unwrap_or_default())).collect();
    let period = Cadence::Daily.period_of(first, creator.project.settings.week_start);
    let dates = Dates { first, end: today.succ_opt().unwrap_or(today) };
    let window = Window { period, dates, start: zone.start_of(first), end: as_of.plus_millis(1) };
    let readings = caller.store.follower_evidence(project_id, creator_id, &window, as_of).await?;
    let mut readings = readings.readings.into_iter().peekable();
    let mut known = None;
    let followers = (first_day - 1..end_day)
        .map(date_of_day)
        .map(|day| {
            while let Some(reading) = readings.next_if(|reading| zone.date_of(reading.captured_at) <= day) {
                known = Some(reading.followers);
            }
            (day, known)
        })
        .collect();
    let (gains, gains_before) = (sum(first_day..end_day), sum(before_day..first_day));
    Ok(Trends { creator, notes, span, gains, gains_before, days, followers })
}
