//! The Change log of a creator.

use super::loaded::loaded;
use super::removed::Removed;
use super::request::{Request, link};
use crate::caller::caller;
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::empty_state::EmptyState;
use crate::components::goal_line::goal_name;
use crate::components::icon::{self, Icon, Svg};
use crate::components::status_badge::StatusBadge;
use crate::shell::{Place, shell};
use crate::wording::{clock_time, date, date_time, iso, number, plural, short_date, signed};
use chrono::NaiveDate;
use compliance::Cadence;
use compliance::calendar::LocalDays as _;
use compliance::goal_form::parse_date;
use compliance::metric::Metric;
use compliance::terms::GoalTerms;
use compliance::timeline::{Cause, Change};
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos_meta::Title;
use program::changelog::{ChangeLog, Entry, EntryKind, What, change_log};
use program::creators::record::{CreatorEvent, CreatorEventKind};
use program::posts::record::PostEvidence;

/// The Change log tab.
#[component]
pub fn ChangeLogPage() -> impl IntoView {
    let request = Request::current();
    let until = request.named("until", |text| parse_date(text).ok());
    let kind = request.named("kind", EntryKind::from_name);
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            change_log(&caller()?, project_id, creator_id, until).await
        },
        move |found| page(&found, until, kind),
    )
}

fn page(found: &ChangeLog, until: Option<NaiveDate>, kind: Option<EntryKind>) -> impl IntoView + use<> {
    let view = &found.creator;
    let typed = until.map(|date| date.to_string()).unwrap_or_default();
    let chip = |of: Option<EntryKind>, label: &'static str| {
        let count = found.entries.iter().filter(|entry| of.is_none_or(|kind| entry.what.kind() == kind)).count();
        let href = link(&[("kind", of.map_or("", EntryKind::name)), ("until", typed.as_str())]);
        view! {
            <a class="chip" href=href aria-current=(of == kind).then_some("true")>
                {label}" "<b>{count.to_string()}</b>
            </a>
        }
    };
    let chips: Vec<_> = std::iter::once(chip(None, "Everything"))
        .chain(EntryKind::ALL.map(|kind| chip(Some(kind), kind.label())))
        .collect();
    let shown: Vec<&Entry> =
        found.entries.iter().filter(|entry| kind.is_none_or(|kind| entry.what.kind() == kind)).collect();
    let span = format!("{} – {}", short_date(found.dates.first), date(found.dates.last()));
    let body = if shown.is_empty() {
        view! {
            <EmptyState
                svg=icon::HISTORY
                title="Nothing happened"
                text=format!("Between {span} no verdict changed, no post was reviewed and no goal was edited.")
            />
        }
        .into_any()
    } else {
        days(found, &shown).into_any()
    };
    let kind_name = kind.map_or("", EntryKind::name);
    let earlier = found.has_earlier.then(|| {
        let until = found.dates.first.pred_opt().map(|date| date.to_string()).unwrap_or_default();
        let href = link(&[("kind", kind_name), ("until", until.as_str())]);
        view! { <a class="btn btn-sm" rel="next" href=href><Icon svg=icon::CHEVRON_LEFT />"Earlier"</a> }
    });
    let latest = until.map(|_| {
        let href = link(&[("kind", kind_name)]);
        view! { <a class="btn btn-sm" rel="prev" href=href>"Latest"<Icon svg=icon::CHEVRON_RIGHT /></a> }
    });
    view! {
        <Title text=format!("Change log · {}", view.creator.name()) />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::ChangeLog />
            <Removed view />
            <nav class="flex flex-wrap gap-2" aria-label="Filter by kind">{chips}</nav>
            {body}
            <nav class="flex flex-wrap items-center justify-between gap-3 text-sm" aria-label="Pages">
                {earlier}
                <p class="text-muted">{span}</p>
                {latest}
            </nav>
        }.into_any())}
    }
}

/// Renders the entries by local day.
fn days(found: &ChangeLog, shown: &[&Entry]) -> impl IntoView + use<> {
    let zone = found.creator.project.zone;
    let groups = shown.chunk_by(|one, next| zone.date_of(one.at) == zone.date_of(next.at)).map(|group| {
        let day = group.first().map(|entry| zone.date_of(entry.at)).unwrap_or_default();
        let rows = group.iter().map(|entry| row(found, entry));
        view! {
            <section class="grid gap-1" aria-label=date(day)>
                <h2 class="text-sm font-semibold text-soft">{format!("{}, {}", day.format("%A"), date(day))}</h2>
                <ol class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ol>
            </section>
        }
    });
    view! { <div class="grid gap-4">{groups.collect_view()}</div> }
}

fn row(found: &ChangeLog, entry: &Entry) -> impl IntoView + use<> {
    let zone = found.creator.project.zone;
    let (svg, what, why) = told(found, &entry.what);
    view! {
        <li class="log-row" data-entry=entry.what.kind().name()>
            <time class="text-xs text-muted tabular-nums" datetime=iso(entry.at) title=date_time(entry.at, zone)>
                {clock_time(entry.at, zone)}
            </time>
            <Icon svg class="mt-0.5 text-muted" />
            <div class="min-w-0">
                <p class="flex flex-wrap items-center gap-x-1.5 gap-y-1">{what}</p>
                {why.map(|why| view! { <p class="text-sm text-muted">{why}</p> })}
            </div>
        </li>
    }
}

/// Returns an entry's icon, what happened, and why.
fn told(found: &ChangeLog, what: &What) -> (Svg, AnyView, Option<String>) {
    let name = found.creator.creator.name();
    match what {
        What::Compliance { goal, change, post } => {
            let what = view! {
                <span class="font-[560]">
                    {format!("{} {}", goal.goal.cadence.label(), goal.goal.metric.label().to_lowercase())}
                </span>
                <StatusBadge status=change.from />
                <Icon svg=icon::ARROW_RIGHT class="size-3.5 text-muted" />
                <span class="sr-only">" became "</span>
                <StatusBadge status=change.to />
                <span class="text-sm text-muted tabular-nums">
                    {format!("{} of {}", number(change.actual), number(change.target))}
                </span>
            };
            (icon::TARGET, what.into_any(), Some(because(change, goal.goal.metric, goal.goal.cadence, post.as_ref())))
        }
        What::Reviewed { change, post } => {
            let switched = match (change.from.disabled, change.to.disabled) {
                (false, true) => Some("Tracking disabled"),
                (true, false) => Some("Tracking enabled"),
                _ => None,
            };
            let status = format!("{} → {}", change.from.status.label(), change.to.status.label());
            let done = match switched {
                Some(switched) if change.from.status == change.to.status => switched.to_owned(),
                Some(switched) => format!("{status}. {switched}"),
                None => status,
            };
            (icon::INBOX, done.into_any(), Some(format!("Post {}", named(post.as_ref()))))
        }
        What::GoalAdded(record, terms) => {
            let goal = goal_name(record.goal.metric, record.goal.cadence, terms.target_value);
            (icon::PLUS, format!("Goal added: {goal}").into_any(), dates_of(terms))
        }
        What::GoalEdited(record, before, after) => {
            let goal = goal_name(record.goal.metric, record.goal.cadence, after.target_value);
            let what = match (before.is_active, after.is_active) {
                (true, false) => format!("Goal ended: {goal}"),
                (false, true) => format!("Goal resumed: {goal}"),
                _ => format!("Goal edited: {goal}"),
            };
            (icon::PENCIL, what.into_any(), edited(before, after))
        }
        What::GoalDeleted(record) => {
            let goal = goal_name(record.goal.metric, record.goal.cadence, record.goal.terms().target_value);
            (icon::TRASH, format!("Goal deleted: {goal}").into_any(), None)
        }
        What::Added => (icon::USER_PLUS, "Added to the program".into_any(), None),
        What::Creator(event) => {
            let (svg, what) = creator_event(name, event);
            (svg, what.into_any(), None)
        }
        What::Milestone(count) => {
            (icon::TRENDING_UP, format!("{name} reached {} followers", number(*count)).into_any(), None)
        }
    }
}

/// Returns why a verdict changed.
fn because(change: &Change, metric: Metric, cadence: Cadence, post: Option<&PostEvidence>) -> String {
    match &change.cause {
        Cause::PeriodEnded => format!(
            "The {} ended, {} – {}.",
            match cadence {
                Cadence::Daily => "day",
                Cadence::Weekly => "week",
                Cadence::Monthly => "month",
            },
            short_date(change.window.dates.first),
            short_date(change.window.dates.last()),
        ),
        Cause::TimePassed => "Time passed, and too little was gained.".to_owned(),
        Cause::Posts { gain, others, .. } => {
            let others = match others {
                0 => String::new(),
                _ => format!(" and {}", plural(i64::try_from(*others).unwrap_or(0), "other post", "other posts")),
            };
            match metric {
                Metric::Posts => format!("Published: {}{others}.", named(post)),
                _ => format!("{} {} on {}{others}.", signed(*gain), metric.unit(*gain), named(post)),
            }
        }
        Cause::Followers(gain) => format!("{} {} at the last reading.", signed(*gain), metric.unit(*gain)),
        Cause::Reviewed(_) => format!("A decision on {}.", named(post)),
        Cause::Edited => "The goal was edited.".to_owned(),
    }
}

/// Returns a post's name within a sentence.
fn named(post: Option<&PostEvidence>) -> String {
    let Some(post) = post else { return "a post".to_owned() };
    match post.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if text.chars().count() > 80 => format!("“{}…”", text.chars().take(79).collect::<String>()),
        Some(text) => format!("“{text}”"),
        None => post.tiktok_video_id.clone(),
    }
}

fn dates_of(terms: &GoalTerms) -> Option<String> {
    match (terms.start_date, terms.end_date) {
        (None, None) => None,
        (Some(start), None) => Some(format!("From {}.", date(start))),
        (None, Some(end)) => Some(format!("Until {}.", date(end))),
        (Some(start), Some(end)) => Some(format!("From {} until {}.", date(start), date(end))),
    }
}

/// Returns what an edit changed.
fn edited(before: &GoalTerms, after: &GoalTerms) -> Option<String> {
    let day = |date: Option<NaiveDate>| date.map_or_else(|| "none".to_owned(), crate::wording::date);
    let mut parts = Vec::new();
    if before.target_value != after.target_value {
        parts.push(format!("Target {} → {}", number(before.target_value), number(after.target_value)));
    }
    if before.start_date != after.start_date {
        parts.push(format!("first day {} → {}", day(before.start_date), day(after.start_date)));
    }
    if before.end_date != after.end_date {
        parts.push(format!("last day {} → {}", day(before.end_date), day(after.end_date)));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

fn creator_event(name: &str, event: &CreatorEvent) -> (Svg, String) {
    let mode = |name: &str| match TrackingMode::from_name(name) {
        Some(TrackingMode::Selective) => "wait for approval",
        _ => "count at once",
    };
    let start = |text: &str| {
        if text.is_empty() { "automatic".to_owned() } else { parse_date(text).map_or_else(|_| text.to_owned(), date) }
    };
    match event.kind {
        CreatorEventKind::Renamed => (icon::PENCIL, format!("Renamed from @{} to @{}", event.from, event.to)),
        CreatorEventKind::Removed => (icon::X, format!("{name} was removed from the program")),
        CreatorEventKind::Returned => (icon::UNDO, format!("{name} was restored to the program")),
        CreatorEventKind::TrackingMode => {
            (icon::SETTINGS, format!("New posts {} instead of {}", mode(&event.to), gerund(mode(&event.from))))
        }
        CreatorEventKind::Merged => {
            (icon::USERS, format!("@{} was merged into this creator: it is the same account", event.from))
        }
        CreatorEventKind::MergeUndone => (icon::UNDO, format!("The merge of @{} was undone", event.from)),
        CreatorEventKind::TrackingStart => {
            (icon::SETTINGS, format!("Tracking start moved from {} to {}", start(&event.from), start(&event.to)))
        }
    }
}

fn gerund(mode: &'static str) -> &'static str {
    if mode == "wait for approval" { "waiting for approval" } else { "counting at once" }
}
