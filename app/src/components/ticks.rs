//! Choosing several rows of a list, to do something with all of them at once. A page has one such list.

use leptos::prelude::*;

/// The id of the form that takes what is ticked.
const TICKED: &str = "ticked";

/// The box that chooses a row.
#[component]
pub fn Tick(
    /// The name in the form: `creator[]` or `post[]`.
    name: &'static str,
    /// The id of what is chosen.
    value: String,
    /// What it is, for those who do not see the row.
    label: String,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" form=TICKED name=name value=value aria-label=label data-key="x" />
        </label>
    }
    .into_any()
}

/// What can be done with the rows that are ticked. It stands after them and shows once one is.
#[component]
pub fn TickedBar(
    /// What the rows are, as in "Ticked creators".
    what: &'static str,
    /// The `method` of the form.
    method: &'static str,
    /// Where it goes, unless a button says otherwise.
    action: String,
    /// Its hidden fields and buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <form id=TICKED method=method action=action class="ticked-bar" data-ticked>
            <span class="ticked-count">{format!("Ticked {what}: ")}</span>
            {children()}
            <kbd class="kbd ms-auto max-md:hidden" title="This key leads here" aria-hidden="true">"T"</kbd>
        </form>
    }
    .into_any()
}
