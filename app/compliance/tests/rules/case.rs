//! A goal, a creator and an instant, in as few words as a table of cases needs.
//!
//! The week of most cases runs from Monday, 4 May 2026, to Sunday, 10 May 2026, in UTC.

use chrono::{NaiveDate, NaiveDateTime};
use compliance::calendar::{LocalDays, Zone, day_number};
use compliance::course::{Course, Seen};
use compliance::evaluation::{
    Context, dates_needed, dates_needed_on, evaluate, evaluate_on, evaluate_period, is_listed,
};
use compliance::gains::Gains;
use compliance::goal::GoalVersion;
use compliance::metric::Metric;
use compliance::period::{Cadence, Dates, WeekStart};
use compliance::terms::GoalTerms;
use compliance::{Evaluation, Goal, Instant, Looks, ProjectSettings, Scope};
use std::collections::BTreeMap;

/// An instant in UTC: `2026-05-04T12:00`, with or without seconds and their fractions.
#[track_caller]
pub fn at(text: &str) -> Instant {
    wall_clock(text).and_utc().into()
}

/// A wall clock reading, of no zone in particular.
#[track_caller]
pub fn wall_clock(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f"))
        .expect("a date and time")
}

/// A local date: `2026-05-04`.
#[track_caller]
pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A time zone by name.
#[track_caller]
pub fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a time zone")
}

/// One millisecond earlier.
pub fn just_before(at: Instant) -> Instant {
    at.plus_millis(-1)
}

/// One goal of one creator, to be judged at one instant. Made long ago; collected up to the instant of judgement.
#[derive(Clone)]
pub struct Case {
    zone: Zone,
    settings: ProjectSettings,
    metric: Metric,
    cadence: Cadence,
    versions: Vec<GoalVersion>,
    as_of: Instant,
    looks: Looks,
    gains: BTreeMap<NaiveDate, i64>,
    /// The number of readings on 6 May 2026 that await the next one of their source.
    awaiting: i64,
}

impl Case {
    pub fn new(metric: Metric, cadence: Cadence, target_value: i64) -> Case {
        let terms = GoalTerms { target_value, start_date: None, end_date: None, is_active: true };
        Case {
            zone: Zone::UTC,
            settings: ProjectSettings::default(),
            metric,
            cadence,
            versions: vec![GoalVersion { made_at: at("2001-01-01T00:00"), terms }],
            as_of: at("2026-05-06T12:00"),
            looks: Looks::at(at("2026-05-06T12:00"), Scope::All),
            gains: BTreeMap::new(),
            awaiting: 0,
        }
    }

    /// Lets readings on 6 May 2026 await the next one of their source.
    pub fn awaiting(self, awaiting: i64) -> Case {
        Case { awaiting, ..self }
    }

    pub fn weekly(target_value: i64) -> Case {
        Case::new(Metric::Posts, Cadence::Weekly, target_value)
    }

    pub fn daily(target_value: i64) -> Case {
        Case::new(Metric::Posts, Cadence::Daily, target_value)
    }

    pub fn in_zone(self, name: &str) -> Case {
        Case { zone: zone(name), ..self }
    }

    pub fn week_start(mut self, week_start: WeekStart) -> Case {
        self.settings.week_start = week_start;
        self
    }

    pub fn grace(mut self, percent: u32) -> Case {
        self.settings.early_grace_percent = percent;
        self
    }

    pub fn interval(mut self, hours: u32) -> Case {
        self.settings.collection_interval_hours = hours;
        self
    }

    /// Judged at this instant, all data collected up to it.
    pub fn judged_at(self, as_of: Instant) -> Case {
        Case { as_of, looks: Looks::at(as_of, Scope::All), ..self }
    }

    pub fn collected(self, last_collection: Instant) -> Case {
        Case { looks: Looks::at(last_collection, Scope::All), ..self }
    }

    /// Collected once more, in this scope.
    pub fn looked(mut self, look: Instant, scope: Scope) -> Case {
        self.looks.add(Looks::at(look, scope));
        self
    }

    pub fn never_collected(self) -> Case {
        Case { looks: Looks::default(), ..self }
    }

    pub fn made(mut self, made_at: Instant) -> Case {
        self.versions[0].made_at = made_at;
        self
    }

    pub fn from(self, start: &str) -> Case {
        let start = date(start);
        self.with_terms(|terms| terms.start_date = Some(start))
    }

    pub fn until(self, end: &str) -> Case {
        let end = date(end);
        self.with_terms(|terms| terms.end_date = Some(end))
    }

    fn with_terms(mut self, edit: impl FnOnce(&mut GoalTerms)) -> Case {
        edit(&mut self.versions.last_mut().expect("a version").terms);
        self
    }

    /// An edit of the goal at this instant.
    pub fn edited(mut self, made_at: Instant, edit: impl FnOnce(&mut GoalTerms)) -> Case {
        let terms = self.versions.last().expect("a version").terms;
        self.versions.push(GoalVersion { made_at, terms });
        self.with_terms(edit)
    }

    /// What was gained on a local date.
    pub fn gained(mut self, on: &str, gain: i64) -> Case {
        *self.gains.entry(date(on)).or_default() += gain;
        self
    }

    /// What was gained on the first day of the week of most cases.
    pub fn actual(self, gain: i64) -> Case {
        self.gained("2026-05-04", gain)
    }

    pub fn goal(&self) -> Goal {
        let (first, edits) = self.versions.split_first().expect("a version");
        edits.iter().fold(Goal::new(self.metric, self.cadence, *first), |goal, edit| goal.edited(*edit))
    }

    /// The course through the judged window, with the latest looks of these days.
    pub fn course(&self, looks: &[(&str, Scope)]) -> Course {
        let looks: Vec<_> = looks
            .iter()
            .map(|(look, scope)| (day_number(self.zone.date_of(at(look))), Looks::at(at(look), *scope)))
            .collect();
        let seen = Seen { gains: &self.buckets(), looks: &looks };
        Course::by_day(&self.judge(), seen, self.settings, &self.zone)
    }

    /// The course by the hour, of gains at these instants.
    pub fn course_of(&self, gains: &[(&str, i64)]) -> Course {
        let gains = gains.iter().map(|(instant, gain)| (at(instant), *gain));
        Course::by_hour(&self.judge(), gains, Seen { gains: &[], looks: &[] }, self.settings, &self.zone)
    }

    pub fn evaluate(&self) -> Option<Evaluation> {
        evaluate(&self.goal(), &self.context(), &self.buckets())
    }

    #[track_caller]
    pub fn judge(&self) -> Evaluation {
        self.evaluate().expect("the goal's dates leave a window")
    }

    /// Judges as the API does for a `reference_date`: at the end of the local day or, if that is in the future, at the
    /// case's instant.
    #[track_caller]
    pub fn judge_on(&self, reference_date: &str) -> Evaluation {
        let day = date(reference_date);
        let day_end = self.zone.start_of(day.succ_opt().expect("a day after"));
        let case = Case { as_of: self.as_of.min(day_end), ..self.clone() };
        case.evaluate_on(reference_date).expect("the goal's dates leave a window")
    }

    /// Judges the period that contains a local date, at the case's instant.
    pub fn evaluate_on(&self, reference_date: &str) -> Option<Evaluation> {
        evaluate_on(&self.goal(), date(reference_date), &self.context(), &self.buckets())
    }

    /// Judges the period that contains a local date as the history of the goal does.
    pub fn in_history(&self, date_in_it: &str) -> Option<Evaluation> {
        let period = self.cadence.period_of(date(date_in_it), self.settings.week_start);
        evaluate_period(&self.goal(), period, &self.context(), &self.buckets())
    }

    #[track_caller]
    pub fn previous(&self) -> Evaluation {
        *self.judge().previous.expect("a previous verdict")
    }

    pub fn dates_needed(&self) -> Option<Dates> {
        dates_needed(&self.goal(), &self.context())
    }

    pub fn dates_needed_on(&self, reference_date: &str) -> Option<Dates> {
        dates_needed_on(&self.goal(), date(reference_date), &self.context())
    }

    pub fn is_listed(&self) -> bool {
        is_listed(&self.goal(), &self.context())
    }

    fn context(&self) -> Context<'_, Zone> {
        Context {
            days: &self.zone,
            settings: self.settings,
            as_of: self.as_of,
            looks: Looks {
                posts: self.looks.posts.map(|at| at.min(self.as_of)),
                followers: self.looks.followers.map(|at| at.min(self.as_of)),
            },
        }
    }

    fn buckets(&self) -> Vec<(i32, Gains)> {
        let of_metric = |gain: i64| match self.metric {
            Metric::Posts => Gains { posts: gain, ..Gains::default() },
            Metric::Views => Gains { views: gain, ..Gains::default() },
            Metric::Engagement => Gains { engagement: gain, ..Gains::default() },
            Metric::Followers => Gains { followers: gain, ..Gains::default() },
        };
        let mut days: BTreeMap<i32, Gains> =
            self.gains.iter().map(|(date, gain)| (day_number(*date), of_metric(*gain))).collect();
        let awaiting = Gains { awaiting_views: self.awaiting, awaiting_followers: self.awaiting, ..Gains::default() };
        *days.entry(day_number(date("2026-05-06"))).or_default() += awaiting;
        days.into_iter().collect()
    }
}
