//! For `make dev` only: an open page reloads itself when the server was rebuilt.

use std::env;
use std::future::pending;

use axum::Router;
use axum::http::header;
use axum::routing::get;

/// Waits until the server stops and has started again, then reloads the page.
const RELOAD_JS: &str = r"
(async () => {
  await fetch('/dev/gone').catch(() => {});
  for (;;) {
    if (await fetch('/dev/back').then((answer) => answer.ok, () => false)) return location.reload();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
})();
";

/// Returns whether this is a debug build started by `make dev`.
pub fn reloads() -> bool {
    cfg!(debug_assertions) && env::var_os("CREATOR_GOALS_DEV").is_some()
}

/// Returns the routes that the script needs; none unless [`reloads`].
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    if !reloads() {
        return Router::new();
    }
    Router::new()
        .route("/dev/reload.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], RELOAD_JS) }))
        .route("/dev/gone", get(pending::<()>))
        .route("/dev/back", get(|| async {}))
}
