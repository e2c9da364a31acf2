//! The Creator Goals tab.

use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::card::GoalCard;
use crate::goals::course::{Days, add_courses, bookings};
use crate::goals::evidence::{Evidence, Why, WhyOf, contributions};
use crate::goals::periods::{Known, context, history, strips};
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::standings::gains::DayRow;
use crate::standings::standing::Standing;
use crate::undo::{Deleted, undo_since};
use compliance::Evaluation;
use compliance::calendar::{Zone, day_number};
use compliance::evaluation::{Context, dates_needed, evaluate, is_listed};
use std::collections::HashMap;

/// The Creator Goals tab.
#[derive(Debug, Clone)]
pub struct CreatorGoals {
    /// The creator.
    pub creator: CreatorView,
    /// The listed goals, the most urgent first.
    pub current: Vec<GoalCard>,
    /// Goals that were ended by hand, or ended more than a week ago; the newest first.
    pub ended: Vec<GoalCard>,
    /// Deleted goals that can be restored.
    pub deleted: Vec<Deleted<GoalRecord>>,
    /// The requested evidence.
    pub evidence: Option<Evidence>,
    /// The evaluations of the last periods of each current goal, the latest first.
    pub strips: HashMap<GoalId, Vec<Evaluation>>,
}

/// Returns the goals of a creator, with the requested evidence.
pub async fn creator_goals(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    why: Option<Why>,
) -> Result<CreatorGoals, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let Some(standing) = &creator.standing else {
        return Ok(CreatorGoals {
            creator,
            current: Vec::new(),
            ended: goals_of_removed(caller, project_id, creator_id).await?,
            deleted: Vec::new(),
            evidence: None,
            strips: HashMap::new(),
        });
    };
    let context = context(&creator, standing.looks);
    let records = &standing.program.goals;
    let rows = rows_for(caller, project_id, standing, &context, records).await?;
    let days = Days::of(&rows, &context, standing.correction.as_ref());
    let card = |record: &GoalRecord| GoalCard {
        record: record.clone(),
        evaluation: evaluate(&record.goal, &context, &days.gains),
        course: None,
    };
    let (listed, unlisted): (Vec<_>, Vec<_>) = records.iter().partition(|record| is_listed(&record.goal, &context));
    let mut current: Vec<GoalCard> = listed.into_iter().map(card).collect();
    // The same order as the badges.
    let place = |goal_id: GoalId| standing.evaluations.iter().position(|(id, _)| *id == goal_id);
    current.sort_by_key(|card| place(card.record.goal_id).unwrap_or(usize::MAX));
    let ended: Vec<GoalCard> = unlisted.into_iter().rev().map(card).collect();

    add_courses(caller, &creator, &context, &days, &mut current).await?;
    let strips = strips(caller, project_id, standing, &context, &current).await?;
    let asked = why.and_then(|why| {
        let card = current.iter().chain(&ended).find(|card| card.record.goal_id == why.goal_id)?;
        Some((why, card))
    });
    let evidence = match asked {
        Some((why, card)) => evidence(caller, &creator, standing, &days, (why, card)).await?,
        None => None,
    };
    let deleted = caller.store.deleted_goals(project_id, creator_id, undo_since(caller.now())).await?;
    Ok(CreatorGoals { creator, current, ended, deleted, evidence, strips })
}

/// Returns the evidence that was requested of a goal.
async fn evidence(
    caller: &Caller,
    creator: &CreatorView,
    standing: &Standing,
    days: &Days,
    (why, card): (Why, &GoalCard),
) -> Result<Option<Evidence>, AppError> {
    let context = context(creator, standing.looks);
    let (project_id, creator_id) = (creator.project.project_id, creator.creator.creator_id);
    let current = card.evaluation.as_ref();
    let (evaluation, past) = match why.of {
        WhyOf::Current => (current.cloned(), None),
        WhyOf::Previous => (current.and_then(|evaluation| evaluation.previous.as_deref().cloned()), None),
        WhyOf::On(date) => {
            let on = (Some(date), Some(date));
            let (judged, rows) = history(caller, creator, &card.record, &Known::by(standing), on).await?;
            (judged.into_iter().next(), Some(Days::of(&rows, &context, standing.correction.as_ref())))
        }
    };
    let Some(evaluation) = evaluation else { return Ok(None) };
    let contributions = contributions(caller, project_id, creator_id, &evaluation).await?;
    let course = (why.of != WhyOf::Current)
        .then(|| past.as_ref().unwrap_or(days).course(&evaluation, bookings(&contributions, &evaluation), &context));
    Ok(Some(Evidence { why, evaluation, contributions, course }))
}

/// Returns the goals of a removed creator, the newest first. They are kept, and judged again once the creator is
/// restored.
async fn goals_of_removed(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
) -> Result<Vec<GoalCard>, AppError> {
    let goals = caller.store.goals(project_id, creator_id).await?.into_iter().rev();
    Ok(goals.map(|record| GoalCard { record, evaluation: None, course: None }).collect())
}

/// Returns the days that all goals of a creator need, including those that ended long ago.
async fn rows_for(
    caller: &Caller,
    project_id: ProjectId,
    standing: &Standing,
    context: &Context<'_, Zone>,
    records: &[GoalRecord],
) -> Result<Vec<DayRow>, AppError> {
    let needed = records.iter().filter_map(|record| dates_needed(&record.goal, context));
    let first = needed.map(|dates| day_number(dates.first)).min().unwrap_or(standing.first_day);
    let mut rows: Vec<DayRow> = Vec::new();
    if first < standing.first_day {
        rows = caller.store.creator_days(project_id, standing.creator_id(), first..standing.first_day).await?;
    }
    rows.extend_from_slice(&standing.program.days);
    Ok(rows)
}
