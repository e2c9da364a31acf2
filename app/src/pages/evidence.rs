//! The evidence for a number: the rows of the table add up to it.

use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, RowsHead, Table};
use crate::wording::{date_time, iso, number, plural, short_date, signed};
use compliance::PostReason;
use compliance::calendar::Zone;
use compliance::misreading::Misread;
use leptos::prelude::*;
use program::facts::record::FollowerReading;
use program::goals::evidence::{Contributions, Evidence, MisreadPost, PostContribution, WhyOf};

/// Every post or reading of a period, with the sum.
#[component]
pub fn EvidenceTable<'a>(
    /// What to show.
    evidence: &'a Evidence,
    /// The project's zone.
    zone: Zone,
) -> impl IntoView + use<> {
    let target = evidence.evaluation.target;
    match &evidence.contributions {
        Contributions::Posts { of_period, outside, sum, misreadings } => {
            let whole = evidence.why.all || of_period.len() <= SHOWN_WHOLE;
            let why = evidence.why;
            let of = match why.of {
                WhyOf::Current => String::new(),
                WhyOf::Previous => "&of=previous".to_owned(),
                WhyOf::On(date) => format!("&on={date}"),
            };
            let all = (!whole).then(|| format!("?why={}{of}&rows=all#goal-{}", why.goal_id, why.goal_id));
            let misread = misreadings.iter().map(|listed| (Some(caption(listed)), &listed.misread));
            view! {
                {posts(of_period, *outside, *sum, target, all, zone)}
                {misread_table(&misread.collect::<Vec<_>>(), zone)}
            }
            .into_any()
        }
        Contributions::Followers { baseline, readings, sum, misreadings } => {
            let misread: Vec<_> = misreadings.iter().map(|misread| (None, misread)).collect();
            view! {
                {followers(*baseline, readings, *sum, target, zone)}
                {misread_table(&misread, zone)}
            }
            .into_any()
        }
    }
}

/// The most posts that are shown at once.
const SHOWN_WHOLE: usize = 60;
/// The number of counted posts that are shown first of a longer list.
const COUNTED_FIRST: usize = 25;
/// The number of other posts that are shown first of a longer list.
const OTHERS_FIRST: usize = 10;

/// The most misreadings that are shown.
const MISREADINGS_SHOWN: usize = 20;

/// Renders the posts. `all` is the address of the whole list, if only its beginning is shown. The posts that are left
/// out are summed up in one row, so that the rows still add up.
fn posts(
    of_period: &[PostContribution],
    outside: usize,
    sum: i64,
    target: i64,
    all: Option<String>,
    zone: Zone,
) -> impl IntoView + use<> {
    let (counted, not): (Vec<_>, Vec<_>) = of_period.iter().partition(|post| post.reason == PostReason::Counted);
    let uncounted = i64::try_from(not.len()).unwrap_or(0);
    let outside = i64::try_from(outside).unwrap_or(0);
    let rows = |posts: Vec<&PostContribution>, first: usize| {
        let first = if all.is_some() { first } else { posts.len() };
        let rest = posts.get(first..).filter(|rest| !rest.is_empty()).map(|rest| left_out(rest, all.clone()));
        view! { {posts.iter().take(first).map(|post| row(post, zone)).collect_view()}{rest} }
    };
    let others = (uncounted > 0).then(|| {
        view! {
            <Rows class="text-muted">
                <RowsHead label=format!("Does not count ({uncounted})") columns="4" />
                {rows(not, OTHERS_FIRST)}
            </Rows>
        }
    });
    view! {
        <Table caption="Every post of the period with its reason and contribution" class="table-tight border-t border-hairline">
            <Columns>
                <Column label="Post" />
                <Column label="Published" />
                <Column label="Reason" />
                <Column label="Adds" numeric=true />
            </Columns>
            <Rows>
                {rows(counted, COUNTED_FIRST)}
                <Row class="sum">
                    <RowHead attr:colspan="3">"Sum, the number above"</RowHead>
                    <Cell numeric=true>
                        <span data-sum>{number(sum)}</span>" "<span class="unit">{format!("of {}", number(target))}</span>
                    </Cell>
                </Row>
            </Rows>
            {others}
        </Table>
        {(outside > 0).then(|| view! {
            <p class="border-t border-hairline px-4 py-2 text-xs text-muted">
                {format!(
                    "{} outside the period and {} 0.",
                    plural(outside, "more post is", "more posts are"),
                    if outside == 1 { "adds" } else { "add" },
                )}
            </p>
        })}
    }
}

/// Renders the posts that are left out as one row.
fn left_out(rest: &[&PostContribution], all: Option<String>) -> impl IntoView + use<> {
    let adds = rest.iter().map(|post| post.contribution).fold(0, i64::saturating_add);
    let count = i64::try_from(rest.len()).unwrap_or(i64::MAX);
    view! {
        <Row>
            <RowHead attr:colspan="3" class="!font-normal">
                {format!("{} more. ", plural(count, "post", "posts"))}
                <a class="link inline-flex min-h-6 items-center" href=all>"Show every post"</a>
            </RowHead>
            <Cell numeric=true>{signed(adds)}</Cell>
        </Row>
    }
}

fn row(post: &PostContribution, zone: Zone) -> impl IntoView + use<> {
    let published_at = post.post.window.published_at;
    let named = post.post.description.clone().filter(|text| !text.trim().is_empty());
    let look = if named.is_some() { "!font-normal" } else { "!font-normal italic text-muted" };
    let caption = named.unwrap_or_else(|| format!("Post {}", post.post.tiktok_video_id));
    let day = short_date(zone.wall_clock(published_at).date());
    // Only https addresses become links: data from files is not trusted.
    let caption = match post.post.url.clone().filter(|url| url.starts_with("https://")) {
        Some(url) => view! {
            <a class="inline-flex min-h-6 items-center hover:underline" href=url rel="noreferrer">
                <span class="line-clamp-1">{caption}</span>
            </a>
        }
        .into_any(),
        None => view! { <span class="line-clamp-1">{caption}</span> }.into_any(),
    };
    view! {
        <Row attr:data-reason=post.reason.name()>
            <RowHead class=look>{caption}</RowHead>
            <Cell class="whitespace-nowrap">
                <time datetime=iso(published_at) title=date_time(published_at, zone)>{day}</time>
            </Cell>
            <Cell class="text-soft">{post.reason.label()}</Cell>
            <Cell numeric=true>{signed(post.contribution)}</Cell>
        </Row>
    }
}

fn caption(listed: &MisreadPost) -> String {
    let named = listed.description.clone().filter(|text| !text.trim().is_empty());
    named.unwrap_or_else(|| format!("Post {}", listed.tiktok_video_id))
}

/// Renders the readings that do not count, each with the caption of its post, if it is of a post; only the latest if
/// there are many.
fn misread_table(misread: &[(Option<String>, &Misread)], zone: Zone) -> impl IntoView + use<> {
    let earlier = misread.len().saturating_sub(MISREADINGS_SHOWN);
    let rows = misread.iter().skip(earlier).map(|(caption, misread)| {
        let Misread { captured_at, source, value, why } = misread;
        let source = source.name().unwrap_or("No source").to_owned();
        let caption = caption.clone().map(|caption| view! { <span class="line-clamp-1 text-muted">{caption}</span> });
        view! {
            <Row attr:data-misreading=why.name()>
                <RowHead class="!font-normal">
                    <time datetime=iso(*captured_at)>{date_time(*captured_at, zone)}</time>
                    {caption}
                </RowHead>
                <Cell class="text-soft">{source}</Cell>
                <Cell class="text-soft">{why.sentence()}</Cell>
                <Cell numeric=true>{number(*value)}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let earlier = i64::try_from(earlier).unwrap_or(i64::MAX);
    (!misread.is_empty()).then(|| {
        view! {
            <Table caption="Misreadings: readings of the period that do not count" class="table-tight border-t border-hairline">
                <Columns>
                    <Column label="Read at" />
                    <Column label="Source" />
                    <Column label="Why it adds nothing" />
                    <Column label="Value" numeric=true />
                </Columns>
                <Rows class="text-muted">
                    <RowsHead label="Misreadings, which add nothing".to_owned() columns="4" />
                    {rows}
                </Rows>
            </Table>
            {(earlier > 0).then(|| view! {
                <p class="border-t border-hairline px-4 py-2 text-xs text-muted">
                    {format!("{} before these.", plural(earlier, "misreading", "misreadings"))}
                </p>
            })}
        }
    })
}

fn followers(
    baseline: Option<FollowerReading>,
    readings: &[FollowerReading],
    sum: i64,
    target: i64,
    zone: Zone,
) -> impl IntoView + use<> {
    let last = readings.last().copied().or(baseline);
    let line = |label: &'static str, reading: Option<FollowerReading>, sign: &'static str| {
        let (when, value) = reading.map_or_else(
            || ("none".to_owned(), "–".to_owned()),
            |reading| (date_time(reading.captured_at, zone), format!("{sign}{}", number(reading.followers))),
        );
        view! {
            <Row>
                <RowHead class="!font-normal">{label}</RowHead>
                <Cell class="text-soft">{when}</Cell>
                <Cell numeric=true>{value}</Cell>
            </Row>
        }
    };
    let read = plural(i64::try_from(readings.len()).unwrap_or(0), "reading in the period", "readings in the period");
    view! {
        <Table caption="The readings that decide the number" class="table-tight border-t border-hairline">
            <Columns>
                <Column label="Reading" />
                <Column label="Read at" />
                <Column label="Followers" numeric=true />
            </Columns>
            <Rows>
                {line("Last reading in the period", last, "")}
                {line("Last reading before it (or the first in it)", baseline, "−")}
                <Row class="sum">
                    <RowHead>"Sum, the number above"</RowHead>
                    <Cell>{read}</Cell>
                    <Cell numeric=true>
                        <span data-sum>{number(sum)}</span>" "<span class="unit">{format!("of {}", number(target))}</span>
                    </Cell>
                </Row>
            </Rows>
        </Table>
    }
}
