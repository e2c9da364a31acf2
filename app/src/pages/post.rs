//! The page of one post: its counters over time, the goals it counts for, the decisions.

use super::loaded::loaded;
use super::posts_table::{TrackingBadge, counted_goals, decisions};
use super::request::Request;
use crate::caller::caller;
use crate::components::caption::Caption;
use crate::components::chart::{DayChart, Shape};
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::icon::{self, Icon};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::shell::{Place, shell};
use crate::wording::{date_time, iso, number, plural};
use chrono::NaiveDate;
use compliance::calendar::{LocalDays as _, Zone};
use compliance::fact::Counters;
use leptos::prelude::*;
use leptos_meta::Title;
use program::posts::record::Snapshot;
use program::posts::view::{PostView, post_view};

/// One post.
#[component]
pub fn PostPage() -> impl IntoView {
    let request = Request::current();
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            post_view(&caller()?, project_id, creator_id, request.id("post_id")?).await
        },
        |found| page(&found),
    )
}

/// The most readings whose rows are shown.
const ROWS_SHOWN: usize = 200;

fn page(found: &PostView) -> impl IntoView + use<> {
    let (view, post) = (&found.creator, &found.post);
    let zone = view.project.zone;
    let posts = Tab::Posts.href(view.project.project_id, view.creator.creator_id);
    let chart = |title: &'static str, unit: (&'static str, &'static str), of: fn(&Counters) -> Option<i64>| {
        let days = days(&found.snapshots, zone, of);
        view! { <div class="card p-4"><DayChart title unit shape=Shape::Line days /></div> }
    };
    let rows = found.snapshots.iter().rev().take(ROWS_SHOWN).map(|snapshot| row(snapshot, zone));
    let more = i64::try_from(found.snapshots.len().saturating_sub(ROWS_SHOWN)).unwrap_or(i64::MAX);
    view! {
        <Title text=format!("Post · {}", view.creator.name()) />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Posts />
            <section class="grid gap-2" aria-labelledby="post">
                <a class="inline-flex min-h-6 items-center gap-1 text-sm text-muted hover:text-ink" href=posts>
                    <Icon svg=icon::CHEVRON_LEFT class="size-3.5" />"Posts"
                </a>
                <h2 id="post" class="text-lg font-semibold"><Caption post /></h2>
                <p class="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
                    "Published "<time datetime=iso(post.published_at)>{date_time(post.published_at, zone)}</time>
                    <TrackingBadge tracking=post.tracking />
                </p>
                {counted_goals(&found.counts_for)}
                {decisions(&found.changes, zone)}
            </section>
            <div class="grid gap-3 lg:grid-cols-2">
                {chart("Views", ("view", "views"), |counters| counters.views)}
                {chart("Likes", ("like", "likes"), |counters| counters.likes)}
            </div>
            <section class="card overflow-clip" aria-labelledby="readings">
                <h2 id="readings" class="px-4 py-2.5 font-semibold">"Readings"</h2>
                <Table caption="Every reading of its counters, the latest first" class="border-t border-hairline">
                    <Columns>
                        <Column label="Read at" />
                        <Column label="Views" numeric=true />
                        <Column label="Likes" numeric=true />
                        <Column label="Comments" numeric=true />
                        <Column label="Shares" numeric=true />
                        <Column label="Saves" numeric=true />
                        <Column label="By" />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
                {(more > 0).then(|| view! {
                    <p class="px-4 py-2 text-xs text-muted">{format!("Not listed: {}.", plural(more, "earlier reading", "earlier readings"))}</p>
                })}
            </section>
        }.into_any())}
    }
}

/// Returns the last reading of each local day, from the first to the last; a day without one has the count of the day
/// before.
fn days(snapshots: &[Snapshot], zone: Zone, of: fn(&Counters) -> Option<i64>) -> Vec<(NaiveDate, Option<i64>)> {
    let known: Vec<(NaiveDate, i64)> = snapshots
        .iter()
        .filter_map(|snapshot| Some((zone.date_of(snapshot.captured_at), of(&snapshot.taken())?)))
        .collect();
    let (Some((first, _)), Some((last, _))) = (known.first(), known.last()) else { return Vec::new() };
    let mut known = known.iter().peekable();
    let mut count = None;
    first
        .iter_days()
        .take_while(|day| day <= last)
        .map(|day| {
            while let Some((_, value)) = known.next_if(|(read_on, _)| *read_on <= day) {
                count = Some(*value);
            }
            (day, count)
        })
        .collect()
}

fn row(snapshot: &Snapshot, zone: Zone) -> impl IntoView + use<> {
    let Counters { views, likes, comments, shares, saves } = snapshot.counters;
    let counters = [("Views", views), ("Likes", likes), ("Comments", comments), ("Shares", shares), ("Saves", saves)];
    let cells = counters.map(|(label, value)| {
        let value = value.map_or_else(|| "–".to_owned(), number);
        view! { <Cell label=label numeric=true>{value}</Cell> }
    });
    let misreading =
        snapshot.misreading.map(|why| view! { <span class="text-muted" title=why.sentence()>" misreading"</span> });
    view! {
        <Row>
            <RowHead class="!font-normal">
                <time datetime=iso(snapshot.captured_at)>{date_time(snapshot.captured_at, zone)}</time>
                {misreading}
            </RowHead>
            {cells.into_iter().collect_view()}
            <Cell label="By" class="text-muted">{snapshot.source.clone()}</Cell>
        </Row>
    }
}
