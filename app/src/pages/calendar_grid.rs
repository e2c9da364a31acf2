//! The month of a calendar as a table: a row for each week, a cell for each day.

use super::request::link;
use crate::badge::{Badge, Mark};
use crate::components::creator_header::Tab;
use crate::components::goal_badge::mark_icon;
use crate::components::goal_line::{GoalBadge, StatusMarker};
use crate::components::icon::Icon;
use crate::wording::{compact, noun, number, plural};
use compliance::Evaluation;
use leptos::prelude::*;
use program::calendar::creator::{CreatorCalendar, PeriodVerdict};
use program::calendar::day::{Day, Uncounted, Week, When};
use program::calendar::shown::Calendar;

/// Renders the month. Of one creator, `one` has the verdicts on the periods of their goals.
pub fn grid(found: &Calendar, one: Option<&CreatorCalendar>) -> impl IntoView + use<> {
    let names = found.weeks.first().into_iter().flat_map(|week| &week.days).map(|day| {
        let abbr = day.date.format("%A").to_string();
        view! { <th role="columnheader" scope="col" abbr=abbr>{day.date.format("%a").to_string()}</th> }
    });
    let busiest = found.days().map(|day| day.posts).max().unwrap_or(0);
    let rows = found.weeks.iter().map(|week| {
        let days = week.days.iter().map(|day| cell(found, one, day, busiest));
        let sum = match one {
            None => sum(week).into_any(),
            Some(one) => goals(one, week).into_any(),
        };
        view! { <tr role="row">{days.collect_view()}{sum}</tr> }
    });
    let caption = format!("Posts on each day of {}, a row for each week", found.month.dates().first.format("%B %Y"));
    let whose = if one.is_some() { "cal cal-one" } else { "cal" };
    view! {
        <div class="card overflow-clip" data-live="month">
            <table role="table" class=whose>
                <caption class="sr-only">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {names.collect_view()}
                        <th role="columnheader" scope="col" class="cal-week">"Week"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Renders a day. One with posts is a link to them.
fn cell(found: &Calendar, one: Option<&CreatorCalendar>, day: &Day, busiest: i64) -> impl IntoView + use<> {
    let inside = found.month.dates().contains(day.date);
    let is_open = found.open.as_ref().is_some_and(|open| open.day.date == day.date);
    // A quarter of the busiest day is one shade.
    let level = (day.posts > 0).then(|| day.posts.saturating_mul(4).saturating_add(busiest - 1) / busiest.max(1));
    let level = level.map(|level| level.clamp(1, 4).to_string());
    let mark = match day.when {
        _ if day.is_gap => Some("gap"),
        When::Past if one.is_some() && day.unseen > 0 => Some("unseen"),
        When::Ahead | When::Missing => Some("ahead"),
        When::Past | When::Today => None,
    };
    let today = day.when == When::Today;
    let date = view! {
        <time class="cal-date" datetime=day.date.to_string()>
            <span class="sr-only">{day.date.format("%a ").to_string()}</span>
            {day.date.format("%-d").to_string()}
            <span class="sr-only">{format!(" {}{}: ", day.date.format("%b"), if today { ", today" } else { "" })}</span>
        </time>
    };
    let words = words(day, one.is_some());
    let content = if day.published() > 0 {
        let iso = day.date.to_string();
        let href = format!("{}#day", link(&[("month", &found.month.to_string()), ("day", &iso)]));
        view! { <a class="cal-day" href=href aria-current=is_open.then_some("true")>{date}{words}</a> }.into_any()
    } else {
        view! { <div class="cal-day">{date}{words}</div> }.into_any()
    };
    let daily: Vec<_> = one.into_iter().flat_map(|one| one.of_day(day.date)).map(daily).collect();
    let daily = (!daily.is_empty()).then(|| view! { <ul class="cal-daily">{daily}</ul> });
    view! {
        <td
            role="cell"
            class="cal-cell"
            data-level=level
            data-mark=mark
            data-outside=(!inside).then_some("")
            aria-current=today.then_some("date")
        >{content}{daily}</td>
    }
}

/// Renders what is known of a day; read together it is "3 posts by 2 creators, 1 pending review".
fn words(day: &Day, one: bool) -> impl IntoView + use<> {
    let quiet = |text: String| view! { <span class="cal-more">{text}</span> };
    let posts = (day.posts > 0).then(|| {
        let word = noun(day.posts, "post", "posts");
        let by = (!one).then(|| {
            let creators = plural(day.creators, "creator", "creators");
            view! { <span class="cal-more"><span class="sr-only">" by "</span>{creators}</span> }
        });
        view! { <span class="cal-posts"><b>{compact(day.posts)}</b>" "<span class="cal-word">{word}</span></span>{by} }
    });
    let is_known = !(one && day.unseen > 0);
    // Of one creator, a dash is a gap.
    let dash = if one && !day.is_gap { "" } else { "–" };
    let nothing = match day.when {
        When::Past if day.published() == 0 && is_known => Some((dash, "no posts")),
        When::Today if day.published() == 0 => Some(("", "no posts yet")),
        When::Past | When::Today | When::Ahead | When::Missing => None,
    };
    let nothing = nothing.map(|(shown, said)| {
        view! { <span class="cal-none" aria-hidden="true">{shown}</span><span class="sr-only">{said}</span> }
    });
    let separator = |follows: bool| if follows { ", " } else { "" };
    let mut follows = day.posts > 0;
    let others: Vec<_> = uncounted_words(&day.uncounted)
        .into_iter()
        .map(|text| {
            let before = separator(std::mem::replace(&mut follows, true));
            view! { <span class="sr-only">{before}</span>{quiet(text)} }
        })
        .collect();
    let others_mark = (day.posts == 0 && day.uncounted.total() > 0).then(
        || view! { <span class="cal-mark" aria-hidden="true">{format!("+{}", compact(day.uncounted.total()))}</span> },
    );
    let unseen = (day.unseen > 0).then(|| {
        let mark = one.then(|| view! { <span class="cal-mark" aria-hidden="true">"?"</span> });
        let text =
            if one { "not collected since".to_owned() } else { format!("{} not collected since", number(day.unseen)) };
        let before = separator(follows || nothing.is_some());
        view! { {mark}<span class="sr-only">{before}</span>{quiet(text)} }
    });
    view! { {posts}{nothing}{others_mark}{others}{unseen} }
}

/// Returns how many posts do not count, by reason.
pub fn uncounted_words(uncounted: &Uncounted) -> Vec<String> {
    let Uncounted { pending, excluded, disabled } = *uncounted;
    [(pending, "pending review"), (excluded, "excluded"), (disabled, "tracking disabled")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", number(count)))
        .collect()
}

/// Renders the number of posts in a week that has begun.
fn sum(week: &Week) -> impl IntoView + use<> {
    let begun = week.days.first().is_some_and(|day| day.when != When::Ahead);
    let sum = begun.then(|| {
        let posts = week.posts();
        view! { <b>{compact(posts)}</b>" "<span class="unit">{noun(posts, "post", "posts")}</span> }
    });
    view! { <td role="cell" class="cal-week">{sum}</td> }
}

/// Renders the verdicts on the weekly goals of a week.
fn goals(one: &CreatorCalendar, week: &Week) -> impl IntoView + use<> {
    let goals = Tab::Goals.href(one.creator.project.project_id, one.creator.creator.creator_id);
    let judged: Vec<_> = one.of_week(week).map(|judged| view! { <li>{verdict(judged, &goals)}</li> }).collect();
    let list = (!judged.is_empty()).then(|| view! { <ul class="cal-goals">{judged}</ul> });
    view! { <td role="cell" class="cal-week">{list}</td> }
}

/// Renders the verdict on a period, linked to its evidence on the tab at `goals`.
pub fn verdict(judged: &PeriodVerdict, goals: &str) -> impl IntoView + use<> {
    let PeriodVerdict { goal_id, evaluation } = judged;
    let on = if evaluation.has_ended() { format!("&on={}", evaluation.window.dates.first) } else { String::new() };
    let href = format!("{goals}?why={goal_id}{on}#goal-{goal_id}");
    let cut = (evaluation.window.dates != evaluation.window.period.dates)
        .then(|| view! { <span class="unit">{crate::wording::window(evaluation)}</span> });
    view! {
        <a class="cal-verdict" href=href>
            <GoalBadge evaluation />
            <span class="cal-amount">{amount(evaluation)}</span>
            {cut}
        </a>
        <StatusMarker evaluation />
    }
}

/// Renders the verdict on a day, without a link: the day has one.
fn daily(judged: &PeriodVerdict) -> impl IntoView + use<> {
    let evaluation = &judged.evaluation;
    let Badge { mark, label } = Badge::of(evaluation);
    let icon = matches!(mark, Mark::Status(_)).then(|| view! { <Icon svg=mark_icon(mark) /> });
    view! {
        <li data-status=mark.color() title=format!("{label}: {}", amount(evaluation))>
            {icon}<span class="sr-only">{format!("{label}, ")}</span><span class="cal-amount">{amount(evaluation)}</span>
        </li>
    }
}

/// Formats `5 of 7 posts`.
fn amount(evaluation: &Evaluation) -> String {
    let Evaluation { actual, target, metric, .. } = evaluation;
    format!("{} of {} {}", compact(*actual), compact(*target), metric.unit(*target))
}
