//! What was deleted or removed, and the way back.

use super::icon::{self, Icon};
use leptos::prelude::*;

/// Something that can be brought back.
pub struct Gone {
    /// What people call it.
    pub name: String,
    /// How it is shown, if by more than its name.
    pub shown: Option<AnyView>,
    /// Since when it is gone.
    pub since: String,
    /// The fields of the form that brings it back.
    pub fields: Vec<(&'static str, String)>,
}

/// Each with the button that brings it back.
#[component]
pub fn GoneList(
    /// What is gone.
    gone: Vec<Gone>,
    /// Where the form goes.
    action: &'static str,
) -> impl IntoView {
    let rows = gone.into_iter().map(|Gone { name, shown, since, fields }| {
        let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        let label = format!(": {name}");
        let shown = shown.unwrap_or_else(|| view! { <span class="font-[560]">{name}</span> }.into_any());
        view! {
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
                {shown}
                <span class="text-muted">{since}</span>
                <form method="post" action=action class="ms-auto">
                    {fields.collect_view()}
                    <button class="btn btn-sm">
                        <Icon svg=icon::UNDO class="size-3.5" />"Bring back"<span class="sr-only">{label}</span>
                    </button>
                </form>
            </li>
        }
    });
    view! { <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ul> }.into_any()
}

/// The part of a page that lists what was deleted, if anything was.
#[component]
pub fn DeletedSection(
    /// What was deleted in the last 30 days.
    gone: Vec<Gone>,
    /// Where the form that brings it back goes.
    action: &'static str,
) -> impl IntoView {
    if gone.is_empty() {
        return ().into_any();
    }
    view! {
        <section id="deleted" tabindex="-1" aria-labelledby="deleted-heading" class="grid gap-2">
            <h2 id="deleted-heading" class="text-sm font-semibold text-soft">"Deleted in the last 30 days"</h2>
            <GoneList gone action />
        </section>
    }
    .into_any()
}
