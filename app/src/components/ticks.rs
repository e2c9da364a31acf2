//! Selecting several rows of a list to change all of them at once. A page has at most one such list.

use crate::forms::sent::Returned;
use leptos::prelude::*;

/// The id of the form that the ticked rows are sent with.
const TICKED: &str = "ticked";

/// The checkbox of a row. It is ticked if it was ticked in a returned form.
#[component]
pub fn Tick(
    /// The name in the form: `creator[]` or `post[]`.
    name: &'static str,
    /// The id of the row's record.
    value: String,
    /// The label for screen readers.
    label: String,
) -> impl IntoView {
    let checked = Returned::is_ticked(name, &value);
    view! {
        <label class="tick">
            <input type="checkbox" form=TICKED name=name value=value checked=checked aria-label=label data-key="x" />
        </label>
    }
    .into_any()
}

/// The actions for the ticked rows. They follow the rows and show once one is ticked.
#[component]
pub fn TickedBar(
    /// The kind of rows, as in "Ticked creators".
    what: &'static str,
    /// The address of the form, unless a button has its own.
    action: String,
    /// Its hidden fields and buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <form id=TICKED method="post" action=action class="ticked-bar" data-ticked>
            <span class="ticked-count">{format!("Ticked {what}: ")}</span>
            {children()}
            <kbd class="kbd ms-auto max-md:hidden" title="Keyboard shortcut" aria-hidden="true">"T"</kbd>
        </form>
    }
    .into_any()
}
