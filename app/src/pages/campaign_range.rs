//! The dates of a campaign's page.

use super::request::{Request, link};
use crate::components::field::{Field, Input};
use crate::forms::sent::Returned;
use compliance::goal_form::parse_date;
use compliance::period::Dates;
use leptos::prelude::*;
use program::campaigns::view::{CampaignQuery, CampaignSort, LONGEST_STRETCH};

/// The dates in the URL, as typed and as parsed.
#[derive(Debug, Clone)]
pub struct Range {
    pub from: String,
    pub to: String,
    pub dates: Option<Dates>,
    error: Option<String>,
}

impl Range {
    /// Reads the dates from the URL.
    pub fn of(request: &Request) -> Range {
        let (from, to) = (request.query("from"), request.query("to"));
        let (dates, error) = match (parse_date(&from), parse_date(&to)) {
            _ if from.is_empty() && to.is_empty() => (None, None),
            (Ok(first), Ok(last)) if last < first => (None, Some("The last day is before the first.".to_owned())),
            (Ok(first), Ok(last)) if (last - first).num_days() >= LONGEST_STRETCH => {
                (None, Some("Choose at most 366 days.".to_owned()))
            }
            (Ok(first), Ok(last)) => (last.succ_opt().map(|end| Dates { first, end }), None),
            _ => (None, Some("Enter both days.".to_owned())),
        };
        Range { from, to, dates, error }
    }
}

/// Renders the form for other dates.
pub fn stretch(wanted: &CampaignQuery, range: &Range) -> impl IntoView + use<> {
    let day = Input { kind: "date", class: "max-w-40", ..Input::TEXT };
    let sort = if wanted.sort == CampaignSort::default() { "" } else { wanted.sort.name() };
    let chosen = !range.from.is_empty() || !range.to.is_empty();
    view! {
        <form method="get" action=(!Returned::path().is_empty()).then(Returned::path) class="flex flex-wrap items-end gap-2" aria-label="Dates">
            {(!sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort /> })}
            <Field name="from" label="From" value=range.from.clone() input=day />
            <Field name="to" label="To" value=range.to.clone() input=day error=range.error.clone() />
            <button class="btn">"Show"</button>
            {chosen.then(|| view! { <a class="btn btn-quiet" href=link(&[("sort", sort)])>"Last 30 days"</a> })}
        </form>
    }
}
