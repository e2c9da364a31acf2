//! The Tracking Inbox: posts pending review, with the effect of approving each.

use super::loaded::loaded;
use super::request::{Request, link, query};
use super::reviewed::{Reviewed, decision_buttons};
use crate::caller::caller;
use crate::components::avatar::Avatar;
use crate::components::caption::Caption;
use crate::components::empty_state::EmptyState;
use crate::components::icon;
use crate::components::page_header::PageHeader;
use crate::components::pagination::Pagination;
use crate::components::search_form::SearchForm;
use crate::components::status_badge::StatusBadge;
use crate::components::ticks::{Tick, TickedBar};
use crate::forms::reviews::ReviewPosts;
use crate::shell::{Place, shell};
use crate::wording::{ago, compact, date_time, iso, number, plural};
use compliance::{Cadence, Instant, Status};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::caller::Caller;
use program::creators::record::Creator;
use program::ids::ProjectId;
use program::posts::record::POSTS_PER_PAGE;
use program::projects::record::Project;
use program::reviews::effects::Effect;
use program::reviews::inbox::{Inbox, PENDING, PendingPost, inbox};
use program::reviews::record::PendingQuery;

/// The Tracking Inbox.
#[component]
pub fn InboxPage() -> impl IntoView {
    let request = Request::current();
    let wanted = PendingQuery {
        search: request.query("q").trim().trim_start_matches('@').to_owned(),
        creator_id: request.named("creator", |id| id.parse().ok()),
        page: u32::try_from(request.page() - 1).unwrap_or(0),
    };
    let reviewed = Reviewed::of(&request);
    loaded(async move { load(&caller()?, request.id("project_id")?, wanted).await }, move |(wanted, found)| {
        page(&wanted, &found, &reviewed)
    })
}

/// Loads the requested page, or the last one if its number is too large (because its last post was decided on).
async fn load(
    caller: &Caller,
    project_id: ProjectId,
    mut wanted: PendingQuery,
) -> Result<(PendingQuery, Inbox), program::error::AppError> {
    let found = inbox(caller, project_id, &wanted).await?;
    let last = u32::try_from(found.total.max(1) - 1).unwrap_or(u32::MAX) / POSTS_PER_PAGE;
    if wanted.page <= last {
        return Ok((wanted, found));
    }
    wanted.page = last;
    let found = inbox(caller, project_id, &wanted).await?;
    Ok((wanted, found))
}

fn page(wanted: &PendingQuery, found: &Inbox, reviewed: &Reviewed) -> impl IntoView + use<> {
    let project = &found.project;
    let base = format!("/projects/{}/inbox", project.project_id);
    let creator = wanted.creator_id.map(|id| id.to_string()).unwrap_or_default();
    let number_of_page = if wanted.page == 0 { String::new() } else { (wanted.page + 1).to_string() };
    let parts = [("q", wanted.search.as_str()), ("creator", creator.as_str()), ("page", number_of_page.as_str())];
    let filtered = !wanted.search.is_empty() || !creator.is_empty();
    let back = format!("{base}{}", query(&parts));
    let waiting = match found.total {
        0 if filtered => "No matching post is pending review.".to_owned(),
        0 => "Nothing waits for a decision.".to_owned(),
        1 => "1 post waits for a decision. It counts for no goal until someone approves it.".to_owned(),
        many => {
            format!("{} posts wait for a decision. They count for no goal until someone approves them.", number(many))
        }
    };
    let body = if found.total > 0 {
        list(wanted, found, &back, creator.clone()).into_any()
    } else if filtered {
        view! {
            <EmptyState svg=icon::SEARCH title="No post matches" text="The search covers captions and handles.">
                <a class="btn" href=link(&[])>"Clear filters"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        nothing_waits(project, found.selective).into_any()
    };
    let only = found.only.as_ref().map(|only| only_creator(only, &base));
    view! {
        <Title text="Tracking Inbox" />
        {shell(project, Place::Inbox, "", view! {
            <PageHeader title="Tracking Inbox" sub=waiting.into_any() />
            {reviewed.notice(project.project_id, &back)}
            {(found.total > 0 || filtered).then(|| view! {
                <SearchForm
                    search=wanted.search.clone()
                    placeholder="Search captions and handles"
                    kept=vec![("creator", creator.clone())]
                >{only}</SearchForm>
            })}
            {body}
        }.into_any())}
    }
}

fn only_creator(only: &Creator, base: &str) -> impl IntoView + use<> {
    view! {
        <a class="chip" aria-current="true" href=base.to_owned() title="Show every creator's posts">
            {format!("Only {}", only.name())}<icon::Icon svg=icon::X />
        </a>
    }
}

fn nothing_waits(project: &Project, selective: usize) -> impl IntoView + use<> {
    let creators = format!("/projects/{}/creators", project.project_id);
    if selective == 0 {
        return view! {
            <EmptyState
                svg=icon::INBOX
                title="New posts count at once"
                text="Every creator of this project is tracked automatically. Set a creator to “Wait for approval” in their settings, and their new posts come here first."
            >
                <a class="btn" href=creators>"Choose a creator"</a>
            </EmptyState>
        }
        .into_any();
    }
    let selective = plural(i64::try_from(selective).unwrap_or(0), "creator", "creators");
    view! {
        <EmptyState
            svg=icon::INBOX
            title="All decided"
            text=format!("New posts of {selective} wait for approval, and come here.")
        >
            <a class="btn" href=format!("{creators}?mode=selective")>"Show these creators"</a>
        </EmptyState>
    }
    .into_any()
}

fn list(wanted: &PendingQuery, found: &Inbox, back: &str, creator: String) -> impl IntoView + use<> {
    let project_id = found.project.project_id.to_string();
    let ids: Vec<String> = found.posts.iter().map(|pending| pending.post.post_id.to_string()).collect();
    // After a decision the focus moves to the next post, or to the one before if it was the last.
    let rows = found.posts.iter().enumerate().map(|(place, pending)| {
        let next = ids.get(place + 1).or_else(|| ids.get(place.checked_sub(1)?)).cloned().unwrap_or_default();
        row(found, pending, back, next)
    });
    let hidden = |posts: String| {
        view! {
            <input type="hidden" name="project_id" value=project_id.clone() />
            <input type="hidden" name="seen" value=PENDING.status.name() />
            <input type="hidden" name="back" value=back.to_owned() />
            {(!posts.is_empty()).then(|| view! { <input type="hidden" name="post[]" value=posts /> })}
        }
    };
    let (hidden_of_all, hidden_of_ticked) = (hidden(ids.join(",")), hidden(String::new()));
    let shown = plural(i64::try_from(ids.len()).unwrap_or(0), "post", "posts");
    let search = wanted.search.clone();
    let href = Box::new(move |page: usize| {
        let page = page.to_string();
        link(&[("q", search.as_str()), ("creator", creator.as_str()), ("page", page.as_str())])
    });
    let total = usize::try_from(found.total).unwrap_or(0);
    view! {
        <form
            method="post"
            action=ReviewPosts::PATH
            class="-mb-2 flex flex-wrap items-center justify-end gap-2 text-sm"
        >
            {hidden_of_all}
            <span class="text-muted">{format!("All {shown} shown:")}</span>
            {decision_buttons(&["approve", "exclude"], "all shown", false)}
        </form>
        <ol class="card overflow-clip">{rows.collect_view()}</ol>
        <TickedBar what="posts" action=ReviewPosts::PATH.to_owned()>
            {hidden_of_ticked}
            {decision_buttons(&["approve", "exclude"], "ticked posts", false)}
        </TickedBar>
        <p class="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted max-md:hidden">
            <span><kbd class="kbd">"J"</kbd>" "<kbd class="kbd">"K"</kbd>" next, previous"</span>
            <span><kbd class="kbd">"A"</kbd>" approve"</span>
            <span><kbd class="kbd">"E"</kbd>" exclude"</span>
            <span><kbd class="kbd">"X"</kbd>" tick"</span>
            <span><kbd class="kbd">"U"</kbd>" undo"</span>
        </p>
        <Pagination
            number=wanted.page as usize + 1
            pages=total.div_ceil(POSTS_PER_PAGE as usize)
            total=total
            per_page=POSTS_PER_PAGE as usize
            what="posts"
            href=href
        />
    }
}

fn row(found: &Inbox, pending: &PendingPost, back: &str, next: String) -> impl IntoView + use<> {
    let PendingPost { post, standing, effects } = pending;
    let (project, creator) = (&found.project, &standing.program.creator);
    let posts = format!("/projects/{}/creators/{}/posts", project.project_id, creator.creator_id);
    let what: String = post.description.as_deref().unwrap_or(&post.tiktok_video_id).chars().take(60).collect();
    let counter = |label: &'static str, value: Option<i64>| {
        let value = value.map_or_else(|| "–".to_owned(), compact);
        view! { <span class="whitespace-nowrap"><b class="font-semibold text-ink tabular-nums">{value}</b>" "{label}</span> }
    };
    let counters = post.counters;
    view! {
        <li
            class="inbox-row"
            id=format!("post-{}", post.post_id)
            tabindex="-1"
            data-row
            data-live=post.post_id.to_string()
        >
            <Tick name="post[]" value=post.post_id.to_string() label=format!("Tick: {what}") />
            <div class="grid min-w-0 gap-1">
                <Caption post />
                <p class="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                    <a class="inline-flex min-h-6 items-center gap-1.5 font-medium text-ink hover:underline" href=posts>
                        <Avatar creator small=true />{creator.name().to_owned()}
                    </a>
                    <time datetime=iso(post.published_at) title=date_time(post.published_at, project.zone)>
                        {ago(post.published_at, found.as_of)}
                    </time>
                    {counter("views", counters.views)}
                    {counter("likes", counters.likes)}
                    {counter("comments", counters.comments)}
                    {counter("shares", counters.shares)}
                </p>
                {effect_lines(effects, creator.name(), post.published_at, found.as_of, standing.evaluations.is_empty())}
            </div>
            <form method="post" action=ReviewPosts::PATH class="flex gap-1.5 max-md:col-span-2">
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                <input type="hidden" name="post[]" value=post.post_id.to_string() />
                <input type="hidden" name="seen" value=PENDING.status.name() />
                <input type="hidden" name="back" value=back.to_owned() />
                <input type="hidden" name="next" value=next />
                {decision_buttons(&["approve", "exclude"], &what, true)}
            </form>
        </li>
    }
}

/// Returns the name of the previous period, before the name of a metric.
const fn last_period(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "yesterday’s",
        Cadence::Weekly => "last week’s",
        Cadence::Monthly => "last month’s",
    }
}

/// Renders the effects of approving a post, goal by goal.
fn effect_lines(
    effects: &[Effect],
    name: &str,
    published_at: Instant,
    as_of: Instant,
    no_goals: bool,
) -> impl IntoView + use<> {
    if effects.is_empty() {
        let why = if no_goals {
            format!("{name} has no goals: approving changes no verdict.")
        } else if published_at > as_of {
            "Published later than the instant of this page.".to_owned()
        } else {
            "Approving changes no period whose verdict can still change.".to_owned()
        };
        return view! { <p class="text-sm text-muted">{why}</p> }.into_any();
    }
    let lines = effects.iter().map(|effect| {
        let (before, after) = (&effect.before, &effect.after);
        let sentence = format!(
            "Approving makes {name}’s {} {} {} → {} of {}",
            if effect.previous { last_period(effect.cadence) } else { effect.cadence.name() },
            effect.metric.label().to_lowercase(),
            number(before.actual),
            number(after.actual),
            number(after.target),
        );
        let verdict = match effect.changes_status() {
            Some((_, after)) => view! { ": "<StatusBadge status=after /> }.into_any(),
            None if after.target_reached() && !before.target_reached() => ": target reached".into_any(),
            None => {
                let still = format!("(still {})", before.status.label());
                view! { <span class="text-muted">{still}</span> }.into_any()
            }
        };
        let loud = effect.changes_status().is_some_and(|(from, _)| from != Status::OnTrack);
        let look = if loud { "text-ink" } else { "text-soft" };
        view! { <li class=format!("flex flex-wrap items-center gap-x-1 {look}")>{sentence}{verdict}</li> }
    });
    view! { <ul class="grid gap-0.5 text-sm" data-effect>{lines.collect_view()}</ul> }.into_any()
}
