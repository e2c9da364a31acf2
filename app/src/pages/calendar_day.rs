//! The posts of one day of a calendar.

use super::calendar_grid::uncounted_words;
use super::posts_table::TrackingBadge;
use super::request::link;
use crate::components::caption::Caption;
use crate::components::icon::{self, Icon, Svg, draw_once};
use crate::components::pagination::Pagination;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::wording::{clock_time, date, date_time, iso, number, plural, short_date};
use leptos::prelude::*;
use program::calendar::day::Day;
use program::calendar::shown::{Calendar, DayPost, OpenDay};
use program::posts::record::POSTS_PER_PAGE;

/// The icons of the rows.
const DRAWN_ONCE: &[Svg] =
    &[icon::VIDEO, icon::IMAGES, icon::CHECK, icon::PLUS, icon::HOURGLASS, icon::CIRCLE_SLASH, icon::BAN];

/// Renders the posts of the day that is open, if one is; with the names of their creators if they are of `everybody`.
pub fn open_day(found: &Calendar, everybody: bool) -> impl IntoView + use<> {
    let open = found.open.as_ref()?;
    let month = found.month.to_string();
    let day = open.day.date;
    let heading = format!("{}, {}", day.format("%A"), date(day));
    let to = |day: &Day| format!("{}#day", link(&[("month", &month), ("day", &day.date.to_string())]));
    let days = found.weeks.iter().flat_map(|week| &week.days).filter(|day| day.published() > 0);
    let before = days.clone().rfind(|other| other.date < day).map(|other| {
        view! { <a class="btn btn-sm" rel="prev" href=to(other)><Icon svg=icon::CHEVRON_LEFT />{short_date(other.date)}</a> }
    });
    let after = days.clone().find(|other| other.date > day).map(|other| {
        view! { <a class="btn btn-sm" rel="next" href=to(other)>{short_date(other.date)}<Icon svg=icon::CHEVRON_RIGHT /></a> }
    });
    let close = link(&[("month", &month)]);
    let (iso_day, of_month) = (day.to_string(), month.clone());
    let page_href = Box::new(move |page: usize| {
        format!("{}#day", link(&[("month", &of_month), ("day", &iso_day), ("page", &page.to_string())]))
    });
    Some(view! {
        <section id="day" class="card overflow-clip scroll-mt-16" aria-labelledby="day-heading" data-live="day">
            <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
                <div class="min-w-0">
                    <h2 id="day-heading" class="font-semibold">{heading}</h2>
                    <p class="text-sm text-muted">{day_words(&open.day, everybody)}</p>
                </div>
                <nav class="flex flex-wrap gap-2" aria-label="Days with posts">
                    {before}{after}
                    <a class="btn btn-sm btn-quiet" href=close><Icon svg=icon::X />"Close"</a>
                </nav>
            </div>
            {posts(found, open, everybody)}
            <div class="px-4 py-2 empty:hidden">
                <Pagination
                    number=open.page as usize + 1
                    pages=open.pages as usize
                    total=usize::try_from(open.day.published()).unwrap_or(0)
                    per_page=POSTS_PER_PAGE as usize
                    what="posts"
                    href=page_href
                />
            </div>
        </section>
    })
}

/// Returns what was published on a day in words: "3 posts by 2 creators, 1 pending review".
fn day_words(day: &Day, everybody: bool) -> String {
    let counted = plural(day.posts, "post", "posts");
    let counted = match day.posts {
        0 if day.published() == 0 => Some("No posts".to_owned()),
        0 => None,
        _ if everybody => Some(format!("{counted} by {}", plural(day.creators, "creator", "creators"))),
        _ => Some(counted),
    };
    counted.into_iter().chain(uncounted_words(&day.uncounted)).collect::<Vec<_>>().join(", ")
}

fn posts(found: &Calendar, open: &OpenDay, everybody: bool) -> impl IntoView + use<> {
    if open.posts.is_empty() {
        return ().into_any();
    }
    let drawn = draw_once(DRAWN_ONCE);
    let rows = open.posts.iter().map(|listed| row(found, listed, everybody));
    view! {
        {drawn}
        <Table caption="The posts of the day, the earliest first" class="table-tight border-t border-hairline">
            <Columns>
                <Column label="Time" />
                <Column label="Post" />
                {everybody.then(|| view! { <Column label="Creator" /> })}
                <Column label="Status" />
                <Column label="Views" numeric=true />
            </Columns>
            <Rows>{rows.collect_view()}</Rows>
        </Table>
    }
    .into_any()
}

fn row(found: &Calendar, listed: &DayPost, everybody: bool) -> impl IntoView + use<> {
    let DayPost { creator, post } = listed;
    let zone = found.project.zone;
    let base = format!("/projects/{}/creators/{}", found.project.project_id, creator.creator_id);
    let over_time = format!("{base}/posts/{}", post.post_id);
    let of = format!(
        ": {}",
        post.description.as_deref().unwrap_or(&post.tiktok_video_id).chars().take(60).collect::<String>()
    );
    let whose = everybody.then(|| {
        let name = creator.name().to_owned();
        view! {
            <Cell class="md:max-w-48">
                <a class="inline-flex min-h-6 max-w-full items-center hover:underline" href=format!("{base}/calendar")>
                    <span class="truncate">{name}</span>
                </a>
            </Cell>
        }
    });
    let views = post.counters.views.map_or_else(|| "no data".to_owned(), number);
    view! {
        <Row attr:data-post=post.tiktok_video_id.clone()>
            <Cell class="whitespace-nowrap tabular-nums">
                <time datetime=iso(post.published_at) title=date_time(post.published_at, zone)>
                    {clock_time(post.published_at, zone)}
                </time>
            </Cell>
            <RowHead class="md:max-w-96">
                <Caption post />
                <a class="flex min-h-6 w-fit items-center text-xs font-normal text-muted hover:text-ink hover:underline" href=over_time>
                    "History"<span class="sr-only">{of}</span>
                </a>
            </RowHead>
            {whose}
            <Cell class="md:whitespace-nowrap"><TrackingBadge tracking=post.tracking /></Cell>
            <Cell numeric=true>{views}" "<span class="unit md:hidden">{post.counters.views.map(|views| if views == 1 { "view" } else { "views" })}</span></Cell>
        </Row>
    }
}
