//! The pace bar: filled up to actual, with a tick at expected; the target is at five sixths of its width.

use compliance::Evaluation;
use compliance::pace::Hundredths;
use leptos::prelude::*;

/// The position of the target, in per mille of the width; over-delivery is drawn beyond it.
const TARGET_AT: i128 = 833;
/// The whole width, 120 % of the target.
const WIDTH: i128 = 1_000;

/// Returns the position of `part ÷ whole` of the target, as a percentage of the width with one decimal, without floats.
fn place(part: i128, whole: i128) -> String {
    let at = (part.max(0) * TARGET_AT).checked_div(whole.max(1)).unwrap_or(0).min(WIDTH);
    let at = u16::try_from(at).unwrap_or(0);
    format!("{}.{}%", at / 10, at % 10)
}

/// The numbers that a pace bar draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// The amount so far.
    pub actual: i64,
    /// The target.
    pub target: i64,
    /// What is expected by now; `None` once there is nothing to compare with.
    pub expected: Option<Hundredths>,
    /// The name of the status that colors it, or `none`.
    pub status: &'static str,
}

/// Draws a pace bar. `label` is its description for screen readers; `None` if the same numbers are shown beside it.
pub fn pace_bar(marks: Marks, large: bool, label: Option<String>) -> impl IntoView + use<> {
    let (actual, target) = (i128::from(marks.actual), i128::from(marks.target.max(1)));
    let expected = marks.expected.map_or(0, |expected| i128::from(expected.units()));
    let tick = (expected > 0).then(|| place(expected, target * 100));
    let least = target / 50;
    let filled = (actual > 0).then(|| place(actual.clamp(least, target), target));
    let over = (actual > target).then(|| place(actual, target));
    view! {
        <svg
            class=if large { "pace-bar pace-bar-lg" } else { "pace-bar" }
            data-status=marks.status
            role=label.is_some().then_some("img")
            aria-hidden=label.is_none().then_some("true")
            aria-label=label
        >
            <rect class="pb-track" width="83.3%" />
            {filled.map(|width| view! { <rect class="pb-fill" width=width /> })}
            {over.map(|width| view! {
                <rect class="pb-over" width=width />
                <line class="pb-halo" x1="83.3%" x2="83.3%" y1="14%" y2="86%" />
                <line class="pb-target" x1="83.3%" x2="83.3%" y1="6%" y2="94%" />
            })}
            {tick.map(|x| view! {
                <line class="pb-halo" x1=x.clone() x2=x.clone() y1="10%" y2="90%" />
                <line class="pb-tick" x1=x.clone() x2=x y1="4%" y2="96%" />
            })}
        </svg>
    }
}

/// The pace bar of an evaluation.
#[component]
pub fn PaceBar<'a>(
    /// The evaluation.
    evaluation: &'a Evaluation,
    /// Taller, for cards.
    #[prop(optional)]
    large: bool,
    /// The description for screen readers; `None` if the same numbers are shown beside it.
    #[prop(optional)]
    label: Option<String>,
) -> impl IntoView + use<> {
    let quiet = evaluation.advisory.not_yet_started || evaluation.waits_for_data();
    let marks = Marks {
        actual: evaluation.actual,
        target: evaluation.target,
        expected: (!evaluation.has_ended()).then_some(evaluation.expected),
        status: if quiet { "none" } else { evaluation.status.name() },
    };
    pace_bar(marks, large, label)
}
