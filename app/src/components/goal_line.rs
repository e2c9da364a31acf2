//! One goal in a list: badge, progress, pace, time left, and the period that just ended.

pub use super::goal_badge::GoalBadge;

use super::advisory_icon::AdvisoryIcon;
use super::icon;
use super::pace_bar::PaceBar;
use super::status_badge::StatusBadge;
use crate::figures::needs;
use crate::verdict::expected_when;
use crate::wording::{date_time, ends, iso, number, time_left};
use compliance::calendar::Zone;
use compliance::metric::Metric;
use compliance::status::Marker;
use compliance::{Cadence, Evaluation, Status};
use leptos::prelude::*;
use program::ids::GoalId;

/// The marker beside a goal's status, if it has one that its badge does not show.
#[component]
pub fn StatusMarker<'a>(
    /// The evaluation.
    evaluation: &'a Evaluation,
) -> impl IntoView + use<> {
    evaluation.marker().filter(|_| !evaluation.waits_for_data()).map(|marker| {
        let svg = match marker {
            Marker::TargetReached => icon::FLAG,
            Marker::NoDataYet | Marker::AwaitingData => icon::HOURGLASS,
        };
        view! { <span class="marker"><icon::Icon svg />{marker.label()}</span> }
    })
}

/// The amber icon, while it is shown. `id` must be unique on the page.
#[component]
pub fn Advisory<'a>(
    /// The evaluation beside which it is shown.
    evaluation: &'a Evaluation,
    /// The goal, for the icon's id.
    goal_id: GoalId,
    /// The kind of evaluation, for the icon's id.
    kind: &'static str,
) -> impl IntoView + use<> {
    let text = advisory_text(evaluation)?;
    let id = format!("advisory-{kind}-{}", goal_id.uuid().simple());
    Some(view! { <AdvisoryIcon id text /> })
}

/// Returns the sentence behind the amber icon, while it is shown.
#[must_use]
pub fn advisory_text(evaluation: &Evaluation) -> Option<String> {
    let text = evaluation.advisory.icon_message()?;
    Some(if evaluation.awaiting_data() {
        format!("{text} Nothing was collected since it ended, so the numbers are not complete.")
    } else {
        text
    })
}

/// Returns the name of the period that just ended: "Yesterday", "Last week", "Last month".
#[must_use]
pub const fn previous_name(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "Yesterday",
        Cadence::Weekly => "Last week",
        Cadence::Monthly => "Last month",
    }
}

/// The badge of the period that just ended, with its icon.
#[component]
pub fn JustEnded<'a>(
    /// The evaluation of the current period.
    evaluation: &'a Evaluation,
    /// The goal.
    goal_id: GoalId,
    /// Further classes.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView + use<> {
    let ended = evaluation.just_ended()?;
    Some(view! {
        <span class=format!("flex flex-wrap items-center gap-1.5 text-xs text-muted {class}")>
            <span class="wide:sr-only">{format!("{}:", previous_name(ended.cadence))}</span>
            <span class="flex items-center gap-0.5">
                <StatusBadge status=ended.status />
                <Advisory evaluation=ended goal_id kind="previous" />
            </span>
            <span class="tabular-nums wide:sr-only">
                {format!("{} of {}", number(ended.actual), number(ended.target))}
            </span>
            <StatusMarker evaluation=ended />
        </span>
    })
}

/// The sentence "Needs 3 posts a day to finish on target".
#[component]
pub fn Needs<'a>(
    /// The verdict.
    evaluation: &'a Evaluation,
) -> impl IntoView + use<> {
    let (count, what) = needs(evaluation)?;
    Some(
        view! { "Needs "<b class="font-semibold text-ink">{number(count)}</b>{format!(" {what} to finish on target")} },
    )
}

/// One goal in a list.
#[component]
pub fn GoalLine<'a>(
    /// The goal.
    goal_id: GoalId,
    /// Its evaluation.
    evaluation: &'a Evaluation,
    /// The project's zone.
    zone: Zone,
    /// Whether to say what an At Risk goal needs.
    #[prop(optional)]
    hint: bool,
) -> impl IntoView + use<> {
    let not_started = evaluation.advisory.not_yet_started;
    let pace = match (evaluation.marker(), evaluation.pace_percent) {
        _ if evaluation.no_data_yet() && !evaluation.has_ended() => ().into_any(),
        (Some(marker), _) => {
            let look = if marker == Marker::TargetReached { "text-soft" } else { "text-muted" };
            view! { <span class=look>{marker.label()}</span> }.into_any()
        }
        _ if not_started || evaluation.has_ended() => ().into_any(),
        (None, Some(pace)) if !evaluation.nothing_due_yet() => view! {
            <span class="unit wide:sr-only">"pace"</span>" "{number(pace)}" "<span class="unit">"%"</span>
        }
        .into_any(),
        _ => view! { <span class="text-muted">"nothing due yet"</span> }.into_any(),
    };
    let end_title = format!("{}: {}", ends(evaluation, zone), date_time(evaluation.window.end, zone));
    let actual = if not_started {
        view! { <span class="unit">"target"</span>" "{number(evaluation.target)} }.into_any()
    } else {
        view! {
            <b class="font-semibold">{number(evaluation.actual)}</b>" "
            <span class="unit">{format!("of {}", number(evaluation.target))}</span>
        }
        .into_any()
    };
    let needs = (hint && evaluation.status == Status::AtRisk)
        .then(|| view! { <span class="gl-hint text-sm text-soft"><Needs evaluation /></span> });
    view! {
        <div class="goal-line">
            <span class="gl-goal text-sm">
                {evaluation.metric.label()}" "<span class="unit">{evaluation.cadence.name()}</span>
            </span>
            <span class="gl-status flex items-center gap-0.5">
                <GoalBadge evaluation />
                <Advisory evaluation goal_id kind="current" />
            </span>
            <span class="gl-bar"><PaceBar evaluation label=bar_label(evaluation) /></span>
            <span class="gl-actual num text-sm max-md:text-start">{actual}</span>
            <span class="gl-ends num flex justify-end gap-2 text-xs md:justify-between">
                <span class="gl-pace">{pace}</span>
                {(!not_started).then(|| view! {
                    <span class="text-muted">
                        <time datetime=iso(evaluation.window.end) title=end_title>{time_left(evaluation)}</time>
                    </span>
                })}
            </span>
            <JustEnded evaluation goal_id class="gl-prev wide:justify-end" />
            {needs}
        </div>
    }
}

/// Returns the description of a pace bar for screen readers.
#[must_use]
pub fn bar_label(evaluation: &Evaluation) -> String {
    if evaluation.advisory.not_yet_started {
        return "Not started yet".to_owned();
    }
    let done = format!("{} of {}", number(evaluation.actual), number(evaluation.target));
    if evaluation.has_ended() || evaluation.expected.units() == 0 {
        done
    } else {
        format!("{done}, {}", expected_when(evaluation.expected, evaluation.advisory.scrape_stale))
    }
}

/// Returns a goal in words: "15 posts, weekly".
#[must_use]
pub fn goal_name(metric: Metric, cadence: Cadence, target_value: i64) -> String {
    format!("{} {}, {}", number(target_value), metric.unit(target_value), cadence.name())
}
