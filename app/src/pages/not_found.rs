//! The page for an unknown URL, with status 404.

use super::problem::problem;
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use program::error::AppError;

/// Says that there is nothing at this address, and where to go instead.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
    problem(&AppError::NotFound)
}
