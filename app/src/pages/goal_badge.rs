//! The badge of a goal, beside the name of its creator.

use crate::components::goal_line::{Advisory, GoalBadge, JustEnded, StatusMarker};
use compliance::Evaluation;
use leptos::prelude::*;
use program::ids::GoalId;

/// The badge, and the goal it belongs to.
pub fn badge(goal_id: GoalId, evaluation: &Evaluation) -> impl IntoView + use<> {
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2 text-sm">
            <span>{evaluation.metric.label()}" "<span class="unit">{evaluation.cadence.name()}</span></span>
            <span class="flex flex-wrap items-center gap-1.5">
                <GoalBadge evaluation />
                <Advisory evaluation goal_id kind="current" />
                <StatusMarker evaluation />
                <JustEnded evaluation goal_id />
            </span>
        </li>
    }
}
