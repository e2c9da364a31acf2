//! What a file leaves open, and how its first rows were understood, before any of it is taken in.

use super::request::Request;
use crate::components::field::{Choice, Choices, Field, Input, Select};
use crate::components::icon::{self, Icon};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::wording::{clock_time, date, number, plural};
use compliance::Instant;
use compliance::calendar::Zone;
use leptos::prelude::*;
use program::imports::choices::{Asked, AskedKind, Understood};
use program::imports::view::ImportView;

/// The fields of the counters.
const COUNTERS: [&str; 6] = ["views", "likes", "comments", "shares", "saves", "followers"];

/// Renders a control for each question that the file leaves open; `wrong` says what is wrong with the instant that was
/// typed as an answer.
pub fn questions(
    request: &Request,
    found: &ImportView,
    now: Option<Instant>,
    wrong: Option<String>,
) -> impl IntoView + use<> {
    let asked = found.choices.questions.iter();
    let asked = asked.map(|asked| question(request, asked, found, now, wrong.clone())).collect_view();
    let is_clear = found.choices.questions.is_empty();
    (!is_clear).then(|| {
        view! {
            <section class="card grid gap-5 p-5" aria-labelledby="questions">
                <h2 id="questions" class="font-semibold">"What the file leaves open"</h2>
                {asked}
                <div><button class="btn btn-sm" name="look" value="1">"Update the rows shown"</button></div>
            </section>
        }
    })
}

fn question(
    request: &Request,
    asked: &Asked,
    found: &ImportView,
    now: Option<Instant>,
    wrong: Option<String>,
) -> AnyView {
    let zone = found.project.zone;
    let sentence = asked.sentence.clone();
    // What was typed in a returned form, or answered before.
    let chosen = |name: &str| {
        let typed = Some(request.query(name)).filter(|typed| !typed.is_empty());
        typed.or_else(|| found.choices.answer_to(asked.kind).map(str::to_owned)).unwrap_or_default()
    };
    match asked.kind {
        AskedKind::DateOrder => {
            let chosen = chosen("dates");
            view! {
                <p class="-mb-3 text-soft">{sentence}</p>
                <Choices legend="Dates" id="dates" class="grid gap-2 sm:grid-cols-2">
                    <Choice name="dates" value="dmy" label="The day comes first" hint="3/4/2026 is 3 April" checked=chosen == "dmy" />
                    <Choice name="dates" value="mdy" label="The month comes first" hint="3/4/2026 is March 4" checked=chosen == "mdy" />
                </Choices>
            }
            .into_any()
        }
        AskedKind::Decimal => {
            let chosen = chosen("decimal");
            view! {
                <p class="-mb-3 text-soft">{sentence}</p>
                <Choices legend="Numbers" id="decimal" class="grid gap-2 sm:grid-cols-2">
                    <Choice name="decimal" value="comma" label="The point groups thousands" hint="1.234 is 1234" checked=chosen == "comma" />
                    <Choice name="decimal" value="point" label="The point begins a fraction" hint="1.234 is no whole number, and is left out" checked=chosen == "point" />
                </Choices>
            }
            .into_any()
        }
        AskedKind::CollectedAt => {
            let typed = Some(chosen("collected_at")).filter(|typed| !typed.is_empty());
            let prefilled = now.filter(|_| !found.choices.undated).map(|now| local(now, zone));
            let value = typed.or(prefilled).unwrap_or_default();
            view! {
                <Field
                    name="collected_at"
                    label="Collected at"
                    value=value
                    input=Input { kind: "datetime-local", class: "max-w-64", ..Input::TEXT }
                    hint=format!("{sentence} In {zone}.")
                    error=wrong
                />
            }
            .into_any()
        }
        // There is one answer; without it, the file has to be saved as UTF-8 and uploaded again.
        AskedKind::Encoding => view! {
            <div class="field" id="encoding" tabindex="-1">
                <p class="field-label">"Encoding"</p>
                <p class="field-hint">
                    "This file is not UTF-8 text, so it is read in the encoding of older Windows programs (Windows-1252). If umlauts \
                    or accents look wrong below, save it as UTF-8 and upload it again."
                </p>
                <input type="hidden" name="encoding" value="windows-1252" />
            </div>
        }
        .into_any(),
        AskedKind::Sheet => {
            let chosen = chosen("sheet");
            let options = asked.names.iter().map(|name| (name.clone(), name.clone())).collect();
            view! {
                <div class="field">
                    <label class="field-label" for="sheet">"Sheet"</label>
                    <Select name="sheet" id="sheet" options=options value=chosen />
                    <p class="field-hint">{sentence}</p>
                </div>
            }
            .into_any()
        }
    }
}

/// Returns an instant as an input of the kind `datetime-local` shows it.
fn local(at: Instant, zone: Zone) -> String {
    zone.wall_clock(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// Renders the first rows as they were understood.
pub fn understood(found: &ImportView) -> impl IntoView + use<> {
    let zone = found.project.zone;
    let rows = found.choices.rows.iter().map(|row| understood_row(row, zone)).collect_view();
    let mut read_as = format!("times in {zone}");
    match found.choices.dates.as_deref() {
        Some("dmy") => read_as.push_str(", the day before the month"),
        Some("mdy") => read_as.push_str(", the month before the day"),
        _ => {}
    }
    if found.choices.decimal.as_deref() == Some("comma") {
        read_as.push_str(", points group thousands");
    }
    (!found.choices.rows.is_empty()).then(|| {
        view! {
            <section class="card overflow-clip" aria-labelledby="understood">
                <h2 id="understood" class="px-4 py-2.5 font-semibold">
                    "The first rows as they are understood "<span class="unit">{read_as}</span>
                </h2>
                <Table caption="The first rows as they are understood" class="border-t border-hairline">
                    <Columns>
                        <Column label="Line" />
                        <Column label="Creator" />
                        <Column label="Post" />
                        <Column label="Published" />
                        <Column label="Captured at" />
                        <Column label="Numbers" />
                    </Columns>
                    <Rows>{rows}</Rows>
                </Table>
            </section>
        }
    })
}

fn understood_row(row: &Understood, zone: Zone) -> impl IntoView + use<> {
    // In the zone that the heading names.
    let when = |at: Instant| format!("{}, {}", date(zone.wall_clock(at).date()), clock_time(at, zone));
    let instant = |millis: Option<i64>| millis.map_or_else(dash, |at| when(Instant::from_millis(at)));
    let labels = [
        ("view", "views"),
        ("like", "likes"),
        ("comment", "comments"),
        ("share", "shares"),
        ("save", "saves"),
        ("follower", "followers"),
    ];
    let counted: Vec<String> =
        labels.iter().zip(row.counts).filter_map(|((one, many), count)| Some(plural(count?, one, many))).collect();
    let numbers = if counted.is_empty() { dash() } else { counted.join(", ") };
    let doubts = row.doubts.iter().map(|doubt| {
        view! { <li class="doubt"><Icon svg=icon::INFO />{doubt.clone()}</li> }
    });
    view! {
        <Row>
            <RowHead><span class="md:hidden">"Line "</span>{number(row.line)}</RowHead>
            <Cell label="Creator">
                <div>
                    {row.creator.as_ref().map_or_else(dash, |handle| format!("@{handle}"))}
                    {in_file(row, &["creator"], std::slice::from_ref(&row.creator))}
                </div>
            </Cell>
            <Cell label="Post" class="whitespace-nowrap">
                <div>
                    {row.post.clone().unwrap_or_else(dash)}
                    {in_file(row, &["post_id", "url"], std::slice::from_ref(&row.post))}
                </div>
            </Cell>
            <Cell label="Published" class="whitespace-nowrap"><div>{instant(row.published_at)}{in_file(row, &["published_at"], &[])}</div></Cell>
            <Cell label="Captured at" class="whitespace-nowrap"><div>{instant(row.captured_at)}{in_file(row, &["captured_at"], &[])}</div></Cell>
            <Cell label="Numbers">
                <div>
                    {numbers}
                    {in_file(row, &COUNTERS, &row.counts.map(|count| count.map(|count| count.to_string())))}
                    <ul class="grid gap-0.5 text-start">{doubts.collect_view()}</ul>
                </div>
            </Cell>
        </Row>
    }
}

/// Renders the cells of some fields as the file has them, unless they are exactly what was understood.
fn in_file(row: &Understood, fields: &[&str], understood: &[Option<String>]) -> Option<impl IntoView + use<>> {
    let is_understood = |cell: &str| {
        let known = understood.iter().flatten().any(|known| known == cell.trim_start_matches('@'));
        known || cell.is_empty()
    };
    let cells: Vec<&str> = row.cells_of(fields).collect();
    let is_new = cells.iter().any(|cell| !is_understood(cell));
    is_new.then(|| {
        let text = cells.join(" · ");
        view! { <span class="raw"><span class="sr-only">"in the file: "</span>{text}</span> }
    })
}

fn dash() -> String {
    "–".to_owned()
}
