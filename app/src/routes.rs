//! Every URL of the product and the page it shows.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::pages::{HomePage, NotFoundPage};

/// The application: routing, on the server only. Every route is `SsrMode::Async`, so that a page is complete
/// without JavaScript: nothing is streamed in later by a script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| if page.is_empty() { "Creator Goals".to_owned() } else { format!("{page} · Creator Goals") } />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
