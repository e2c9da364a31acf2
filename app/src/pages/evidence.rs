//! The reasons behind a number: what is in the table adds up to it.

use crate::api::goals::{Contributions, Evidence, PostContribution};
use crate::store::FollowerReading;
use crate::wording::{date_time, iso, number, plural, short_date, signed};
use compliance::PostReason;
use compliance::calendar::Zone;
use leptos::prelude::*;

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
        Contributions::Posts { of_period, outside, sum } => posts(of_period, *outside, *sum, target, zone).into_any(),
        Contributions::Followers { baseline, readings, sum } => {
            followers(*baseline, readings, *sum, target, zone).into_any()
        }
    }
}

fn posts(of_period: &[PostContribution], outside: usize, sum: i64, target: i64, zone: Zone) -> impl IntoView + use<> {
    let (counted, not): (Vec<_>, Vec<_>) = of_period.iter().partition(|post| post.reason == PostReason::Counted);
    let uncounted = i64::try_from(not.len()).unwrap_or(0);
    let outside = i64::try_from(outside).unwrap_or(0);
    let others = (uncounted > 0).then(|| {
        view! {
            <tbody role="rowgroup" class="text-muted">
                <tr role="row" class="group">
                    <th role="columnheader" scope="rowgroup" colspan="4">{format!("Does not count ({uncounted})")}</th>
                </tr>
                {not.into_iter().map(|post| row(post, zone)).collect_view()}
            </tbody>
        }
    });
    view! {
        <table class="table table-stack table-tight border-t border-hairline" role="table">
            <caption class="sr-only">"Every post of the period with its reason and contribution"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Post"</th>
                    <th role="columnheader" scope="col">"Published"</th>
                    <th role="columnheader" scope="col">"Reason"</th>
                    <th role="columnheader" scope="col" class="num">"Adds"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {counted.into_iter().map(|post| row(post, zone)).collect_view()}
                <tr role="row" class="sum">
                    <th role="rowheader" scope="row" colspan="3">"Sum, the number above"</th>
                    <td role="cell" class="num">
                        <span data-sum>{number(sum)}</span>" "<span class="unit">{format!("of {}", number(target))}</span>
                    </td>
                </tr>
            </tbody>
            {others}
        </table>
        {(outside > 0).then(|| view! {
            <p class="border-t border-hairline px-4 py-2 text-xs text-muted">
                {format!(
                    "{} more: {}, nothing of them is booked in it, so they add 0.",
                    plural(outside, "post", "posts"),
                    PostReason::OutsidePeriod.label().to_lowercase(),
                )}
            </p>
        })}
    }
}

fn row(post: &PostContribution, zone: Zone) -> impl IntoView + use<> {
    let published_at = post.post.window.published_at;
    let named = post.post.description.clone().filter(|text| !text.trim().is_empty());
    let look = if named.is_some() { "!font-normal" } else { "!font-normal italic text-muted" };
    let caption = named.unwrap_or_else(|| format!("Post {}", post.post.tiktok_video_id));
    let day = short_date(zone.wall_clock(published_at).date());
    view! {
        <tr role="row" data-reason=post.reason.name()>
            <th role="rowheader" scope="row" class=look><span class="line-clamp-1">{caption}</span></th>
            <td role="cell" class="whitespace-nowrap">
                <time datetime=iso(published_at) title=date_time(published_at, zone)>{day}</time>
            </td>
            <td role="cell" class="text-soft">{post.reason.label()}</td>
            <td role="cell" class="num">{signed(post.contribution)}</td>
        </tr>
    }
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
            <tr>
                <th scope="row" class="!font-normal">{label}</th>
                <td class="text-soft">{when}</td>
                <td class="num">{value}</td>
            </tr>
        }
    };
    view! {
        <table class="table table-tight border-t border-hairline">
            <caption class="sr-only">"The readings that decide the number"</caption>
            <tbody>
                {line("Last reading in the period", last, "")}
                {line("Last reading before it (or the first in it)", baseline, "−")}
                <tr class="sum">
                    <th scope="row">"Sum, the number above"</th>
                    <td>{plural(i64::try_from(readings.len()).unwrap_or(0), "reading in the period", "readings in the period")}</td>
                    <td class="num">
                        <span data-sum>{number(sum)}</span>" "<span class="unit">{format!("of {}", number(target))}</span>
                    </td>
                </tr>
            </tbody>
        </table>
    }
}
