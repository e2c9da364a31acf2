//! What an open page says about its connection and about changes.

use leptos::prelude::*;

/// Renders what an open page can have to say about its connection and about changes; the island shows what is so.
pub fn live_notes() -> impl IntoView {
    view! {
        <div aria-live="polite" class="live-notes awake-only">
            <p class="live-note" data-note="lost" hidden>
                <span>"Not live since "<span data-note="since"></span>". "<span data-note="attempt"></span></span>
                <button type="button" class="btn btn-sm" data-note="retry">"Try now"</button>
            </p>
            <p class="live-note" data-note="gone" hidden>
                <span>"This project was deleted. It can be restored for 30 days."</span>
                <a class="btn btn-sm" href="/projects">"Projects"</a>
            </p>
            <p class="live-note" data-note="removed" hidden>
                <span>"This creator was removed, and can be restored."</span>
                <button type="button" class="btn btn-sm" data-note="reload">"Reload"</button>
            </p>
            <p class="live-note" data-note="vanished" hidden>
                <span>"What this page shows was deleted. It can be restored for 30 days."</span>
                <button type="button" class="btn btn-sm" data-note="reload">"Reload"</button>
            </p>
            <p class="live-note" data-note="moved" hidden>
                <span data-note="updates"></span>
                <button type="button" class="btn btn-sm" data-note="reload">"Refresh order"</button>
            </p>
        </div>
    }
}
