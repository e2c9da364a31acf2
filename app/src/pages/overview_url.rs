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
