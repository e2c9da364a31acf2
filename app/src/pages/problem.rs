//! The page for an error: what happened and what to try.

use crate::components::empty_state::EmptyState;
use crate::components::icon;
use leptos::prelude::*;
use leptos_meta::Title;
use program::error::AppError;

/// Renders the page of an error.
pub fn problem(error: &AppError) -> impl IntoView + use<> {
    let title = match error {
        AppError::NotFound => "This page does not exist",
        AppError::Invalid(_) | AppError::Incomplete(_) | AppError::Forbidden(_) | AppError::Conflict(_) => {
            "This cannot be done"
        }
        AppError::Unavailable => "The database did not answer",
        AppError::Unwritable(_) => "Changes cannot be saved right now",
    };
    let svg = if *error == AppError::NotFound { icon::SEARCH } else { icon::ROTATE_CCW };
    let text = error.to_string();
    let again = matches!(error, AppError::Unavailable | AppError::Unwritable(_));
    view! {
        <Title text=title />
        <main id="main" tabindex="-1" class="mx-auto grid min-h-dvh max-w-2xl content-start gap-6 px-4 py-10 md:py-20">
            <h1 class="sr-only">{title}</h1>
            <EmptyState svg title=title text=text>
                {again.then(|| view! { <a class="btn btn-primary" href="">"Try again"</a> })}
                <a class=if again { "btn" } else { "btn btn-primary" } href="/">"Open Creator Goals"</a>
            </EmptyState>
        </main>
    }
}
