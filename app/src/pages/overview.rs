//! Creator Goals, the overview of a project.

use crate::caller::caller;
use crate::components::empty_state::EmptyState;
use crate::components::icon;
use crate::components::icon::Svg;
use crate::components::page_header::PageHeader;
use crate::components::pagination::Pagination;
use crate::pages::first_steps::first_steps;
use crate::pages::loaded::loaded;
use crate::pages::overview_columns::overview_columns;
use crate::pages::overview_table::overview_table;
use crate::pages::overview_toolbar::{set_filters, toolbar};
use crate::pages::overview_url::{OverviewUrl, open_creators, overview_query};
use crate::pages::overview_views::FormResult;
use crate::pages::request::Request;
use crate::pages::ticked_creators::ticked_creators;
use crate::shell::{Place, shell};
use crate::wording::{clock_time, date_time, iso, noun, number, plural};
use compliance::overview::Group;
use leptos::prelude::*;
use leptos_meta::Title;
use program::ids::CreatorId;
use program::overview::query::{OverviewLayout, OverviewQuery};
use program::overview::{Overview, overview};
use program::paging::ROWS_PER_PAGE;
use program::projects::record::Project;

/// The overview.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let request = Request::current();
    let wanted = overview_query(|name| request.query(name));
    let open = open_creators(&request.query("open"));
    let told = FormResult::of(&request);
    let asked = wanted.clone();
    loaded(async move { overview(&caller()?, request.id("project_id")?, &asked).await }, move |found| {
        page(&wanted, &open, &found, &told)
    })
}

/// The icons of statuses, which the rows show many times.
const OFTEN: [Svg; 7] =
    [icon::ALERT_DISC, icon::X, icon::HALF_DISC, icon::CHECK, icon::CHECK_CHECK, icon::HOURGLASS, icon::CHEVRON_RIGHT];

fn count(value: usize) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

fn page(wanted: &OverviewQuery, open: &[CreatorId], found: &Overview, told: &FormResult) -> impl IntoView + use<> {
    let program = found.program.clone();
    let project = &program.project;
    let drawings = icon::draw_once(&OFTEN);
    let has_goals = found.with_goals > 0;
    let steps = first_steps(found);
    let body = if has_goals { list(wanted, open, found, project, told).into_any() } else { ().into_any() };
    // It is always now: the day is in the title.
    let (as_of, day) = (clock_time(found.as_of, project.zone), date_time(found.as_of, project.zone));
    let datetime = iso(found.as_of);
    let sub = view! {
        {has_goals.then(|| causes(wanted, open, found))}
        "As of "<time datetime=datetime title=day>{as_of}</time>"."
    }
    .into_any();
    view! {
        <Title text="Creator Goals" />
        {shell(project, Place::Overview, "", view! {
            {drawings}
            <div data-part="head">
                <PageHeader title=title(wanted, found) loud=true sub=sub />
            </div>
            {told.notices(project.project_id)}
            {steps}
            {body}
        }.into_any())}
    }
}

/// Returns the headline: how many creators need attention. Where nobody has looked, it does not say that all is well.
fn title(wanted: &OverviewQuery, found: &Overview) -> String {
    if found.with_goals == 0 {
        return "Creator Goals".to_owned();
    }
    // The counts depend on all filters but the one by group, so the headline must not claim more.
    let by_goal = wanted.metric.is_some() || wanted.cadence.is_some();
    let by_status = wanted.status.is_some() || wanted.just_ended.is_some();
    let narrowed = !wanted.search.trim().is_empty() || by_goal || by_status;
    let which = if narrowed { "matching " } else { "" };
    if Group::ALL.into_iter().all(|group| found.groups.of(group) == 0) {
        return "No creator matches".to_owned();
    }
    match (found.groups.attention(), found.groups.of(Group::Waiting)) {
        (0, 0) if narrowed => "No matching creator needs attention".to_owned(),
        (0, 0) => "No one needs attention".to_owned(),
        (0, 1) => format!("1 {which}creator waits for data"),
        (0, waiting) => format!("{} {which}creators wait for data", count(waiting)),
        (1, _) => format!("1 {which}creator needs attention"),
        (many, _) => format!("{} {which}creators need attention", count(many)),
    }
}

/// Renders the line of causes: the groups that matter with their numbers of creators, each a filter.
fn causes(wanted: &OverviewQuery, open: &[CreatorId], found: &Overview) -> impl IntoView + use<> {
    let url = OverviewUrl::of(wanted, open);
    let named = [
        (Group::AtRisk, "at risk now"),
        (Group::Missed, "missed"),
        (Group::BehindPace, "behind pace"),
        (Group::Waiting, "waiting for data"),
    ];
    let shown = named.into_iter().filter(|(group, _)| found.groups.of(*group) > 0).enumerate();
    let links = shown.map(|(place, (group, word))| {
        let creators = found.groups.of(group);
        // The first says of what these are the numbers.
        let noun = if place == 0 { noun(i64::try_from(creators).unwrap_or(0), " creator", " creators") } else { "" };
        let is_set = wanted.group == Some(group);
        let href = url.with(&[("group", if is_set { "" } else { group.name() })]);
        view! {
            {(place > 0).then_some(" · ")}
            <a class="cause" href=href aria-current=is_set.then_some("true")><b>{count(creators)}</b>{noun}" "{word}</a>
        }
    });
    let links: Vec<_> = links.collect();
    let of = plural(i64::try_from(found.creators).unwrap_or(i64::MAX), "creator", "creators");
    let of = if links.is_empty() { format!("Of {of}. ") } else { format!(", of {of}. ") };
    view! { {links}{of} }
}

fn list(
    wanted: &OverviewQuery,
    open: &[CreatorId],
    found: &Overview,
    project: &Project,
    told: &FormResult,
) -> impl IntoView + use<> {
    let url = OverviewUrl::of(wanted, open);
    let is_empty = Group::ALL.into_iter().all(|group| found.listed.of(group) == 0);
    let rows = if is_empty {
        view! {
            <EmptyState svg=icon::SEARCH title="No creator matches" text="Change the search, or remove one of the filters above." />
        }
        .into_any()
    } else if wanted.layout == OverviewLayout::Columns {
        overview_columns(found, project).into_any()
    } else {
        overview_table(wanted, open, found, project).into_any()
    };
    let back = format!("/projects/{}{}", project.project_id, url.query());
    let for_ticked = (found.page.total > 0).then(|| ticked_creators(project, &found.campaigns, back));
    let pages = url.clone();
    view! {
        {toolbar(wanted, found, &url, project, told)}
        <div data-part="rows" class="grid grid-cols-1 gap-5">
            {set_filters(wanted, found, &url)}
            {rows}
            {for_ticked}
            <Pagination
                number=found.page.number
                pages=found.page.pages
                total=found.page.total
                per_page=ROWS_PER_PAGE
                what="creators"
                href=Box::new(move |page| pages.on_page(page))
            />
        </div>
        <p class="text-xs text-muted">"A bar ends at its target; the tick on it is what is expected by now."</p>
    }
}
