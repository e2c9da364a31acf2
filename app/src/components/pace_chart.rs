//! The pace chart of a goal's period, drawn on the server: what was reached step by step, what was expected, and where it
//! leads. Its values are shown on hover and focus, and in a table.

use crate::verdict::expected_exactly;
use crate::wording::{clock_time, number, short_date, window};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::course::{Course, Step, Unseen};
use compliance::instant::HOUR_MS;
use compliance::status::BEHIND_PACE_PERCENT;
use compliance::{Cadence, Evaluation, Instant};
use leptos::prelude::*;
use std::fmt::Write as _;

/// The id of the pattern that fills the stretches without data.
const HATCH: &str = "pace-hatch";

/// The pattern that the pace charts of a page share. It is drawn before the first of them.
#[component]
pub fn PaceHatch() -> impl IntoView {
    view! {
        <svg class="absolute" width="0" height="0" aria-hidden="true">
            <pattern id=HATCH width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line class="pc-hatch" y2="6" />
            </pattern>
        </svg>
    }
}

/// The pace chart of a verdict; nothing if there is neither a look nor a gain.
#[component]
pub fn PaceChart<'a>(
    /// The verdict.
    evaluation: &'a Evaluation,
    /// The course that led to it.
    course: &'a Course,
    /// The project's zone.
    zone: Zone,
    /// A name that no other chart of the page has.
    name: String,
) -> impl IntoView + use<> {
    let last = course.steps.last()?;
    let frame = Frame::of(evaluation, course);
    // Regions of a page need names of their own.
    let title = format!("{}, {}, {}", evaluation.metric.label(), evaluation.cadence.name(), window(evaluation));
    let values = |step: &Step| {
        let reached = format!("{} {}", number(step.reached), evaluation.metric.unit(step.reached));
        format!("{}: {reached}, {} expected", by(step, evaluation, course, zone), expected_exactly(step.expected))
    };
    let said = format!("{title}, target {}. {}. The table has every value.", number(evaluation.target), values(last));
    let columns = frame.columns(evaluation, &course.steps).into_iter().map(|step| match step {
        Some(step) => {
            let (text, name) = (values(step), name.clone());
            view! { <label class="pc-at"><input type="radio" name=name /><span class="pc-tip">{text}</span></label> }
                .into_any()
        }
        None => view! { <i></i> }.into_any(),
    });
    let columns = columns.collect_view();
    let projects = evaluation.projected.is_some() && !evaluation.has_ended();
    let (lines, steps, axis) = (lines(evaluation, course, frame), steps(course, frame), axis(evaluation, frame, zone));
    let (table, values_of) = (table(evaluation, course, zone, &title), format!("Values of {title}"));
    Some(view! {
        <figure class="pace-chart">
            <figcaption class="pc-keys">
                <span class="pc-key pc-key-reached">{evaluation.metric.unit(0)}</span>
                <span class="pc-key">"expected"</span>
                <span class="pc-key pc-key-least">{format!("{BEHIND_PACE_PERCENT} %")}</span>
                {projects.then(|| view! { <span class="pc-key pc-key-projected">"projected"</span> })}
                {(!course.unseen.is_empty()).then(|| view! { <span class="pc-key pc-key-unseen">"no data"</span> })}
            </figcaption>
            <div class="pc-plot">
                <svg role="img" aria-label=said>
                    {lines}
                    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none">{steps}</svg>
                    <circle class="pc-last" cx=frame.x(last.at) cy=frame.y(hundredths(last.reached)) r="3.5" />
                    <text class="pc-text" x="2" y=frame.y(hundredths(evaluation.target)) dy="-4">
                        {format!("target {}", number(evaluation.target))}
                    </text>
                </svg>
                <div class="pc-columns" role="radiogroup" aria-label=values_of>{columns}</div>
            </div>
            <svg class="pc-axis" aria-hidden="true">{axis}</svg>
            {table}
        </figure>
    })
}

/// The window and the values that the edges of a drawing stand for. Values are in hundredths, so that a share of a target
/// of 1 has a height; places are per mille of the width and the height.
#[derive(Debug, Clone, Copy)]
struct Frame {
    start: Instant,
    millis: i64,
    top: i128,
    bottom: i128,
}

impl Frame {
    /// Returns a frame in which target and steps fit, and a projection of up to one and a half times the target, or down to
    /// a loss of half of it.
    fn of(evaluation: &Evaluation, course: &Course) -> Frame {
        let reached = || course.steps.iter().map(|step| hundredths(step.reached));
        let target = hundredths(evaluation.target);
        let projected = hundredths(evaluation.projected.unwrap_or(0)).min(target * 3 / 2);
        let most = reached().fold(target.max(projected), i128::max);
        Frame {
            start: evaluation.window.start,
            millis: evaluation.window.millis(),
            // Room for the target's label.
            top: (most + (most / 6)).max(1),
            bottom: reached().fold(projected.max(-target / 2).min(0), i128::min),
        }
    }

    fn place(self, at: Instant) -> i128 {
        i128::from(at.millis_since(self.start)) * 1_000 / i128::from(self.millis.max(1))
    }

    fn height(self, value: i128) -> i128 {
        (self.top - value) * 1_000 / (self.top - self.bottom).max(1)
    }

    fn x(self, at: Instant) -> String {
        percent(self.place(at))
    }

    fn y(self, value: i128) -> String {
        percent(self.height(value))
    }

    /// Returns where a line from a step to a value at the end of the window leaves the frame: at the end, or at the upper
    /// or lower edge.
    fn until(self, from: Step, value: i64) -> (i128, i128) {
        let (x, y, end) = (self.place(from.at), self.height(hundredths(from.reached)), self.height(hundredths(value)));
        let edge = end.clamp(0, 1_000);
        let at_edge = if edge == end { 1_000 } else { x + (1_000 - x) * (edge - y) / (end - y) };
        (at_edge, edge)
    }

    /// Returns the last step in each column of the drawing: the days of the window, or the hours of a day.
    fn columns<'a>(self, evaluation: &Evaluation, steps: &'a [Step]) -> Vec<Option<&'a Step>> {
        let count = match evaluation.cadence {
            Cadence::Daily => (self.millis / HOUR_MS).clamp(1, 30),
            Cadence::Weekly | Cadence::Monthly => evaluation.window.dates.count().clamp(1, 31),
        };
        let mut columns = vec![None; usize::try_from(count).unwrap_or(1)];
        for step in steps {
            // A step at the very end of a day is that day's.
            let into = i128::from(step.at.millis_since(self.start).saturating_sub(1).max(0));
            let column = into * i128::from(count) / i128::from(self.millis.max(1));
            if let Some(column) = usize::try_from(column).ok().and_then(|column| columns.get_mut(column)) {
                *column = Some(step);
            }
        }
        columns
    }
}

const fn hundredths(value: i64) -> i128 {
    value as i128 * 100
}

/// Formats per mille as `12.3%`.
fn percent(per_mille: i128) -> String {
    let sign = if per_mille < 0 { "-" } else { "" };
    let size = per_mille.unsigned_abs();
    format!("{sign}{}.{}%", size / 10, size % 10)
}

/// Draws all that is straight: stretches without data, target, expected, the share of it from which a goal is at risk,
/// projection, now and the close.
fn lines(evaluation: &Evaluation, course: &Course, frame: Frame) -> impl IntoView + use<> {
    let target = hundredths(evaluation.target);
    let (zero, goal) = (frame.y(0), frame.y(target));
    let least = frame.y(target * i128::from(BEHIND_PACE_PERCENT) / 100);
    let unseen = course.unseen.iter().map(|stretch| {
        let width = percent(frame.place(stretch.to) - frame.place(stretch.from));
        view! { <rect x=frame.x(stretch.from) width=width height="100%" fill=format!("url(#{HATCH})") /> }
    });
    let open = !evaluation.has_ended();
    let projection = evaluation.projected.filter(|_| open).zip(course.steps.last()).map(|(projected, last)| {
        let (x, y) = frame.until(*last, projected);
        let (from_x, from_y) = (frame.x(last.at), frame.y(hundredths(last.reached)));
        view! { <line class="pc-projected" x1=from_x y1=from_y x2=percent(x) y2=percent(y) /> }
    });
    let now = open.then(|| {
        let x = frame.x(evaluation.as_of);
        view! { <line class="pc-now" x1=x.clone() x2=x y2="100%" /> }
    });
    view! {
        {unseen.collect_view()}
        <line class="pc-close" x1="100%" x2="100%" y2="100%" />
        {(frame.bottom < 0).then(|| view! { <line class="pc-target" x2="100%" y1=zero.clone() y2=zero.clone() /> })}
        <line class="pc-target" x2="100%" y1=goal.clone() y2=goal.clone() />
        <line class="pc-least" x2="100%" y1=zero.clone() y2=least />
        <line class="pc-expected" x2="100%" y1=zero y2=goal />
        {projection}
        {now}
    }
}

/// Draws what was reached, as steps.
fn steps(course: &Course, frame: Frame) -> impl IntoView + use<> {
    let mut path = format!("M0 {}", frame.height(0));
    for step in &course.steps {
        let _ = write!(path, "H{}V{}", frame.place(step.at), frame.height(hundredths(step.reached)));
    }
    view! { <path class="pc-reached" d=path /> }
}

/// Writes the dates below the drawing: the first, now, and the close. Now takes the place of the first if it is near.
fn axis(evaluation: &Evaluation, frame: Frame, zone: Zone) -> impl IntoView + use<> {
    let last = evaluation.window.dates.last();
    let (first, ended) = (evaluation.window.dates.first, evaluation.has_ended());
    let today = zone.date_of(evaluation.as_of);
    let close = match last.signed_duration_since(today).num_days() {
        _ if ended => format!("closed {}", short_date(last)),
        0 => "closes tonight".to_owned(),
        _ => format!("closes {}", short_date(last)),
    };
    let now = frame.place(evaluation.as_of);
    let (shows_first, shows_now) = (ended || now > 220, !ended && now < 620);
    view! {
        {shows_first.then(|| view! { <text class="pc-text" x="0" y="11">{short_date(first)}</text> })}
        {shows_now.then(|| view! {
            <text class="pc-text" x=percent(now) y="11" text-anchor=if now < 40 { "start" } else { "middle" }>"now"</text>
        })}
        <text class="pc-text" x="100%" y="11" text-anchor="end">{close}</text>
    }
}

fn table(evaluation: &Evaluation, course: &Course, zone: Zone, title: &str) -> impl IntoView + use<> {
    let rows = course.steps.iter().map(|step| {
        view! {
            <tr>
                <th scope="row">{by(step, evaluation, course, zone)}</th>
                <td class="num">{number(step.reached)}</td>
                <td class="num">{expected_exactly(step.expected)}</td>
            </tr>
        }
    });
    let unseen = |stretch: &Unseen| format!("{} to {}", moment(stretch.from, zone), moment(stretch.to, zone));
    let unseen: Vec<String> = course.unseen.iter().map(unseen).collect();
    view! {
        <details class="text-xs">
            <summary class="inline-flex min-h-6 items-center text-muted hover:text-ink">"Show as a table"</summary>
            <div class="max-h-64 overflow-y-auto" tabindex="0" role="region" aria-label=format!("Table of {title}")>
                <table class="table">
                    <caption class="sr-only">{title.to_owned()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"By"</th>
                            <th scope="col" class="num">{evaluation.metric.label()}</th>
                            <th scope="col" class="num">"Expected"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                {(!unseen.is_empty()).then(|| view! {
                    <p class="py-1 text-muted">{format!("Not looked at: {}.", unseen.join("; "))}</p>
                })}
            </div>
        </details>
    }
}

/// Formats by when a step was reached. Numbers belong to days, so that a past day has no time of day: a post of its evening is
/// in its step, though the last look was at noon.
fn by(step: &Step, evaluation: &Evaluation, course: &Course, zone: Zone) -> String {
    let is_day = evaluation.cadence != Cadence::Daily
        && step.at != evaluation.window.start
        && course.steps.last().is_some_and(|last| last.at != step.at);
    if is_day { short_date(zone.wall_clock(step.at).date()) } else { moment(step.at, zone) }
}

/// Formats `18 Nov, 12:00`.
fn moment(at: Instant, zone: Zone) -> String {
    format!("{}, {}", short_date(zone.wall_clock(at).date()), clock_time(at, zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::pace::Hundredths;

    const FRAME: Frame = Frame { start: Instant::from_millis(0), millis: 7_000, top: 2_000, bottom: 0 };

    fn step(at: i64, reached: i64) -> Step {
        Step { at: Instant::from_millis(at), reached, expected: Hundredths::from_units(0) }
    }

    #[test]
    fn the_window_fills_the_width_and_the_values_the_height() {
        let places = [0, 3_500, 7_000].map(|at| FRAME.x(Instant::from_millis(at)));
        assert_eq!(places, ["0.0%", "50.0%", "100.0%"]);
        assert_eq!([2_000, 500, 0].map(|value| FRAME.y(value)), ["0.0%", "75.0%", "100.0%"]);
        assert_eq!(Frame { bottom: -500, ..FRAME }.y(-500), "100.0%");
    }

    #[test]
    fn a_projection_ends_at_the_close_or_where_it_leaves_the_drawing() {
        assert_eq!(FRAME.until(step(3_500, 5), 10), (1_000, 500));
        // From 5 at half of the width to 35 at its end, it passes 20 halfway between.
        assert_eq!(FRAME.until(step(3_500, 5), 35), (750, 0));
        assert_eq!(FRAME.until(step(3_500, 5), -5), (750, 1_000));
    }
}
