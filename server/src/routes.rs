//! Which URL is answered by what, and the middleware every answer passes.

use app::api::Server;
use app::api::frame::first_page;
use app::error::AppError;
use app::{App, DevReload, document};
use axum::Router;
use axum::extract::{FromRef, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::dev;
use crate::http::{self, Intake, LastUsed};
use crate::import::{self, Uploads};
use crate::middleware::{
    AllowedHosts, assets, content_security_policy, cross_origin, form_errors, host, security_headers,
};
use crate::site::{OUTPUT_NAME, Site};

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    server: Server,
    uploads: Uploads,
    leptos: LeptosOptions,
    site: Site,
    hosts: AllowedHosts,
    pub(crate) last_used: LastUsed,
    pub(crate) intake: Intake,
}

impl AppState {
    /// The state of a server that answers to `hosts` and serves the files of `site`.
    #[must_use]
    pub fn new(server: Server, uploads: Uploads, site: Site, hosts: AllowedHosts) -> Self {
        let leptos = LeptosOptions::builder().output_name(OUTPUT_NAME).site_pkg_dir(site.url_directory()).build();
        let intake = Intake::new(server.clone());
        Self { server, uploads, leptos, site, hosts, last_used: LastUsed::default(), intake }
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

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

/// The whole server, without a socket.
pub fn router(state: AppState) -> Router {
    let server = state.server.clone();
    let context = move || {
        provide_context(server.clone());
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
    pages
        .nest_service("/pkg", assets::service(&state.site))
        .merge(import::router())
        .merge(http::router())
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .merge(dev::router())
        .layer(from_fn(security_headers::set))
        .layer(from_fn(cross_origin::refuse))
        .layer(from_fn_with_state(state.hosts.clone(), host::refuse_unknown))
        .with_state(state)
}

/// `/` shows nothing itself: it opens the first project, or the first run.
async fn home(State(server): State<Server>) -> Response {
    match first_page(&server).await {
        Ok(page) => Redirect::temporary(&page).into_response(),
        Err(error) => (error.status_code(), error.to_string()).into_response(),
    }
}

/// Whether requests can be answered: whether the database does.
async fn ready(State(server): State<Server>) -> Response {
    match server.store.projects().await {
        Ok(_) => "ok\n".into_response(),
        Err(error) => AppError::from(error).status_code().into_response(),
    }
}
