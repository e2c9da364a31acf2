//! Previews a goal's status today, in the browser, while the target is being typed.

use crate::back_test::{PERIODS, PastActuals, periods_before};
use crate::calendar::{DayNumber, DayTable, LocalDays, date_of_day, day_number};
use crate::covered::Covered;
use crate::evaluation::{Context, Evaluation, dates_needed, evaluate};
use crate::gains::Gains;
use crate::goal::{Goal, GoalVersion};
use crate::goal_form::{GoalErrors, GoalForm, NewGoal};
use crate::instant::Instant;
use crate::look::Looks;
use crate::metric::Metric;
use crate::period::{Cadence, Dates, WeekStart};
use crate::settings::ProjectSettings;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the browser needs to evaluate any goal of one creator today: local days and the gains of each, a few months at
/// most.
///
/// It is serialized as one list of integers: the browser parses that with the least code, and field names would be most
/// of the bytes in the page's largest attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<i64>", try_from = "Vec<i64>")]
pub struct GoalPreview {
    as_of: Instant,
    /// The local date on which the goal was made; today for a new one.
    made_on: DayNumber,
    looks: Looks,
    settings: ProjectSettings,
    days: DayTable,
    /// Ordered by day; days without gains are left out.
    gains: Vec<(DayNumber, Gains)>,
    /// What the creator's other active goals cover.
    others: Vec<Covered>,
    past: PastActuals,
}

/// The value in the list for a scope that was never collected.
const NEVER: i64 = i64::MIN;

impl GoalPreview {
    /// Creates a preview of a goal that was made on `made_on` over the local dates `dates`; `gains` are ordered by day.
    pub fn new<Z: LocalDays>(
        context: &Context<'_, Z>,
        made_on: NaiveDate,
        dates: Dates,
        gains: &[(DayNumber, Gains)],
    ) -> GoalPreview {
        GoalPreview {
            as_of: context.as_of,
            made_on: day_number(made_on),
            looks: context.looks,
            settings: context.settings,
            days: DayTable::of(context.days, dates.first, dates.last()),
            gains: gains.to_vec(),
            others: Vec::new(),
            past: PastActuals::default(),
        }
    }

    /// Adds what the typed goal is compared with: the creator's other active goals, and their last periods.
    #[must_use]
    pub fn compared_with(self, others: Vec<Covered>, past: PastActuals) -> GoalPreview {
        GoalPreview { others, past, ..self }
    }

    /// Returns the local dates to include for `as_of`: the month of today, one before and one after.
    pub fn dates_around<Z: LocalDays>(context: &Context<'_, Z>) -> Dates {
        let month = Cadence::Monthly.period_of(context.days.date_of(context.as_of), context.settings.week_start);
        let (before, after) = (month.before(context.settings.week_start), month.after(context.settings.week_start));
        Dates { first: before.dates.first, end: after.dates.end }
    }

    /// Parses the goal's form as the server does.
    pub fn parse(&self, form: &GoalForm) -> Result<NewGoal, GoalErrors> {
        NewGoal::parse_made_on(form, date_of_day(self.made_on), self.settings.week_start)
    }

    /// Returns the typed goal and the index of the other goal whose dates it must not cover, if there is one. The target
    /// does not matter, so it may be missing yet.
    pub fn overlapped(&self, form: &GoalForm) -> Option<(NewGoal, usize)> {
        let goal = self.parse(&GoalForm { target_value: "1".to_owned(), ..form.clone() }).ok()?;
        let dates = goal.cadence.coverage(&goal.terms, date_of_day(self.made_on), self.settings.week_start);
        let covered = Covered { metric: goal.metric, cadence: goal.cadence, dates };
        Some((goal, self.others.iter().position(|other| other.overlaps(&covered))?))
    }

    /// Returns the local days.
    pub const fn days(&self) -> &DayTable {
        &self.days
    }

    /// Returns the actuals of the creator's last periods.
    pub const fn past(&self) -> &PastActuals {
        &self.past
    }

    /// Returns the first dates of the last finished periods of a cadence, the oldest first.
    pub fn past_dates(&self, cadence: Cadence) -> [NaiveDate; PERIODS] {
        let mut dates = periods_before(cadence, &self.context()).map(|period| period.dates.first);
        dates.reverse();
        dates
    }

    const fn context(&self) -> Context<'_, DayTable> {
        Context { days: &self.days, settings: self.settings, as_of: self.as_of, looks: self.looks }
    }

    /// Returns whether a goal ends before the period that contains the preview's instant, so that only closed periods judge it.
    pub fn ends_in_closed_period(&self, goal: &NewGoal) -> bool {
        let period = goal.cadence.period_of(self.days.date_of(self.as_of), self.settings.week_start);
        goal.terms.end_date.is_some_and(|last| last < period.dates.first)
    }

    /// Returns the goal's evaluation at the preview's instant; `None` if it needs days that the preview does not have.
    pub fn evaluate(&self, goal: &NewGoal) -> Option<Evaluation> {
        let goal = Goal::new(goal.metric, goal.cadence, GoalVersion { made_at: self.as_of, terms: goal.terms });
        let context = self.context();
        let dates = dates_needed(&goal, &context)?;
        if !self.days.covers(dates.first, dates.last()) {
            return None;
        }
        evaluate(&goal, &context, &self.gains)
    }
}

impl From<GoalPreview> for Vec<i64> {
    fn from(preview: GoalPreview) -> Vec<i64> {
        let GoalPreview { as_of, made_on, looks, settings, days, gains, others, past } = preview;
        let week_start = WeekStart::ALL.iter().position(|day| *day == settings.week_start).unwrap_or(0);
        let (first, starts) = days.into_starts();
        let mut list = vec![
            as_of.millis(),
            i64::from(made_on),
            looks.posts.map_or(NEVER, Instant::millis),
            looks.followers.map_or(NEVER, Instant::millis),
            i64::try_from(week_start).unwrap_or(0),
            i64::from(settings.early_grace_percent),
            i64::from(settings.collection_interval_hours),
            i64::from(first),
            i64::try_from(starts.len()).unwrap_or(0),
            i64::try_from(gains.len()).unwrap_or(0),
            i64::try_from(others.len()).unwrap_or(0),
        ];
        list.extend(starts.into_iter().map(Instant::millis));
        for (day, gain) in gains {
            let Gains { posts, views, engagement, followers, awaiting_views, awaiting_followers } = gain;
            list.extend([i64::from(day), posts, views, engagement, followers, awaiting_views, awaiting_followers]);
        }
        for Covered { metric, cadence, dates } in others {
            let (first, end) = (day_number(dates.first), day_number(dates.end));
            list.extend([metric as i64, cadence as i64, i64::from(first), i64::from(end)]);
        }
        past.write(&mut list);
        list
    }
}

impl TryFrom<Vec<i64>> for GoalPreview {
    type Error = &'static str;

    fn try_from(list: Vec<i64>) -> Result<GoalPreview, Self::Error> {
        Self::of_list(&list).ok_or("not the list of integers that a goal preview is")
    }
}

impl GoalPreview {
    fn of_list(list: &[i64]) -> Option<GoalPreview> {
        let (head, rest) = list.split_first_chunk::<11>()?;
        let look = |millis: i64| (millis != NEVER).then_some(Instant::from_millis(millis));
        let [as_of, made_on, posts, followers, week_start, grace, interval, first, starts, gains, others] = *head;
        let count = |number: i64| usize::try_from(number).ok();
        let (starts, rest) = rest.split_at_checked(count(starts)?)?;
        let (gains, rest) = rest.split_at_checked(count(gains)?.checked_mul(7)?)?;
        let (others, past) = rest.split_at_checked(count(others)?.checked_mul(4)?)?;
        let (gains, _) = gains.as_chunks::<7>();
        let (others, _) = others.as_chunks::<4>();
        let gain = |part: &[i64; 7]| {
            let [day, posts, views, engagement, followers, awaiting_views, awaiting_followers] = *part;
            let gains = Gains { posts, views, engagement, followers, awaiting_views, awaiting_followers };
            Some((DayNumber::try_from(day).ok()?, gains))
        };
        let other = |part: &[i64; 4]| {
            let [metric, cadence, first, end] = *part;
            let date = |day: i64| Some(date_of_day(DayNumber::try_from(day).ok()?));
            Some(Covered {
                metric: *Metric::ALL.get(count(metric)?)?,
                cadence: *Cadence::ALL.get(count(cadence)?)?,
                dates: Dates { first: date(first)?, end: date(end)? },
            })
        };
        Some(GoalPreview {
            as_of: Instant::from_millis(as_of),
            made_on: DayNumber::try_from(made_on).ok()?,
            looks: Looks { posts: look(posts), followers: look(followers) },
            settings: ProjectSettings {
                week_start: *WeekStart::ALL.get(count(week_start)?)?,
                early_grace_percent: u32::try_from(grace).ok()?,
                collection_interval_hours: u32::try_from(interval).ok()?,
            },
            days: DayTable::of_starts(
                DayNumber::try_from(first).ok()?,
                starts.iter().copied().map(Instant::from_millis).collect(),
            ),
            gains: gains.iter().map(gain).collect::<Option<_>>()?,
            others: others.iter().map(other).collect::<Option<_>>()?,
            past: PastActuals::read(past)?,
        })
    }
}
