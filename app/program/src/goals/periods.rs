//! The past periods of a goal, judged by what was in force then.

use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::card::GoalCard;
use crate::goals::evidence::{Contributions, contributions};
use crate::goals::record::GoalRecord;
use crate::ids::{GoalId, ProjectId};
use crate::refusal::Refusal;
use crate::standings::gains::{AsOfCorrection, DayRow, gains_as_of, looks_as_of};
use crate::standings::standing::Standing;
use chrono::NaiveDate;
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::evaluation::{Context, evaluate_period};
use compliance::gains::Gains;
use compliance::goal::Goal;
use compliance::period::Period;
use compliance::{Evaluation, Looks};
use std::collections::HashMap;

/// Returns a goal's evaluation for the period that contains a local date (today by default), with its evidence. `None`
/// if the goal covers no day of that period, or the period has not begun.
pub async fn explain(
    caller: &Caller,
    project_id: ProjectId,
    record: &GoalRecord,
    date: Option<NaiveDate>,
) -> Result<Option<(Evaluation, Contributions)>, AppError> {
    let creator = creator(caller, project_id, record.creator_id).await?;
    let known = Known::of(caller, &creator).await?;
    let (periods, _) = history(caller, &creator, record, &known, (date, date)).await?;
    let Some(evaluation) = periods.into_iter().next() else { return Ok(None) };
    let contributions = contributions(caller, project_id, record.creator_id, &evaluation).await?;
    Ok(Some((evaluation, contributions)))
}

/// The most days for which periods can be asked for at once.
const DAYS_AT_MOST: i64 = 400;

/// Returns a goal's evaluation for each period that has begun and contains a date of `from..=to`, the latest first.
/// Both default to today. More than 400 days, or a first date after the last, are refused.
pub async fn periods(
    caller: &Caller,
    project_id: ProjectId,
    record: &GoalRecord,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Evaluation>, Refusal> {
    let creator = creator(caller, project_id, record.creator_id).await?;
    let today = creator.project.zone.date_of(creator.as_of);
    let days = to.unwrap_or(today).signed_duration_since(from.unwrap_or(today)).num_days();
    if !(0..=DAYS_AT_MOST).contains(&days) {
        let sentence = "Ask for at most 400 days, the first not after the last.";
        return Err(Refusal::of_fields([("from", sentence)]));
    }
    let known = Known::of(caller, &creator).await?;
    Ok(history(caller, &creator, record, &known, (from, to)).await?.0)
}

/// What is known of a creator, removed or not, at the instant of their view, in addition to the day buckets.
pub(crate) struct Known {
    pub(crate) looks: Looks,
    pub(crate) correction: Option<AsOfCorrection>,
}

impl Known {
    pub(crate) async fn of(caller: &Caller, creator: &CreatorView) -> Result<Known, AppError> {
        if let Some(standing) = &creator.standing {
            return Ok(Known::by(standing));
        }
        // Creators who were removed are not in the program in memory.
        let CreatorView { project, as_of, creator, .. } = creator;
        let program = caller.store.program(project.project_id, *as_of).await?.ok_or(AppError::NotFound)?;
        let corrections = caller.store.corrections_as_of(&program, *as_of).await?;
        let correction = corrections.into_iter().find(|correction| correction.creator_id == creator.creator_id);
        Ok(Known { looks: looks_as_of(creator, *as_of, correction.as_ref()), correction })
    }

    pub(crate) fn by(standing: &Standing) -> Known {
        Known { looks: standing.looks, correction: standing.correction }
    }
}

/// Returns a goal's evaluation for each period that has begun and contains a date of the range, the latest first, and the
/// days from which they were computed.
pub(crate) async fn history(
    caller: &Caller,
    creator: &CreatorView,
    record: &GoalRecord,
    known: &Known,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(Vec<Evaluation>, Vec<DayRow>), AppError> {
    let context = context(creator, known.looks);
    let (goal, week_start) = (&record.goal, context.settings.week_start);
    let today = context.days.date_of(context.as_of);
    let since = goal.covers_since(context.days.date_of(goal.made_at()), week_start);
    let last = goal.cadence.period_of(to.unwrap_or(today).min(today), week_start);
    let first = goal.cadence.period_of(from.unwrap_or(today).max(since), week_start);
    let days = day_number(first.before(week_start).dates.first)..day_number(last.dates.end);
    let rows = caller.store.creator_days(creator.project.project_id, record.creator_id, days).await?;
    let gains = gains_as_of(&rows, day_number(today), known.correction.as_ref());
    Ok((judge_periods(goal, &context, &gains, first, last), rows))
}

/// Evaluates a goal on each period from `first` to `last` that it covers, the latest first.
pub(crate) fn judge_periods(
    goal: &Goal,
    context: &Context<'_, Zone>,
    gains: &[(DayNumber, Gains)],
    first: Period,
    last: Period,
) -> Vec<Evaluation> {
    let gains = gains.to_vec();
    let mut evaluations = Vec::new();
    let mut period = last;
    while period.dates.first >= first.dates.first {
        evaluations.extend(evaluate_period(goal, period, context, &gains));
        period = period.before(context.settings.week_start);
    }
    evaluations
}

/// The number of past periods shown beside a goal.
pub const PERIODS_IN_STRIP: usize = 12;

/// Returns the evaluations of the last periods of each goal, without the current one, the latest first.
pub(crate) async fn strips(
    caller: &Caller,
    project_id: ProjectId,
    standing: &Standing,
    context: &Context<'_, Zone>,
    cards: &[GoalCard],
) -> Result<HashMap<GoalId, Vec<Evaluation>>, AppError> {
    let week_start = context.settings.week_start;
    let spans: Vec<(&GoalCard, Period, Period)> = cards
        .iter()
        .filter_map(|card| {
            let goal = &card.record.goal;
            let judged = card.evaluation.as_ref()?;
            // A goal may start later; periods it covered before are still shown.
            let current = judged.window.dates.first.min(context.days.date_of(context.as_of));
            let last = goal.cadence.period_of(current, week_start).before(week_start);
            let since = goal.covers_since(context.days.date_of(goal.made_at()), week_start);
            let mut first = last;
            for _ in 1..PERIODS_IN_STRIP {
                first = first.before(week_start);
            }
            let first = first.dates.first.max(since);
            (last.dates.end > since).then(|| (card, goal.cadence.period_of(first, week_start), last))
        })
        .collect();
    let days = spans
        .iter()
        .map(|(_, first, last)| (day_number(first.before(week_start).dates.first), day_number(last.dates.end)));
    let Some((first_day, end_day)) = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))) else {
        return Ok(HashMap::new());
    };
    let rows = caller.store.creator_days(project_id, standing.creator_id(), first_day..end_day).await?;
    let today = day_number(context.days.date_of(context.as_of));
    let gains = gains_as_of(&rows, today, standing.correction.as_ref());
    let strip = |(card, first, last): (&GoalCard, Period, Period)| {
        let judged = judge_periods(&card.record.goal, context, &gains, first, last);
        (card.record.goal_id, judged.into_iter().filter(Evaluation::has_ended).collect())
    };
    Ok(spans.into_iter().map(strip).collect())
}

pub(crate) fn context(creator: &CreatorView, looks: Looks) -> Context<'_, Zone> {
    creator.project.context(&creator.project.zone, creator.as_of, looks)
}
