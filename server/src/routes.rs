//! Which URL is answered by what, and the middleware every answer passes.

use app::api::Server;
use app::api::frame::first_page;
use app::api::reference::Reference;
use app::error::AppError;
use app::{App, DevReload, document};
use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::csv;
use crate::dev;
use crate::feed::Feeds;
use crate::http::{self, Intake, LastUsed};
use crate::import::{self, Uploads};
use crate::limits::Limits;
use crate::live;
use crate::metrics::Metrics;
use crate::middleware::observe::Observer;
use crate::middleware::{
    RequestLimits, arrival, assets, content_security_policy, cross_origin, form_errors, host, limits, observe,
    security_headers,
};
use crate::network::Network;
use crate::site::{OUTPUT_NAME, Site};

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    server: Server,
    uploads: Uploads,
    leptos: LeptosOptions,
    site: Site,
    network: Network,
    pub(crate) last_used: LastUsed,
    pub(crate) intake: Intake,
    pub(crate) feeds: Feeds,
    pub(crate) metrics: Metrics,
    pub(crate) limits: RequestLimits,
}

impl AppState {
    /// The state of a server that stands in `network` and serves the files of `site`, until `stopping` is cancelled.
    #[must_use]
    pub fn new(
        server: Server,
        uploads: Uploads,
        site: Site,
        network: Network,
        limits: Limits,
        stopping: CancellationToken,
    ) -> Self {
        let leptos = LeptosOptions::builder().output_name(OUTPUT_NAME).site_pkg_dir(site.url_directory()).build();
        let metrics = Metrics::new();
        let intake = Intake::new(server.clone(), metrics.clone());
        let feeds = Feeds::new(server.clone(), metrics.clone(), stopping);
        let (last_used, limits) = (LastUsed::default(), RequestLimits::new(limits));
        Self { server, uploads, leptos, site, network, last_used, intake, feeds, metrics, limits }
    }

    pub(crate) fn server(&self) -> &Server {
        &self.server
    }
}

impl FromRef<AppState> for Server {
    fn from_ref(state: &AppState) -> Self {
        state.server.clone()
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

/// The whole server, without a socket.
pub fn router(state: AppState) -> Router {
    let server = state.server.clone();
    let (api, description) = http::router(&state.limits);
    let reference = description.and_then(|json| {
        Reference::parse(&json).inspect_err(|cause| tracing::error!(%cause, "the API cannot be explained")).ok()
    });
    let reference = reference.map(Arc::new);
    let options = state.leptos.clone();
    let context = move || {
        provide_context(server.clone());
        provide_context(options.clone());
        if let Some(reference) = &reference {
            provide_context(Arc::clone(reference));
        }
        content_security_policy::allow_nonce();
        if dev::reloads() {
            provide_context(DevReload);
        }
    };
    let shell = {
        let options = state.leptos.clone();
        move || document(options.clone())
    };
    let pages = Router::new()
        .route("/", get(home))
        .leptos_routes_with_context(&state, generate_route_list(App), context.clone(), shell.clone())
        .fallback(render_app_async_with_context(context, shell))
        .layer(from_fn(form_errors::set_status))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(3)));
    // Whoever watches the server must learn how it is when it refuses everybody else, and may know it by any name.
    let health = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready));
    let measured = Router::new()
        .route("/metrics", get(measured))
        .layer(from_fn_with_state(state.network.clone(), host::refuse_unknown));
    let beside = health.merge(measured).layer(CatchPanicLayer::new()).layer(from_fn(security_headers::set));
    pages
        .nest_service("/pkg", assets::service(&state.site))
        .merge(import::router())
        .merge(live::router())
        .merge(csv::router())
        .merge(api)
        .merge(dev::router())
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security_headers::set))
        .layer(from_fn_with_state(state.network.clone(), cross_origin::refuse))
        .layer(from_fn_with_state(state.network.clone(), host::refuse_unknown))
        .layer(from_fn_with_state(state.limits.clone(), limits::hold))
        .merge(beside)
        .layer(from_fn(host::refuse_malformed))
        .layer(from_fn(limits::refuse_large_head))
        .layer(from_fn_with_state(Observer::new(state.metrics.clone()), observe::observe))
        .layer(from_fn_with_state(state.network.clone(), arrival::note))
        .with_state(state)
}

/// `/` shows nothing itself: it opens the first project, or the first run.
async fn home(State(server): State<Server>) -> Response {
    match first_page(&server).await {
        Ok(page) => Redirect::temporary(&page).into_response(),
        Err(error) => (error.status_code(), error.to_string()).into_response(),
    }
}

/// The counters of this server, for Prometheus.
async fn measured(State(metrics): State<Metrics>) -> Response {
    const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Whether requests can be answered: whether the database can be read and takes changes. If not, the answer says why.
async fn ready(State(server): State<Server>) -> Response {
    let ready = async {
        server.store.projects().await?;
        server.store.writable(server.now()).await
    };
    match ready.await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            let error = AppError::from(error);
            (error.status_code(), format!("{error}\n")).into_response()
        }
    }
}
