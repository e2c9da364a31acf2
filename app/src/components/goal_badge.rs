//! The badge of a goal.

use super::icon::{self, Icon, Svg};
use super::status_badge::status_icon;
use crate::badge::{Badge, Mark};
use compliance::Evaluation;
use leptos::prelude::*;

/// Returns the icon of a badge.
pub const fn mark_icon(mark: Mark) -> Svg {
    match mark {
        Mark::Starts => icon::CALENDAR_CLOCK,
        Mark::Waits => icon::HOURGLASS,
        Mark::Status(status) => status_icon(status),
    }
}

/// The badge of a goal.
#[component]
pub fn GoalBadge<'a>(
    /// The evaluation.
    evaluation: &'a Evaluation,
) -> impl IntoView + use<> {
    let Badge { mark, label } = Badge::of(evaluation);
    view! { <span class="badge" data-status=mark.color()><Icon svg=mark_icon(mark) />{label}</span> }
}
