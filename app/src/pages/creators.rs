//! The creators of a project, as cards.

use crate::caller::caller;
use crate::components::advisory_icon::{QuietNote, quiet};
use crate::components::avatar::Avatar;
use crate::components::empty_state::EmptyState;
use crate::components::field::Select;
use crate::components::freshness::Freshness;
use crate::components::icon;
use crate::components::icon::{Icon, Svg};
use crate::components::notice::DoneNotice;
use crate::components::page_header::PageHeader;
use crate::components::pagination::Pagination;
use crate::components::search_form::{SearchForm, SortLinks};
use crate::pages::creators_new::{Added, added};
use crate::pages::creators_table::{creators_table, removed_creators};
use crate::pages::goal_badge::badge;
use crate::pages::loaded::loaded;
use crate::pages::renamings::probable_renamings;
use crate::pages::request::{Request, link, query, replaced};
use crate::pages::ticked_creators::{give_all_link, tick, ticked_creators};
use crate::shell::{Place, shell};
use crate::wording::{compact, number, plural};
use compliance::metric::Metric;
use compliance::tracking::TrackingMode;
use compliance::{Instant, Status};
use leptos::prelude::*;
use leptos_meta::Title;
use program::creators::list::{Creators, CreatorsLayout, CreatorsQuery, CreatorsSort, creators};
use program::creators::record::CreatorTotals;
use program::paging::ROWS_PER_PAGE;
use program::projects::record::Project;
use program::standings::standing::Standing;

/// The creators list.
#[component]
pub fn CreatorsPage() -> impl IntoView {
    let request = Request::current();
    let wanted = creators_query(&request);
    let removed = request.query("show") == "removed";
    let done = added(&request);
    let told = request.query("done");
    let asked = wanted.clone();
    loaded(async move { creators(&caller()?, request.id("project_id")?, &asked).await }, move |found| {
        page(&wanted, &found, removed, done, told)
    })
}

/// Parses the query of a list of creators.
pub fn creators_query(request: &Request) -> CreatorsQuery {
    CreatorsQuery {
        search: request.query("q"),
        status: request.named("status", Status::from_name),
        metric: request.named("metric", Metric::from_name),
        mode: request.named("mode", TrackingMode::from_name),
        layout: request.named("view", CreatorsLayout::from_name).unwrap_or_default(),
        sort: request.named("sort", CreatorsSort::from_name).unwrap_or_default(),
        page: request.page(),
    }
}

/// Returns the query as parameters of a URL.
fn parts(wanted: &CreatorsQuery) -> [(&'static str, &str); 6] {
    [
        ("q", wanted.search.trim()),
        ("status", wanted.status.map_or("", Status::name)),
        ("metric", wanted.metric.map_or("", Metric::name)),
        ("mode", wanted.mode.map_or("", TrackingMode::name)),
        ("view", if wanted.layout == CreatorsLayout::default() { "" } else { wanted.layout.name() }),
        ("sort", if wanted.sort == CreatorsSort::default() { "" } else { wanted.sort.name() }),
    ]
}

fn page(
    wanted: &CreatorsQuery,
    found: &Creators,
    removed: bool,
    done: Option<Added>,
    told: String,
) -> impl IntoView + use<> {
    let project = &found.project;
    let base = format!("/projects/{}", project.project_id);
    let add = format!("{base}/creators/new");
    let body = if removed {
        removed_creators(found).into_any()
    } else if found.creators == 0 {
        let add = add.clone();
        view! {
            <EmptyState
                svg=icon::USERS
                title="No creators yet"
                text="Paste the TikTok handles you work with, one on each line. Or import a file: an import adds the creators it finds."
            >
                <a class="btn btn-primary" href=add>"Add creators"</a>
                <a class="btn" href=format!("{base}/import")>"Import a file"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        list(wanted, found).into_any()
    };
    view! {
        <Title text="Creators" />
        {shell(project, Place::Creators, "", view! {
            <PageHeader title="Creators">
                <a class="btn btn-primary" href=add><Icon svg=icon::USER_PLUS />"Add creators"</a>
            </PageHeader>
            {done.map(|done| done.notice(project.project_id))}
            <DoneNotice code=told />
            {probable_renamings(project, &found.renamings)}
            {body}
        }.into_any())}
    }
}

/// Says how many of the creators are listed.
fn counted(found: &Creators) -> String {
    let [total, creators] = [found.page.total, found.creators].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    if total == creators {
        plural(total, "creator", "creators")
    } else {
        format!("{} of {}", number(total), plural(creators, "creator", "creators"))
    }
}

fn list(wanted: &CreatorsQuery, found: &Creators) -> impl IntoView + use<> {
    let parts = parts(wanted);
    let sorts = CreatorsSort::ALL
        .map(|sort| (replaced(&parts, "sort", sort.name()), sort.label(), sort == wanted.sort))
        .to_vec();
    let counted = counted(found);
    let chosen = wanted.status.map_or("", Status::name);
    let statuses = Status::ALL.map(|status| (status.name().to_owned(), status.label().to_owned()));
    let statuses = [vec![(String::new(), "Any status".to_owned())], statuses.to_vec()].concat();
    let base: Vec<(&'static str, String)> = parts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let href = Box::new(move |page: usize| {
        let page = page.to_string();
        let parts: Vec<(&str, &str)> = base.iter().map(|(name, value)| (*name, value.as_str())).collect();
        link(&[&parts[..], &[("page", page.as_str())]].concat())
    });
    let any = |label: &str| (String::new(), label.to_owned());
    let metrics = Metric::ALL.map(|metric| (metric.name().to_owned(), metric.label().to_owned()));
    let metrics = [vec![any("Any goal type")], metrics.to_vec()].concat();
    let modes = vec![
        any("Any tracking"),
        (TrackingMode::Auto.name().to_owned(), "Counts at once".to_owned()),
        (TrackingMode::Selective.name().to_owned(), "Waits for approval".to_owned()),
    ];
    let removed = (!found.removed.is_empty()).then(|| {
        let count = plural(i64::try_from(found.removed.len()).unwrap_or(0), "removed creator", "removed creators");
        view! { <a class="link inline-flex min-h-6 items-center text-sm" href=link(&[("show", "removed")])>{count}</a> }
    });
    let everyone = [
        ("from", "creators"),
        ("list_q", parts[0].1),
        ("list_status", parts[1].1),
        ("list_metric", parts[2].1),
        ("list_mode", parts[3].1),
    ];
    let everyone = format!("/projects/{}/goals/assign{}", found.project.project_id, query(&everyone));
    let back = format!("/projects/{}/creators{}", found.project.project_id, query(&parts));
    let rows = if found.page.total == 0 {
        view! {
            <EmptyState svg=icon::SEARCH title="No creator matches" text="The search covers handles and display names.">
                <a class="btn" href=link(&[])>"Clear filters"</a>
            </EmptyState>
        }
        .into_any()
    } else if wanted.layout == CreatorsLayout::Table {
        creators_table(found).into_any()
    } else {
        let quiet = quiet(found.page.rows.iter().map(|(standing, _)| standing));
        let cards =
            found.page.rows.iter().map(|(standing, totals)| card(&found.project, found.as_of, standing, *totals));
        view! {
            {quiet.map(|quiet| view! { <QuietNote quiet /> })}
            <ul class="grid grid-cols-1 items-start gap-3 md:grid-cols-2 wide:grid-cols-3" data-quiet=quiet.map(|_| "")>
                {cards.collect_view()}
            </ul>
        }
        .into_any()
    };
    let (metric, mode) = (parts[2].1.to_owned(), parts[3].1.to_owned());
    let for_ticked = (found.page.total > 0).then(|| ticked_creators(&found.project, &found.campaigns, back));
    let for_all = (found.page.total > 0).then(|| give_all_link(everyone));
    view! {
        <SearchForm
            search=wanted.search.clone()
            placeholder="Search creators"
            kept=vec![("sort", parts[5].1.to_owned()), ("view", parts[4].1.to_owned())]
        >
            <div class="w-36 max-md:min-w-36 max-md:flex-1">
                <Select name="status" id="status" label="Status" options=statuses value=chosen autosubmit=true />
            </div>
            <div class="w-36 max-md:min-w-36 max-md:flex-1">
                <Select name="metric" id="metric" label="Goal type" options=metrics value=metric autosubmit=true />
            </div>
            <div class="w-40 max-md:min-w-36 max-md:flex-1">
                <Select name="mode" id="mode" label="Tracking" options=modes value=mode autosubmit=true />
            </div>
        </SearchForm>
        <div class="-mb-2 flex flex-wrap items-center justify-between gap-2">
            <p class="flex flex-wrap items-center gap-x-3 text-sm text-muted tabular-nums">
                <span class="max-sm:sr-only">{counted}</span>{for_all}{removed}
            </p>
            <div class="flex flex-wrap items-center gap-3">
                <SortLinks links=sorts />
                <nav class="seg-links" aria-label="Layout">
                    {layout_link(wanted, CreatorsLayout::Cards, icon::LAYOUT_GRID, "Cards")}
                    {layout_link(wanted, CreatorsLayout::Table, icon::TABLE, "Table")}
                </nav>
            </div>
        </div>
        {rows}
        {for_ticked}
        <Pagination
            number=found.page.number
            pages=found.page.pages
            total=found.page.total
            per_page=ROWS_PER_PAGE
            what="creators"
            href=href
        />
    }
}

fn layout_link(wanted: &CreatorsQuery, layout: CreatorsLayout, svg: Svg, label: &'static str) -> impl IntoView + use<> {
    let href = replaced(&parts(wanted), "view", layout.name());
    let current = (wanted.layout == layout).then_some("true");
    view! {
        <a class="btn btn-sm" href=href aria-current=current title=label><Icon svg /><span class="sr-only">{label}</span></a>
    }
}

fn stat(label: &'static str, value: String) -> impl IntoView {
    view! {
        <div>
            <dt class="text-xs text-muted">{label}</dt>
            <dd class="font-semibold tabular-nums">{value}</dd>
        </div>
    }
}

fn card(project: &Project, as_of: Instant, standing: &Standing, totals: CreatorTotals) -> impl IntoView + use<> {
    let creator = &standing.program.creator;
    let page = format!("/projects/{}/creators/{}", project.project_id, creator.creator_id);
    let named = creator.name() != creator.handle.as_str();
    let name = if named { creator.name().to_owned() } else { format!("@{}", creator.handle) };
    let goals = if standing.evaluations.is_empty() {
        view! {
            <p class="text-sm text-muted">
                "No goals. "
                <a class="link relative z-1 inline-block min-h-6" href=format!("{page}/goals/new")>"Add one"</a>
            </p>
        }
        .into_any()
    } else {
        let badges = standing.evaluations.iter().map(|(goal_id, evaluation)| badge(*goal_id, evaluation));
        view! { <ul class="grid gap-1.5 [&_.tip]:z-1" aria-label="Goals">{badges.collect_view()}</ul> }.into_any()
    };
    view! {
        <li class="card relative flex flex-col gap-3 p-4 hover:bg-sunken/40" data-live=creator.creator_id.to_string()>
            <div class="flex items-center gap-3">
                {tick(creator)}
                <Avatar creator />
                <div class="min-w-0 flex-1">
                    <h2 class="truncate font-semibold"><a class="ov-open" href=page>{name}</a></h2>
                    {named.then(|| view! { <p class="truncate text-xs text-muted">{format!("@{}", creator.handle)}</p> })}
                </div>
                <p class="shrink-0 text-xs">
                    <span class="text-muted">"Collected "</span>
                    <Freshness
                        last_collection=standing.looks.latest()
                        as_of
                        interval_hours=project.settings.collection_interval_hours
                        zone=project.zone
                    />
                </p>
            </div>
            <dl class="grid grid-cols-3 gap-3 border-y border-hairline py-2.5">
                {stat("Followers", creator.followers.map_or_else(|| "–".to_owned(), compact))}
                {stat("Posts", number(totals.posts))}
                {stat("Views", compact(totals.views))}
            </dl>
            {goals}
        </li>
    }
}
