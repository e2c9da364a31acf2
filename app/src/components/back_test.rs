//! The back-test of a goal: how a creator would have done with its target in the last periods.

use super::icon::{self, Icon};
use crate::figures::{compact, number};
use crate::goal_words::{last_periods, past_period, proposal, target as target_words, would_have_met};
use chrono::NaiveDate;
use compliance::metric::Metric;
use compliance::past_periods::{Actuals, PERIODS};
use compliance::period::Cadence;
use leptos::prelude::*;

/// The back-test of a target.
#[component]
pub fn BackTest(
    /// The metric and cadence.
    kind: (Metric, Cadence),
    /// The actuals of the last periods, the oldest first.
    actuals: Actuals,
    /// The first dates of these periods.
    dates: [NaiveDate; PERIODS],
    /// The target; `None` while it is not typed.
    target: Option<i64>,
    /// The address of the form, to which the proposed target is sent without the island.
    here: String,
) -> impl IntoView {
    let periods: [usize; PERIODS] = std::array::from_fn(|place| place);
    let shown = actuals.0.map(|actual| actual.map_or_else(|| "–".to_owned(), compact));
    let columns = if shown.iter().all(|actual| actual.len() <= 4) { "grid-cols-8" } else { "grid-cols-4" };
    let periods = periods.map(|place| {
        let actual = actuals.0[place];
        let (status, svg) = match (actual, target) {
            (Some(actual), Some(target)) if actual >= target => ("completed", Some(icon::CHECK)),
            (Some(_), Some(_)) => ("missed", Some(icon::X)),
            _ => ("none", None),
        };
        let label = past_period(kind, dates[place], actual, target);
        let title = label.clone();
        view! {
            <li class="back-test" data-status=status title=title>
                <span aria-hidden="true">{shown[place].clone()}</span>
                {svg.map(|svg| view! { <Icon svg /> })}
                <span class="sr-only">{label}</span>
            </li>
        }
    });
    let other = actuals.proposed().filter(|proposed| Some(*proposed) != target);
    view! {
        <div class="mt-3 grid gap-2 border-t border-hairline pt-3">
            <h2 class="text-sm font-semibold">{format!("The {}", last_periods(kind.1))}" "<span class="unit">"oldest first"</span></h2>
            <p class="text-sm text-soft" aria-live="polite">
                <b class="block font-[560] text-ink">{target.map(|target| target_words(kind.0, kind.1, target))}</b>
                {would_have_met(&actuals, kind.1, target)}
            </p>
            <ol class=format!("grid gap-0.5 sm:max-lg:grid-cols-8 {columns}")>{periods}</ol>
            {proposal(&actuals).map(|sentence| view! { <p class="text-sm text-soft">{sentence}</p> })}
            {other.map(|other| view! {
                <button class="btn btn-sm justify-self-start" name="use" value=other.to_string() formmethod="get" formaction=here data-use>
                    {format!("Use {}", number(other))}
                </button>
            })}
        </div>
    }
}
