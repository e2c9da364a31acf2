//! The badge of a goal.

use super::icon::{self, Icon};
use super::status_badge::status_icon;
use crate::goal_words::{age, short_date};
use compliance::Evaluation;
use compliance::status::Marker;
use leptos::prelude::*;

/// The badge of a goal: its status, or when it starts, or that nobody has looked. Green is earned by data.
#[component]
pub fn GoalBadge<'a>(
    /// The evaluation.
    evaluation: &'a Evaluation,
) -> impl IntoView + use<> {
    let (status, svg, label) = if evaluation.advisory.not_yet_started {
        ("none", icon::CALENDAR_CLOCK, format!("Starts {}", short_date(evaluation.window.dates.first)))
    } else if evaluation.waits_for_data() {
        let label = match evaluation.advisory.scrape_freshness {
            Some(freshness) => format!("Stale: {}", age(freshness.last_collected_at, evaluation.as_of)),
            None => Marker::NoDataYet.label().to_owned(),
        };
        ("none", icon::HOURGLASS, label)
    } else {
        (evaluation.status.name(), status_icon(evaluation.status), evaluation.status.label().to_owned())
    };
    view! { <span class="badge" data-status=status><Icon svg />{label}</span> }
}
