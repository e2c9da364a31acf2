//! The amber icon: a button whose sentence shows on hover, focus and tap, and stays until dismissed.
//!
//! Hover and focus are done with CSS and tap with a popover, so none of them needs wasm. Esc also dismisses a sentence
//! shown by hover or focus (WCAG 1.4.13): the island [`Shortcuts`](crate::islands::Shortcuts) handles that for all
//! icons of a page.

use super::icon::{self, Icon};
use compliance::Evaluation;
use leptos::prelude::*;
use program::standings::standing::Standing;

/// The icon with its sentence.
#[component]
pub fn AdvisoryIcon(
    /// The id, unique on the page.
    id: String,
    /// The sentence.
    text: String,
) -> impl IntoView {
    view! {
        <span class="tip">
            <button
                type="button"
                class="tip-btn"
                popovertarget=id.clone()
                aria-label="Advisory: this verdict may still change"
                aria-describedby=id.clone()
            ><Icon svg=icon::TRIANGLE_ALERT /></button>
            <span popover="auto" id=id class="tip-pop" role="tooltip">{text}</span>
        </span>
    }
}

/// How many rows of a list have the icon, of how many with goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    with: usize,
    of: usize,
}

/// Returns how many rows have the icon, if nearly every row has it, as on a Monday: it then tells hardly any row from
/// another. So the list is marked with `data-quiet`, which makes its icons gray, and [`QuietNote`] says once what they say.
#[must_use]
pub fn quiet<'a>(rows: impl Iterator<Item = &'a Standing>) -> Option<Quiet> {
    let with_goals = rows.filter(|row| !row.evaluations.is_empty());
    quiet_of(with_goals.map(|row| row.any(has_icon)))
}

fn has_icon(goal: &Evaluation) -> bool {
    goal.advisory.period_recently_ended || goal.just_ended().is_some()
}

fn quiet_of(icons: impl Iterator<Item = bool>) -> Option<Quiet> {
    let found = icons.fold(Quiet { with: 0, of: 0 }, |Quiet { with, of }, icon| Quiet {
        with: with + usize::from(icon),
        of: of + 1,
    });
    (found.of > 1 && found.with * 4 >= found.of * 3).then_some(found)
}

/// The line above a list with the icon in nearly every row.
#[component]
pub fn QuietNote(
    /// The rows that have it.
    quiet: Quiet,
) -> impl IntoView {
    let Quiet { with, of } = quiet;
    let who = if with == of { format!("all {of}") } else { format!("{with} of the {of}") };
    view! {
        <p class="flex items-start gap-2 text-sm text-muted">
            <Icon svg=icon::TRIANGLE_ALERT class="mt-0.5" />
            {format!(
                "For {who} creators here a period ended less than 48 hours ago: late data may still change these results.",
            )}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::{Quiet, quiet_of};

    #[test]
    fn icons_are_quiet_from_three_rows_in_four() {
        let rows = |with: usize, of: usize| quiet_of((0..of).map(|row| row < with));
        assert_eq!(rows(3, 4), Some(Quiet { with: 3, of: 4 }));
        assert_eq!(rows(37, 50), None, "74 %");
        assert_eq!(rows(38, 50), Some(Quiet { with: 38, of: 50 }), "76 %");
        assert_eq!(rows(1, 1), None, "a single row is no list");
        assert_eq!(rows(0, 0), None);
    }
}
