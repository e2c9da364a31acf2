//! Charts of daily values, drawn on the server: bars for gains, or a line for a count. Each has a table with the same
//! numbers.

use crate::wording::{compact, noun, number, plural, short_date, signed};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::fmt::Write as _;

/// What a chart shows for each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// What was gained on the day, as bars.
    Bars,
    /// A count at the end of the day, as a line.
    Line,
}

/// The unit of the numbers: singular and plural.
type Unit = (&'static str, &'static str);

/// A chart with one number per day; `None` if it is unknown.
#[component]
pub fn DayChart(
    /// What it shows.
    #[prop(into)]
    title: String,
    /// The unit of the numbers.
    unit: Unit,
    /// Bars or a line.
    shape: Shape,
    /// The days, in order.
    days: Vec<(NaiveDate, Option<i64>)>,
) -> impl IntoView {
    let known: Vec<(NaiveDate, i64)> = days.iter().filter_map(|(day, value)| Some((*day, (*value)?))).collect();
    let heading = title.clone();
    let (Some((first, _)), Some((last, _))) = (days.first().copied(), days.last().copied()) else {
        return ().into_any();
    };
    if known.is_empty() || (shape == Shape::Bars && known.iter().all(|(_, value)| *value == 0)) {
        return view! {
            <figure class="chart">
                <figcaption class="text-sm font-semibold">{heading}</figcaption>
                <p class="chart-empty">"Nothing was collected in these days."</p>
            </figure>
        }
        .into_any();
    }
    let scale = Scale::of(shape, &known);
    let count = i32::try_from(days.len()).unwrap_or(i32::MAX);
    let drawing = match shape {
        Shape::Bars => bars(&days, scale, unit).into_any(),
        Shape::Line => line(&days, scale).into_any(),
    };
    let said = summary(shape, unit, &known);
    let rows = days.iter().map(|(day, value)| {
        let value = value.map_or_else(|| "–".to_owned(), number);
        view! { <tr><th scope="row">{short_date(*day)}</th><td class="num">{value}</td></tr> }
    });
    view! {
        <figure class="chart">
            <figcaption class="flex flex-wrap items-baseline justify-between gap-x-3">
                <span class="text-sm font-semibold">{heading}</span>
                <span class="text-xs text-muted tabular-nums">{said.clone()}</span>
            </figcaption>
            <div class="chart-plot">
                <span class="chart-top" aria-hidden="true">{compact(scale.top)}</span>
                {(scale.bottom != 0).then(|| view! {
                    <span class="chart-bottom" aria-hidden="true">{compact(scale.bottom)}</span>
                })}
                <svg
                    viewBox=format!("0 0 {} {HEIGHT}", count * STEP)
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=format!("{title}: {said}")
                >{drawing}</svg>
            </div>
            <p class="flex justify-between text-xs text-muted" aria-hidden="true">
                <span>{short_date(first)}</span><span>{short_date(last)}</span>
            </p>
            <details class="text-xs">
                <summary class="inline-flex min-h-6 items-center text-muted hover:text-ink">"Show as a table"</summary>
                <div class="max-h-64 overflow-y-auto" tabindex="0" role="region" aria-label=format!("{title}, day by day")>
                    <table class="table">
                        <caption class="sr-only">{title.clone()}</caption>
                        <thead><tr><th scope="col">"Day"</th><th scope="col" class="num">{unit.1}</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

/// The width of a day in the drawing's units.
const STEP: i32 = 10;
/// The height of the drawing in its units.
const HEIGHT: i32 = 100;

/// The values at the upper and the lower edge.
#[derive(Debug, Clone, Copy)]
struct Scale {
    top: i64,
    bottom: i64,
}

impl Scale {
    fn of(shape: Shape, known: &[(NaiveDate, i64)]) -> Scale {
        let values = || known.iter().map(|(_, value)| *value);
        let (least, most) = (values().min().unwrap_or(0), values().max().unwrap_or(0));
        match shape {
            Shape::Bars => Scale { top: most.max(0), bottom: least.min(0) },
            // A line shows change, so it need not begin at zero; but a flat line must not fill the chart.
            Shape::Line => {
                let room = (most.saturating_sub(least) / 8).max(1);
                Scale { top: most.saturating_add(room), bottom: least.saturating_sub(room).max(0) }
            }
        }
    }

    /// Returns the distance of a value from the upper edge, in tenths of a unit.
    fn y(self, value: i64) -> String {
        let (range, below) = (i128::from(self.top) - i128::from(self.bottom), i128::from(self.top) - i128::from(value));
        let tenths = below * i128::from(HEIGHT) * 10 / range.max(1);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn bars(days: &[(NaiveDate, Option<i64>)], scale: Scale, unit: Unit) -> impl IntoView + use<> {
    let bars = days.iter().zip(0_i32..).filter_map(|((day, value), place)| {
        let value = (*value)?;
        let (x, left, right) = (place * STEP, place * STEP + 1, place * STEP + STEP - 1);
        let (zero, tip) = (scale.y(0), scale.y(value));
        let path = format!("M{left} {zero}V{tip}H{right}V{zero}Z");
        let class = if value < 0 { "chart-bar chart-loss" } else { "chart-bar" };
        let label = format!("{}: {} {}", short_date(*day), signed(value), noun(value, unit.0, unit.1));
        Some(view! {
            <g>
                <title>{label}</title>
                <rect class="chart-hit" x=x y="0" width=STEP height=HEIGHT />
                <path class=class d=path />
            </g>
        })
    });
    view! { {bars.collect_view()}<path class="chart-zero" d=format!("M0 {}H{}", scale.y(0), days.len() * 10) /> }
}

fn line(days: &[(NaiveDate, Option<i64>)], scale: Scale) -> impl IntoView + use<> {
    let known: Vec<(i32, i64)> =
        days.iter().zip(0_i32..).filter_map(|((_, value), place)| Some((place, (*value)?))).collect();
    if let [(place, value)] = known[..] {
        // A line of no length with round ends is a dot, however the drawing is stretched.
        let d = format!("M{} {}h0", place * STEP + STEP / 2, scale.y(value));
        return view! { <path class="chart-dot" d=d /> }.into_any();
    }
    let mut path = String::new();
    for (place, value) in known {
        let command = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", place * STEP + STEP / 2, scale.y(value));
    }
    view! { <path class="chart-line" d=path /> }.into_any()
}

/// Returns a summary of the chart in one sentence.
fn summary(shape: Shape, unit: Unit, known: &[(NaiveDate, i64)]) -> String {
    match (shape, known.first(), known.last()) {
        (Shape::Line, Some((day, only)), _) if known.len() == 1 => {
            format!("{}, read once, on {}", plural(*only, unit.0, unit.1), short_date(*day))
        }
        (Shape::Line, Some((_, first)), Some((_, last))) => {
            let gain = signed(last.saturating_sub(*first));
            format!("{} → {} ({gain})", number(*first), plural(*last, unit.0, unit.1))
        }
        _ => {
            let sum = known.iter().fold(0_i64, |sum, (_, value)| sum.saturating_add(*value));
            let most = known.iter().max_by_key(|(_, value)| *value);
            let most = most.map(|(day, value)| format!(", most on {} with {}", short_date(*day), number(*value)));
            format!("{}{}", plural(sum, unit.0, unit.1), most.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 8, number).expect("a date")
    }

    #[test]
    fn bars_stand_on_zero_and_hang_from_it() {
        let scale = Scale::of(Shape::Bars, &[(day(1), 30), (day(2), -10)]);
        assert_eq!((scale.y(30), scale.y(0), scale.y(-10)), ("0.0".to_owned(), "75.0".to_owned(), "100.0".to_owned()));
    }

    #[test]
    fn a_flat_line_stands_in_the_middle() {
        let scale = Scale::of(Shape::Line, &[(day(1), 500), (day(2), 500)]);
        assert_eq!(scale.y(500), "50.0");
    }

    #[test]
    fn what_a_chart_shows_is_said_too() {
        let known = [(day(1), 1_000), (day(2), 1_250)];
        assert_eq!(summary(Shape::Bars, ("view", "views"), &known), "2,250 views, most on 2 Aug with 1,250");
        assert_eq!(summary(Shape::Line, ("follower", "followers"), &known), "1,000 → 1,250 followers (+250)");
        assert_eq!(summary(Shape::Bars, ("view", "views"), &[(day(1), 1)]), "1 view, most on 1 Aug with 1");
        let once = summary(Shape::Line, ("follower", "followers"), &known[..1]);
        assert_eq!(once, "1,000 followers, read once, on 1 Aug");
    }
}
