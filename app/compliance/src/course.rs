//! The course of a goal through its window: how much was reached by when, and when nobody looked. A chart draws it
//! from the same gains that the verdict adds up, so its last step is the verdict's own number.

use crate::calendar::{DayNumber, LocalDays, date_of_day, day_number};
use crate::evaluation::{Actuals, Evaluation};
use crate::gains::Gains;
use crate::instant::{HOUR_MS, Instant};
use crate::look::Looks;
use crate::pace::{Hundredths, Progress};
use crate::period::Dates;
use crate::settings::ProjectSettings;

/// What was reached by an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The instant.
    pub at: Instant,
    /// Everything gained in the window by then.
    pub reached: i64,
    /// What was expected by then.
    pub expected: Hundredths,
}

/// A stretch of a window, `[from, to)`, in which nobody looked at the creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unseen {
    /// Its beginning.
    pub from: Instant,
    /// Its end.
    pub to: Instant,
}

/// The course of a goal through a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// What was reached, in order of time: at most one step for each day of the window or for each hour, and one for the
    /// last look. Empty if the window has not begun, or if there is neither a look nor a gain.
    pub steps: Vec<Step>,
    /// When nobody looked, in order of time.
    pub unseen: Vec<Unseen>,
}

/// What is known of a creator for a course.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// What was gained on each local day by facts at or before the instant of judgement, ordered by day.
    pub gains: &'a [(DayNumber, Gains)],
    /// The latest looks of each local day at or before that instant, ordered by day; those of the last day before the
    /// window tell when the creator had been seen before.
    pub looks: &'a [(DayNumber, Looks)],
}

impl Course {
    /// Returns the course by local days. The gains of a day are known at the latest look of that day; without one, at its
    /// end. What is dated after the last look counts at the last look, as in the verdict.
    pub fn by_day(evaluation: &Evaluation, seen: Seen<'_>, settings: ProjectSettings, days: &impl LocalDays) -> Course {
        let dates = evaluation.window.dates;
        let looks = looks_covering(evaluation, seen.looks);
        let gained = (day_number(dates.first)..day_number(dates.end)).filter_map(|day| {
            let date = date_of_day(day);
            let end = date.succ_opt()?;
            let gain = seen.gains.gained(evaluation.metric, Dates { first: date, end });
            let look = looks.iter().rev().find(|(on, _)| *on == day).map(|(_, at)| *at);
            (gain != 0 || look.is_some()).then(|| (look.unwrap_or_else(|| days.start_of(end)), gain))
        });
        Course::of(evaluation, gained, &looks, settings, days)
    }

    /// Returns the course by hours, from what was gained at single instants of the window, in any order.
    pub fn by_hour(
        evaluation: &Evaluation,
        bookings: impl IntoIterator<Item = (Instant, i64)>,
        seen: Seen<'_>,
        settings: ProjectSettings,
        days: &impl LocalDays,
    ) -> Course {
        let mut bookings: Vec<(Instant, i64)> = bookings.into_iter().collect();
        bookings.sort_unstable_by_key(|(at, _)| *at);
        let hour = |at: Instant| at.millis_since(evaluation.window.start).div_euclid(HOUR_MS);
        let hours = bookings.chunk_by(|(one, _), (other, _)| hour(*one) == hour(*other)).map(|of_hour| {
            let gain = of_hour.iter().fold(0, |sum: i64, (_, gain)| sum.saturating_add(*gain));
            (of_hour.last().map_or(evaluation.window.start, |(at, _)| *at), gain)
        });
        Course::of(evaluation, hours, &looks_covering(evaluation, seen.looks), settings, days)
    }

    fn of(
        evaluation: &Evaluation,
        gained: impl Iterator<Item = (Instant, i64)>,
        looks: &[(DayNumber, Instant)],
        settings: ProjectSettings,
        days: &impl LocalDays,
    ) -> Course {
        let (window, until) = (&evaluation.window, evaluation.as_of.min(evaluation.window.end));
        if until < window.start {
            return Course::default();
        }
        let last = evaluation.measured_at.unwrap_or(until).clamp(window.start, until);
        let mut steps: Vec<Step> = Vec::new();
        let mut reached: i64 = 0;
        for (at, gain) in gained {
            reached = reached.saturating_add(gain);
            add(&mut steps, step(evaluation, at.clamp(window.start, last), reached));
        }
        if evaluation.measured_at.is_some() || !steps.is_empty() {
            add(&mut steps, step(evaluation, last, reached));
        }
        Course { steps, unseen: unseen(evaluation, until, looks, settings, days) }
    }
}

fn step(evaluation: &Evaluation, at: Instant, reached: i64) -> Step {
    let (elapsed, whole) = (at.millis_since(evaluation.window.start), evaluation.window.millis());
    Step { at, reached, expected: Progress::of(evaluation.target, reached, elapsed, whole).expected }
}

/// Adds a step; one of the same instant replaces the one before.
fn add(steps: &mut Vec<Step>, step: Step) {
    steps.pop_if(|before| before.at >= step.at);
    steps.push(step);
}

/// Returns the latest look of each day that covers the metric.
fn looks_covering(evaluation: &Evaluation, looks: &[(DayNumber, Looks)]) -> Vec<(DayNumber, Instant)> {
    looks.iter().filter_map(|(day, looks)| Some((*day, looks.covering(evaluation.metric)?))).collect()
}

/// Returns when nobody looked: after the last look, and wherever no look is known for longer than the collection interval.
/// Of each day only the latest look is known, so a stretch ends when the day of the next look begins.
fn unseen(
    evaluation: &Evaluation,
    until: Instant,
    looks: &[(DayNumber, Instant)],
    settings: ProjectSettings,
    days: &impl LocalDays,
) -> Vec<Unseen> {
    let start = evaluation.window.start;
    let interval = i64::from(settings.collection_interval_hours).saturating_mul(HOUR_MS);
    let mut stretches = Vec::new();
    let mut before: Option<Instant> = None;
    let known = looks.iter().copied().filter(|(_, at)| evaluation.measured_at.is_some_and(|last| *at < last));
    // A look after the window ends what nobody saw at the window's end.
    let last = evaluation.measured_at.map(|at| (day_number(days.date_of(at)), at));
    for (day, at) in known.chain(last) {
        let day_starts = days.start_of(date_of_day(day));
        if at > start && day_starts.millis_since(before.unwrap_or(start)) > interval {
            stretches.push(Unseen { from: before.map_or(start, |before| before.max(start)), to: day_starts });
        }
        before = Some(at);
    }
    let last = evaluation.measured_at.map_or(start, |at| at.max(start));
    stretches.push(Unseen { from: last, to: until });
    stretches.retain(|stretch| stretch.from < stretch.to);
    stretches
}
