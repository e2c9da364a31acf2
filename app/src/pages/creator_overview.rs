//! The Overview tab of a creator: key stats and goals.

use super::loaded::loaded;
use super::removed::Removed;
use super::request::{Request, link};
use crate::caller::caller;
use crate::components::chart::{DayChart, Shape};
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::goal_line::GoalLine;
use crate::components::icon::{self, Icon};
use crate::components::markdown::Markdown;
use crate::components::notice::DoneNotice;
use crate::shell::{Place, shell};
use crate::wording::{date, noun, number, signed};
use chrono::NaiveDate;
use compliance::gains::Gains;
use leptos::prelude::*;
use leptos_meta::Title;
use program::creators::view::CreatorView;
use program::trends::{SPANS, Trends, trends};
use std::cmp::Ordering;

/// The Overview tab.
#[component]
pub fn CreatorOverviewPage() -> impl IntoView {
    let request = Request::current();
    let done = request.query("done");
    let span = request.query("days").parse().ok();
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            trends(&caller()?, project_id, creator_id, span).await
        },
        move |found| page(&found, done),
    )
}

fn page(found: &Trends, done: String) -> impl IntoView + use<> {
    let view = &found.creator;
    let notes = Some(found.notes.clone()).filter(|notes| !notes.is_empty());
    view! {
        <Title text=view.creator.name().to_owned() />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Overview />
            <DoneNotice code=done />
            <Removed view />
            {notes.map(|notes| view! {
                <section class="card px-4 py-3" aria-label="Notes"><Markdown text=notes /></section>
            })}
            {view.standing.is_some().then(|| view! { {goals(view)}{stats(found)}{charts(found)} })}
        }.into_any())}
    }
}

fn stats(found: &Trends) -> impl IntoView + use<> {
    let view = &found.creator;
    let tracked_since = view.creator.tracking_start(view.project.zone).map_or_else(|| "–".to_owned(), date);
    let automatic = view.creator.tracking_start_date.is_none();
    let pending = match view.totals.pending {
        0 => String::new(),
        pending => format!(", {} pending review", number(pending)),
    };
    let big = |label: &'static str, value: String, gain: i64, before: Option<i64>, total: String| {
        let change = before.map(|before| {
            let (svg, word) = match gain.cmp(&before) {
                Ordering::Greater => (icon::ARROW_UP, "up"),
                Ordering::Less => (icon::ARROW_DOWN, "down"),
                Ordering::Equal => (icon::ARROW_RIGHT, "the same"),
            };
            let percent = change_percent(gain, before);
            view! {
                <span class="inline-flex items-center gap-1 text-sm text-soft tabular-nums">
                    <Icon svg class="size-3.5 text-muted" /><span class="sr-only">{word}" "</span>{percent}
                </span>
            }
        });
        view! {
            <div class="card p-4">
                <dt class="text-sm text-muted">{label}</dt>
                <dd class="mt-1 grid gap-0.5">
                    <span class="flex flex-wrap items-baseline gap-x-2">
                        <span class="text-xl font-semibold tracking-[-0.01em] tabular-nums">{value}</span>{change}
                    </span>
                    <span class="text-sm text-muted">{total}</span>
                </dd>
            </div>
        }
    };
    let (now, before) = (found.gains, found.gains_before);
    let all_of_it = |sum: i64, unit: &str| format!("{} {unit} on all posts", number(sum));
    let spans = SPANS.map(|span| {
        let current = (span == found.span).then_some("true");
        view! { <a class="btn btn-sm" href=link(&[("days", &span.to_string())]) aria-current=current>{format!("{span} days")}</a> }
    });
    let compared = format!("Compared with the {} days before.", found.span);
    let since = format!("Tracked since {tracked_since}{}.", if automatic { ", automatically" } else { "" });
    view! {
        <section class="grid gap-3" aria-labelledby="stats-heading">
            <div class="flex flex-wrap items-center justify-between gap-2">
                <h2 id="stats-heading" class="text-sm font-semibold text-soft">{format!("The last {} days", found.span)}</h2>
                <nav class="seg-links" aria-label="Days">{spans.into_iter().collect_view()}</nav>
            </div>
            <dl class="grid grid-cols-2 gap-3 lg:grid-cols-4">
                {big(
                    "Followers",
                    view.creator.followers.map_or_else(|| "–".to_owned(), number),
                    now.followers,
                    None,
                    format!("{} in {} days", signed(now.followers), found.span),
                )}
                {big("Posts", number(now.posts), now.posts, Some(before.posts), format!("{} known in all{pending}", number(view.totals.posts)))}
                {big("Views", number(now.views), now.views, Some(before.views), all_of_it(view.totals.views, noun(view.totals.views, "view", "views")))}
                {big("Engagement", number(now.engagement), now.engagement, Some(before.engagement), all_of_it(view.totals.engagement, "in all"))}
            </dl>
            <p class="text-xs text-muted">{compared}" "{since}</p>
        </section>
    }
}

/// Returns the difference of a gain from the previous one, in percent of that.
fn change_percent(gain: i64, before: i64) -> String {
    if before <= 0 {
        return if gain == before { "0 %".to_owned() } else { "new".to_owned() };
    }
    let percent = (i128::from(gain) - i128::from(before)) * 100 / i128::from(before);
    format!("{} %", signed(i64::try_from(percent).unwrap_or(i64::MAX)))
}

fn charts(found: &Trends) -> impl IntoView + use<> {
    let days = |of: fn(&Gains) -> i64| -> Vec<(NaiveDate, Option<i64>)> {
        found.days.iter().map(|(day, gains)| (*day, Some(of(gains)))).collect()
    };
    view! {
        <div class="grid gap-3 lg:grid-cols-3">
            <div class="card p-4"><DayChart title="Followers" unit=("follower", "followers") shape=Shape::Line days=found.followers.clone() /></div>
            <div class="card p-4"><DayChart title="Views a day" unit=("view", "views") shape=Shape::Bars days=days(|gains| gains.views) /></div>
            <div class="card p-4"><DayChart title="Posts a day" unit=("post", "posts") shape=Shape::Bars days=days(|gains| gains.posts) /></div>
        </div>
    }
}

fn goals(view: &CreatorView) -> impl IntoView + use<> {
    let href = Tab::Goals.href(view.project.project_id, view.creator.creator_id);
    let zone = view.project.zone;
    let lines: Vec<_> = view
        .standing
        .iter()
        .flat_map(|standing| &standing.evaluations)
        .map(|(goal_id, evaluation)| view! { <li><GoalLine goal_id=*goal_id evaluation zone hint=true /></li> })
        .collect();
    let body = if lines.is_empty() {
        view! {
            <p class="border-t border-hairline px-4 py-3 text-sm text-muted">
                "No goals yet. "<a class="link inline-flex min-h-6 items-center" href=format!("{href}/new")>"Add one"</a>
            </p>
        }
        .into_any()
    } else {
        view! { <ul class="grid [&>li]:border-t [&>li]:border-hairline [&>li]:px-4 [&>li]:py-2.5">{lines}</ul> }
            .into_any()
    };
    view! {
        <section data-live="goals" aria-labelledby="goals-heading" class="card overflow-clip">
            <div class="flex items-center justify-between px-4 py-2.5">
                <h2 id="goals-heading" class="font-semibold">"Goals"</h2>
                <a class="link inline-flex min-h-6 items-center text-sm" href=href>"Open Creator Goals"</a>
            </div>
            {body}
        </section>
    }
}
