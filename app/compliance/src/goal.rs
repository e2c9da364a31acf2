//! Goals: what a creator is asked for, how it changed over time, and parsing what people type.

use crate::bounds::MAX_COUNT;
use crate::calendar::LocalDays;
use crate::instant::Instant;
use crate::period::{Cadence, Dates, WeekStart};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a goal measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Posts published.
    Posts,
    /// Views gained.
    Views,
    /// Likes, comments, shares and saves gained.
    Engagement,
    /// Net followers gained.
    Followers,
}

impl Metric {
    /// Every metric, in the order of the documentation.
    pub const ALL: [Metric; 4] = [Metric::Posts, Metric::Views, Metric::Engagement, Metric::Followers];

    /// The name used in SQL, in URLs and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Metric::Posts => "posts",
            Metric::Views => "views",
            Metric::Engagement => "engagement",
            Metric::Followers => "followers",
        }
    }

    /// The metric with this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Metric> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Metric::Posts => "Posts",
            Metric::Views => "Views",
            Metric::Engagement => "Engagement",
            Metric::Followers => "Followers",
        }
    }

    /// What is counted, after its number: "1 post", "15 posts".
    pub const fn unit(self, count: i64) -> &'static str {
        match (self, count) {
            (Metric::Posts, 1 | -1) => "post",
            (Metric::Posts, _) => "posts",
            (Metric::Views, 1 | -1) => "view",
            (Metric::Views, _) => "views",
            (Metric::Engagement, 1 | -1) => "engagement",
            (Metric::Engagement, _) => "engagements",
            (Metric::Followers, 1 | -1) => "follower",
            (Metric::Followers, _) => "followers",
        }
    }
}

/// What may change about a goal after it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalTerms {
    /// What a whole period asks for, 1 to [`MAX_COUNT`].
    pub target_value: i64,
    /// First local date, inclusive. Without one the goal covers the period in which it was made and all later ones.
    pub start_date: Option<NaiveDate>,
    /// Last local date, inclusive.
    pub end_date: Option<NaiveDate>,
    /// `false` once a person has ended the goal.
    pub is_active: bool,
}

/// The terms of a goal from one edit to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalVersion {
    /// When the edit was made. It holds from the period of the edit on.
    pub made_at: Instant,
    /// The terms.
    pub terms: GoalTerms,
}

/// One goal of one creator, with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What is measured.
    pub metric: Metric,
    /// How often it starts anew.
    pub cadence: Cadence,
    first: GoalVersion,
    edits: Vec<GoalVersion>,
}

impl Goal {
    /// A goal as it was made.
    pub const fn new(metric: Metric, cadence: Cadence, made: GoalVersion) -> Goal {
        Goal { metric, cadence, first: made, edits: Vec::new() }
    }

    /// Appends an edit; edits come in order of time.
    #[must_use]
    pub fn edited(mut self, version: GoalVersion) -> Goal {
        self.edits.push(version);
        self
    }

    /// When the goal was made.
    pub const fn made_at(&self) -> Instant {
        self.first.made_at
    }

    /// The goal as it was made, and each edit, in order of time.
    pub fn versions(&self) -> impl Iterator<Item = &GoalVersion> {
        std::iter::once(&self.first).chain(&self.edits)
    }

    /// The goal as it stood at an instant; before it was made, as it was made.
    #[must_use]
    pub fn as_of(&self, at: Instant) -> Goal {
        let edits = self.edits.iter().filter(|version| version.made_at <= at).copied().collect();
        Goal { edits, ..*self }
    }

    /// The terms as they stand now.
    pub fn terms(&self) -> &GoalTerms {
        &self.edits.last().unwrap_or(&self.first).terms
    }

    /// The terms that may judge a period which ends at `period_end`, in order of preference: the version in force
    /// when it closed, then later ones (an explicit earlier start date asks for periods before the goal was made).
    pub fn terms_at_close(&self, period_end: Instant) -> impl Iterator<Item = &GoalTerms> {
        let in_force = self.edits.partition_point(|version| version.made_at < period_end);
        let start = if in_force == 0 { None } else { Some(in_force - 1) };
        let head = if start.is_none() { Some(&self.first) } else { None };
        let tail = self.edits.get(start.unwrap_or(0)..).unwrap_or_default();
        head.into_iter().chain(tail).map(|version| &version.terms)
    }

    /// First local date the goal covers: its start date, or the first date of the period in which it was made.
    pub fn covers_from(&self, made_on: NaiveDate, week_start: WeekStart) -> NaiveDate {
        let period_of_making = || self.cadence.period_of(made_on, week_start).dates.first;
        self.terms().start_date.unwrap_or_else(period_of_making)
    }

    /// The first local date that the goal has ever covered, under whatever terms: moving its start ahead takes nothing
    /// away from periods that closed before.
    pub fn covers_since(&self, made_on: NaiveDate, week_start: WeekStart) -> NaiveDate {
        let undated_start = self.cadence.period_of(made_on, week_start).dates.first;
        let starts = self.versions().map(|version| version.terms.start_date.unwrap_or(undated_start));
        starts.min().unwrap_or(undated_start)
    }

    /// The dates the goal covers; without an end date, to the end of the calendar.
    pub fn coverage(&self, made_on: NaiveDate, week_start: WeekStart) -> Dates {
        let end = self.terms().end_date.and_then(|last| last.succ_opt()).unwrap_or(NaiveDate::MAX);
        Dates { first: self.covers_from(made_on, week_start), end }
    }

    /// Whether another goal of the same metric and period covers some of the same dates. Of a creator's active goals no
    /// two may.
    pub fn overlaps(&self, other: &Goal, days: &impl LocalDays, week_start: WeekStart) -> bool {
        let dates = |goal: &Goal| goal.coverage(days.date_of(goal.made_at()), week_start);
        let (ours, theirs) = (dates(self), dates(other));
        (self.metric, self.cadence) == (other.metric, other.cadence)
            && theirs.first < ours.end
            && ours.first < theirs.end
    }
}

/// A goal form as typed: every field a text, so that nothing typed is lost. It travels as its texts in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[String; 5]", from = "[String; 5]")]
pub struct GoalForm {
    /// [`Metric::name`].
    pub metric: String,
    /// [`Cadence::name`].
    pub period: String,
    /// A whole number.
    pub target_value: String,
    /// `YYYY-MM-DD`, or empty.
    pub start_date: String,
    /// `YYYY-MM-DD`, or empty.
    pub end_date: String,
}

impl From<GoalForm> for [String; 5] {
    fn from(form: GoalForm) -> [String; 5] {
        [form.metric, form.period, form.target_value, form.start_date, form.end_date]
    }
}

impl From<[String; 5]> for GoalForm {
    fn from([metric, period, target_value, start_date, end_date]: [String; 5]) -> GoalForm {
        GoalForm { metric, period, target_value, start_date, end_date }
    }
}

/// A goal that may be made: the parsed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGoal {
    /// What is measured.
    pub metric: Metric,
    /// How often it starts anew.
    pub cadence: Cadence,
    /// Its terms; active.
    pub terms: GoalTerms,
}

/// What is wrong with a goal form: one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("the goal has fields to correct")]
pub struct GoalErrors {
    /// At the metric.
    pub metric: Option<String>,
    /// At the period, and for a goal that exists already.
    pub period: Option<String>,
    /// At the target.
    pub target_value: Option<String>,
    /// At the start date.
    pub start_date: Option<String>,
    /// At the end date.
    pub end_date: Option<String>,
}

impl GoalErrors {
    /// Whether there is nothing to correct.
    pub fn is_empty(&self) -> bool {
        self.by_field().all(|(_, message)| message.is_none())
    }

    /// The message at each field, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        [
            ("metric", self.metric.as_deref()),
            ("target_value", self.target_value.as_deref()),
            ("period", self.period.as_deref()),
            ("start_date", self.start_date.as_deref()),
            ("end_date", self.end_date.as_deref()),
        ]
        .into_iter()
    }

    /// The error of a second active goal of the same creator, metric and period over the same dates.
    pub fn overlaps(metric: Metric, cadence: Cadence) -> GoalErrors {
        let (metric, cadence) = (metric.label().to_lowercase(), cadence.label().to_lowercase());
        GoalErrors {
            period: Some(format!(
                "This creator already has a {cadence} {metric} goal over these dates. Edit that one, or choose other dates."
            )),
            ..GoalErrors::default()
        }
    }
}

impl NewGoal {
    /// Reads a form; every field at fault is named at once. The same function runs in the browser, behind the form
    /// and behind the API.
    pub fn parse(form: &GoalForm) -> Result<NewGoal, GoalErrors> {
        let mut errors = GoalErrors::default();
        let metric = keep(Metric::from_name(&form.metric).ok_or("Choose what to measure."), &mut errors.metric);
        let cadence = keep(Cadence::from_name(&form.period).ok_or("Choose how often."), &mut errors.period);
        let target_value = keep(parse_target(&form.target_value), &mut errors.target_value);
        let start_date = keep(parse_optional_date(&form.start_date), &mut errors.start_date);
        let end_date = keep(parse_optional_date(&form.end_date), &mut errors.end_date);
        if let (Some(Some(start)), Some(Some(end))) = (start_date, end_date)
            && end < start
        {
            errors.end_date = Some("The end date is before the start date.".to_owned());
        }
        match (metric, cadence, target_value, start_date, end_date) {
            (Some(metric), Some(cadence), Some(target_value), Some(start_date), Some(end_date))
                if errors.is_empty() =>
            {
                let terms = GoalTerms { target_value, start_date, end_date, is_active: true };
                Ok(NewGoal { metric, cadence, terms })
            }
            _ => Err(errors),
        }
    }
}

fn keep<T, E: Into<String>>(parsed: Result<T, E>, message: &mut Option<String>) -> Option<T> {
    parsed.map_err(|error| *message = Some(error.into())).ok()
}

/// Reads a target: a whole number from 1 to [`MAX_COUNT`], with or without separators between thousands.
pub fn parse_target(text: &str) -> Result<i64, &'static str> {
    const WHOLE: &str = "Enter a whole number, such as 15.";
    let text = text.trim();
    if text.is_empty() {
        return Err("Enter a target.");
    }
    let (negative, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |digits| (true, digits));
    let digits = without_thousands_separators(digits).ok_or(WHOLE)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(WHOLE);
    }
    // Too long for an i64 means too large.
    let value = digits.parse::<i64>().unwrap_or(i64::MAX);
    if negative || value < 1 {
        Err("The target must be at least 1.")
    } else if value > MAX_COUNT {
        Err("The target may be at most 1,000,000,000,000.")
    } else {
        Ok(value)
    }
}

/// "50,000" and "50 000" are whole numbers; "1,5" and "5,00,000" are not clear.
fn without_thousands_separators(text: &str) -> Option<String> {
    let mut groups = text.split([',', ' ', '\u{a0}', '\u{202f}', '_', '’', '\'']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    grouped.then(|| rest.into_iter().fold(first.to_owned(), |digits, group| digits + group))
}

fn parse_optional_date(text: &str) -> Result<Option<NaiveDate>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { parse_date(text).map(Some) }
}

/// Reads a local date, `YYYY-MM-DD`, from 2000 to 2099. Written by hand because chrono's parser would weigh more in
/// the browser than all of this crate.
pub fn parse_date(text: &str) -> Result<NaiveDate, &'static str> {
    const FORM: &str = "Enter a date as YYYY-MM-DD, such as 2026-05-01.";
    let number = |part: Option<&str>, len: usize| {
        part.filter(|part| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
            .ok_or(FORM)
    };
    let mut parts = text.trim().split('-');
    let (year, month, day) = (number(parts.next(), 4)?, number(parts.next(), 2)?, number(parts.next(), 2)?);
    if parts.next().is_some() {
        return Err(FORM);
    }
    if !(2000..2100).contains(&year) {
        return Err("Choose a date between 2000 and 2099.");
    }
    let year = i32::try_from(year).map_err(|_| FORM)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or("This date does not exist.")
}
