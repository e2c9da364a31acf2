//! The overview as a table for spreadsheets: what the page shows, on all its pages.

use app::api::Server;
use app::api::overview::{OverviewQuery, overview_rows};
use app::store::Standing;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use compliance::Evaluation;
use compliance::calendar::{LocalDays as _, Zone};
use std::collections::HashMap;
use uuid::Uuid;

use crate::routes::AppState;

/// The tables of pages.
pub fn router() -> Router<AppState> {
    Router::new().route("/projects/{project_id}/overview.csv", get(overview))
}

const COLUMNS: [&str; 18] = [
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
];

async fn overview(
    State(server): State<Server>,
    Path(project_id): Path<Uuid>,
    Query(parts): Query<HashMap<String, String>>,
) -> Response {
    let query = OverviewQuery::read(|name| parts.get(name).cloned().unwrap_or_default());
    let rows = match overview_rows(&server, project_id, &query).await {
        Ok(rows) => rows,
        Err(error) => return (error.status_code(), error.to_string()).into_response(),
    };
    let zone = rows.program.project.zone;
    // Excel takes a text for UTF-8 only if it begins like this.
    let mut text = String::from('\u{feff}');
    line(&mut text, &COLUMNS.map(str::to_owned));
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

/// One row: a creator with one of their goals, or with none.
fn cells(standing: &Standing, evaluation: Option<&Evaluation>, zone: Zone) -> [String; COLUMNS.len()] {
    let creator = &standing.program.creator;
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let of = |show: fn(&Evaluation) -> String| evaluation.map(show).unwrap_or_default();
    let ended = evaluation.and_then(|evaluation| evaluation.just_ended());
    let collected = standing.looks.latest().map(|at| zone.wall_clock(at).format("%Y-%m-%d %H:%M").to_string());
    [
        creator.name().to_owned(),
        format!("@{}", creator.handle),
        of(|it| it.metric.name().to_owned()),
        of(|it| it.cadence.name().to_owned()),
        of(|it| it.window.dates.first.to_string()),
        of(|it| it.window.dates.last().to_string()),
        of(|it| if it.advisory.not_yet_started { "not_yet_started".to_owned() } else { it.status.name().to_owned() }),
        of(|it| it.actual.to_string()),
        of(|it| it.target.to_string()),
        of(|it| it.percentage.to_string()),
        of(|it| it.expected.to_string()),
        number(evaluation.and_then(|it| it.pace_percent)),
        number(evaluation.and_then(|it| it.projected)),
        of(|it| it.required_per_day.map(|rate| rate.to_string()).unwrap_or_default()),
        ended.map(|ended| ended.status.name().to_owned()).unwrap_or_default(),
        number(ended.map(|ended| ended.actual)),
        number(ended.map(|ended| ended.target)),
        collected.unwrap_or_default(),
    ]
}

/// Appends a row (RFC 4180).
fn line(text: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&escaped(cell));
    }
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it, unless it is a
/// number. (OWASP, "CSV Injection".)
fn escaped(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let like_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let cell = if like_formula && !is_number { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay_numbers() {
        for (cell, written) in [
            ("Mia", "Mia"),
            ("=HYPERLINK(\"http://evil\",\"x\")", "\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""),
            ("@mia", "'@mia"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("-42", "-42"),
            ("12.5", "12.5"),
            ("\t=1", "'\t=1"),
            ("a,b", "\"a,b\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(escaped(cell), written);
        }
    }
}
