//! Goals: the Creator Goals tab with its evidence, and the forms that make, edit, end and delete a goal.
#![expect(clippy::too_many_arguments, reason = "a server function takes every field of its form")]

use super::creators::{CreatorView, creator};
use super::once::id_made;
use super::{Server, answer, undo_since};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{
    AsOfCorrection, DayRow, Deleted, FollowerReading, GoalRecord, PostEvidence, Standing, gains_as_of, looks_as_of,
};
use chrono::NaiveDate;
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::evaluation::{Context, dates_needed, evaluate, evaluate_period, is_listed};
use compliance::goal::{Goal, GoalErrors, GoalForm, GoalTerms, NewGoal};
use compliance::ledger::Gains;
use compliance::period::{Dates, Period};
use compliance::preview::GoalPreview;
use compliance::{Evaluation, Looks, Metric, PostReason};
use leptos::server;
use std::collections::HashMap;
use uuid::Uuid;

/// A goal with its verdict.
#[derive(Debug, Clone)]
pub struct GoalCard {
    /// The goal.
    pub record: GoalRecord,
    /// Its evaluation; `None` if its dates leave no window.
    pub evaluation: Option<Evaluation>,
}

/// The Creator Goals tab.
#[derive(Debug, Clone)]
pub struct CreatorGoals {
    /// The creator.
    pub creator: CreatorView,
    /// Listed goals, the most urgent first.
    pub current: Vec<GoalCard>,
    /// Goals that were ended, or ended more than a week ago; the newest first.
    pub ended: Vec<GoalCard>,
    /// Goals that were deleted and can be brought back.
    pub deleted: Vec<Deleted<GoalRecord>>,
    /// The evidence asked for.
    pub evidence: Option<Evidence>,
    /// The verdicts on the last periods of each current goal, the latest first.
    pub strips: HashMap<Uuid, Vec<Evaluation>>,
}

/// Which evidence to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// Of which goal.
    pub goal_id: Uuid,
    /// Of which of its periods.
    pub of: WhyOf,
    /// Every row, also of a long list.
    pub all: bool,
}

/// Which period of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyOf {
    /// The one that is judged now.
    Current,
    /// The one before it.
    Previous,
    /// The one that holds this local date.
    On(NaiveDate),
}

impl Why {
    /// Whether these are the reasons behind this number.
    #[must_use]
    pub fn is_of(&self, goal_id: Uuid, of: WhyOf) -> bool {
        self.goal_id == goal_id && self.of == of
    }
}

/// The reasons behind a number; what is in it adds up to the actual.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What was asked for.
    pub why: Why,
    /// What is explained.
    pub evaluation: Evaluation,
    /// What it is made of.
    pub contributions: Contributions,
}

/// What a number is made of.
#[derive(Debug, Clone)]
pub enum Contributions {
    /// Posts, views and engagement.
    Posts {
        /// Every post that is of the period: counted ones first, then the others by their reason.
        of_period: Vec<PostContribution>,
        /// How many further posts have nothing booked in the period.
        outside: usize,
        /// The sum of all contributions.
        sum: i64,
    },
    /// Followers.
    Followers {
        /// The last reading before the window or, without one, the first in it.
        baseline: Option<FollowerReading>,
        /// The readings in the window.
        readings: Vec<FollowerReading>,
        /// The last reading less the baseline.
        sum: i64,
    },
}

/// One post and what it contributes.
#[derive(Debug, Clone)]
pub struct PostContribution {
    /// The post.
    pub post: PostEvidence,
    /// Its one reason.
    pub reason: PostReason,
    /// What it adds to the actual.
    pub contribution: i64,
}

/// The goals of a creator, with the evidence asked for.
pub async fn creator_goals(
    server: &Server,
    project_id: Uuid,
    creator_id: Uuid,
    why: Option<Why>,
) -> Result<CreatorGoals, AppError> {
    let creator = creator(server, project_id, creator_id).await?;
    let Some(standing) = &creator.standing else {
        return Ok(CreatorGoals {
            creator,
            current: Vec::new(),
            ended: Vec::new(),
            deleted: Vec::new(),
            evidence: None,
            strips: HashMap::new(),
        });
    };
    let context = context(&creator, standing.looks);
    let records = &standing.program.goals;
    let gains = gains_for(server, project_id, standing, &context, records).await?;
    let card =
        |record: &GoalRecord| GoalCard { record: record.clone(), evaluation: evaluate(&record.goal, &context, &gains) };
    let (listed, unlisted): (Vec<_>, Vec<_>) = records.iter().partition(|record| is_listed(&record.goal, &context));
    let mut current: Vec<GoalCard> = listed.into_iter().map(card).collect();
    // In the order of the badges.
    let place = |goal_id: Uuid| standing.evaluations.iter().position(|(id, _)| *id == goal_id);
    current.sort_by_key(|card| place(card.record.goal_id).unwrap_or(usize::MAX));
    let ended: Vec<GoalCard> = unlisted.into_iter().rev().map(card).collect();

    let strips = strips(server, project_id, standing, &context, &current).await?;
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
                    history(server, &creator, &card.record, &known, on).await?.into_iter().next()
                }
            };
            judged.map(|evaluation| (why, evaluation))
        }
        None => None,
    };
    let evidence = match asked {
        Some((why, evaluation)) => {
            let contributions = contributions(server, project_id, creator_id, &evaluation).await?;
            Some(Evidence { why, evaluation, contributions })
        }
        None => None,
    };
    let deleted = server.store.deleted_goals(project_id, creator_id, undo_since(server.now())).await?;
    Ok(CreatorGoals { creator, current, ended, deleted, evidence, strips })
}

/// One goal judged on the period that contains a local date (today's if none is given), with what the number is made
/// of. `None` if the goal covers no day of that period, or the period has not begun.
pub async fn explain(
    server: &Server,
    project_id: Uuid,
    record: &GoalRecord,
    date: Option<NaiveDate>,
) -> Result<Option<(Evaluation, Contributions)>, AppError> {
    let creator = creator(server, project_id, record.creator_id).await?;
    let known = Known::of(server, &creator).await?;
    let periods = history(server, &creator, record, &known, (date, date)).await?;
    let Some(evaluation) = periods.into_iter().next() else { return Ok(None) };
    let contributions = contributions(server, project_id, record.creator_id, &evaluation).await?;
    Ok(Some((evaluation, contributions)))
}

/// A goal judged on each period that has begun and that holds a date of `from..=to`, the latest first. Both ends are
/// today if not given.
pub async fn periods(
    server: &Server,
    project_id: Uuid,
    record: &GoalRecord,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Evaluation>, AppError> {
    let creator = creator(server, project_id, record.creator_id).await?;
    let known = Known::of(server, &creator).await?;
    history(server, &creator, record, &known, (from, to)).await
}

/// What is known of a creator at the instant of their view beside whole days, removed or not.
struct Known {
    looks: Looks,
    correction: Option<AsOfCorrection>,
}

impl Known {
    async fn of(server: &Server, creator: &CreatorView) -> Result<Known, AppError> {
        if let Some(standing) = &creator.standing {
            return Ok(Known::by(standing));
        }
        // The program in memory leaves out who was removed.
        let CreatorView { project, as_of, creator, .. } = creator;
        let program = server.store.program(project.project_id, *as_of).await?.ok_or(AppError::NotFound)?;
        let corrections = server.store.corrections_as_of(&program, *as_of).await?;
        let correction = corrections.into_iter().find(|correction| correction.creator_id == creator.creator_id);
        Ok(Known { looks: looks_as_of(creator, *as_of, correction.as_ref()), correction })
    }

    fn by(standing: &Standing) -> Known {
        Known { looks: standing.looks, correction: standing.correction }
    }
}

async fn history(
    server: &Server,
    creator: &CreatorView,
    record: &GoalRecord,
    known: &Known,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<Evaluation>, AppError> {
    let context = context(creator, known.looks);
    let (goal, week_start) = (&record.goal, context.settings.week_start);
    let today = context.days.date_of(context.as_of);
    let since = goal.covers_since(context.days.date_of(goal.made_at()), week_start);
    let last = goal.cadence.period_of(to.unwrap_or(today).min(today), week_start);
    let first = goal.cadence.period_of(from.unwrap_or(today).max(since), week_start);
    let days = day_number(first.before(week_start).dates.first)..day_number(last.dates.end);
    let rows = server.store.creator_days(creator.project.project_id, record.creator_id, days).await?;
    let gains = gains_as_of(&rows, day_number(today), known.correction.as_ref());
    Ok(judge_periods(goal, &context, &gains, first, last))
}

/// A goal judged on each period from `first` to `last` that it covers, the latest first.
fn judge_periods(
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

/// So many past periods stand beside a goal.
pub const PERIODS_IN_STRIP: usize = 12;

/// The verdicts on the last periods of each goal, but for the one that is judged now; the latest first.
async fn strips(
    server: &Server,
    project_id: Uuid,
    standing: &Standing,
    context: &Context<'_, Zone>,
    cards: &[GoalCard],
) -> Result<HashMap<Uuid, Vec<Evaluation>>, AppError> {
    let week_start = context.settings.week_start;
    let spans: Vec<(&GoalCard, Period, Period)> = cards
        .iter()
        .filter_map(|card| {
            let goal = &card.record.goal;
            let judged = card.evaluation.as_ref()?;
            // A goal may lie ahead; what it covered before stays.
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
    let rows = server.store.creator_days(project_id, standing.creator_id(), first_day..end_day).await?;
    let today = day_number(context.days.date_of(context.as_of));
    let gains = gains_as_of(&rows, today, standing.correction.as_ref());
    let strip = |(card, first, last): (&GoalCard, Period, Period)| {
        let judged = judge_periods(&card.record.goal, context, &gains, first, last);
        (card.record.goal_id, judged.into_iter().filter(Evaluation::has_ended).collect())
    };
    Ok(spans.into_iter().map(strip).collect())
}

fn context(creator: &CreatorView, looks: Looks) -> Context<'_, Zone> {
    Context { days: &creator.project.zone, settings: creator.project.settings, as_of: creator.as_of, looks }
}

/// The gains that all goals of a creator need, also those that ended long ago.
async fn gains_for(
    server: &Server,
    project_id: Uuid,
    standing: &Standing,
    context: &Context<'_, Zone>,
    records: &[GoalRecord],
) -> Result<Vec<(DayNumber, Gains)>, AppError> {
    let needed = records.iter().filter_map(|record| dates_needed(&record.goal, context));
    let first = needed.map(|dates| day_number(dates.first)).min().unwrap_or(standing.first_day);
    let mut rows: Vec<DayRow> = Vec::new();
    if first < standing.first_day {
        rows = server.store.creator_days(project_id, standing.creator_id(), first..standing.first_day).await?;
    }
    rows.extend_from_slice(&standing.program.days);
    Ok(gains_as_of(&rows, day_number(context.days.date_of(context.as_of)), standing.correction.as_ref()))
}

async fn contributions(
    server: &Server,
    project_id: Uuid,
    creator_id: Uuid,
    evaluation: &Evaluation,
) -> Result<Contributions, AppError> {
    let Evaluation { window, as_of, metric, .. } = evaluation;
    if *metric == Metric::Followers {
        let mut readings = server.store.follower_evidence(project_id, creator_id, window, *as_of).await?;
        let baseline = readings.first().copied();
        let sum = readings.last().zip(baseline).map_or(0, |(last, first)| last.followers - first.followers);
        readings.retain(|reading| reading.captured_at >= window.start);
        return Ok(Contributions::Followers { baseline, readings, sum });
    }
    let posts = server.store.post_evidence(project_id, creator_id, window, *as_of).await?;
    let mut of_period: Vec<PostContribution> = posts
        .into_iter()
        .map(|post| {
            let (reason, contribution) = post.window.explain(*metric, window, *as_of);
            PostContribution { post, reason, contribution }
        })
        .collect();
    let sum = of_period.iter().map(|post| post.contribution).fold(0, i64::saturating_add);
    let all = of_period.len();
    // Posts that can never count are of the period only if something of them happened in it.
    of_period.retain(|post| match post.reason {
        PostReason::OutsidePeriod => false,
        PostReason::Counted | PostReason::NoDataYet => true,
        PostReason::TrackingDisabled | PostReason::Excluded | PostReason::PendingReview => {
            let published = window.start <= post.post.window.published_at && post.post.window.published_at < window.end;
            published || (*metric != Metric::Posts && post.post.window.booked(*metric, window, *as_of).is_some())
        }
    });
    of_period.sort_by_key(|post| (std::cmp::Reverse(post.reason), std::cmp::Reverse(post.contribution)));
    let outside = all - of_period.len();
    Ok(Contributions::Posts { of_period, outside, sum })
}

/// A goal form with what it needs to be shown.
#[derive(Debug, Clone)]
pub struct GoalFormView {
    /// The creator.
    pub creator: CreatorView,
    /// The goal that is edited; `None` to add one.
    pub record: Option<GoalRecord>,
    /// What the browser judges the typed goal by; `None` if the creator was removed.
    pub preview: Option<GoalPreview>,
}

/// What the form to add (`goal_id` is `None`) or edit a goal shows.
pub async fn goal_form(
    server: &Server,
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Option<Uuid>,
) -> Result<GoalFormView, AppError> {
    let creator = creator(server, project_id, creator_id).await?;
    let record = match goal_id {
        Some(goal_id) => Some(find_goal(server, project_id, creator_id, goal_id).await?),
        None => None,
    };
    let preview = match &creator.standing {
        Some(standing) => {
            let context = context(&creator, standing.looks);
            let dates: Dates = GoalPreview::dates_around(&context);
            let today = day_number(context.days.date_of(context.as_of));
            let gains = gains_as_of(&standing.program.days, today, standing.correction.as_ref());
            let gains: Vec<_> = gains.into_iter().filter(|(day, _)| *day >= day_number(dates.first)).collect();
            Some(GoalPreview::new(&context, dates, &gains))
        }
        None => None,
    };
    Ok(GoalFormView { creator, record, preview })
}

/// One goal of a creator.
pub async fn find_goal(
    server: &Server,
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
) -> Result<GoalRecord, AppError> {
    server.project(project_id, Action::Read).await?;
    let goals = server.store.goals(project_id, creator_id).await?;
    goals.into_iter().find(|record| record.goal_id == goal_id).ok_or(AppError::NotFound)
}

/// The form that shows a goal as it is.
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

/// The value of `refused` in the URL of a form that overlaps another goal.
pub const OVERLAPS: &str = "overlaps";

/// What is wrong with a form that was sent back: the same rules say it again.
#[must_use]
pub fn errors_of(form: &GoalForm, refused: &str) -> GoalErrors {
    match NewGoal::parse(form) {
        _ if refused.is_empty() => GoalErrors::default(),
        Err(errors) => errors,
        Ok(goal) if refused == OVERLAPS => GoalErrors::overlaps(goal.metric, goal.cadence),
        Ok(_) => GoalErrors::default(),
    }
}

/// A goal form as the query of an address, and why it was sent back.
pub fn typed<'f>(form: &'f GoalForm, why: &'f str) -> [(&'static str, &'f str); 6] {
    [
        ("metric", form.metric.as_str()),
        ("period", &form.period),
        ("target_value", &form.target_value),
        ("start_date", &form.start_date),
        ("end_date", &form.end_date),
        ("refused", why),
    ]
}

fn refuse(page: &str, form: &GoalForm, why: &str, errors: &GoalErrors) -> Result<(), AppError> {
    let sentences = errors.by_field().filter_map(|(field, message)| Some(format!("{field}: {}", message?)));
    let sentences = sentences.collect::<Vec<_>>().join(" ");
    let error = if why == OVERLAPS { AppError::Conflict(sentences) } else { AppError::Invalid(sentences) };
    answer::refused(page, &typed(form, why), error)
}

/// Makes a goal.
#[server(prefix = "/forms", endpoint = "create_goal")]
pub async fn create_goal(
    project_id: Uuid,
    creator_id: Uuid,
    #[server(default)] metric: String,
    #[server(default)] period: String,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let form = GoalForm { metric, period, target_value, start_date, end_date };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    let page = format!("{goals}/new");
    let new = match NewGoal::parse(&form) {
        Ok(new) => new,
        Err(errors) => return refuse(&page, &form, "1", &errors),
    };
    let goal_id = id_made(
        &form_id,
        "goal",
        &[&goals, &form.metric, &form.period, &form.target_value, &form.start_date, &form.end_date],
    )?;
    if !server.store.create_goal(project_id, creator_id, goal_id, &new, server.now()).await? {
        return refuse(&page, &form, OVERLAPS, &GoalErrors::overlaps(new.metric, new.cadence));
    }
    answer::done(&format!("{goals}?done=goal_added#goal-{goal_id}"));
    Ok(())
}

/// Changes a goal's target and dates. What it measures and how often stay: that would be another goal.
#[server(prefix = "/forms", endpoint = "edit_goal")]
pub async fn edit_goal(
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
    #[server(default)] target_value: String,
    #[server(default)] start_date: String,
    #[server(default)] end_date: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let record = find_goal(&server, project_id, creator_id, goal_id).await?;
    server.project(project_id, Action::Write).await?;
    let form = GoalForm { target_value, start_date, end_date, ..form_of(&record) };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    let page = format!("{goals}/{goal_id}/edit");
    let edited = match NewGoal::parse(&form) {
        Ok(edited) => edited,
        Err(errors) => return refuse(&page, &form, "1", &errors),
    };
    let terms = GoalTerms { is_active: record.goal.terms().is_active, ..edited.terms };
    if server.store.edit_goal(project_id, goal_id, &terms, server.now()).await? {
        answer::done(&format!("{goals}?done=goal_saved#goal-{goal_id}"));
        return Ok(());
    }
    refuse(&page, &form, OVERLAPS, &GoalErrors::overlaps(edited.metric, edited.cadence))
}

/// Ends a goal now (`is_active` false), or takes it up again (`is_active` true).
#[server(prefix = "/forms", endpoint = "set_goal_active")]
pub async fn set_goal_active(
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
    is_active: bool,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let record = find_goal(&server, project_id, creator_id, goal_id).await?;
    server.project(project_id, Action::Write).await?;
    let terms = GoalTerms { is_active, ..*record.goal.terms() };
    let goals = format!("/projects/{project_id}/creators/{creator_id}/goals");
    if server.store.edit_goal(project_id, goal_id, &terms, server.now()).await? {
        let done = if is_active { "goal_resumed" } else { "goal_ended" };
        answer::done(&format!("{goals}?done={done}#goal-{goal_id}"));
        return Ok(());
    }
    let errors = GoalErrors::overlaps(record.goal.metric, record.goal.cadence);
    let sentence = errors.period.unwrap_or_default();
    answer::refused(&goals, &[("refused", OVERLAPS)], AppError::Conflict(sentence))
}

/// Brings a deleted goal back.
#[server(prefix = "/forms", endpoint = "restore_goal")]
pub async fn restore_goal(project_id: Uuid, creator_id: Uuid, goal_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators/{creator_id}/goals");
    if server.store.restore_goal(project_id, goal_id, undo_since(server.now())).await? {
        answer::done(&format!("{page}?done=goal_restored"));
        return Ok(());
    }
    let error = "Another goal of the same kind covers these dates now. End or edit that one first.";
    answer::refused(&page, &[("refused", OVERLAPS)], AppError::Conflict(error.to_owned()))
}

/// Deletes a goal with its history.
#[server(prefix = "/forms", endpoint = "delete_goal")]
pub async fn delete_goal(project_id: Uuid, creator_id: Uuid, goal_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.delete_goal(project_id, goal_id, server.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}/goals?done=goal_deleted"));
    Ok(())
}
