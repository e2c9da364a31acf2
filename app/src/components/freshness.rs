//! When a creator was last collected, in words.

use super::icon::{self, Icon};
use crate::wording::{ago, date_time, iso};
use compliance::Instant;
use compliance::advisory::{Freshness as State, ScrapeFreshness};
use compliance::calendar::Zone;
use leptos::prelude::*;

/// The age of the last collection, with a warning if it is stale or overdue.
#[component]
pub fn Freshness(
    /// The last collection of the creator.
    last_collection: Option<Instant>,
    /// The instant of the page.
    as_of: Instant,
    /// The project's collection interval.
    interval_hours: u32,
    /// The project's zone.
    zone: Zone,
) -> impl IntoView {
    let Some(at) = last_collection else {
        return view! { <span class="text-muted">"never"</span> }.into_any();
    };
    let time = view! {
        <time datetime=iso(at) title=format!("Last collected {}", date_time(at, zone))>{ago(at, as_of)}</time>
    };
    match ScrapeFreshness::at(at, as_of, interval_hours).state {
        State::Fresh => view! { <span class="text-muted">{time}</span> }.into_any(),
        State::Stale => {
            view! { <span class="text-soft"><Icon svg=icon::CLOCK class="size-3.5" />" stale, "{time}</span> }
                .into_any()
        }
        State::Overdue => view! {
            <span class="font-medium text-soft"><Icon svg=icon::CLOCK_ALERT class="size-3.5" />" overdue, "{time}</span>
        }
        .into_any(),
    }
}
