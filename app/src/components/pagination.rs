//! Links to the other pages of a list.

use super::icon::{self, Icon};
use crate::wording::number;
use leptos::prelude::*;

/// Links to the previous and next page, and the current position. Empty if there is a single page.
#[component]
pub fn Pagination(
    /// The page number, from 1.
    number: usize,
    /// The number of pages.
    pages: usize,
    /// Rows on all pages.
    total: usize,
    /// Rows on a full page.
    per_page: usize,
    /// The plural name of the rows.
    what: &'static str,
    /// The query of the page with a number.
    href: Box<dyn Fn(usize) -> String>,
) -> impl IntoView {
    if pages <= 1 {
        return ().into_any();
    }
    let shown = |count: usize| self::number(i64::try_from(count).unwrap_or(i64::MAX));
    let (from, to) = ((number - 1) * per_page + 1, (number * per_page).min(total));
    let previous = view! { <Icon svg=icon::CHEVRON_LEFT />"Previous" };
    let next = view! { "Next"<Icon svg=icon::CHEVRON_RIGHT /> };
    let previous = if number > 1 {
        view! { <a class="btn btn-sm" rel="prev" href=href(number - 1)>{previous}</a> }.into_any()
    } else {
        view! { <span class="btn btn-sm" aria-disabled="true">{previous}</span> }.into_any()
    };
    let next = if number < pages {
        view! { <a class="btn btn-sm" rel="next" href=href(number + 1)>{next}</a> }.into_any()
    } else {
        view! { <span class="btn btn-sm" aria-disabled="true">{next}</span> }.into_any()
    };
    view! {
        <nav class="flex flex-wrap items-center justify-between gap-3 text-sm" aria-label="Pages">
            <p class="text-muted tabular-nums">{format!("{}–{} of {} {what}", shown(from), shown(to), shown(total))}</p>
            <div class="flex gap-2">{previous}{next}</div>
        </nav>
    }
    .into_any()
}
