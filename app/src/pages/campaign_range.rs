//! The dates of a campaign's page.

use super::request::{Request, link};
use crate::components::field::described_by;
use crate::components::icon::{self, Icon};
use crate::forms::sent::Returned;
use compliance::goal_form::parse_date;
use compliance::period::Dates;
use leptos::prelude::*;
use program::campaigns::view::{CampaignQuery, CampaignSort, LONGEST_STRETCH, Stretch};
use program::trends::SPANS;

/// The dates in the URL, as typed and as parsed.
#[derive(Debug, Clone)]
pub struct Range {
    from: String,
    to: String,
    days: String,
    /// The dates to sum.
    pub stretch: Stretch,
    error: Option<String>,
}

impl Range {
    /// Reads the dates, or the number of days until today, from the URL.
    pub fn of(request: &Request) -> Range {
        let (from, to) = (request.query("from"), request.query("to"));
        let last = request.query("days").parse().ok().filter(|days| SPANS.contains(days));
        let last = last.filter(|_| from.is_empty() && to.is_empty());
        let (dates, error) = match (parse_date(&from), parse_date(&to)) {
            _ if from.is_empty() && to.is_empty() => (None, None),
            (Ok(first), Ok(last)) if last < first => (None, Some("The last day is before the first.".to_owned())),
            (Ok(first), Ok(last)) if (last - first).num_days() >= LONGEST_STRETCH => {
                (None, Some("Choose at most 366 days.".to_owned()))
            }
            (Ok(first), Ok(last)) => (last.succ_opt().map(|end| Dates { first, end }), None),
            _ => (None, Some("Enter both days.".to_owned())),
        };
        let stretch = dates.map(Stretch::Dates).or(last.map(Stretch::Last)).unwrap_or_default();
        Range { from, to, days: last.map(|days| days.to_string()).unwrap_or_default(), stretch, error }
    }

    /// Returns the parameters of the URL.
    pub fn parts(&self) -> [(&'static str, &str); 3] {
        [("days", &self.days), ("from", &self.from), ("to", &self.to)]
    }
}

/// Renders the links to the last days, and the form for other dates, which shows those in effect.
pub fn stretch(wanted: &CampaignQuery, range: &Range, shown: Dates) -> impl IntoView + use<> {
    let sort = if wanted.sort == CampaignSort::default() { "" } else { wanted.sort.name() };
    let presets = SPANS.map(|days| {
        let current = (range.error.is_none() && wanted.stretch == Stretch::Last(days)).then_some("true");
        let href = link(&[("days", &days.to_string()), ("sort", sort)]);
        view! { <a class="btn btn-sm" href=href aria-current=current>{format!("{days} days")}</a> }
    });
    let (from, to) = match range.error {
        Some(_) => (range.from.clone(), range.to.clone()),
        None => (shown.first.to_string(), shown.last().to_string()),
    };
    let invalid = range.error.is_some();
    let day = |name: &'static str, label: &'static str, value: String| {
        view! {
            <label class="flex items-center gap-1.5 text-sm text-muted">
                {label}
                <input
                    class="input !w-33 !px-2 text-ink"
                    type="date"
                    id=name
                    name=name
                    value=value
                    autocomplete="off"
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=described_by("to", false, invalid)
                />
            </label>
        }
    };
    let error = range.error.clone().map(|error| {
        view! { <p class="field-error basis-full" id="to-error"><Icon svg=icon::X /><span>{error}</span></p> }
    });
    view! {
        <form
            method="get"
            action=(!Returned::path().is_empty()).then(Returned::path)
            class="flex flex-wrap items-center gap-x-3 gap-y-2"
            aria-label="Dates"
        >
            {(!sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort /> })}
            <nav class="seg-links" aria-label="Days">{presets.into_iter().collect_view()}</nav>
            {day("from", "From", from)}
            {day("to", "To", to)}
            <button class="btn">"Show"</button>
            {error}
        </form>
    }
}
