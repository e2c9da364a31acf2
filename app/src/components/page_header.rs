//! The heading of a page.

use super::icon::{self, Icon};
use leptos::prelude::*;

/// Title, a line under it, and actions as children.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: String,
    /// Whether the title is the most prominent element of the page.
    #[prop(optional)]
    loud: bool,
    /// Address and name of the page above.
    #[prop(optional)]
    crumb: Option<(String, String)>,
    /// The line under the title.
    #[prop(optional)]
    sub: Option<AnyView>,
    /// Links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let size = if loud {
        "break-anywhere text-2xl font-[650] tracking-[-0.02em]"
    } else {
        "break-anywhere text-xl font-semibold tracking-[-0.01em]"
    };
    view! {
        <header data-live=loud.then_some("header") class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
            <div class="min-w-0">
                {crumb.map(|(href, text)| view! {
                    <a class="mb-1 inline-flex min-h-6 min-w-0 max-w-full items-center gap-1 text-sm text-muted hover:text-ink" href=href>
                        <Icon svg=icon::CHEVRON_LEFT class="size-3.5" /><span class="min-w-0 break-anywhere">{text}</span>
                    </a>
                })}
                <h1 class=size data-said=loud.then_some("")>{title}</h1>
                {sub.map(|sub| view! { <p class="mt-1 text-muted">{sub}</p> })}
            </div>
            {children.map(|children| view! { <div class="flex flex-wrap gap-2">{children()}</div> })}
        </header>
    }
}
