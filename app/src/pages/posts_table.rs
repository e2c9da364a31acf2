//! The table of a creator's posts: which count, the decisions, and the buttons that decide.

use super::reviewed::decision_buttons;
use super::ticked_creators::to_campaign;
use crate::components::caption::Caption;
use crate::components::icon::{self, Icon};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::components::ticks::{Tick, TickedBar};
use crate::forms::reviews::ReviewPosts;
use crate::wording::{clock_time, date, date_time, iso, number, plural, signed};
use compliance::calendar::Zone;
use compliance::metric::Metric;
use compliance::tracking::{Tracking, TrackingStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::posts::record::Post;
use program::posts::view::{CountsFor, Posts};
use program::reviews::record::TrackingChange;

/// Renders the posts of a page. `back` is the query of the list, to return to after a decision.
pub fn posts_table(found: &Posts, back: &str) -> impl IntoView + use<> {
    let rows = found.page.posts.iter().map(|post| row(found, post, back));
    let counters = ["Views", "Likes", "Comments", "Shares", "Saves"].map(|counter| {
        view! { <Column label=counter numeric=true /> }
    });
    view! {
        <div class="card overflow-clip">
            <div class="relative overflow-x-auto">
                <Table caption="Posts with their counters" wide=true>
                    <Columns>
                        <Column label="Tick" unseen=true />
                        <Column label="Post" />
                        <Column label="Published" />
                        <Column label="Status" />
                        {counters.into_iter().collect_view()}
                        <Column label="Actions" unseen=true />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        </div>
    }
}

fn row(found: &Posts, post: &Post, back: &str) -> impl IntoView + use<> {
    let zone = found.creator.project.zone;
    let published = zone.wall_clock(post.published_at);
    let (project_id, creator_id) = (found.creator.project.project_id, found.creator.creator.creator_id);
    let over_time = format!("/projects/{project_id}/creators/{creator_id}/posts/{}", post.post_id);
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
        view! { <Cell label=label numeric=true>{value}</Cell> }
    });
    view! {
        <Row attr:id=format!("post-{}", post.post_id) attr:tabindex="-1" attr:data-row>
            <Cell>
                <Tick name="post[]" value=post.post_id.to_string() label=format!("Tick: {}", named(post)) />
            </Cell>
            <RowHead class="xl:max-w-72">
                <Caption post />
                {counts_for(found, post)}
                <a class="flex min-h-6 w-fit items-center text-xs font-normal text-muted hover:text-ink hover:underline" href=over_time>
                    "History"<span class="sr-only">{format!(": {}", named(post))}</span>
                </a>
            </RowHead>
            <Cell class="whitespace-nowrap">
                <time datetime=iso(post.published_at) title=date_time(post.published_at, zone)>{date(published.date())}</time>
                " "<span class="unit">{clock_time(post.published_at, zone)}</span>
            </Cell>
            <Cell class="xl:whitespace-nowrap">
                <TrackingBadge tracking=post.tracking />
                {found.changes.get(&post.post_id).map(|changes| history(changes, zone))}
            </Cell>
            {cells.into_iter().collect_view()}
            <Cell class="acts">
                <div class="flex justify-end gap-1.5 xl:-my-1">
                    {actions(found, post, back)}
                </div>
            </Cell>
        </Row>
    }
}

/// The review status of a post.
#[component]
pub fn TrackingBadge(
    /// Its review state.
    tracking: Tracking,
) -> impl IntoView {
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

/// Renders the decisions on a post, the latest first.
pub fn decisions(changes: &[TrackingChange], zone: Zone) -> impl IntoView + use<> {
    let items = changes.iter().map(|change| {
        let switched = match (change.from.disabled, change.to.disabled) {
            (false, true) => Some("Tracking disabled"),
            (true, false) => Some("Tracking enabled"),
            _ => None,
        };
        let status = change.to.status.label();
        let what = match switched {
            Some(switched) if change.from.status == change.to.status => switched.to_owned(),
            Some(switched) => format!("{status}. {switched}"),
            None => status.to_owned(),
        };
        view! { <li>{what}" "<span class="text-muted">{date_time(change.changed_at, zone)}</span></li> }
    });
    view! { <ol class="grid gap-0.5 text-xs">{items.collect_view()}</ol> }
}

fn history(changes: &[TrackingChange], zone: Zone) -> impl IntoView + use<> {
    view! {
        <details class="text-xs">
            <summary class="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink">
                {plural(i64::try_from(changes.len()).unwrap_or(0), "change", "changes")}
                <Icon svg=icon::CHEVRON_DOWN class="turn size-3" />
            </summary>
            <div class="pb-1">{decisions(changes, zone)}</div>
        </details>
    }
}

/// Renders the goals for whose current periods the post counts, and its contributions.
fn counts_for(found: &Posts, post: &Post) -> impl IntoView + use<> {
    let goals = found.counts_for.get(&post.post_id).filter(|_| post.tracking.counts());
    counted_goals(goals.map(Vec::as_slice).unwrap_or_default())
}

/// Renders goals with a post's contribution to the current period of each.
pub fn counted_goals(goals: &[CountsFor]) -> impl IntoView + use<> {
    if goals.is_empty() {
        return ().into_any();
    }
    let goals = goals.iter().map(|CountsFor { metric, cadence, contribution }| {
        let gain = if *metric == Metric::Posts { String::new() } else { format!(" {}", signed(*contribution)) };
        view! { <li>{format!("{} {}{gain}", cadence.name(), metric.label().to_lowercase())}</li> }
    });
    view! {
        <div class="flex flex-wrap gap-x-2 text-xs text-muted">
            <span>"Counts for"</span>
            <ul class="flex flex-wrap gap-x-2 [&>li]:tabular-nums" data-counts-for>{goals.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Returns a post's name for a single line.
fn named(post: &Post) -> String {
    post.description.as_deref().unwrap_or(&post.tiktok_video_id).chars().take(60).collect()
}

fn actions(found: &Posts, post: &Post, back: &str) -> impl IntoView + use<> {
    let offered: &[&str] = match post.tracking {
        Tracking { disabled: true, .. } => &["enable"],
        Tracking { status: TrackingStatus::PendingReview, .. } => &["approve", "exclude"],
        Tracking { status: TrackingStatus::Excluded, .. } => &["include"],
        _ => &["exclude", "disable"],
    };
    let seen = if post.tracking.disabled { "" } else { post.tracking.status.name() };
    view! {
        <form method="post" action=ReviewPosts::PATH class="contents">
            <input type="hidden" name="project_id" value=found.creator.project.project_id.to_string() />
            <input type="hidden" name="post[]" value=post.post_id.to_string() />
            <input type="hidden" name="seen" value=seen />
            <input type="hidden" name="next" value=post.post_id.to_string() />
            <input type="hidden" name="back" value=back.to_owned() />
            {decision_buttons(offered, &named(post), true)}
        </form>
    }
}

/// Renders the actions for ticked posts: decide on them, or add them to a campaign.
pub fn ticked_posts(found: &Posts, back: String) -> impl IntoView + use<> {
    let project_id = found.creator.project.project_id.to_string();
    let to_campaign = to_campaign(&found.campaigns);
    view! {
        <TickedBar what="posts" action=ReviewPosts::PATH.to_owned()>
            <input type="hidden" name="project_id" value=project_id />
            <input type="hidden" name="back" value=back />
            {decision_buttons(&["approve", "exclude", "disable", "enable"], "ticked posts", false)}
            {to_campaign}
        </TickedBar>
    }
}
