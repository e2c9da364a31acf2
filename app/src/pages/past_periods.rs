//! The past periods of a goal on the Creator Goals tab: a strip of verdicts, what they come to, and the one that is open.

use crate::components::goal_line::StatusMarker;
use crate::components::icon::Icon;
use crate::components::pace_chart::PaceChart;
use crate::components::status_badge::{StatusBadge, status_icon};
use crate::pages::evidence::EvidenceTable;
use crate::verdict::sentence;
use crate::wording::{number, window};
use compliance::Evaluation;
use compliance::track_record::TrackRecord;
use leptos::prelude::*;
use program::goals::evidence::{Evidence, WhyOf};
use program::goals::periods::PERIODS_IN_STRIP;
use program::goals::tab::CreatorGoals;
use program::ids::GoalId;

/// Renders the verdicts on the last periods, the oldest first; each links to its evidence.
pub fn past_periods(found: &CreatorGoals, goal_id: GoalId, base: &str) -> impl IntoView + use<> {
    let periods = found.strips.get(&goal_id).filter(|periods| !periods.is_empty())?;
    let open = found.evidence.as_ref().filter(|evidence| evidence.why.goal_id == goal_id);
    let open = open.filter(|evidence| matches!(evidence.why.of, WhyOf::On(_)));
    let links = periods.iter().rev().map(|judged| {
        let first = judged.window.dates.first;
        let current = open.is_some_and(|evidence| evidence.evaluation.window.start == judged.window.start);
        let label = format!(
            "{}: {}, {} of {}",
            window(judged),
            judged.status.label(),
            number(judged.actual),
            number(judged.target)
        );
        let label = judged.marker().map_or_else(|| label.clone(), |marker| format!("{label}, {}", marker.label()));
        let href = if current {
            format!("{base}#goal-{goal_id}")
        } else {
            format!("{base}?why={goal_id}&on={first}#goal-{goal_id}")
        };
        view! {
            <li>
                <a
                    class="strip-period"
                    data-status=judged.status.name()
                    href=href
                    title=label.clone()
                    aria-label=label
                    aria-expanded=if current { "true" } else { "false" }
                ><Icon svg=status_icon(judged.status) /></a>
            </li>
        }
    });
    let shown = open.map(|evidence| {
        let (judged, zone) = (&evidence.evaluation, found.creator.project.zone);
        view! {
            <div class="flex flex-wrap items-center gap-2 border-t border-hairline px-4 pt-2 text-sm">
                <span class="font-[560]">{window(judged)}</span>
                <StatusBadge status=judged.status />
                <StatusMarker evaluation=judged />
                <span class="text-soft">{sentence(judged, &zone)}</span>
            </div>
            {past_chart(evidence, found)}
            <EvidenceTable evidence zone />
        }
    });
    let count = i64::try_from(periods.len()).unwrap_or(0);
    let count = if count == 1 { "Last period".to_owned() } else { format!("Last {} periods", number(count)) };
    let record = record(periods);
    Some(view! {
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-hairline px-4 py-1.5 text-sm">
            <span class="text-muted">{count}</span>
            <ol class="flex flex-wrap gap-0.5" aria-label="Past periods, the oldest first">{links.collect_view()}</ol>
            {record}
        </div>
        {shown}
    })
}

/// Renders the chart of a past period whose evidence is open.
pub fn past_chart(evidence: &Evidence, found: &CreatorGoals) -> impl IntoView + use<> {
    let (evaluation, zone) = (&evidence.evaluation, found.creator.project.zone);
    let course = evidence.course.as_ref()?;
    Some(view! {
        <div class="max-w-2xl px-4 py-2"><PaceChart evaluation course zone name="pace-past".to_owned() /></div>
    })
}

/// Renders what the periods come to: the streak, and the best and the average attainment.
fn record(periods: &[Evaluation]) -> impl IntoView + use<> {
    let TrackRecord { streak, unbroken, best, average } = TrackRecord::of(periods);
    let at_least = if unbroken && periods.len() >= PERIODS_IN_STRIP { " or more" } else { "" };
    let percent = |value: Option<i64>| value.map(|value| format!("{} %", number(value)));
    let part = |name: &'static str, value: String| {
        view! {
            <div class="flex gap-1.5">
                <dt class="text-muted">{name}</dt>
                <dd class="font-[560] tabular-nums">{value}</dd>
            </div>
        }
    };
    let streak = match streak {
        0 => "none".to_owned(),
        streak => format!("{streak}{at_least}"),
    };
    view! {
        <dl class="flex flex-wrap gap-x-4 sm:ms-auto">
            {part("Streak", streak)}
            {percent(best).map(|best| part("Best", best))}
            {percent(average).map(|average| part("Average", average))}
        </dl>
    }
}
