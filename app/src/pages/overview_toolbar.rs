//! The row of controls above the overview: search, filters, layout, order, saved views, and what can be done with all of it.

use super::overview_url::OverviewUrl;
use super::overview_views::{FormResult, save_view};
use crate::components::field::Select;
use crate::components::icon::{self, Icon};
use crate::components::menu::{Menu, MenuLinks};
use crate::components::search_form::SearchInput;
use crate::components::status_badge::status_icon;
use crate::forms::sent::Returned;
use crate::pages::assign::assign_address;
use crate::wording::{number, plural};
use compliance::metric::Metric;
use compliance::overview::Group;
use compliance::{Cadence, Status};
use leptos::prelude::*;
use program::overview::Overview;
use program::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};
use program::projects::record::Project;

/// Renders the toolbar.
pub fn toolbar(
    wanted: &OverviewQuery,
    found: &Overview,
    url: &OverviewUrl,
    project: &Project,
    told: &FormResult,
) -> impl IntoView + use<> {
    let in_form = ["q", "metric", "period"];
    let kept = url.set().filter(|(name, _)| !in_form.contains(name));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned() /> });
    let kept: Vec<_> = kept.collect();
    let action = Some(Returned::path()).filter(|path| !path.is_empty());
    let layouts = OverviewLayout::ALL
        .map(|layout| (url.with(&[("view", layout.name())]), layout.label().to_owned(), layout == wanted.layout));
    let sorts = OverviewSort::ALL
        .map(|sort| (url.with(&[("sort", sort.name())]), sort.label().to_owned(), sort == wanted.sort));
    let here = url.query();
    let saved = found.saved.iter().map(|saved| (saved.query.clone(), saved.name.clone(), saved.query == here));
    let saved: Vec<_> = saved.collect();
    let saved = (!saved.is_empty()).then(|| view! { <MenuLinks title="Saved views" links=saved /> });
    let table = format!("/projects/{}/overview.csv{here}", project.project_id);
    let assign = assign_address(&url.kept().collect::<Vec<_>>(), project);
    let sort = wanted.sort.label();
    let (search, filters) = (wanted.search.clone(), filters(wanted, found, url));
    let (is_about_view, save) = (told.is_about_view(), save_view(&here, found, project, told));
    view! {
        <div class="toolbar print:hidden">
            <form method="get" action=action role="search" class="contents">
                <div data-part="kept" hidden>{kept}</div>
                <div data-part="search" class="contents"><SearchInput search placeholder="Search creators" /></div>
                <Menu svg=icon::LIST_FILTER label="Filter">{filters}</Menu>
            </form>
            <div data-part="menus" class="contents">
            <Menu svg=icon::LAYOUT_GRID label="View" open=is_about_view>
                <MenuLinks title="Layout" links=layouts.to_vec() />
                {saved}
                {save}
            </Menu>
            <Menu svg=icon::CHEVRONS_UP_DOWN label="Sort" chosen=sort>
                <MenuLinks title="Order" links=sorts.to_vec() />
            </Menu>
            <a class="btn" href=table download=""><Icon svg=icon::DOWNLOAD /><span class="max-md:sr-only">"CSV"</span></a>
            <a class="btn" href=assign title="Give everybody shown a goal">
                <Icon svg=icon::TARGET /><span class="max-wide:sr-only">"Give all a goal"</span>
            </a>
            </div>
        </div>
    }
}

/// Renders the filters that can be set: by status, by a period that just ended, by metric and period.
fn filters(wanted: &OverviewQuery, found: &Overview, url: &OverviewUrl) -> impl IntoView + use<> {
    let link = |name: &'static str, status: Status, count: usize, is_set: bool| {
        let href = url.with(&[("status", ""), ("ended", ""), (name, status.name())]);
        let count = number(i64::try_from(count).unwrap_or(i64::MAX));
        view! {
            <li>
                <a class="menu-link" data-status=status.name() href=href aria-current=is_set.then_some("true")>
                    <Icon svg=status_icon(status) />{status.label()}<b>{count}</b>
                </a>
            </li>
        }
    };
    let statuses = [Status::AtRisk, Status::BehindPace, Status::OnTrack, Status::Missed, Status::Completed];
    let now =
        statuses.map(|status| link("status", status, found.counts.current(status), wanted.status == Some(status)));
    let ended = [Status::Missed, Status::Completed]
        .map(|status| link("ended", status, found.counts.just_ended(status), wanted.just_ended == Some(status)));
    let any = |label: &str| (String::new(), label.to_owned());
    let metrics = Metric::ALL.map(|metric| (metric.name().to_owned(), metric.label().to_owned()));
    let cadences = Cadence::ALL.map(|cadence| (cadence.name().to_owned(), cadence.label().to_owned()));
    view! {
        <div data-live="counts" data-part="counts" class="grid gap-3">
            <div>
                <p class="menu-title">"Goals now"</p>
                <ul>{now.into_iter().collect_view()}</ul>
            </div>
            <div>
                <p class="menu-title">"Periods that just ended"</p>
                <ul>{ended.into_iter().collect_view()}</ul>
            </div>
        </div>
        <div data-part="fields" class="grid gap-2">
            <Select
                name="metric"
                id="metric"
                label="Metric"
                options=[vec![any("All metrics")], metrics.to_vec()].concat()
                value=wanted.metric.map_or("", Metric::name)
                autosubmit=true
            />
            <Select
                name="period"
                id="period"
                label="Period"
                options=[vec![any("All periods")], cadences.to_vec()].concat()
                value=wanted.cadence.map_or("", Cadence::name)
                autosubmit=true
            />
            <button class="btn asleep">"Apply"</button>
        </div>
    }
}

/// Renders the filters that are set, each with a link that removes it.
pub fn set_filters(wanted: &OverviewQuery, found: &Overview, url: &OverviewUrl) -> Option<impl IntoView + use<>> {
    let search = wanted.search.trim();
    let set = [
        ("q", (!search.is_empty()).then(|| format!("“{search}”"))),
        ("group", wanted.group.map(|group| Group::label(group).to_owned())),
        ("status", wanted.status.map(|status| format!("A goal is {}", status.label()))),
        ("ended", wanted.just_ended.map(|status| format!("Just ended: {}", status.label()))),
        ("metric", wanted.metric.map(|metric| metric.label().to_owned())),
        ("period", wanted.cadence.map(|cadence| cadence.label().to_owned())),
    ];
    let set: Vec<(&str, String)> = set.into_iter().filter_map(|(name, label)| Some((name, label?))).collect();
    if set.is_empty() {
        return None;
    }
    let clear = (set.len() > 1).then(|| {
        let none: Vec<(&str, &str)> = set.iter().map(|(name, _)| (*name, "")).collect();
        view! { <li><a class="link inline-flex min-h-6 items-center text-sm" href=url.with(&none)>"Clear filters"</a></li> }
    });
    let chips = set.iter().map(|(name, label)| {
        view! {
            <li>
                <a class="chip" href=url.with(&[(name, "")])>
                    {label.clone()}<span class="sr-only">": remove this filter"</span><Icon svg=icon::X />
                </a>
            </li>
        }
    });
    let chips: Vec<_> = chips.collect();
    let listed = Group::ALL.into_iter().map(|group| found.listed.of(group)).sum::<usize>();
    let shown = format!("{} shown", plural(i64::try_from(listed).unwrap_or(i64::MAX), "creator", "creators"));
    Some(view! {
        <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
            <ul class="flex flex-wrap items-center gap-2" aria-label="Filters">{chips}{clear}</ul>
            <p class="text-sm text-muted">{shown}</p>
        </div>
    })
}
