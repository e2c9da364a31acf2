//! The caller of the current request, which the server provides as context.

use leptos::prelude::use_context;
use program::caller::Caller;
use program::error::AppError;

/// Returns the caller of the current request. Call this before the first `await`: the context does not outlive it.
pub fn caller() -> Result<Caller, AppError> {
    use_context::<Caller>().ok_or(AppError::Unavailable)
}
