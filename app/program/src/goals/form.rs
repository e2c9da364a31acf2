//! The goal form and what it shows.

use crate::actor::Action;
use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::periods::context;
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::standings::gains::gains_as_of;
use crate::standings::standing::Standing;
use chrono::NaiveDate;
use compliance::back_test::{PastActuals, PastDay};
use compliance::calendar::{LocalDays as _, Zone, day_number};
use compliance::evaluation::Context;
use compliance::goal_form::{GoalErrors, GoalForm, NewGoal};
use compliance::period::Dates;
use compliance::preview::GoalPreview;

/// A goal form with the data it shows.
#[derive(Debug, Clone)]
pub struct GoalFormView {
    /// The creator.
    pub creator: CreatorView,
    /// The goal that is edited; `None` when adding one.
    pub record: Option<GoalRecord>,
    /// The local date on which the goal was made; today for a new one.
    pub made_on: NaiveDate,
    /// The data with which the browser evaluates the typed goal; `None` if the creator was removed.
    pub preview: Option<GoalPreview>,
    /// The creator's other active goals, whose dates the preview has in the same order.
    pub others: Vec<GoalRecord>,
}

/// The most other goals with which the browser compares the typed one; the server compares it with all when it is sent.
const OTHERS_AT_MOST: usize = 50;

impl GoalFormView {
    /// Parses the goal as typed.
    pub fn parse(&self, form: &GoalForm) -> Result<NewGoal, GoalErrors> {
        NewGoal::parse_made_on(form, self.made_on, self.creator.project.settings.week_start)
    }
}

/// Returns the data of the form that adds (`goal_id` is `None`) or edits a goal.
pub async fn goal_form(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: Option<GoalId>,
) -> Result<GoalFormView, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let record = match goal_id {
        Some(goal_id) => Some(find_goal(caller, project_id, creator_id, goal_id).await?),
        None => None,
    };
    let zone = creator.project.zone;
    let made_on = zone.date_of(record.as_ref().map_or(creator.as_of, |record| record.goal.made_at()));
    let Some(standing) = &creator.standing else {
        return Ok(GoalFormView { creator, record, made_on, preview: None, others: Vec::new() });
    };
    let context = context(&creator, standing.looks);
    let dates: Dates = GoalPreview::dates_around(&context);
    let today = day_number(context.days.date_of(context.as_of));
    let gains = gains_as_of(&standing.program.days, today, standing.correction.as_ref());
    let gains: Vec<_> = gains.into_iter().filter(|(day, _)| *day >= day_number(dates.first)).collect();
    let others = others_of(standing, record.as_ref());
    let covered = others.iter().map(|other| other.goal.covered(context.days, context.settings.week_start)).collect();
    let past = past_actuals(caller, project_id, standing, &context).await?;
    let preview = Some(GoalPreview::new(&context, made_on, dates, &gains).compared_with(covered, past));
    Ok(GoalFormView { creator, record, made_on, preview, others })
}

/// Returns the goals whose dates the goal of the form must not cover, the newest first: none if it is not active.
fn others_of(standing: &Standing, record: Option<&GoalRecord>) -> Vec<GoalRecord> {
    if record.is_some_and(|record| !record.goal.terms().is_active) {
        return Vec::new();
    }
    let edited = record.map(|record| record.goal_id);
    let others = standing.program.goals.iter().rev();
    let others = others.filter(|other| other.goal.terms().is_active && Some(other.goal_id) != edited);
    others.take(OTHERS_AT_MOST).cloned().collect()
}

/// Returns what the creator gained in the last periods of every kind of goal. Days that are not in memory are read with one
/// query.
async fn past_actuals(
    caller: &Caller,
    project_id: ProjectId,
    standing: &Standing,
    context: &Context<'_, Zone>,
) -> Result<PastActuals, AppError> {
    let first = PastActuals::first_day(context);
    let mut rows = Vec::new();
    if first < standing.first_day {
        rows = caller.store.creator_days(project_id, standing.creator_id(), first..standing.first_day).await?;
    }
    let in_memory = standing.program.days.iter().filter(|row| row.day >= first);
    let days = rows.iter().chain(in_memory).map(|row| PastDay { day: row.day, gains: row.gains, looks: row.looks });
    Ok(PastActuals::of(context, &days.collect::<Vec<_>>()))
}

/// Returns one goal of a creator.
pub async fn find_goal(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    goal_id: GoalId,
) -> Result<GoalRecord, AppError> {
    caller.project(project_id, Action::Read).await?;
    let goals = caller.store.goals(project_id, creator_id).await?;
    goals.into_iter().find(|record| record.goal_id == goal_id).ok_or(AppError::NotFound)
}

/// Returns the form filled with a goal.
#[must_use]
pub fn form_of(record: &GoalRecord) -> GoalForm {
    let terms = record.goal.terms();
    GoalForm {
        metric: record.goal.metric.name().to_owned(),
        period: record.goal.cadence.name().to_owned(),
        target_value: terms.target_value.to_string(),
        start_date: terms.start_date.map(|date| date.to_string()).unwrap_or_default(),
        end_date: terms.end_date.map(|date| date.to_string()).unwrap_or_default(),
    }
}
