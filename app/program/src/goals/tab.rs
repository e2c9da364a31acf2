//! The Creator Goals tab.

use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::card::GoalCard;
use crate::goals::evidence::{Evidence, Why, WhyOf, contributions};
use crate::goals::periods::{Known, context, history, strips};
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::standings::gains::{DayRow, gains_as_of};
use crate::standings::standing::Standing;
use crate::undo::{Deleted, undo_since};
use compliance::Evaluation;
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::evaluation::{Context, dates_needed, evaluate, is_listed};
use compliance::gains::Gains;
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
    let gains = gains_for(caller, project_id, standing, &context, records).await?;
    let card =
        |record: &GoalRecord| GoalCard { record: record.clone(), evaluation: evaluate(&record.goal, &context, &gains) };
    let (listed, unlisted): (Vec<_>, Vec<_>) = records.iter().partition(|record| is_listed(&record.goal, &context));
    let mut current: Vec<GoalCard> = listed.into_iter().map(card).collect();
    // The same order as the badges.
    let place = |goal_id: GoalId| standing.evaluations.iter().position(|(id, _)| *id == goal_id);
    current.sort_by_key(|card| place(card.record.goal_id).unwrap_or(usize::MAX));
    let ended: Vec<GoalCard> = unlisted.into_iter().rev().map(card).collect();

    let strips = strips(caller, project_id, standing, &context, &current).await?;
    let asked = match why {
        Some(why) => {
            let card = current.iter().chain(&ended).find(|card| card.record.goal_id == why.goal_id);
            let judged = match (card, why.of) {
                (None, _) => None,
                (Some(card), WhyOf::Current) => card.evaluation.clone(),
                (Some(card), WhyOf::Previous) => {
                    card.evaluation.as_ref().and_then(|evaluation| evaluation.previous.as_deref().cloned())
                }
                (Some(card), WhyOf::On(date)) => {
                    let known = Known::by(standing);
                    let on = (Some(date), Some(date));
                    history(caller, &creator, &card.record, &known, on).await?.into_iter().next()
                }
            };
            judged.map(|evaluation| (why, evaluation))
        }
        None => None,
    };
    let evidence = match asked {
        Some((why, evaluation)) => {
            let contributions = contributions(caller, project_id, creator_id, &evaluation).await?;
            Some(Evidence { why, evaluation, contributions })
        }
        None => None,
    };
    let deleted = caller.store.deleted_goals(project_id, creator_id, undo_since(caller.now())).await?;
    Ok(CreatorGoals { creator, current, ended, deleted, evidence, strips })
}

/// Returns the goals of a removed creator, the newest first. They are kept, and judged again once the creator is
/// restored.
async fn goals_of_removed(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
) -> Result<Vec<GoalCard>, AppError> {
    let goals = caller.store.goals(project_id, creator_id).await?.into_iter().rev();
    Ok(goals.map(|record| GoalCard { record, evaluation: None }).collect())
}

/// Returns the gains that all goals of a creator need, including those that ended long ago.
async fn gains_for(
    caller: &Caller,
    project_id: ProjectId,
    standing: &Standing,
    context: &Context<'_, Zone>,
    records: &[GoalRecord],
) -> Result<Vec<(DayNumber, Gains)>, AppError> {
    let needed = records.iter().filter_map(|record| dates_needed(&record.goal, context));
    let first = needed.map(|dates| day_number(dates.first)).min().unwrap_or(standing.first_day);
    let mut rows: Vec<DayRow> = Vec::new();
    if first < standing.first_day {
        rows = caller.store.creator_days(project_id, standing.creator_id(), first..standing.first_day).await?;
    }
    rows.extend_from_slice(&standing.program.days);
    Ok(gains_as_of(&rows, day_number(context.days.date_of(context.as_of)), standing.correction.as_ref()))
}
