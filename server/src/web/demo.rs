//! Opens the demo project, and creates it the first time.

use super::forms::Unchanged;
use crate::demo;
use crate::limits::LARGEST_FORM;
use crate::state::AppState;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::post;
use program::actor::{Action, authorize};
use tokio::sync::Mutex;

/// Returns the route that opens the demo project.
pub fn router() -> Router<AppState> {
    Router::new().route("/demo", post(open).get(opened_again)).layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// Redirects to the first project, where the address of the form was opened.
async fn opened_again() -> Redirect {
    Redirect::to("/")
}

/// Held while the demo is looked up and created, so that two requests at once do not create two.
static MAKING: Mutex<()> = Mutex::const_new(());

async fn open(State(state): State<AppState>) -> Result<Redirect, Unchanged> {
    let caller = state.caller();
    authorize(caller.actor, None, Action::Administer)?;
    let (store, now) = (caller.store.clone(), caller.now());
    // In a task of its own: a browser that leaves must not leave half a demo behind.
    let opened = tokio::spawn(async move {
        let _making = MAKING.lock().await;
        demo::open(&store, now).await
    });
    match opened.await.map_err(Into::into).flatten() {
        Ok(project_id) => Ok(Redirect::to(&format!("/projects/{project_id}"))),
        Err(error) => {
            tracing::error!(%error, "the demo project was not made");
            Err(Unchanged {
                page: Some("/projects".to_owned()),
                typed: Vec::new(),
                status: StatusCode::SERVICE_UNAVAILABLE,
                sentence: "The demo could not be made. Try again in a moment.".to_owned(),
                code: None,
            })
        }
    }
}
