//! The Posts tab of a creator: which posts count, the decisions, and adding a post by its address.

use super::loaded::loaded;
use super::posts_table::{posts_table, ticked_posts};
use super::removed::Removed;
use super::request::{Request, link, query, replaced};
use super::reviewed::Reviewed;
use crate::caller::caller;
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::empty_state::EmptyState;
use crate::components::field::{Field, Input, Select};
use crate::components::icon::{self, Icon};
use crate::components::notice::DoneNotice;
use crate::components::pagination::Pagination;
use crate::components::search_form::{SearchForm, SortLinks};
use crate::forms::posts::{AddPost, LookAtCreator};
use crate::shell::{Place, shell};
use crate::wording::{number, plural};
use compliance::Evaluation;
use compliance::metric::Metric;
use compliance::tracking::TrackingStatus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::caller::Caller;
use program::creators::view::CreatorView;
use program::error::AppError;
use program::ids::{CreatorId, ProjectId};
use program::posts::changes::PostRefusal;
use program::posts::record::{POSTS_PER_PAGE, PostSort, PostsQuery};
use program::posts::record::{state_from_name, state_name};
use program::posts::view::{Posts, posts};

const SORTS: [(PostSort, &str, &str); 3] = [
    (PostSort::Published, "published", "Newest"),
    (PostSort::Views, "views", "Views"),
    (PostSort::Engagement, "engagement", "Engagement"),
];

/// The Posts tab.
#[component]
pub fn CreatorPostsPage() -> impl IntoView {
    let request = Request::current();
    let sort = SORTS.into_iter().find(|(_, name, _)| *name == request.query("sort")).map(|(sort, ..)| sort);
    let wanted = PostsQuery {
        search: request.query("q").trim().to_owned(),
        state: state_from_name(&request.query("tracking")),
        sort: sort.unwrap_or_default(),
        page: u32::try_from(request.page() - 1).unwrap_or(0),
    };
    let reviewed = Reviewed::of(&request);
    let (done, address, refused) = (request.query("done"), request.query("address"), request.query("refused"));
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            load(&caller()?, project_id, creator_id, wanted).await
        },
        move |(wanted, found)| page(&wanted, &found, &reviewed, done, address, &refused),
    )
}

/// Loads the requested page, or the last one if its number is too large.
async fn load(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    mut wanted: PostsQuery,
) -> Result<(PostsQuery, Posts), AppError> {
    let found = posts(caller, project_id, creator_id, &wanted).await?;
    let last = u32::try_from(found.page.total.max(1) - 1).unwrap_or(u32::MAX) / POSTS_PER_PAGE;
    if wanted.page <= last {
        return Ok((wanted, found));
    }
    wanted.page = last;
    let found = posts(caller, project_id, creator_id, &wanted).await?;
    Ok((wanted, found))
}

fn parts(wanted: &PostsQuery) -> [(&'static str, &str); 3] {
    let sort = SORTS.iter().find(|(sort, ..)| *sort == wanted.sort && *sort != PostSort::default());
    [
        ("q", wanted.search.as_str()),
        ("tracking", state_name(wanted.state)),
        ("sort", sort.map_or("", |(_, name, _)| name)),
    ]
}

fn page(
    wanted: &PostsQuery,
    found: &Posts,
    reviewed: &Reviewed,
    done: String,
    address: String,
    refused: &str,
) -> impl IntoView + use<> {
    let view = &found.creator;
    let name = view.creator.name().to_owned();
    let error = PostRefusal::from_name(refused).map(PostRefusal::sentence);
    // No post can be added for a removed creator; an address that was typed nevertheless is kept.
    let added = done == "post_added";
    let adds = view.standing.is_some() || !address.is_empty();
    view! {
        <Title text=format!("Posts · {name}") />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Posts />
            <DoneNotice code=done />
            {reviewed.notice(view.project.project_id, &back(wanted, found))}
            <Removed view />
            {adds.then(|| add_post(view, address, error))}
            {offers_look(view, added).then(|| look(view))}
            {list(wanted, found)}
        }.into_any())}
    }
}

fn add_post(view: &CreatorView, address: String, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <form method="post" action=AddPost::PATH class="flex flex-wrap items-start gap-2" novalidate>
            <input type="hidden" name="project_id" value=view.project.project_id.to_string() />
            <input type="hidden" name="creator_id" value=view.creator.creator_id.to_string() />
            <div class="min-w-64 flex-1 md:max-w-lg">
                <Field
                    name="address"
                    label="Add a post by its link"
                    value=address
                    input=Input {
                        inputmode: Some("url"),
                        placeholder: Some("https://www.tiktok.com/@handle/video/…"),
                        ..Input::TEXT
                    }
                    error=error
                />
            </div>
            <button class="btn md:mt-6.5"><Icon svg=icon::PLUS />"Add post"</button>
        </form>
    }
}

/// Returns whether the page offers to record a look: after a post was added by hand, and while a goal waits for data.
fn offers_look(view: &CreatorView, added: bool) -> bool {
    // A look at posts says nothing about followers.
    let waits = |evaluation: &Evaluation| evaluation.metric != Metric::Followers && evaluation.waits_for_data();
    view.standing.as_ref().is_some_and(|standing| added || standing.any(waits))
}

fn look(view: &CreatorView) -> impl IntoView + use<> {
    view! {
        <form method="post" action=LookAtCreator::PATH class="notice items-center">
            <Icon svg=icon::HOURGLASS />
            <input type="hidden" name="project_id" value=view.project.project_id.to_string() />
            <input type="hidden" name="creator_id" value=view.creator.creator_id.to_string() />
            <p class="min-w-0 flex-1 text-soft">
                "Are these all the posts up to now, with the numbers that you know? Then goals for posts, views and engagement
                are judged by them, without an import."
            </p>
            <button class="btn btn-sm">"I looked at this creator now"</button>
        </form>
    }
}

/// Returns the address of the list, to return to after a decision.
fn back(wanted: &PostsQuery, found: &Posts) -> String {
    let posts = Tab::Posts.href(found.creator.project.project_id, found.creator.creator.creator_id);
    let page = (wanted.page + 1).to_string();
    format!("{posts}{}", query(&[&parts(wanted)[..], &[("page", page.as_str())]].concat()))
}

fn list(wanted: &PostsQuery, found: &Posts) -> impl IntoView + use<> {
    let parts = parts(wanted);
    let view = &found.creator;
    let filtered = !wanted.search.is_empty() || !parts[1].1.is_empty();
    let import = format!("/projects/{}/import", view.project.project_id);
    let tracking = state_name(wanted.state);
    if found.page.total == 0 && !filtered {
        return view! {
            <EmptyState
                svg=icon::VIDEO
                title=format!("No posts of {} yet", view.creator.name())
                text="Import posts from a file, or add a single one by its link above."
            >
                <a class="btn" href=import>
                    <Icon svg=icon::UPLOAD />"Import a file"
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let states = TrackingStatus::ALL.map(|status| (status.name().to_owned(), status.label().to_owned()));
    let states = [
        vec![(String::new(), "Any status".to_owned())],
        states.to_vec(),
        vec![("disabled".to_owned(), "Tracking disabled".to_owned())],
    ]
    .concat();
    let sorts = SORTS.map(|(sort, name, label)| (replaced(&parts, "sort", name), label, sort == wanted.sort)).to_vec();
    let pending = match view.totals.pending {
        0 => String::new(),
        count => format!(", {} pending review", number(count)),
    };
    let total = usize::try_from(found.page.total).unwrap_or(0);
    let per_page = POSTS_PER_PAGE as usize;
    let base: Vec<(&'static str, String)> = parts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let href = Box::new(move |page: usize| {
        let page = page.to_string();
        let parts: Vec<(&str, &str)> = base.iter().map(|(name, value)| (*name, value.as_str())).collect();
        link(&[&parts[..], &[("page", page.as_str())]].concat())
    });
    let table = if found.page.posts.is_empty() {
        view! {
            <EmptyState svg=icon::SEARCH title="No post matches" text="The search covers captions and TikTok’s ids.">
                <a class="btn" href=link(&[])>"Clear filters"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        let back = back(wanted, found);
        view! { {posts_table(found, &back)}{ticked_posts(found, back)} }.into_any()
    };
    view! {
        <SearchForm search=wanted.search.clone() placeholder="Search captions" kept=vec![("sort", parts[2].1.to_owned())]>
            <div class="w-44 max-md:flex-1">
                <Select name="tracking" id="tracking" label="Tracking status" options=states value=tracking autosubmit=true />
            </div>
        </SearchForm>
        <div class="-mb-2 flex flex-wrap items-center justify-between gap-2">
            <p class="text-sm text-muted">{plural(found.page.total, "post", "posts")}{pending}</p>
            <SortLinks links=sorts />
        </div>
        {table}
        <Pagination
            number=wanted.page as usize + 1
            pages=total.div_ceil(per_page)
            total=total
            per_page=per_page
            what="posts"
            href=href
        />
    }
    .into_any()
}
