//! Creator Goals, the overview of a project.

use crate::caller::caller;
use crate::components::empty_state::EmptyState;
use crate::components::field::Select;
use crate::components::icon;
use crate::components::icon::Icon;
use crate::components::page_header::PageHeader;
use crate::components::pagination::Pagination;
use crate::components::search_form::{SearchForm, SortLinks, ViewLinks};
use crate::components::status_badge::status_icon;
use crate::pages::assign::OVERVIEW_PARTS;
use crate::pages::loaded::loaded;
use crate::pages::overview_columns::overview_columns;
use crate::pages::overview_table::overview_table;
use crate::pages::overview_url::{overview_query, parts};
use crate::pages::overview_views::{FormResult, saved_views};
use crate::pages::request::{Request, link, query, replaced};
use crate::pages::ticked_creators::{give_all_link, ticked_creators};
use crate::shell::{Place, shell};
use crate::wording::{date_time, iso, number, plural};
use compliance::metric::Metric;
use compliance::{Cadence, Status};
use leptos::prelude::*;
use leptos_meta::Title;
use program::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};
use program::overview::{Overview, overview};
use program::paging::ROWS_PER_PAGE;
use program::projects::record::Project;

/// The overview.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let request = Request::current();
    let wanted = overview_query(|name| request.query(name));
    let told = FormResult::of(&request);
    let asked = wanted.clone();
    loaded(async move { overview(&caller()?, request.id("project_id")?, &asked).await }, move |found| {
        page(&wanted, found, &told)
    })
}

fn count(value: usize) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

fn page(wanted: &OverviewQuery, found: Overview, told: &FormResult) -> impl IntoView + use<> {
    let program = found.program.clone();
    let project = &program.project;
    let has_goals = found.with_goals > 0;
    // The counts depend on search, metric and period, so the headline must not claim more.
    let narrowed = !wanted.search.trim().is_empty() || wanted.metric.is_some() || wanted.cadence.is_some();
    let title = match found.attention {
        _ if !has_goals => "Creator Goals".to_owned(),
        0 if narrowed => "No matching creator needs attention".to_owned(),
        1 if narrowed => "1 matching creator needs attention".to_owned(),
        many if narrowed => format!("{} matching creators need attention", count(many)),
        0 => "No one needs attention".to_owned(),
        1 => "1 creator needs attention".to_owned(),
        many => format!("{} creators need attention", count(many)),
    };
    let as_of = date_time(found.as_of, project.zone);
    let datetime = iso(found.as_of);
    let sub = view! {
        {(has_goals && !narrowed).then(|| format!("of {}. ", plural(i64::try_from(found.creators).unwrap_or(0), "creator", "creators")))}
        "As of "<time datetime=datetime>{as_of}</time>"."
    }
    .into_any();
    let body = if found.creators == 0 {
        no_creators(project).into_any()
    } else if !has_goals {
        no_goals(project, found.creators).into_any()
    } else {
        list(wanted, &found, project, told).into_any()
    };
    view! {
        <Title text="Creator Goals" />
        {shell(project, Place::Overview, "", view! {
            <PageHeader title=title loud=true sub=sub />
            {told.notices(project.project_id)}
            {body}
        }.into_any())}
    }
}

fn no_creators(project: &Project) -> impl IntoView + use<> {
    let project = format!("/projects/{}", project.project_id);
    view! {
        <EmptyState
            svg=icon::USERS
            title="No creators yet"
            text="Add the handles you work with, or import a file: an import adds the creators it finds. Then give each one a goal."
        >
            <a class="btn btn-primary" href=format!("{project}/creators/new")><Icon svg=icon::USER_PLUS />"Add creators"</a>
            <a class="btn" href=format!("{project}/import")><Icon svg=icon::UPLOAD />"Import a file"</a>
        </EmptyState>
    }
}

fn no_goals(project: &Project, creators: usize) -> impl IntoView + use<> {
    let creators = plural(i64::try_from(creators).unwrap_or(0), "creator", "creators");
    let list = format!("/projects/{}/creators", project.project_id);
    view! {
        <EmptyState
            svg=icon::TARGET
            title=format!("{creators}, no goals yet")
            text="A goal is a creator’s target for each day, week or month: posts, views, engagement or followers."
        >
            <a class="btn btn-primary" href=list>"Choose a creator"</a>
        </EmptyState>
    }
}

/// Returns the address of the page that assigns a goal to everybody shown.
fn assign_address(parts: &[(&str, &str)], project: &Project) -> String {
    let shown = parts.iter().filter(|(name, _)| OVERVIEW_PARTS.contains(name));
    let listed: Vec<(String, &str)> = shown.map(|(name, value)| (format!("list_{name}"), *value)).collect();
    let listed: Vec<(&str, &str)> = listed.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    format!("/projects/{}/goals/assign{}", project.project_id, query(&[&[("from", "overview")], &listed[..]].concat()))
}

fn list(wanted: &OverviewQuery, found: &Overview, project: &Project, told: &FormResult) -> impl IntoView + use<> {
    let parts = parts(wanted);
    let sorts = OverviewSort::ALL
        .map(|sort| (replaced(&parts, "sort", sort.name()), sort.label(), sort == wanted.sort))
        .to_vec();
    let [total, creators] = [found.page.total, found.creators].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let shown = if total == creators {
        plural(total, "creator", "creators")
    } else {
        format!("{} of {}", number(total), plural(creators, "creator", "creators"))
    };
    let filtered = parts.iter().any(|(name, value)| !matches!(*name, "sort" | "view") && !value.is_empty());
    let kept = vec![
        ("status", parts[1].1.to_owned()),
        ("ended", parts[4].1.to_owned()),
        ("sort", parts[5].1.to_owned()),
        ("view", parts[6].1.to_owned()),
    ];
    let layouts = OverviewLayout::ALL
        .map(|layout| (replaced(&parts, "view", layout.name()), layout.label(), layout == wanted.layout))
        .to_vec();
    let assign = assign_address(&parts, project);
    let table = format!("/projects/{}/overview.csv{}", project.project_id, query(&parts));
    let metric = wanted.metric.map_or("", Metric::name);
    let cadence = wanted.cadence.map_or("", Cadence::name);
    let any = |label: &str| (String::new(), label.to_owned());
    let metrics = Metric::ALL.map(|metric| (metric.name().to_owned(), metric.label().to_owned()));
    let cadences = Cadence::ALL.map(|cadence| (cadence.name().to_owned(), cadence.label().to_owned()));
    let base: Vec<(&'static str, String)> = parts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let href = Box::new(move |page: usize| {
        let page = page.to_string();
        let parts: Vec<(&str, &str)> = base.iter().map(|(name, value)| (*name, value.as_str())).collect();
        link(&[&parts[..], &[("page", page.as_str())]].concat())
    });
    let rows = if total == 0 {
        view! {
            <EmptyState svg=icon::SEARCH title="No creator matches" text="Change the search or one of the filters.">
                <a class="btn" href=link(&[])>"Clear filters"</a>
            </EmptyState>
        }
        .into_any()
    } else if wanted.layout == OverviewLayout::Columns {
        overview_columns(found, project).into_any()
    } else {
        overview_table(wanted, found, project).into_any()
    };
    let back = format!("/projects/{}{}", project.project_id, query(&parts));
    let for_ticked = (total > 0).then(|| ticked_creators(project, &found.campaigns, back));
    view! {
        {saved_views(wanted, found, project, told)}
        {chips(wanted, found)}
        <SearchForm search=wanted.search.clone() placeholder="Search creators" kept=kept>
            <div class="w-40 max-md:flex-1">
                <Select
                    name="metric"
                    id="metric"
                    label="Metric"
                    options=[vec![any("All metrics")], metrics.to_vec()].concat()
                    value=metric
                    autosubmit=true
                />
            </div>
            <div class="w-36 max-md:flex-1">
                <Select
                    name="period"
                    id="period"
                    label="Period"
                    options=[vec![any("All periods")], cadences.to_vec()].concat()
                    value=cadence
                    autosubmit=true
                />
            </div>
        </SearchForm>
        <div class="-mb-2 flex flex-wrap items-center justify-between gap-2">
            <p class="flex items-center gap-3 text-sm text-muted tabular-nums">
                <span class="max-sm:sr-only">{shown}</span>
                <a class="link inline-flex min-h-6 items-center gap-1 print:hidden" href=table download="">
                    <Icon svg=icon::DOWNLOAD class="size-3.5" />"CSV"
                </a>
                {give_all_link(assign)}
            </p>
            <div class="flex flex-wrap items-center gap-x-6">
                <ViewLinks links=layouts />
                <SortLinks links=sorts />
            </div>
        </div>
        {rows}
        {for_ticked}
        {filtered.then(|| view! { <p class="text-sm"><a class="link inline-flex min-h-6 items-center" href=link(&[])>"Clear filters"</a></p> })}
        <Pagination
            number=found.page.number
            pages=found.page.pages
            total=found.page.total
            per_page=ROWS_PER_PAGE
            what="creators"
            href=href
        />
        <p class="text-xs text-muted">"A bar ends at its target; the tick on it is what is expected by now."</p>
    }
}

/// Renders the counts per status, each as a filter, and separately those of periods that just ended.
fn chips(wanted: &OverviewQuery, found: &Overview) -> impl IntoView + use<> {
    let parts = parts(wanted);
    let unfiltered = wanted.status.is_none() && wanted.just_ended.is_none();
    let without = |name: &str, value: &str| {
        let parts: Vec<(&str, &str)> =
            parts.iter().copied().filter(|(part, _)| !matches!(*part, "status" | "ended")).collect();
        replaced(&parts, name, value)
    };
    let statuses = [Status::AtRisk, Status::BehindPace, Status::OnTrack, Status::Missed, Status::Completed];
    let chips = statuses.map(|status| {
        view! {
            <a
                class="chip"
                data-status=status.name()
                href=without("status", status.name())
                aria-current=(wanted.status == Some(status)).then_some("true")
            ><Icon svg=status_icon(status) />{status.label()}" "<b>{count(found.counts.current(status))}</b></a>
        }
    });
    let ended = [(Status::Missed, "missed"), (Status::Completed, "completed")].map(|(status, word)| {
        let class = if status == Status::Missed { "size-3.5 text-missed" } else { "size-3.5 text-completed" };
        view! {
            <a
                class="inline-flex min-h-6 items-center gap-1 hover:text-ink"
                data-status=status.name()
                href=without("ended", status.name())
                aria-current=(wanted.just_ended == Some(status)).then_some("true")
            >
                <Icon svg=status_icon(status) class=class />
                <b class="font-semibold text-ink">{count(found.counts.just_ended(status))}</b>" "{word}
            </a>
        }
    });
    view! {
        <nav data-live="counts" class="flex flex-wrap items-center gap-x-2 gap-y-3" aria-label="Filter by status">
            <div class="flex gap-2 max-md:-mx-4 max-md:w-dvw max-md:overflow-x-auto max-md:px-4 max-md:py-1 max-md:[scrollbar-width:none] md:flex-wrap">
                <a class="chip" href=without("status", "") aria-current=unfiltered.then_some("true")>
                    "All "<b>{count(found.counts.total())}</b>
                </a>
                {chips.into_iter().collect_view()}
            </div>
            <span class="ms-auto inline-flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted max-wide:ms-0 max-wide:w-full">
                "Just ended:"{ended.into_iter().collect_view()}
            </span>
        </nav>
    }
}
