//! A creator at a glance: key stats and goals.

use super::loaded::loaded;
use super::removed::Removed;
use super::request::Request;
use crate::api::Server;
use crate::api::creators::{CreatorView, creator};
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::goal_line::GoalLine;
use crate::components::notice::DoneNotice;
use crate::components::shell::{Place, shell};
use crate::wording::{date, number};
use leptos::prelude::*;
use leptos_meta::Title;

/// The Overview tab.
#[component]
pub fn CreatorOverviewPage() -> impl IntoView {
    let request = Request::current();
    let done = request.query("done");
    loaded(
        async move { creator(&Server::current()?, request.id("project_id")?, request.id("creator_id")?).await },
        move |view| page(&view, done),
    )
}

fn page(view: &CreatorView, done: String) -> impl IntoView + use<> {
    view! {
        <Title text=view.creator.name().to_owned() />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Overview />
            <DoneNotice code=done />
            <Removed view />
            {view.standing.is_some().then(|| view! { {stats(view)}{goals(view)} })}
        }.into_any())}
    }
}

fn stats(view: &CreatorView) -> impl IntoView + use<> {
    let tracked_since = view.creator.tracking_start(view.project.zone).map_or_else(|| "–".to_owned(), date);
    let automatic = view.creator.tracking_start_date.is_none();
    let pending = (view.totals.pending > 0).then(|| format!("{} pending review", number(view.totals.pending)));
    let big = |label: &'static str, value: String, sub: Option<String>| {
        view! {
            <div class="card p-4">
                <dt class="text-sm text-muted">{label}</dt>
                <dd class="mt-1">
                    <span class="text-xl font-semibold tracking-[-0.01em] tabular-nums">{value}</span>
                    {sub.map(|sub| view! { <span class="block text-sm text-muted">{sub}</span> })}
                </dd>
            </div>
        }
    };
    view! {
        <dl class="grid grid-cols-2 gap-3 lg:grid-cols-4">
            {big("Followers", view.creator.followers.map_or_else(|| "–".to_owned(), number), Some("at the last reading".to_owned()))}
            {big("Posts", number(view.totals.posts), pending)}
            {big("Views", number(view.totals.views), Some("on all posts".to_owned()))}
            {big("Engagement", number(view.totals.engagement), Some("likes, comments, shares, saves".to_owned()))}
        </dl>
        <p class="-mt-2 text-sm text-muted">
            "Tracked since "{tracked_since}{automatic.then_some(", automatically: the day of the earliest number we hold")}"."
        </p>
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
                "No goals yet. "<a class="link" href=format!("{href}/new")>"Add one"</a>
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
