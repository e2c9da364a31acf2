//! The goal form and what it shows.

use crate::actor::Action;
use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::periods::context;
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::standings::gains::gains_as_of;
use chrono::NaiveDate;
use compliance::calendar::{LocalDays as _, day_number};
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
}

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
    let preview = match &creator.standing {
        Some(standing) => {
            let context = context(&creator, standing.looks);
            let dates: Dates = GoalPreview::dates_around(&context);
            let today = day_number(context.days.date_of(context.as_of));
            let gains = gains_as_of(&standing.program.days, today, standing.correction.as_ref());
            let gains: Vec<_> = gains.into_iter().filter(|(day, _)| *day >= day_number(dates.first)).collect();
            Some(GoalPreview::new(&context, made_on, dates, &gains))
        }
        None => None,
    };
    Ok(GoalFormView { creator, record, made_on, preview })
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
