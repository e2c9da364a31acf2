//! The list of keyboard shortcuts, and the button that shows it.

use leptos::prelude::*;

/// The keyboard shortcuts, with what each does.
const SHORTCUTS: [(&str, &str); 10] = [
    ("Ctrl K", "Search for anything"),
    ("/", "Search this list"),
    ("J, K", "Next, previous row"),
    ("Enter", "Open the row"),
    ("X", "Tick the row"),
    ("T", "What to do with the ticked rows"),
    ("A, E", "Inbox: approve, exclude"),
    ("U", "Inbox: undo"),
    ("Esc", "Close a menu or a note"),
    ("?", "This list"),
];

/// Renders the button that shows the keyboard shortcuts.
pub fn shortcuts() -> impl IntoView {
    view! {
        <button type="button" class="btn btn-quiet btn-sm" popovertarget="keys" aria-label="Keyboard shortcuts" title="Keyboard shortcuts">
            <kbd aria-hidden="true">"?"</kbd>
        </button>
    }
}

/// Renders the list, which `?` opens.
pub fn shortcut_list() -> impl IntoView {
    let rows = SHORTCUTS.map(|(keys, what)| view! { <dt><kbd class="kbd">{keys}</kbd></dt><dd>{what}</dd> });
    view! {
        <div id="keys" class="keys" popover="auto" role="dialog" aria-label="Keyboard shortcuts">
            <h2 class="font-semibold">"Keyboard shortcuts"</h2>
            <dl>{rows.into_iter().collect_view()}</dl>
        </div>
    }
}
