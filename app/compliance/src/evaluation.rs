//! Evaluates one goal at one instant. docs/rules.md, "Judging instant", "Status" and "The period that just closed".

use crate::advisory::{Advisory, Freshness, RECENTLY_ENDED_MS};
use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::gains::{DayGains, Gains};
use crate::goal::Goal;
use crate::instant::{DAY_MS, Instant};
use crate::look::Looks;
use crate::metric::Metric;
use crate::pace::{Hundredths, Progress, Ratio, Tenths, percentage};
use crate::period::{Cadence, Dates, Period, Window};
use crate::settings::ProjectSettings;
use crate::status::{self, Marker, Status};
use crate::terms::GoalTerms;
use chrono::NaiveDate;

/// How long a goal that has ended stays on the overview and in badges, in milliseconds.
pub const ENDED_GOAL_LISTED_MS: i64 = 7 * DAY_MS;

/// How long after its end a window waits for later readings, which show whether any in it are misreadings, in
/// milliseconds.
pub const READINGS_AWAITED_MS: i64 = 14 * DAY_MS;

/// The gains of one creator, summed over whole local days.
pub trait Actuals {
    /// Returns the gain of `metric` over the local dates, from facts at or before `as_of` only.
    fn gained(&self, metric: Metric, dates: Dates) -> i64;

    /// Returns the number of readings on the local dates that may yet turn out to be misreadings.
    fn awaiting(&self, metric: Metric, dates: Dates) -> i64;
}

impl Actuals for DayGains {
    fn gained(&self, metric: Metric, dates: Dates) -> i64 {
        sum(self.between(day_number(dates.first)..day_number(dates.end)).map(|(_, gains)| gains.of(metric)))
    }

    fn awaiting(&self, metric: Metric, dates: Dates) -> i64 {
        sum(self.between(day_number(dates.first)..day_number(dates.end)).map(|(_, gains)| gains.awaiting(metric)))
    }
}

/// Day buckets, ordered by day, at most one per day.
impl Actuals for [(DayNumber, Gains)] {
    fn gained(&self, metric: Metric, dates: Dates) -> i64 {
        sum(within(self, dates).map(|gains| gains.of(metric)))
    }

    fn awaiting(&self, metric: Metric, dates: Dates) -> i64 {
        sum(within(self, dates).map(|gains| gains.awaiting(metric)))
    }
}

impl Actuals for Vec<(DayNumber, Gains)> {
    fn gained(&self, metric: Metric, dates: Dates) -> i64 {
        self.as_slice().gained(metric, dates)
    }

    fn awaiting(&self, metric: Metric, dates: Dates) -> i64 {
        self.as_slice().awaiting(metric, dates)
    }
}

fn within(days: &[(DayNumber, Gains)], dates: Dates) -> impl Iterator<Item = &Gains> {
    let (first, end) = (day_number(dates.first), day_number(dates.end));
    let from = days.partition_point(|(day, _)| *day < first);
    days[from..].iter().take_while(move |(day, _)| *day < end).map(|(_, gains)| gains)
}

fn sum(gains: impl Iterator<Item = i64>) -> i64 {
    gains.fold(0, i64::saturating_add)
}

/// Everything that an evaluation depends on, except the goal and the gains.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a, Zone> {
    /// The project's local days.
    pub days: &'a Zone,
    /// The project's settings.
    pub settings: ProjectSettings,
    /// The instant of judgement.
    pub as_of: Instant,
    /// The latest collections of the creator at or before `as_of`.
    pub looks: Looks,
}

/// Goal, period, numbers, status and advisory, at one `as_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The instant of judgement.
    pub as_of: Instant,
    /// What is measured.
    pub metric: Metric,
    /// The goal's period: daily, weekly or monthly.
    pub cadence: Cadence,
    /// The window that is evaluated.
    pub window: Window,
    /// The target of the window; less than the goal's target value if the window is cut.
    pub target: i64,
    /// The amount measured so far. Not clamped: falling counters may make it negative.
    pub actual: i64,
    /// `actual` ÷ `target` in percent, as shown.
    pub percentage: i64,
    /// `target` × share of the window elapsed, rounded down to two decimals.
    pub expected: Hundredths,
    /// `actual` ÷ expected in percent, rounded down; `None` while nothing is expected.
    pub pace_percent: Option<i64>,
    /// The amount at the end of the window at this rate, rounded down; `None` while nothing is expected.
    pub projected: Option<i64>,
    /// What is needed per day from now on, rounded up to one decimal; `None` once ended.
    pub required_per_day: Option<Tenths>,
    /// The instant up to which the numbers are measured: `as_of`, the end of the window, or the last collection,
    /// whichever came first.
    pub measured_at: Option<Instant>,
    /// The verdict.
    pub status: Status,
    /// Flags saying that the numbers may still move.
    pub advisory: Advisory,
    /// Whether the verdict can no longer change: the window ended 48 hours ago, data was collected after its end, and no
    /// reading in it may still turn out to be a misreading (which is assumed after 14 days).
    pub is_final: bool,
    /// The evaluation of the period before, if the goal covers it.
    pub previous: Option<Box<Evaluation>>,
    /// The exact pace while open, the attainment once ended; the overview is ordered by it.
    pub(crate) order_by: Option<Ratio>,
}

impl Evaluation {
    /// Returns the marker shown beside the status. A goal that has not started has none.
    pub fn marker(&self) -> Option<Marker> {
        let markers = [
            (self.awaiting_data(), Marker::AwaitingData),
            (self.no_data_yet(), Marker::NoDataYet),
            (self.target_reached(), Marker::TargetReached),
        ];
        let first = markers.into_iter().find(|(applies, _)| *applies).map(|(_, marker)| marker);
        first.filter(|_| !self.advisory.not_yet_started)
    }

    /// Returns whether the marker "Target reached" applies: open, target met.
    pub fn target_reached(&self) -> bool {
        !self.has_ended() && self.actual >= self.target
    }

    /// Returns whether the marker "No data yet" applies: never collected in the scope of the metric.
    pub const fn no_data_yet(&self) -> bool {
        self.measured_at.is_none()
    }

    /// Returns whether the marker "Awaiting data" applies: ended, target not met, and not collected since.
    pub fn awaiting_data(&self) -> bool {
        self.status == Status::Missed && self.measured_at.is_none_or(|at| at < self.window.end)
    }

    /// Returns whether the goal is on track only as far as anybody has looked: its target is not reached, and its creator was
    /// never collected or is overdue, in the scope of the metric.
    pub fn waits_for_data(&self) -> bool {
        let is_overdue = self.advisory.scrape_freshness.is_none_or(|it| it.state == Freshness::Overdue);
        self.status == Status::OnTrack && !self.target_reached() && is_overdue
    }

    /// Returns whether the goal is open, unmet, and on track although slower than the target rate: never collected, or
    /// so early that nothing is due.
    pub fn nothing_due_yet(&self) -> bool {
        let slow = self.pace_percent.is_none_or(|pace| pace < 100);
        self.status == Status::OnTrack && slow && !self.target_reached()
    }

    /// Returns whether the window has ended at `as_of`.
    pub fn has_ended(&self) -> bool {
        self.as_of >= self.window.end
    }

    /// Returns whether both say the same of the same window, apart from the figures that merely follow the clock: the
    /// hours until and since the end, and what is required per day.
    pub fn says_the_same(&self, other: &Evaluation) -> bool {
        let timeless = |evaluation: &Evaluation| Evaluation {
            as_of: evaluation.window.start,
            required_per_day: None,
            advisory: evaluation.advisory.without_hours(),
            previous: None,
            ..*evaluation
        };
        let same_before = match (&self.previous, &other.previous) {
            (Some(before), Some(other)) => before.says_the_same(other),
            (None, None) => true,
            _ => false,
        };
        same_before && timeless(self) == timeless(other)
    }

    /// Returns the previous period's evaluation while it is recently ended and therefore shown beside this one.
    pub fn just_ended(&self) -> Option<&Evaluation> {
        self.previous.as_deref().filter(|previous| previous.advisory.period_recently_ended)
    }

    /// Returns the period that ended recently, if it was missed and does not merely await data.
    pub fn just_missed(&self) -> Option<&Evaluation> {
        self.just_ended().filter(|ended| ended.status == Status::Missed && !ended.awaiting_data())
    }
}

/// Evaluates a goal at `context.as_of`: its current period or, past its end date, its last one. `None` if the goal's
/// dates leave no window at all.
pub fn evaluate<Z: LocalDays>(goal: &Goal, context: &Context<'_, Z>, actuals: &impl Actuals) -> Option<Evaluation> {
    let found = current_window(goal, context.days.date_of(context.as_of), context)?;
    Some(judge_with_previous(goal, found, context, actuals))
}

/// Evaluates a goal at `context.as_of` on the period that contains a local date. (At the very end of a day, `as_of` is
/// the first instant of the next day.) Also `None` if the goal was switched off when that period closed.
pub fn evaluate_on<Z: LocalDays>(
    goal: &Goal,
    date: NaiveDate,
    context: &Context<'_, Z>,
    actuals: &impl Actuals,
) -> Option<Evaluation> {
    let found = current_window(goal, date, context).filter(|(_, _, terms)| terms.is_active)?;
    Some(judge_with_previous(goal, found, context, actuals))
}

/// Evaluates a goal at `context.as_of` on one period, by the terms that apply to it: `None` if the goal does not cover
/// the period, or was switched off when it closed. [`Goal::covers_since`] returns the first date for which there may be
/// one.
pub fn evaluate_period<Z: LocalDays>(
    goal: &Goal,
    period: Period,
    context: &Context<'_, Z>,
    actuals: &impl Actuals,
) -> Option<Evaluation> {
    let (window, terms) = window_of(goal, period, Some(first_date_without_start(goal, context)), context)?;
    let is_open = context.as_of < window.end;
    (is_open || terms.is_active).then(|| judge_with_previous(goal, (period, window, terms), context, actuals))
}

fn judge_with_previous<Z: LocalDays>(
    goal: &Goal,
    (period, window, terms): (Period, Window, &GoalTerms),
    context: &Context<'_, Z>,
    actuals: &impl Actuals,
) -> Evaluation {
    let mut evaluation = judge(goal, &window, terms, context, actuals);
    evaluation.previous = previous_window(goal, period, context)
        .map(|(window, terms)| Box::new(judge(goal, &window, terms, context, actuals)));
    evaluation
}

/// Returns the first date that a goal without a start date covers: that of the period in which it was made.
fn first_date_without_start<Z: LocalDays>(goal: &Goal, context: &Context<'_, Z>) -> NaiveDate {
    goal.cadence.period_of(context.days.date_of(goal.made_at()), context.settings.week_start).dates.first
}

/// Returns whether the goal belongs on the overview and in badges: active, and not ended for more than seven days.
pub fn is_listed<Z: LocalDays>(goal: &Goal, context: &Context<'_, Z>) -> bool {
    let ended_at = goal.terms().end_date.and_then(|last| last.succ_opt()).map(|end| context.days.start_of(end));
    let left = ended_at.is_some_and(|end| context.as_of.millis_since(end) >= ENDED_GOAL_LISTED_MS);
    goal.terms().is_active && !left
}

/// Returns the local dates whose gains [`evaluate`] reads, so that they can be loaded beforehand.
pub fn dates_needed<Z: LocalDays>(goal: &Goal, context: &Context<'_, Z>) -> Option<Dates> {
    dates_needed_on(goal, context.days.date_of(context.as_of), context)
}

/// Returns the local dates whose gains [`evaluate_on`] reads.
pub fn dates_needed_on<Z: LocalDays>(goal: &Goal, date: NaiveDate, context: &Context<'_, Z>) -> Option<Dates> {
    let (period, window, _) = current_window(goal, date, context)?;
    let first = previous_window(goal, period, context).map_or(window.dates.first, |(before, _)| before.dates.first);
    Some(Dates { first, end: window.dates.end })
}

/// Returns the window to evaluate, and the terms: of the period that contains `date` or, if the goal does not cover
/// that, of its first period (a goal that starts later) or its last (a goal that has ended).
fn current_window<'g, Z: LocalDays>(
    goal: &'g Goal,
    date: NaiveDate,
    context: &Context<'_, Z>,
) -> Option<(Period, Window, &'g GoalTerms)> {
    let week_start = context.settings.week_start;
    let asked = goal.cadence.period_of(date, week_start);
    if let Some((window, terms)) = window_asked_for(goal, asked, context) {
        return Some((asked, window, terms));
    }
    let GoalTerms { start_date, end_date, .. } = *goal.terms();
    let ahead = start_date.filter(|start| date < *start);
    let nearest = ahead.or(end_date.filter(|end| *end < date)).unwrap_or(date);
    let mut period = goal.cadence.period_of(nearest, week_start);
    for _ in 0..EMPTY_PERIODS_AT_MOST {
        if let Some((window, terms)) = window_asked_for(goal, period, context) {
            return Some((period, window, terms));
        }
        period = if ahead.is_some() { period.after(week_start) } else { period.before(week_start) };
    }
    None
}

/// Returns the window of a requested period: the one of the goal's history or, if the goal does not cover the period,
/// the one it would have if the goal had always been in force.
fn window_asked_for<'g, Z: LocalDays>(
    goal: &'g Goal,
    period: Period,
    context: &Context<'_, Z>,
) -> Option<(Window, &'g GoalTerms)> {
    window_of(goal, period, Some(first_date_without_start(goal, context)), context)
        .or_else(|| window_of(goal, period, None, context))
}

/// Returns the goal's last non-empty window before `period`, if the goal covers it and was active when it closed.
fn previous_window<'g, Z: LocalDays>(
    goal: &'g Goal,
    period: Period,
    context: &Context<'_, Z>,
) -> Option<(Window, &'g GoalTerms)> {
    let Context { days, settings: ProjectSettings { week_start, .. }, .. } = *context;
    let undated_start = first_date_without_start(goal, context);
    let mut before = period.before(week_start);
    for _ in 0..EMPTY_PERIODS_AT_MOST {
        if days.start_of(before.dates.first) < days.start_of(before.dates.end) {
            let found = window_of(goal, before, Some(undated_start), context);
            return found.filter(|(_, terms)| terms.is_active);
        }
        before = before.before(week_start);
    }
    None
}

/// The most steps back to a non-empty period. Dates that do not exist come singly, so two steps are enough.
const EMPTY_PERIODS_AT_MOST: u32 = 3;

/// Returns the window of a period under the terms that apply to it: those in force when it closed or, for a period
/// before these start, the first later ones with an explicit start date that covers it. Terms without a start date
/// start on `undated_start`; without that, they count as always in force.
fn window_of<'g, Z: LocalDays>(
    goal: &'g Goal,
    period: Period,
    undated_start: Option<NaiveDate>,
    context: &Context<'_, Z>,
) -> Option<(Window, &'g GoalTerms)> {
    let mut versions = goal.terms_at_close(context.days.start_of(period.dates.end));
    let starts_in_time = |start: NaiveDate| start < period.dates.end;
    let in_force = versions.next()?;
    let terms = if in_force.start_date.or(undated_start).is_none_or(starts_in_time) {
        in_force
    } else {
        versions.find(|terms| terms.start_date.is_some_and(starts_in_time))?
    };
    Some((period.window(terms, context.days)?, terms))
}

fn judge<Z: LocalDays>(
    goal: &Goal,
    window: &Window,
    terms: &GoalTerms,
    context: &Context<'_, Z>,
    actuals: &impl Actuals,
) -> Evaluation {
    let Context { settings, as_of, looks, .. } = *context;
    let last_collection = looks.covering(goal.metric);
    let target = window.target(terms.target_value);
    let actual = actuals.gained(goal.metric, window.dates);
    let ended = as_of >= window.end;

    let measured_at = last_collection.map(|at| at.min(as_of).min(if ended { window.end } else { as_of }));
    let elapsed = measured_at.map_or(0, |at| at.millis_since(window.start).clamp(0, window.millis()));
    let in_grace = status::is_early(elapsed, window.millis(), settings.early_grace_percent);

    let Progress { expected, pace, projected } = Progress::of(target, actual, elapsed, window.millis());
    let attainment = Ratio::new(i128::from(actual), i128::from(target));
    let status = if ended { status::of_ended(actual, target) } else { status::of_open(actual, target, in_grace, pace) };

    let advisory = Advisory::at(window, as_of, last_collection, settings.collection_interval_hours);
    let since_end = as_of.millis_since(window.end);
    let is_final = since_end >= RECENTLY_ENDED_MS
        && last_collection.is_some_and(|at| at >= window.end)
        && (since_end >= READINGS_AWAITED_MS || actuals.awaiting(goal.metric, window.dates) == 0);
    Evaluation {
        as_of,
        metric: goal.metric,
        cadence: goal.cadence,
        window: *window,
        target,
        actual,
        percentage: percentage(actual, target),
        expected,
        pace_percent: pace.map(Ratio::percent_floor),
        projected: projected.map(Ratio::floor),
        required_per_day: (!ended).then(|| required_per_day(target, actual, window, as_of)),
        measured_at,
        status,
        advisory,
        is_final,
        previous: None,
        order_by: if ended { attainment } else { pace },
    }
}

fn required_per_day(target: i64, actual: i64, window: &Window, as_of: Instant) -> Tenths {
    let missing = (i128::from(target) - i128::from(actual)).max(0);
    let left = window.end.millis_since(as_of.max(window.start)).max(DAY_MS);
    Tenths::ceil(missing * i128::from(DAY_MS), i128::from(left))
}
