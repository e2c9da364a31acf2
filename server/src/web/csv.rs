//! The overview as a CSV file, with the rows of all its pages.

use app::forms::answer::status_of;
use app::pages::overview_query;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use compliance::Evaluation;
use compliance::calendar::{LocalDays as _, Zone};
use program::caller::Caller;
use program::ids::ProjectId;
use program::overview::overview_rows;
use program::standings::standing::Standing;
use std::borrow::Cow;
use std::collections::HashMap;

use crate::state::AppState;

/// Returns the routes of the CSV file.
pub fn router() -> Router<AppState> {
    Router::new().route("/projects/{project_id}/overview.csv", get(overview))
}

const COLUMNS: [&str; 20] = [
    "creator",
    "tiktok_handle",
    "metric",
    "period",
    "period_start",
    "period_end",
    "status",
    "actual",
    "target",
    "percentage",
    "expected",
    "pace_percent",
    "projected",
    "required_per_day",
    "previous_status",
    "previous_actual",
    "previous_target",
    "last_collected_at",
    "marker",
    "previous_marker",
];

async fn overview(
    State(caller): State<Caller>,
    Path(project_id): Path<ProjectId>,
    Query(parts): Query<HashMap<String, String>>,
) -> Response {
    let query = overview_query(|name| parts.get(name).cloned().unwrap_or_default());
    let rows = match overview_rows(&caller, project_id, &query).await {
        Ok(rows) => rows,
        Err(error) => return (status_of(&error), error.to_string()).into_response(),
    };
    let zone = rows.program.project.zone;
    // Excel reads a file as UTF-8 only if it begins with a byte order mark.
    let mut text = String::from('\u{feff}');
    line(&mut text, &COLUMNS.map(|name| Cell::Text(name.to_owned())));
    for standing in &rows.standings {
        if standing.evaluations.is_empty() {
            line(&mut text, &cells(standing, None, zone));
        }
        for (_, evaluation) in &standing.evaluations {
            line(&mut text, &cells(standing, Some(evaluation), zone));
        }
    }
    let date = zone.date_of(rows.as_of);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"creator-goals-{date}.csv\"")),
    ];
    (headers, text).into_response()
}

/// A cell of the table.
enum Cell {
    /// A text.
    Text(String),
    /// A number, or empty if there is none.
    Number(String),
}

impl Cell {
    fn maybe(value: Option<impl ToString>) -> Cell {
        Cell::Number(value.map(|value| value.to_string()).unwrap_or_default())
    }
}

/// Returns the cells of one row: a creator with one of their goals, or with none.
fn cells(standing: &Standing, evaluation: Option<&Evaluation>, zone: Zone) -> [Cell; COLUMNS.len()] {
    let creator = &standing.program.creator;
    let text = |show: fn(&Evaluation) -> String| Cell::Text(evaluation.map(show).unwrap_or_default());
    let ended = evaluation.and_then(|evaluation| evaluation.just_ended());
    let collected = standing.looks.latest().map(|at| zone.wall_clock(at).format("%Y-%m-%d %H:%M").to_string());
    [
        Cell::Text(creator.name().to_owned()),
        Cell::Text(format!("@{}", creator.handle)),
        text(|it| it.metric.name().to_owned()),
        text(|it| it.cadence.name().to_owned()),
        text(|it| it.window.dates.first.to_string()),
        text(|it| it.window.dates.last().to_string()),
        text(|it| if it.advisory.not_yet_started { "not_yet_started".to_owned() } else { it.status.name().to_owned() }),
        Cell::maybe(evaluation.map(|it| it.actual)),
        Cell::maybe(evaluation.map(|it| it.target)),
        Cell::maybe(evaluation.map(|it| it.percentage)),
        Cell::maybe(evaluation.map(|it| it.expected)),
        Cell::maybe(evaluation.and_then(|it| it.pace_percent)),
        Cell::maybe(evaluation.and_then(|it| it.projected)),
        Cell::maybe(evaluation.and_then(|it| it.required_per_day)),
        Cell::Text(ended.map(|ended| ended.status.name().to_owned()).unwrap_or_default()),
        Cell::maybe(ended.map(|ended| ended.actual)),
        Cell::maybe(ended.map(|ended| ended.target)),
        Cell::Text(collected.unwrap_or_default()),
        text(|it| it.marker().map(|marker| marker.name().to_owned()).unwrap_or_default()),
        Cell::Text(ended.and_then(Evaluation::marker).map(|marker| marker.name().to_owned()).unwrap_or_default()),
    ]
}

/// Appends a row (RFC 4180).
fn line(text: &mut String, cells: &[Cell]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&written(cell));
    }
    text.push_str("\r\n");
}

/// Writes a cell. Texts are quoted; only digits, with a sign and a point, are written as a number.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) if number.is_empty() || is_number(number) => number.clone(),
        Cell::Number(text) | Cell::Text(text) => format!("\"{}\"", harmless(text).replace('"', "\"\"")),
    }
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned.split_once('.').map_or_else(|| digits(unsigned), |(whole, part)| digits(whole) && digits(part))
}

/// Returns a text that no spreadsheet takes for a formula: an apostrophe is put before one that begins like a formula
/// (OWASP, "CSV Injection").
fn harmless(text: &str) -> Cow<'_, str> {
    const BEGINNINGS: [char; 10] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'];
    let first = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control());
    let starts_with_control = text.starts_with(char::is_control);
    if starts_with_control || first.starts_with(BEGINNINGS) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_and_never_a_formula() {
        for (text, cell) in [
            ("", "\"\""),
            ("Mia", "\"Mia\""),
            ("Mia \"M\" Moves", "\"Mia \"\"M\"\" Moves\""),
            ("=HYPERLINK(\"http://evil\",\"x\")", "\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""),
            ("@mia", "\"'@mia\""),
            ("+1+1", "\"'+1+1\""),
            ("-2+3", "\"'-2+3\""),
            ("-42", "\"'-42\""),
            ("+nan", "\"'+nan\""),
            ("-inf", "\"'-inf\""),
            ("＝1", "\"'＝1\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\tMia", "\"'\tMia\""),
            ("a,b", "\"a,b\""),
            ("two\nlines", "\"two\nlines\""),
            ("42", "\"42\""),
        ] {
            assert_eq!(written(&Cell::Text(text.to_owned())), cell, "{text:?}");
        }
    }

    #[test]
    fn only_digits_count_as_a_number() {
        for number in ["0", "-42", "12.5", "-0.25", ""] {
            assert_eq!(written(&Cell::Number(number.to_owned())), number);
        }
        for text in ["nan", "-inf", "+1", "1e5", "1.", ".5", "-", "0x1", "1,5", "١"] {
            assert!(written(&Cell::Number(text.to_owned())).starts_with('"'), "{text}");
        }
    }
}
