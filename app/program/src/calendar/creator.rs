//! The calendar of one creator, with the periods of their goals and the gaps.

use super::day::{Gaps, Week, When};
use super::sheet::{Known, Sheet};
use super::shown::{Calendar, CalendarQuery};
use crate::caller::Caller;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::goals::periods::{Known as KnownOfGoals, context, judge_periods};
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::standings::gains::{PostsOfDay, gains_as_of};
use chrono::NaiveDate;
use compliance::calendar::{DayNumber, LocalDays as _, day_number};
use compliance::goal::Goal;
use compliance::period::{Dates, Period};
use compliance::{Cadence, Evaluation, Metric};

/// A verdict on a period of a goal.
#[derive(Debug, Clone)]
pub struct PeriodVerdict {
    /// The goal.
    pub goal_id: GoalId,
    /// The verdict.
    pub evaluation: Evaluation,
}

/// The calendar of one creator.
#[derive(Debug, Clone)]
pub struct CreatorCalendar {
    /// The creator.
    pub creator: CreatorView,
    /// The calendar.
    pub calendar: Calendar,
    /// The verdicts on the periods that have begun: daily and weekly ones of all weeks shown, and the month's.
    verdicts: Vec<PeriodVerdict>,
    /// The gaps of the month.
    pub gaps: Gaps,
}

impl CreatorCalendar {
    /// Returns the verdicts on a day.
    pub fn of_day(&self, date: NaiveDate) -> impl Iterator<Item = &PeriodVerdict> {
        self.of_period(Cadence::Daily, Some(date))
    }

    /// Returns the verdicts on a week.
    pub fn of_week(&self, week: &Week) -> impl Iterator<Item = &PeriodVerdict> {
        self.of_period(Cadence::Weekly, week.days.first().map(|day| day.date))
    }

    /// Returns the verdicts on the month.
    pub fn of_month(&self) -> impl Iterator<Item = &PeriodVerdict> {
        self.of_period(Cadence::Monthly, Some(self.calendar.month.dates().first))
    }

    fn of_period(&self, cadence: Cadence, first: Option<NaiveDate>) -> impl Iterator<Item = &PeriodVerdict> {
        self.verdicts.iter().filter(move |verdict| {
            let period = verdict.evaluation.window.period;
            period.cadence == cadence && Some(period.dates.first) == first
        })
    }
}

/// Returns the calendar of one creator, removed or not.
pub async fn creator_calendar(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    query: &CalendarQuery,
) -> Result<CreatorCalendar, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let known = KnownOfGoals::of(caller, &creator).await?;
    let sheet = Sheet::of(&creator.project, creator.as_of, query)?;
    let context = context(&creator, known.looks);
    let week_start = creator.project.settings.week_start;
    // The goals of a removed creator are judged again once they are restored.
    let goals = creator.standing.iter().flat_map(|standing| &standing.program.goals);
    let spans: Vec<(GoalId, &Goal, Period, Period)> = goals
        .filter_map(|record| {
            let goal = &record.goal;
            let shown = if goal.cadence == Cadence::Monthly { sheet.month.dates() } else { sheet.dates };
            let since = goal.covers_since(context.days.date_of(goal.made_at()), week_start);
            let (first, last) = (shown.first.max(since), shown.last().min(sheet.today));
            let period = |date| goal.cadence.period_of(date, week_start);
            (first <= last).then(|| (record.goal_id, goal, period(first), period(last)))
        })
        .collect();
    let mut days = sheet.day_numbers();
    for (_, _, first, last) in &spans {
        days.start = days.start.min(day_number(first.before(week_start).dates.first));
        days.end = days.end.max(day_number(last.dates.end));
    }
    let rows = caller.store.creator_days(project_id, creator_id, days).await?;
    let gains = gains_as_of(&rows, day_number(sheet.today), known.correction.as_ref());
    let mut verdicts = Vec::new();
    for (goal_id, goal, first, last) in spans {
        let judged = judge_periods(goal, &context, &gains, first, last).into_iter();
        // A goal that was ended by hand has no open period.
        let judged = judged.filter(|evaluation| evaluation.has_ended() || goal.terms().is_active);
        verdicts.extend(judged.map(|evaluation| PeriodVerdict { goal_id, evaluation }));
    }
    verdicts.sort_by_key(|verdict| (verdict.evaluation.metric, verdict.evaluation.window.start));

    let posts = gains.iter().map(|(day, gains)| posts_of_day(*day, gains.posts));
    let known = Known { posts: posts.collect(), looks: vec![known.looks.posts] };
    let record = creator.creator.clone();
    let mut calendar = sheet.filled(caller, query, Some(creator_id), &known, |_| Some(record.clone())).await?;
    mark_gaps(&mut calendar, &verdicts);
    let gaps = Gaps::among(calendar.days());
    Ok(CreatorCalendar { creator, calendar, verdicts, gaps })
}

fn posts_of_day(day: DayNumber, posts: i64) -> PostsOfDay {
    PostsOfDay { day, posts, creators: i64::from(posts > 0) }
}

/// Marks the days that are over and known, on which a goal asked for posts and nothing was published.
fn mark_gaps(calendar: &mut Calendar, verdicts: &[PeriodVerdict]) {
    let of_posts = verdicts.iter().filter(|verdict| verdict.evaluation.metric == Metric::Posts);
    let covered: Vec<Dates> = of_posts.map(|verdict| verdict.evaluation.window.dates).collect();
    let is_known = calendar.never_seen == 0;
    for day in calendar.weeks.iter_mut().flat_map(|week| &mut week.days) {
        let is_over = day.when == When::Past && day.unseen == 0 && is_known;
        let is_covered = || covered.iter().any(|dates| dates.contains(day.date));
        day.is_gap = is_over && day.published() == 0 && is_covered();
    }
}
