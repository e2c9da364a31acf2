//! What the panel beside the goal form shows: the verdict of the typed goal, and its back-test. The server renders it, and
//! the browser sets the same values while somebody types.

use crate::badge::{Badge, Mark};
use crate::bar::{Bar, Marks};
use crate::figures::{compact, number};
use crate::goal_words::{date, last_periods, past_period, proposal, target as target_words, would_have_met};
use crate::verdict::sentence;
use compliance::back_test::PERIODS;
use compliance::goal_form::{GoalErrors, GoalForm, parse_target};
use compliance::metric::Metric;
use compliance::preview::GoalPreview;
use compliance::{Cadence, Evaluation, Status};

/// The attribute that names the elements of the panel.
pub const ELEMENT: &str = "data-panel";

/// The panel beside the goal form. An empty text is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The verdict; `None` if the typed goal cannot be judged.
    pub verdict: Option<Verdict>,
    /// Why there is no verdict.
    pub note: String,
    /// The address and name of the goal whose dates the typed one covers.
    pub other: Option<(String, String)>,
    /// How the creator would have done with the target.
    pub back_test: BackTest,
}

/// The verdict on the typed goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The badge.
    pub badge: Badge,
    /// The pace in percent.
    pub pace: String,
    /// The amount so far.
    pub actual: String,
    /// The target: `of 15 posts`.
    pub of_target: String,
    /// The color of the bar, as a value of `data-status`.
    pub color: &'static str,
    /// The marks of the bar.
    pub bar: Bar,
    /// The sentence that the Creator Goals tab would say.
    pub sentence: String,
}

/// The back-test of the typed target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackTest {
    /// The periods it looks back on: `The last 8 weeks`.
    pub heading: String,
    /// The target, as it was read.
    pub target: String,
    /// In how many periods it would have been met.
    pub met: String,
    /// The periods, the oldest first.
    pub periods: [PastPeriod; PERIODS],
    /// Which target was met in about 70 % of the periods.
    pub proposal: String,
    /// That target, unless it is the typed one.
    pub proposed: Option<i64>,
}

/// A period of a back-test.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastPeriod {
    /// Its actual.
    pub actual: String,
    /// Whether the target was met, as a value of `data-status`.
    pub color: &'static str,
    /// Its dates, actual and verdict in words.
    pub words: String,
}

impl Panel {
    /// Returns the panel of a typed goal, new or edited. `others` are the address and name of each other active goal, a line
    /// each, in the order of the preview.
    #[must_use]
    pub fn of(preview: &GoalPreview, others: &str, form: &GoalForm, is_edit: bool) -> Panel {
        let back_test = BackTest::of(preview, form);
        let without_verdict =
            |note: &str, other| Panel { note: note.to_owned(), other, back_test: back_test.clone(), verdict: None };
        if let Some((goal, place)) = preview.overlapped(form) {
            let other = others.lines().nth(place).and_then(|line| line.split_once(' '));
            let note = GoalErrors::overlaps(goal.metric, goal.cadence).period.unwrap_or_default();
            return without_verdict(&note, other.map(|(href, name)| (href.to_owned(), name.to_owned())));
        }
        match preview.parse(form) {
            Err(_) if form.target_value.is_empty() => {
                without_verdict("Fill in the target to see it, judged by the numbers already here.", None)
            }
            Err(_) => without_verdict("Correct what is marked to see it, judged by the numbers already here.", None),
            // An edit does not reach closed periods, which earlier terms judge.
            Ok(goal) if is_edit && preview.ends_in_closed_period(&goal) => {
                let ended = goal.terms.end_date.map(date).unwrap_or_default();
                let note = format!("This goal would be over since {ended}. Closed periods stay as they were judged.");
                without_verdict(&note, None)
            }
            Ok(goal) => match preview.evaluate(&goal) {
                None => without_verdict("These dates are too far away to be judged here.", None),
                Some(evaluation) => {
                    Panel { verdict: Some(Verdict::of(&evaluation, preview)), back_test, ..Panel::default() }
                }
            },
        }
    }
}

impl Verdict {
    fn of(evaluation: &Evaluation, preview: &GoalPreview) -> Verdict {
        let pace = evaluation.pace_percent.filter(|_| !evaluation.advisory.not_yet_started);
        let marks = Marks::of(evaluation);
        Verdict {
            badge: Badge::of(evaluation),
            pace: pace.map(number).unwrap_or_default(),
            actual: number(evaluation.actual),
            of_target: format!("of {} {}", number(evaluation.target), evaluation.metric.unit(evaluation.target)),
            color: marks.status,
            bar: Bar::of(marks),
            sentence: sentence(evaluation, preview.days()),
        }
    }
}

impl BackTest {
    /// Returns the back-test; empty while metric or period are not chosen.
    fn of(preview: &GoalPreview, form: &GoalForm) -> BackTest {
        let kind = Metric::from_name(&form.metric).zip(Cadence::from_name(&form.period));
        let Some((metric, cadence)) = kind else { return BackTest::default() };
        let target = parse_target(&form.target_value).ok();
        let (actuals, dates) = (preview.past().of_kind(metric, cadence), preview.past_dates(cadence));
        let periods = std::array::from_fn(|place| {
            let actual = actuals.0[place];
            PastPeriod {
                actual: actual.map_or_else(|| "–".to_owned(), compact),
                color: match (actual, target) {
                    (Some(actual), Some(target)) if actual >= target => Status::Completed.name(),
                    (Some(_), Some(_)) => Status::Missed.name(),
                    _ => "none",
                },
                words: past_period((metric, cadence), dates[place], actual, target),
            }
        });
        BackTest {
            heading: format!("The {}", last_periods(cadence)),
            target: target.map(|target| target_words(metric, cadence, target)).unwrap_or_default(),
            met: would_have_met(actuals, cadence, target),
            periods,
            proposal: proposal(actuals, cadence).unwrap_or_default(),
            proposed: actuals.proposed().filter(|proposed| Some(*proposed) != target),
        }
    }

    /// Returns the words of the button that takes the proposed target over.
    #[must_use]
    pub fn use_words(&self) -> String {
        self.proposed.map(|proposed| format!("Use {}", number(proposed))).unwrap_or_default()
    }

    /// Returns the classes of the list of periods: two rows if the numbers need the room.
    #[must_use]
    pub fn columns(&self) -> &'static str {
        if self.periods.iter().all(|period| period.actual.chars().count() <= 4) {
            "grid grid-cols-8 gap-0.5"
        } else {
            "grid grid-cols-4 gap-0.5 sm:max-lg:grid-cols-8"
        }
    }
}

/// The width of a mark that is not drawn.
pub const NO_WIDTH: &str = "0";

/// Returns the class of a mark, which hides one that is not drawn: `hidden` is an attribute of HTML alone.
#[must_use]
pub fn drawn(is_drawn: bool) -> Option<String> {
    (!is_drawn).then(|| "hidden".to_owned())
}

/// Returns the errors of the form, also if another goal covers its dates; an empty target has none while somebody types.
#[must_use]
pub fn errors_while_typing(preview: &GoalPreview, form: &GoalForm) -> GoalErrors {
    let mut errors = preview.parse(form).err().unwrap_or_default();
    if let Some((goal, _)) = preview.overlapped(form) {
        errors.period = GoalErrors::overlaps(goal.metric, goal.cadence).period;
    }
    if form.target_value.is_empty() {
        errors.target_value = None;
    }
    errors
}

/// What one element of the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The value of [`ELEMENT`].
    pub element: String,
    /// The attribute, or `None` for the text.
    pub attribute: Option<&'static str>,
    /// The value; `None` for an attribute that is not there.
    pub value: Option<String>,
}

/// Lists what each element of the panel shows.
#[must_use]
pub fn shown(panel: &Panel) -> Vec<Shown> {
    let mut list = Vec::new();
    let mut set = |element: &str, attribute: Option<&'static str>, value: Option<String>| {
        list.push(Shown { element: element.to_owned(), attribute, value });
    };
    let hidden = |is_hidden: bool| is_hidden.then(String::new);
    set("verdict", Some("hidden"), hidden(panel.verdict.is_none()));
    set("note", Some("hidden"), hidden(panel.verdict.is_some()));
    if let Some(verdict) = &panel.verdict {
        for mark in Mark::ALL {
            set(mark.name(), Some("hidden"), hidden(mark != verdict.badge.mark));
        }
        set(&format!("{}-label", verdict.badge.mark.name()), None, Some(verdict.badge.label.clone()));
        set("pace", Some("hidden"), hidden(verdict.pace.is_empty()));
        for (element, text) in [
            ("percent", &verdict.pace),
            ("actual", &verdict.actual),
            ("target", &verdict.of_target),
            ("sentence", &verdict.sentence),
        ] {
            set(element, None, Some(text.clone()));
        }
        set("bar", Some("data-status"), Some(verdict.color.to_owned()));
        let Bar { filled, over, expected } = &verdict.bar;
        for (element, width) in [("filled", filled), ("over", over)] {
            set(element, Some("width"), Some(width.clone().unwrap_or_else(|| NO_WIDTH.to_owned())));
        }
        set("beyond", Some("class"), drawn(over.is_some()));
        set("expected", Some("class"), drawn(expected.is_some()));
        set("expected", Some("x"), expected.clone());
    }
    set("why-not", None, Some(panel.note.clone()));
    let (href, name) = panel.other.clone().unzip();
    set("other", Some("hidden"), hidden(name.is_none()));
    set("other", Some("href"), href);
    set("other", None, name);

    let back_test = &panel.back_test;
    for (element, text) in [
        ("periods", &back_test.heading),
        ("read", &back_test.target),
        ("met", &back_test.met),
        ("proposal", &back_test.proposal),
    ] {
        set(element, None, Some(text.clone()));
    }
    set("proposal", Some("hidden"), hidden(back_test.proposal.is_empty()));
    set("list", Some("class"), Some(back_test.columns().to_owned()));
    for (place, period) in back_test.periods.iter().enumerate() {
        set(&format!("period-{place}"), Some("data-status"), Some(period.color.to_owned()));
        set(&format!("period-{place}"), Some("title"), Some(period.words.clone()));
        set(&format!("actual-{place}"), None, Some(period.actual.clone()));
        set(&format!("words-{place}"), None, Some(period.words.clone()));
    }
    set("use", Some("hidden"), hidden(back_test.proposed.is_none()));
    set("use", Some("value"), back_test.proposed.map(|proposed| proposed.to_string()));
    set("use", None, Some(back_test.use_words()));
    list
}
