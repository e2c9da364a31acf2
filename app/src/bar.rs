//! The marks of a pace bar, on the server and in the browser.

use compliance::Evaluation;
use compliance::pace::Hundredths;

/// The position of the target, in per mille of the width; over-delivery is drawn beyond it.
const TARGET_AT: i128 = 833;
/// The whole width, 120 % of the target.
const WIDTH: i128 = 1_000;

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

impl Marks {
    /// Returns the numbers of an evaluation.
    #[must_use]
    pub fn of(evaluation: &Evaluation) -> Marks {
        let quiet = evaluation.advisory.not_yet_started || evaluation.waits_for_data();
        Marks {
            actual: evaluation.actual,
            target: evaluation.target,
            expected: (!evaluation.has_ended()).then_some(evaluation.expected),
            status: if quiet { "none" } else { evaluation.status.name() },
        }
    }
}

/// The positions of the marks, as percentages of the width of a pace bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bar {
    /// The width that is filled, up to the target.
    pub filled: Option<String>,
    /// The width of what goes beyond the target.
    pub over: Option<String>,
    /// Where the amount expected is marked.
    pub expected: Option<String>,
}

impl Bar {
    /// Returns the positions of these numbers.
    #[must_use]
    pub fn of(marks: Marks) -> Bar {
        let (actual, target) = (i128::from(marks.actual), i128::from(marks.target.max(1)));
        let expected = marks.expected.map_or(0, |expected| i128::from(expected.units()));
        Bar {
            filled: (actual > 0).then(|| place(actual.clamp(target / 50, target), target)),
            over: (actual > target).then(|| place(actual, target)),
            expected: (expected > 0).then(|| place(expected, target * 100)),
        }
    }
}

/// Returns the position of `part ÷ whole` of the target, as a percentage of the width with one decimal, without floats.
fn place(part: i128, whole: i128) -> String {
    let at = (part.max(0) * TARGET_AT).checked_div(whole.max(1)).unwrap_or(0).min(WIDTH);
    let at = u16::try_from(at).unwrap_or(0);
    format!("{}.{}%", at / 10, at % 10)
}
