//! What a person sees when something went wrong: what happened and what to try.

use crate::error::AppError;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of an error.
pub fn problem(error: &AppError) -> impl IntoView + use<> {
    let title = match error {
        AppError::NotFound => "Nothing here",
        AppError::Invalid(_) | AppError::Conflict(_) => "This cannot be done",
        AppError::Unavailable => "The database did not answer",
    };
    view! {
        <Title text=title />
        <main id="main">
            <h1>{title}</h1>
            <p>{error.to_string()}</p>
            <p><a href="/">"Go to the overview"</a></p>
        </main>
    }
}
