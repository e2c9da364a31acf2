//! Renders a page from its loaded data, or an error page.

use super::request::Request;
use crate::caller::caller;
use crate::forms::answer::status_of;
use crate::pages::not_found::not_found;
use crate::pages::problem::problem;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use program::error::AppError;
use program::projects::frame::{Frame, frame};
use std::future::Future;

/// Renders what `load` returns. An error sets the HTTP status and is rendered as a page that says what happened.
///
/// Routes are `SsrMode::Async`, so the answer waits for the whole page and no fallback is shown.
pub fn loaded<T, V>(
    load: impl Future<Output = Result<T, AppError>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let (caller, project_id) = (caller(), Request::current().id("project_id").ok());
    let found_by = caller.clone();
    let load = async move {
        let found = load.await?;
        Ok::<_, AppError>((found, frame(&caller?, project_id).await?))
    };
    let page = Suspend::new(async move {
        match load.await {
            Ok((found, frame)) => {
                provide_context::<Frame>(frame);
                show(found).into_any()
            }
            Err(error) => {
                if let Some(response) = use_context::<ResponseOptions>() {
                    response.set_status(status_of(&error));
                }
                match (&error, found_by) {
                    (AppError::NotFound, Ok(caller)) => not_found(&caller, project_id).await,
                    _ => problem(&error).into_any(),
                }
            }
        }
    });
    view! { <Suspense fallback=|| ()>{page}</Suspense> }
}
