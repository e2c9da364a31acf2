//! The query of the overview as the parts of a URL.

use compliance::metric::Metric;
use compliance::{Cadence, Status};
use program::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};

/// Returns the query as parameters of a URL.
pub fn parts(wanted: &OverviewQuery) -> [(&'static str, &str); 7] {
    [
        ("q", wanted.search.trim()),
        ("status", wanted.status.map_or("", Status::name)),
        ("metric", wanted.metric.map_or("", Metric::name)),
        ("period", wanted.cadence.map_or("", Cadence::name)),
        ("ended", wanted.just_ended.map_or("", Status::name)),
        ("sort", if wanted.sort == OverviewSort::default() { "" } else { wanted.sort.name() }),
        ("view", if wanted.layout == OverviewLayout::default() { "" } else { wanted.layout.name() }),
    ]
}

/// Parses the query from the parameters of a URL; values without a meaning are ignored.
#[must_use]
pub fn overview_query(part: impl Fn(&str) -> String) -> OverviewQuery {
    OverviewQuery {
        search: part("q"),
        status: Status::from_name(&part("status")),
        metric: Metric::from_name(&part("metric")),
        cadence: Cadence::from_name(&part("period")),
        just_ended: Status::from_name(&part("ended")),
        sort: OverviewSort::from_name(&part("sort")).unwrap_or_default(),
        layout: OverviewLayout::from_name(&part("view")).unwrap_or_default(),
        page: part("page").parse().unwrap_or(1).max(1),
    }
}
