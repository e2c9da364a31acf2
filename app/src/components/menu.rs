//! A button that opens a small panel, without a script.

use super::icon::{self, Icon, Svg};
use leptos::prelude::*;

/// A button with a panel below it. Of the menus of a page one is open at a time.
#[component]
pub fn Menu(
    /// The icon of the button.
    svg: Svg,
    /// The label of the button; on a phone only the icon is shown.
    label: &'static str,
    /// What is chosen now, shown beside the label.
    #[prop(default = String::new(), into)]
    chosen: String,
    /// Whether the panel is open at first.
    #[prop(optional)]
    open: bool,
    /// What the panel holds.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="menu" name="menu" open=open>
            <summary class="btn">
                <Icon svg />
                <span class="max-md:sr-only">{label}</span>
                {(!chosen.is_empty()).then(|| view! { <span class="text-muted max-md:sr-only">{chosen}</span> })}
                <Icon svg=icon::CHEVRON_DOWN class="size-3.5 max-md:hidden" />
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// A heading in a menu, with the links under it: each with its address, its label and whether it is current.
#[component]
pub fn MenuLinks(
    /// The heading.
    title: &'static str,
    /// The links.
    links: Vec<(String, String, bool)>,
) -> impl IntoView {
    let links = links.into_iter().map(|(href, label, current)| {
        view! { <li><a class="menu-link" href=href aria-current=current.then_some("true")>{label}</a></li> }
    });
    view! {
        <div>
            <p class="menu-title">{title}</p>
            <ul>{links.collect_view()}</ul>
        </div>
    }
    .into_any()
}
