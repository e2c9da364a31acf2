//! Parsing what people type into a goal form.

use crate::bounds::MAX_COUNT;
use crate::metric::Metric;
use crate::period::{Cadence, WeekStart};
use crate::terms::GoalTerms;
use crate::typed_number::{Unread, whole_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A goal form as typed: every field is text, so that nothing typed is lost. It is serialized as a list of its texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[String; 5]", from = "[String; 5]")]
pub struct GoalForm {
    /// [`Metric::name`].
    pub metric: String,
    /// [`Cadence::name`].
    pub period: String,
    /// A whole number, as [`parse_target`] reads it.
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

/// A goal that may be created: the parsed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGoal {
    /// What is measured.
    pub metric: Metric,
    /// How often the period restarts.
    pub cadence: Cadence,
    /// Its terms, which are active.
    pub terms: GoalTerms,
}

/// The errors in a goal form: at most one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("the goal has fields to correct")]
pub struct GoalErrors {
    /// The error at the metric.
    pub metric: Option<String>,
    /// The error at the period, also for a goal that already exists.
    pub period: Option<String>,
    /// The error at the target.
    pub target_value: Option<String>,
    /// The error at the start date.
    pub start_date: Option<String>,
    /// The error at the end date.
    pub end_date: Option<String>,
}

impl GoalErrors {
    /// Returns whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.by_field().all(|(_, message)| message.is_none())
    }

    /// Returns the error at each field, in the order of the form.
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

    /// Returns the error for a goal that would cover no day.
    pub fn covers_nothing() -> GoalErrors {
        let sentence =
            "The end date is before the period in which the goal is made. Without a start date it begins there.";
        GoalErrors { end_date: Some(sentence.to_owned()), ..GoalErrors::default() }
    }

    /// Returns the error for a second active goal of the same creator, metric and period over the same dates.
    pub fn overlaps(metric: Metric, cadence: Cadence) -> GoalErrors {
        let (metric, cadence) = (metric.label().to_ascii_lowercase(), cadence.label().to_ascii_lowercase());
        GoalErrors {
            period: Some(format!(
                "This creator already has a {cadence} {metric} goal over these dates. Edit that one, or choose other dates."
            )),
            ..GoalErrors::default()
        }
    }
}

impl NewGoal {
    /// Parses the form of a goal that is or was made on `made_on`, and reports every invalid field at once. A goal that
    /// would cover no day is refused. The same function runs in the browser, behind the form and behind the API.
    pub fn parse_made_on(form: &GoalForm, made_on: NaiveDate, week_start: WeekStart) -> Result<NewGoal, GoalErrors> {
        let goal = NewGoal::parse(form)?;
        if goal.cadence.coverage(&goal.terms, made_on, week_start).is_empty() {
            return Err(GoalErrors::covers_nothing());
        }
        Ok(goal)
    }

    /// Parses a form, whenever its goal is made.
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

/// Parses a target: a whole number from 1 to [`MAX_COUNT`] as people type it ([`whole_number`]). What cannot be read is
/// named in the error.
pub fn parse_target(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let (negative, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |digits| (true, digits));
    let refused = match whole_number(digits) {
        _ if text.is_empty() => "Enter a target.",
        Ok(value) if negative || value < 1 => "The target must be at least 1.",
        Ok(value) if value > MAX_COUNT => "The target may be at most 1,000,000,000,000.",
        Ok(value) => return Ok(value),
        Err(Unread::NotWhole) => " is not a whole number. Enter one such as 15 or 10k.",
        Err(Unread::TwoWays) => " can be read in two ways. Write out every digit.",
    };
    let named = if refused.starts_with(' ') { shortened(text) } else { String::new() };
    Err(named + refused)
}

/// Returns the beginning of a text that is long.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(24) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text.to_owned(),
    }
}

fn parse_optional_date(text: &str) -> Result<Option<NaiveDate>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { parse_date(text).map(Some) }
}

/// Parses a local date, `YYYY-MM-DD`, from 2000 to 2099. Written by hand because chrono's parser would add more to the
/// wasm than this whole crate.
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
