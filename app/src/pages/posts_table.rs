//! The table of a creator's posts: what counts, who decided, and the buttons that decide.

use crate::api::posts::{DecidePost, Posts};
use crate::components::icon::{self, Icon, Svg};
use crate::store::{Post, TrackingChange};
use crate::wording::{clock_time, date, date_time, iso, number, plural};
use compliance::calendar::Zone;
use compliance::fact::PostKind;
use compliance::tracking::{Tracking, TrackingStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The posts of a page. `back` is the query of the list, to return to after a decision.
pub fn posts_table(found: &Posts, back: &str) -> impl IntoView + use<> {
    let rows = found.page.posts.iter().map(|post| row(found, post, back));
    let counters = ["Views", "Likes", "Comments", "Shares", "Saves"].map(|counter| {
        view! { <th role="columnheader" scope="col" class="num">{counter}</th> }
    });
    view! {
        <div class="card overflow-clip">
            <div class="md:overflow-x-auto">
                <table class="table table-stack table-five" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Post"</th>
                            <th role="columnheader" scope="col">"Published"</th>
                            <th role="columnheader" scope="col">"Status"</th>
                            {counters.into_iter().collect_view()}
                            <th role="columnheader" scope="col"><span class="sr-only">"Actions"</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}

fn row(found: &Posts, post: &Post, back: &str) -> impl IntoView + use<> {
    let zone = found.creator.project.zone;
    let published = zone.wall_clock(post.published_at);
    let (kind, kind_icon) = match post.kind {
        PostKind::Video => ("Video:", icon::VIDEO),
        PostKind::PhotoCarousel => ("Photo carousel:", icon::IMAGES),
    };
    let counters = &post.counters;
    let cells = [
        ("Views", counters.views),
        ("Likes", counters.likes),
        ("Comments", counters.comments),
        ("Shares", counters.shares),
        ("Saves", counters.saves),
    ]
    .map(|(label, value)| {
        let value = value.map_or_else(
            || view! { <span class="text-muted">{if label == "Views" { "no data" } else { "–" }}</span> }.into_any(),
            |value| number(value).into_any(),
        );
        view! { <td role="cell" data-label=label class="num">{value}</td> }
    });
    view! {
        <tr role="row" id=format!("post-{}", post.post_id)>
            <th role="rowheader" scope="row" class="md:max-w-72">
                <Caption url=post.url.clone() text=post.description.clone() kind kind_icon />
            </th>
            <td role="cell" class="when whitespace-nowrap">
                <time datetime=iso(post.published_at) title=date_time(post.published_at, zone)>{date(published.date())}</time>
                " "<span class="unit">{clock_time(post.published_at, zone)}</span>
            </td>
            <td role="cell" class="state md:whitespace-nowrap">
                <div class="max-md:text-end">
                    <TrackingBadge tracking=post.tracking />
                    {found.changes.get(&post.post_id).map(|changes| history(changes, zone))}
                </div>
            </td>
            {cells.into_iter().collect_view()}
            <td role="cell" class="acts">
                <div class="flex justify-end gap-1.5 max-md:justify-start max-md:pt-1 md:-my-1">
                    {actions(found, post, back)}
                </div>
            </td>
        </tr>
    }
}

/// What a post is called: its caption, linked to it.
#[component]
fn Caption(url: Option<String>, text: Option<String>, kind: &'static str, kind_icon: Svg) -> impl IntoView {
    let named = text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let text = text.filter(|_| named).unwrap_or_else(|| "No caption".to_owned());
    let look = if named { "line-clamp-2" } else { "line-clamp-2 italic text-muted" };
    let inner = view! {
        <Icon svg=kind_icon class="mt-0.75 size-3.5 text-muted" />
        <span class="sr-only">{kind}</span>
        <span class=look>{text}</span>
    };
    // Only web addresses become links: what a file says is not trusted further.
    match url.filter(|url| url.starts_with("https://")) {
        Some(url) => view! {
            <a class="inline-flex min-h-6 max-w-full items-start gap-2 hover:underline" href=url rel="noreferrer">{inner}</a>
        }
        .into_any(),
        None => view! { <span class="inline-flex min-h-6 max-w-full items-start gap-2">{inner}</span> }.into_any(),
    }
}

/// Where a post stands in review.
#[component]
fn TrackingBadge(tracking: Tracking) -> impl IntoView {
    let (svg, label) = if tracking.disabled {
        (icon::BAN, "Tracking disabled")
    } else {
        let svg = match tracking.status {
            TrackingStatus::AutoTracked | TrackingStatus::Included => icon::CHECK,
            TrackingStatus::DirectAdd => icon::PLUS,
            TrackingStatus::PendingReview => icon::HOURGLASS,
            TrackingStatus::Excluded => icon::CIRCLE_SLASH,
        };
        (svg, tracking.status.label())
    };
    let tone = if tracking.counts() { "text-ink" } else { "text-muted" };
    view! {
        <span class=format!("inline-flex items-center gap-1.5 text-sm {tone}")>
            <Icon svg class="size-3.5 text-muted" />{label}
        </span>
    }
}

fn history(changes: &[TrackingChange], zone: Zone) -> impl IntoView + use<> {
    let items = changes.iter().map(|change| {
        let what = match (change.from.disabled, change.to.disabled) {
            (false, true) => "Tracking disabled",
            (true, false) => "Tracking enabled",
            _ => change.to.status.label(),
        };
        view! { <li>{what}" "<span class="text-muted">{date_time(change.changed_at, zone)}</span></li> }
    });
    view! {
        <details class="text-xs">
            <summary class="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink">
                {plural(i64::try_from(changes.len()).unwrap_or(0), "change", "changes")}
                <Icon svg=icon::CHEVRON_DOWN class="turn size-3" />
            </summary>
            <ol class="grid gap-0.5 pb-1">{items.collect_view()}</ol>
        </details>
    }
}

fn actions(found: &Posts, post: &Post, back: &str) -> impl IntoView + use<> {
    const APPROVE: (&str, &str, &str) = ("approve", "Approve", "btn-primary");
    const INCLUDE: (&str, &str, &str) = ("approve", "Include", "");
    const EXCLUDE: (&str, &str, &str) = ("exclude", "Exclude", "");
    const DISABLE: (&str, &str, &str) = ("disable", "Disable", "btn-quiet");
    const ENABLE: (&str, &str, &str) = ("enable", "Enable", "");
    let offered: &[(&str, &str, &str)] = match post.tracking {
        Tracking { disabled: true, .. } => &[ENABLE],
        Tracking { status: TrackingStatus::PendingReview, .. } => &[APPROVE, EXCLUDE],
        Tracking { status: TrackingStatus::Excluded, .. } => &[INCLUDE],
        _ => &[EXCLUDE, DISABLE],
    };
    let what = post.description.clone().unwrap_or_else(|| post.tiktok_video_id.clone());
    let what: String = what.chars().take(60).collect();
    let (project_id, creator_id) = (found.creator.project.project_id, found.creator.creator.creator_id);
    offered
        .iter()
        .map(|(decision, label, class)| {
            view! {
                <form method="post" action=DecidePost::PATH>
                    <input type="hidden" name="project_id" value=project_id.to_string() />
                    <input type="hidden" name="creator_id" value=creator_id.to_string() />
                    <input type="hidden" name="post_id" value=post.post_id.to_string() />
                    <input type="hidden" name="back" value=back.to_owned() />
                    <button class=format!("btn btn-sm {class}") name="decision" value=*decision>
                        {*label}<span class="sr-only">{format!(": {what}")}</span>
                    </button>
                </form>
            }
        })
        .collect_view()
}
