//! A goal on the Creator Goals tab: badge, progress, required rate, and evidence.

use crate::components::goal_line::{Advisory, GoalBadge, StatusMarker, goal_name, previous_name};
use crate::components::icon::{self, Icon, Svg};
use crate::components::pace_bar::PaceBar;
use crate::components::pace_chart::PaceChart;
use crate::components::status_badge::StatusBadge;
use crate::figures::required_text;
use crate::pages::evidence::EvidenceTable;
use crate::pages::past_periods::{past_chart, past_periods};
use crate::verdict::sentence;
use crate::wording::{date, date_time, ends, iso, number, time_left, window};
use compliance::Evaluation;
use compliance::metric::Metric;
use leptos::prelude::*;
use program::creators::view::CreatorView;
use program::goals::card::GoalCard;
use program::goals::evidence::WhyOf;
use program::goals::tab::CreatorGoals;
use program::ids::GoalId;

/// Renders a goal; without a window to judge, it says what to do about that.
pub fn goal_card(found: &CreatorGoals, card: &GoalCard, base: &str) -> impl IntoView + use<> {
    let (record, goal_id) = (&card.record, card.record.goal_id);
    let zone = found.creator.project.zone;
    let terms = record.goal.terms();
    let name = goal_name(record.goal.metric, record.goal.cadence, terms.target_value);
    let Some(evaluation) = &card.evaluation else {
        return view! {
            <article class="card px-4 py-3" id=format!("goal-{goal_id}")>
                <h2 class="font-semibold">{name}</h2>
                <p class="text-soft">"No day is left between the dates of this goal. Edit its dates."</p>
                <a class="btn btn-sm mt-2" href=format!("{base}/{goal_id}/edit")>"Edit"</a>
            </article>
        }
        .into_any();
    };
    let not_started = evaluation.advisory.not_yet_started;
    let quiet = not_started || evaluation.no_data_yet();
    let small = |page: &str, svg: Svg, label: &'static str| {
        view! {
            <a class="btn btn-sm btn-quiet" href=format!("{base}/{goal_id}/{page}")>
                <Icon svg class="size-3.5" />{label}<span class="sr-only">{format!(": {name}")}</span>
            </a>
        }
    };
    let when = if not_started { format!("from {}", date(evaluation.window.dates.first)) } else { window(evaluation) };
    let facts = (!not_started).then(|| facts(evaluation, zone));
    let chart = card.course.as_ref().map(|course| {
        view! { <PaceChart evaluation course zone name=format!("pace-{goal_id}") /> }
    });
    view! {
        <article
            class="card overflow-clip"
            id=format!("goal-{goal_id}")
            data-live=goal_id.to_string()
            data-status=if quiet { "none" } else { evaluation.status.name() }
        >
            <header class="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3">
                <h2 class="font-semibold">
                    {evaluation.metric.label()}" "
                    <span class="unit">{format!("{}, {when}", evaluation.cadence.name())}</span>
                </h2>
                <span class="flex items-center gap-0.5">
                    <GoalBadge evaluation />
                    <Advisory evaluation goal_id kind="current" />
                </span>
                <StatusMarker evaluation />
                <div class="-me-2 ms-auto flex max-sm:-ms-2 max-sm:me-auto">
                    {small("edit", icon::PENCIL, "Edit")}
                    {small("end", icon::FLAG, "End")}
                    {small("delete", icon::TRASH, "Delete")}
                </div>
            </header>
            <div class="grid gap-4 px-4 pb-4 pt-2 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] wide:gap-8">
                <div class="grid content-start gap-1.5">
                    <p class="flex items-baseline justify-between gap-3 pe-[16.7%]">
                        <span class="tabular-nums">
                            <span class="text-xl font-semibold tracking-[-0.01em]" data-actual>{number(evaluation.actual)}</span>" "
                            <span class="text-muted">
                                {format!("of {} {}", number(evaluation.target), evaluation.metric.unit(evaluation.target))}
                            </span>
                        </span>
                        {(!not_started).then(|| view! {
                            <span class="tabular-nums text-soft">
                                {number(evaluation.percentage)}" "<span class="unit">"%"</span>
                            </span>
                        })}
                    </p>
                    <PaceBar evaluation large=true />
                    <p class="text-sm text-soft" data-sentence>{sentence(evaluation, &zone)}</p>
                    {baseline(&found.creator, evaluation).map(|text| view! { <p class="text-sm text-soft">{text}</p> })}
                    <ul class="grid gap-0.5 text-xs text-muted">
                        {evaluation.advisory.notes().into_iter().map(|message| view! { <li>{message}</li> }).collect_view()}
                    </ul>
                    {facts}
                </div>
                {chart}
            </div>
            {(!not_started).then(|| why(found, card, base))}
            {previous(found, card, base)}
            {past_periods(found, goal_id, base)}
        </article>
    }
    .into_any()
}

/// Says why a goal reads 0 although its creator has views: the first readings of posts from before tracking began are
/// baselines.
fn baseline(view: &CreatorView, evaluation: &Evaluation) -> Option<String> {
    let counts_gains = matches!(evaluation.metric, Metric::Views | Metric::Engagement);
    let start = view.creator.tracking_start(view.project.zone)?;
    let began_within = evaluation.window.dates.contains(start);
    (counts_gains && evaluation.actual == 0 && view.totals.views > 0 && began_within).then(|| {
        format!(
            "Tracking began on {}. The first reading of a post from before is a baseline: what it gains after that counts.",
            date(start)
        )
    })
}

fn facts(evaluation: &Evaluation, zone: compliance::calendar::Zone) -> impl IntoView + use<> {
    let none = || "–".to_owned();
    let fact = |label: String, value: AnyView| {
        view! {
            <div class="min-w-0">
                <dt class="text-xs text-muted">{label}</dt>
                <dd class="font-[560] tabular-nums">{value}</dd>
            </div>
        }
    };
    let pace = evaluation.pace_percent.map_or_else(none, |pace| format!("{} %", number(pace)));
    let left = view! {
        <time datetime=iso(evaluation.window.end) title=date_time(evaluation.window.end, zone)>{time_left(evaluation)}</time>
    };
    view! {
        <dl class="mt-1 grid grid-cols-2 content-start gap-x-4 gap-y-2 sm:grid-cols-4">
            {fact("Pace".to_owned(), pace.into_any())}
            {fact("Projected".to_owned(), evaluation.projected.map_or_else(none, number).into_any())}
            {fact("Required a day".to_owned(), evaluation.required_per_day.map_or_else(none, required_text).into_any())}
            {fact(ends(evaluation, zone), left.into_any())}
        </dl>
    }
}

/// Renders the previous period, with its icon while it is recently ended.
fn previous(found: &CreatorGoals, card: &GoalCard, base: &str) -> impl IntoView + use<> {
    let ended = card.evaluation.as_ref()?.previous.as_deref()?;
    let goal_id = card.record.goal_id;
    let kind = if ended.is_final {
        "final"
    } else if ended.advisory.period_recently_ended {
        ""
    } else {
        "not final: no data since the close"
    };
    let name = if ended.advisory.period_recently_ended { previous_name(ended.cadence) } else { "Before" };
    let ids = (goal_id, WhyOf::Previous);
    Some(view! {
        <div class="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-t border-hairline py-0.5 ps-4 text-sm max-sm:pt-2">
            <span class="text-muted">{format!("{name}, {}", window(ended))}</span>
            <span class="flex items-center gap-0.5">
                <StatusBadge status=ended.status />
                <Advisory evaluation=ended goal_id kind="previous" />
            </span>
            <span class="tabular-nums">
                {number(ended.actual)}" "<span class="unit">{format!("of {}", number(ended.target))}</span>
            </span>
            <StatusMarker evaluation=ended />
            <span class="text-xs text-muted">{kind}</span>
            <span class="ms-auto">{why_link(found, ids, ended, base)}</span>
        </div>
        {evidence(found, ids)}
    })
}

/// Renders the evidence for a goal's number: a line that opens and closes it and, if open, the evidence.
pub fn why(found: &CreatorGoals, card: &GoalCard, base: &str) -> impl IntoView + use<> {
    let evaluation = card.evaluation.as_ref()?;
    let ids = (card.record.goal_id, WhyOf::Current);
    Some(view! {
        <div class="border-t border-hairline">{why_link(found, ids, evaluation, base)}</div>
        {evidence(found, ids)}
    })
}

/// Renders the link that opens or closes the evidence. The number is identified by its goal and whether it is that of
/// the previous period.
fn why_link(
    found: &CreatorGoals,
    (goal_id, of): (GoalId, WhyOf),
    evaluation: &Evaluation,
    base: &str,
) -> impl IntoView + use<> {
    let open = found.evidence.as_ref().is_some_and(|evidence| evidence.why.is_of(goal_id, of));
    let href = match (open, of) {
        (true, _) => format!("{base}#goal-{goal_id}"),
        (false, WhyOf::Previous) => format!("{base}?why={goal_id}&of=previous#goal-{goal_id}"),
        (false, WhyOf::On(date)) => format!("{base}?why={goal_id}&on={date}#goal-{goal_id}"),
        (false, WhyOf::Current) => format!("{base}?why={goal_id}#goal-{goal_id}"),
    };
    let more = (of == WhyOf::Current)
        .then(|| view! { <span class="text-muted max-sm:sr-only">"Every post and reading behind the number"</span> });
    view! {
        <a
            class="flex min-h-10 items-center gap-2 px-4 text-sm text-soft hover:text-ink"
            href=href
            aria-expanded=if open { "true" } else { "false" }
        >
            <span class="whitespace-nowrap font-[560] text-ink">{format!("Why {}?", number(evaluation.actual))}</span>
            {more}
            <Icon svg=icon::CHEVRON_DOWN class=if open { "ms-auto rotate-180 text-muted" } else { "ms-auto text-muted" } />
        </a>
    }
}

fn evidence(found: &CreatorGoals, (goal_id, of): (GoalId, WhyOf)) -> impl IntoView + use<> {
    let evidence = found.evidence.as_ref().filter(|evidence| evidence.why.is_of(goal_id, of))?;
    let chart = past_chart(evidence, found);
    Some(view! { {chart}<EvidenceTable evidence zone=found.creator.project.zone /> })
}
