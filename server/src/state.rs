//! The state that handlers share.

use crate::feed::Feeds;
use crate::import::Uploads;
use crate::intake::Intake;
use crate::last_used::LastUsed;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::network::Network;
use crate::request_limits::RequestLimits;
use crate::site::{OUTPUT_NAME, Site};
use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use program::caller::Caller;
use tokio_util::sync::CancellationToken;

/// The state that handlers share.
#[derive(Clone)]
pub struct AppState {
    pub(crate) caller: Caller,
    pub(crate) uploads: Uploads,
    pub(crate) leptos: LeptosOptions,
    pub(crate) site: Site,
    pub(crate) network: Network,
    pub(crate) last_used: LastUsed,
    pub(crate) intake: Intake,
    pub(crate) feeds: Feeds,
    pub(crate) metrics: Metrics,
    pub(crate) limits: RequestLimits,
}

impl AppState {
    /// Creates the state of a server with these network settings that serves the files of `site`, until `stopping` is
    /// cancelled.
    #[must_use]
    pub fn new(
        caller: Caller,
        uploads: Uploads,
        site: Site,
        network: Network,
        limits: Limits,
        stopping: CancellationToken,
    ) -> Self {
        let leptos = LeptosOptions::builder().output_name(OUTPUT_NAME).site_pkg_dir(site.url_directory()).build();
        let metrics = Metrics::new();
        let intake = Intake::new(caller.clone(), metrics.clone());
        let feeds = Feeds::new(caller.clone(), metrics.clone(), stopping);
        let (last_used, limits) = (LastUsed::default(), RequestLimits::new(limits));
        Self { caller, uploads, leptos, site, network, last_used, intake, feeds, metrics, limits }
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }
}

impl FromRef<AppState> for Caller {
    fn from_ref(state: &AppState) -> Self {
        state.caller.clone()
    }
}

impl FromRef<AppState> for Uploads {
    fn from_ref(state: &AppState) -> Self {
        state.uploads.clone()
    }
}

impl FromRef<AppState> for RequestLimits {
    fn from_ref(state: &AppState) -> Self {
        state.limits.clone()
    }
}

impl FromRef<AppState> for Metrics {
    fn from_ref(state: &AppState) -> Self {
        state.metrics.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
