//! The calendar of everybody.

use super::sheet::{Known, Sheet};
use super::shown::{Calendar, CalendarQuery};
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::judged::Judged;
use crate::standings::gains::{AsOfCorrection, PostsOfDay, looks_as_of};
use compliance::calendar::{DayNumber, LocalDays as _, day_number};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Returns the calendar of everybody in the program.
pub async fn calendar(caller: &Caller, project_id: ProjectId, query: &CalendarQuery) -> Result<Calendar, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let sheet = Sheet::of(&judged.program.project, judged.as_of, query)?;
    let days = sheet.day_numbers();
    let first_day = judged.program.first_day;
    let mut posts = Vec::new();
    // Earlier days are not in memory.
    if days.start < first_day {
        posts = caller.store.posts_of_days(project_id, days.start..days.end.min(first_day)).await?;
    }
    let corrections: HashMap<CreatorId, &AsOfCorrection> =
        judged.corrections.iter().map(|correction| (correction.creator_id, correction)).collect();
    posts.extend(counted(&judged, days.start.max(first_day)..days.end, &corrections));
    let looks = judged.program.creators.iter().map(|program| {
        let correction = corrections.get(&program.creator.creator_id).copied();
        looks_as_of(&program.creator, judged.as_of, correction).posts
    });
    let known = Known { posts, looks: looks.collect() };
    let creator_of = |creator_id| judged.creator(creator_id).map(|program| program.creator.clone());
    sheet.filled(caller, query, None, &known, creator_of).await
}

/// Returns the posts of days that are in memory, by the day buckets from which goals are judged.
fn counted(
    judged: &Judged,
    days: Range<DayNumber>,
    corrections: &HashMap<CreatorId, &AsOfCorrection>,
) -> impl Iterator<Item = PostsOfDay> {
    let today = day_number(judged.program.project.zone.date_of(judged.as_of));
    let mut by_day: BTreeMap<DayNumber, PostsOfDay> = BTreeMap::new();
    let mut add = |day: DayNumber, posts: i64| {
        if posts != 0 && days.contains(&day) {
            let sum = by_day.entry(day).or_insert(PostsOfDay { day, posts: 0, creators: 0 });
            sum.posts = sum.posts.saturating_add(posts);
            sum.creators += 1;
        }
    };
    for program in &judged.program.creators {
        let correction = corrections.get(&program.creator.creator_id);
        let first = program.days.partition_point(|row| row.day < days.start);
        for row in program.days[first..].iter().take_while(|row| row.day <= today) {
            if row.day < today || correction.is_none() {
                add(row.day, row.gains.posts);
            }
        }
        if let Some(correction) = correction {
            add(today, correction.gains.posts);
        }
    }
    by_day.into_values()
}
