//! The pace bar: filled up to actual, with a tick at expected; the target is at five sixths of its width.

use crate::bar::{Bar, Marks};
use compliance::Evaluation;
use leptos::prelude::*;

/// Draws a pace bar. `label` is its description for screen readers; `None` if the same numbers are shown beside it.
pub fn pace_bar(marks: Marks, large: bool, label: Option<String>) -> impl IntoView + use<> {
    let Bar { filled, over, expected } = Bar::of(marks);
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
            {expected.map(|x| view! {
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
    pace_bar(Marks::of(evaluation), large, label)
}
