//! The back-test of a goal: how a creator would have done with a target in the last periods. docs/rules.md,
//! "Back-test".

use crate::bounds::MAX_COUNT;
use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::evaluation::Context;
use crate::gains::Gains;
use crate::look::Looks;
use crate::metric::Metric;
use crate::period::{Cadence, Period};
use crate::terms::GoalTerms;

/// The number of periods that a back-test looks back.
pub const PERIODS: usize = 8;

/// The fewest periods with data from which anything is concluded.
pub const KNOWN_AT_LEAST: usize = 3;

/// The share of the periods with data in which a proposed target was met, in percent.
pub const PROPOSED_PERCENT: usize = 70;

/// The number of combinations of metric and cadence.
const KINDS: usize = Metric::ALL.len() * Cadence::ALL.len();

/// What one creator gained on a past local day, and the latest collections of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastDay {
    /// The local day.
    pub day: DayNumber,
    /// What was gained.
    pub gains: Gains,
    /// The latest collections of the day.
    pub looks: Looks,
}

/// The actuals of one metric in the last finished periods of one cadence, the oldest first; `None` where nothing was
/// collected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actuals(pub [Option<i64>; PERIODS]);

impl Actuals {
    /// Returns the number of periods with data.
    pub fn known(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Returns the number of periods with data in which a target was met.
    pub fn met(&self, target: i64) -> usize {
        self.0.iter().flatten().filter(|actual| **actual >= target).count()
    }

    /// Returns the largest target that was met in at least 70 % of the periods with data; `None` if there are fewer than
    /// [`KNOWN_AT_LEAST`] of these, or if not even a target of 1 was.
    pub fn proposed(&self) -> Option<i64> {
        let known = self.known();
        let enough = |target: &i64| self.met(*target) * 100 >= known * PROPOSED_PERCENT;
        let largest = self.0.iter().flatten().copied().filter(enough).max()?.min(MAX_COUNT);
        (known >= KNOWN_AT_LEAST && largest >= 1).then_some(largest)
    }
}

/// The actuals of one creator in the last [`PERIODS`] finished periods, for each metric and cadence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastActuals([Actuals; KINDS]);

impl PastActuals {
    /// Sums up the days of one creator, which are ordered and begin with [`first_day`](Self::first_day).
    ///
    /// A period counts as a whole, whatever the dates of the goal that is typed, and its actual is what a goal in force
    /// then would show now: the same day sums, of the posts that count as they are reviewed today. The period that
    /// contains `context.as_of` is left out. A period has no data if
    ///
    /// - the metric was not collected since it ended, so that it may still grow ("Awaiting data"), or
    /// - nothing was collected in it and nothing gained. For posts this holds only before the first day with data:
    ///   a post keeps its date, so a later collection shows that nothing was published in between.
    ///
    /// A period in which the first collection falls has data, as it has a verdict: it counts what was gained since.
    pub fn of<Z: LocalDays>(context: &Context<'_, Z>, days: &[PastDay]) -> PastActuals {
        let first_post_data = days.iter().find(|it| it.looks.posts.is_some() || it.gains.posts != 0).map(|it| it.day);
        let mut past = PastActuals::default();
        for cadence in Cadence::ALL {
            let mut rest = days;
            for (place, period) in periods_before(cadence, context).into_iter().rev().enumerate() {
                let dates = period.dates;
                let before = rest.partition_point(|it| it.day < day_number(dates.first));
                let (within, after) =
                    rest[before..].split_at(rest[before..].partition_point(|it| it.day < day_number(dates.end)));
                rest = after;
                let (mut gains, mut looks) = (Gains::default(), Looks::default());
                for day in within {
                    gains += day.gains;
                    looks.add(day.looks);
                }
                let Some(window) = period.window(&WHOLE, context.days) else { continue };
                for metric in Metric::ALL {
                    let complete = context.looks.covering(metric).is_some_and(|at| at >= window.end);
                    let actual = gains.of(metric);
                    let seen = actual != 0
                        || looks.covering(metric).is_some()
                        || metric == Metric::Posts && first_post_data.is_some_and(|day| day < day_number(dates.end));
                    past.0[kind(metric, cadence)].0[place] = (complete && seen).then_some(actual);
                }
            }
        }
        past
    }

    /// Returns the first local day that affects a back-test.
    pub fn first_day<Z: LocalDays>(context: &Context<'_, Z>) -> DayNumber {
        let firsts = Cadence::ALL.map(|cadence| periods_before(cadence, context)[PERIODS - 1].dates.first);
        firsts.into_iter().min().map_or(DayNumber::MAX, day_number)
    }

    /// Returns the actuals of a metric in the periods of a cadence.
    pub fn of_kind(&self, metric: Metric, cadence: Cadence) -> &Actuals {
        &self.0[kind(metric, cadence)]
    }

    /// Adds the actuals to a list of integers: for each kind the periods with data as bits, then their actuals.
    pub(crate) fn write(&self, list: &mut Vec<i64>) {
        for Actuals(actuals) in &self.0 {
            let known = actuals.iter().rev().fold(0, |bits, actual| bits * 2 + i64::from(actual.is_some()));
            list.push(known);
            list.extend(actuals.iter().flatten());
        }
    }

    /// Reads the actuals from the end of a list, where nothing may follow them.
    pub(crate) fn read(list: &[i64]) -> Option<PastActuals> {
        let mut numbers = list.iter().copied();
        let mut past = PastActuals::default();
        for Actuals(actuals) in &mut past.0 {
            let known = numbers.next()?;
            for (place, actual) in actuals.iter_mut().enumerate() {
                if (known >> place) & 1 == 1 {
                    *actual = Some(numbers.next()?);
                }
            }
        }
        numbers.next().is_none().then_some(past)
    }
}

/// Returns the last finished periods, the latest first.
pub fn periods_before<Z: LocalDays>(cadence: Cadence, context: &Context<'_, Z>) -> [Period; PERIODS] {
    let week_start = context.settings.week_start;
    let mut period = cadence.period_of(context.days.date_of(context.as_of), week_start);
    [(); PERIODS].map(|()| {
        period = period.before(week_start);
        period
    })
}

/// The terms of a goal that covers every period as a whole.
const WHOLE: GoalTerms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };

const fn kind(metric: Metric, cadence: Cadence) -> usize {
    metric as usize * Cadence::ALL.len() + cadence as usize
}
