//! The routes, and the middleware around them.

use crate::metrics::Metrics;
use crate::middleware::observe::Observer;
use crate::middleware::{
    arrival, assets, content_security_policy, cross_origin, host, limits, observe, security_headers,
};
use crate::state::AppState;
use crate::web::{csv, demo, forms, live, uploads};
use crate::{api, dev};
use app::forms::answer::status_of;
use app::pages::api_reference::Reference;
use app::{DevReload, document, routed};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_async_with_context};
use program::caller::Caller;
use program::error::AppError;
use program::projects::frame::{FirstPage, first_page};
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Returns the router of the whole server; it needs no socket.
pub fn router(state: AppState) -> Router {
    let caller = state.caller.clone();
    let (api, description) = api::router();
    let reference = description.and_then(|json| {
        Reference::parse(&json).inspect_err(|cause| tracing::error!(%cause, "the API cannot be explained")).ok()
    });
    let reference = reference.map(Arc::new);
    let options = state.leptos.clone();
    let context = move || {
        provide_context(caller.clone());
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
    let shown = Router::new()
        .route("/", get(home))
        .leptos_routes_with_context(&state, generate_route_list(routed), context.clone(), shell.clone())
        .fallback(render_app_async_with_context(context, shell));
    let rendered: Router = shown.clone().with_state(state.clone());
    let pages = shown
        .layer(from_fn_with_state(rendered.clone(), forms::answer))
        .layer(from_fn(live::answer_gone))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(3)));
    // Health checks must be answered when everything else is refused, and under any host name.
    let health = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready));
    let measured = Router::new()
        .route("/metrics", get(measured))
        .layer(from_fn_with_state(state.network.clone(), host::refuse_unknown));
    let beside = health.merge(measured).layer(CatchPanicLayer::new()).layer(from_fn(security_headers::set));
    pages
        .nest_service("/pkg", assets::service(&state.site))
        .merge(uploads::router().merge(demo::router()).layer(from_fn_with_state(rendered, forms::show_unchanged)))
        .merge(live::router())
        .merge(csv::router())
        .merge(api.layer(from_fn_with_state(state.limits.clone(), limits::hurry)))
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

/// Redirects `/` to the first project, or to the first run.
async fn home(State(caller): State<Caller>) -> Response {
    match first_page(&caller).await {
        Ok(FirstPage::Project(project_id)) => Redirect::temporary(&format!("/projects/{project_id}")).into_response(),
        Ok(FirstPage::Welcome) => Redirect::temporary("/welcome").into_response(),
        Err(error) => (status_of(&error), error.to_string()).into_response(),
    }
}

/// Answers with the metrics of this server, for Prometheus.
async fn measured(State(metrics): State<Metrics>) -> Response {
    const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Answers whether the server is ready: whether the database can be read and accepts changes. If not, it says why.
async fn ready(State(caller): State<Caller>) -> Response {
    let ready = async {
        caller.store.projects().await?;
        caller.store.writable(caller.now()).await
    };
    match ready.await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            let error = AppError::from(error);
            (status_of(&error), format!("{error}\n")).into_response()
        }
    }
}
