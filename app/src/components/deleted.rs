//! Lists of deleted or removed things, with buttons that restore them.

use super::icon::{self, Icon};
use leptos::prelude::*;

/// Something that can be restored.
pub struct Gone {
    /// Its name.
    pub name: String,
    /// How it is shown, if not only by its name.
    pub shown: Option<AnyView>,
    /// When it was deleted or removed, in words.
    pub since: String,
    /// The fields of the form that restores it.
    pub fields: Vec<(&'static str, String)>,
}

/// A list of deleted things, each with the button that restores it.
#[component]
pub fn GoneList(
    /// The deleted things.
    gone: Vec<Gone>,
    /// The address of the form.
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
                        <Icon svg=icon::UNDO class="size-3.5" />"Restore"<span class="sr-only">{label}</span>
                    </button>
                </form>
            </li>
        }
    });
    view! { <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ul> }.into_any()
}

/// The section of a page that lists what was deleted, if anything was.
#[component]
pub fn DeletedSection(
    /// The things deleted in the last 30 days.
    gone: Vec<Gone>,
    /// The address of the form that restores one.
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
