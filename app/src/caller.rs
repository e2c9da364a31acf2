//! Who asks for the page or sends the form at hand; provided as context by the server.

use leptos::prelude::use_context;
use program::caller::Caller;
use program::error::AppError;

/// The caller behind the request at hand. Ask before the first `await`: the context does not outlive it.
pub fn caller() -> Result<Caller, AppError> {
    use_context::<Caller>().ok_or(AppError::Unavailable)
}
