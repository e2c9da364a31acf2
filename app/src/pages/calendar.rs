//! The content calendar of everybody, and that of one creator.

use super::calendar_day::open_day;
use super::calendar_grid::{grid, uncounted_words, verdict};
use super::loaded::loaded;
use super::removed::Removed;
use super::request::{Request, link};
use crate::caller::caller;
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::empty_state::EmptyState;
use crate::components::icon::{self, Icon};
use crate::components::page_header::PageHeader;
use crate::forms::sent::Returned;
use crate::shell::{Place, shell};
use crate::wording::{plural, span};
use compliance::goal_form::parse_date;
use leptos::prelude::*;
use leptos_meta::Title;
use program::calendar::creator::{CreatorCalendar, creator_calendar};
use program::calendar::day::Gaps;
use program::calendar::everybody::calendar;
use program::calendar::month::Month;
use program::calendar::shown::{Calendar, CalendarQuery};

/// The calendar of everybody.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let request = Request::current();
    let asked = Asked::of(&request);
    let query = asked.query;
    loaded(async move { calendar(&caller()?, request.id("project_id")?, &query).await }, move |found| {
        everybody(&asked, &found)
    })
}

/// The Calendar tab of a creator.
#[component]
pub fn CreatorCalendarPage() -> impl IntoView {
    let request = Request::current();
    let asked = Asked::of(&request);
    let query = asked.query;
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            creator_calendar(&caller()?, project_id, creator_id, &query).await
        },
        move |found| of_creator(&asked, &found),
    )
}

/// How many characters of an invalid month are shown.
const TYPED_SHOWN: usize = 40;

/// What the URL asks for.
struct Asked {
    query: CalendarQuery,
    /// What is wrong with the month, if anything is.
    error: Option<String>,
}

impl Asked {
    fn of(request: &Request) -> Asked {
        let month = request.query("month");
        let query = CalendarQuery {
            month: Month::parse(&month),
            day: request.named("day", |text| parse_date(text).ok()),
            page: u32::try_from(request.page() - 1).unwrap_or(u32::MAX),
        };
        let is_wrong = !month.is_empty() && query.month.is_none();
        // Not in the field: browsers show none but months there.
        let error = is_wrong.then(|| {
            let short: String = month.chars().take(TYPED_SHOWN).collect();
            let more = if short.len() < month.len() { "…" } else { "" };
            format!("“{short}{more}” is not a month from 2000-01 to 2099-12, written as YYYY-MM.")
        });
        Asked { query, error }
    }
}

fn everybody(asked: &Asked, found: &Calendar) -> impl IntoView + use<> {
    let base = format!("/projects/{}", found.project.project_id);
    let body = if found.creators == 0 {
        view! {
            <EmptyState
                svg=icon::CALENDAR_DAYS
                title="No creators yet"
                text="Add the creators you work with. Their posts appear here on the day they are published."
            >
                <a class="btn btn-primary" href=format!("{base}/creators/new")>"Add creators"</a>
                <a class="btn" href=format!("{base}/import")>"Import a file"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        let never = match i64::try_from(found.never_seen).unwrap_or(i64::MAX) {
            0 => String::new(),
            1 => " The posts of 1 creator were never collected.".to_owned(),
            many => format!(" The posts of {} were never collected.", plural(many, "creator", "creators")),
        };
        view! {
            {toolbar(asked, found, format!("{}{never}", summary(found)))}
            {grid(found, None)}
            {legend(false)}
            {open_day(found, true)}
        }
        .into_any()
    };
    view! {
        <Title text=format!("Calendar · {}", month_name(found.month)) />
        {shell(&found.project, Place::Calendar, "", view! {
            <PageHeader title="Calendar" />
            {body}
        }.into_any())}
    }
}

fn of_creator(asked: &Asked, found: &CreatorCalendar) -> impl IntoView + use<> {
    let (view, calendar) = (&found.creator, &found.calendar);
    let name = view.creator.name().to_owned();
    let never = match calendar.never_seen {
        0 => "",
        _ => " The posts were never collected.",
    };
    let summary = format!("{}{never}{}", summary(calendar), gaps(found.gaps));
    let goals = Tab::Goals.href(view.project.project_id, view.creator.creator_id);
    let monthly: Vec<_> = found.of_month().map(|judged| view! { <li>{verdict(judged, &goals)}</li> }).collect();
    let monthly = (!monthly.is_empty()).then(|| {
        view! {
            <ul class="cal-goals" aria-label=format!("Goals of {}", month_name(calendar.month))>{monthly}</ul>
        }
    });
    view! {
        <Title text=format!("Calendar · {name}") />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Calendar />
            <Removed view />
            {toolbar(asked, calendar, summary)}
            {monthly}
            {grid(calendar, Some(found))}
            {legend(true)}
            {open_day(calendar, false)}
        }.into_any())}
    }
}

/// Renders the name of the month, its numbers, and the way to other months.
fn toolbar(asked: &Asked, found: &Calendar, summary: String) -> impl IntoView + use<> {
    let month = found.month;
    let current = Month::of(found.today) == Some(month);
    let to = |month: Month| link(&[("month", &month.to_string())]);
    let short = |month: Month| {
        let first = month.dates().first;
        view! { {first.format("%b").to_string()}<span class="sr-only">{first.format(" %Y").to_string()}</span> }
    };
    let before = month.before().map(|before| {
        view! { <a class="btn btn-sm" rel="prev" href=to(before)><Icon svg=icon::CHEVRON_LEFT />{short(before)}</a> }
    });
    let after = month.after().map(|after| {
        view! { <a class="btn btn-sm" rel="next" href=to(after)>{short(after)}<Icon svg=icon::CHEVRON_RIGHT /></a> }
    });
    let this = (!current).then(|| view! { <a class="btn btn-sm" href=link(&[])>"This month"</a> });
    let described_by = asked.error.as_ref().map(|_| "month-error");
    view! {
        <div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <div class="min-w-0">
                <h2 class="text-lg font-semibold">{month_name(month)}</h2>
                <p class="text-sm text-muted">{summary}</p>
            </div>
            <div class="flex flex-wrap items-center gap-2">
                <nav class="flex gap-2" aria-label="Months">{before}{this}{after}</nav>
                <form
                    method="get"
                    action=(!Returned::path().is_empty()).then(Returned::path)
                    class="flex items-center gap-2"
                    aria-label="Another month"
                >
                    <input
                        class="input max-w-40"
                        type="month"
                        name="month"
                        aria-label="Month"
                        autocomplete="off"
                        min="2000-01"
                        max="2099-12"
                        value=month.to_string()
                        aria-describedby=described_by
                    />
                    <button class="btn btn-sm">"Show"</button>
                </form>
            </div>
            {asked.error.clone().map(|error| view! {
                <p class="field-error w-full" id="month-error"><Icon svg=icon::X /><span>{error}</span></p>
            })}
        </div>
    }
}

/// Returns the month's numbers in words.
fn summary(found: &Calendar) -> String {
    let others = uncounted_words(&found.uncounted());
    let counted = match found.posts() {
        0 if others.is_empty() => "No posts".to_owned(),
        0 => "No post counts".to_owned(),
        posts => plural(posts, "post counts", "posts count"),
    };
    if others.is_empty() { format!("{counted}.") } else { format!("{counted}; {}.", others.join(", ")) }
}

/// Returns the month's gaps in words.
fn gaps(gaps: Gaps) -> String {
    let Some(longest) = gaps.longest else { return String::new() };
    match i64::try_from(gaps.days).unwrap_or(i64::MAX) {
        1 => format!(" 1 day without a post, {}.", span(longest)),
        days if days == longest.count() => format!(" {days} days without a post, {}.", span(longest)),
        days if longest.count() == 1 => format!(" {days} days without a post, no two in a row."),
        days => format!(" {days} days without a post, the longest gap {}.", span(longest)),
    }
}

fn legend(one: bool) -> impl IntoView + use<> {
    let marks = one.then_some(
        " A day without a post although a goal asks for posts has a –, a day after which nobody has looked a ?.",
    );
    view! {
        <p class="-mt-2 text-xs text-muted">
            "A post belongs to the day it was published on."
            {one.then(|| view! { <span class="max-md:hidden">" Nobody has looked since a hatched day."</span> })}
            <span class="md:hidden">{marks}" +1 is a post that does not count."</span>
        </p>
    }
}

/// Formats `November 2026`.
fn month_name(month: Month) -> String {
    month.dates().first.format("%B %Y").to_string()
}
