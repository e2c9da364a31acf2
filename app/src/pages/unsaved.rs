//! The page for a form that changed nothing and whose own page cannot be shown: everything typed, to be sent again.

use crate::components::icon::{self, Icon};
use crate::forms::sent::Returned;
use crate::pages::NotFoundPage;
use leptos::prelude::*;
use leptos_meta::Title;

/// The path under which the server renders this page; nothing links to it.
pub const UNSAVED: &str = "/unsaved";

/// The page of a form that changed nothing.
#[component]
pub fn UnsavedPage() -> impl IntoView {
    match Returned::current() {
        Some(returned) => page(returned).into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

fn page(returned: Returned) -> impl IntoView {
    let Returned { action, address, fields, sentence } = returned;
    let shown = fields.iter().filter(|(_, value)| !value.trim().is_empty() && value.parse::<uuid::Uuid>().is_err());
    let shown: Vec<_> = shown
        .map(|(name, value)| {
            view! {
                <div class="grid gap-1">
                    <dt class="text-sm text-soft">{name.replace('_', " ")}</dt>
                    <dd class="whitespace-pre-wrap break-words">{value.clone()}</dd>
                </div>
            }
        })
        .collect();
    let typed = (!shown.is_empty()).then(|| {
        view! {
            <section class="grid gap-3" aria-labelledby="typed">
                <h2 id="typed" class="font-semibold">"What you typed"</h2>
                <dl class="card grid gap-3 p-4">{shown}</dl>
            </section>
        }
    });
    let hidden = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <Title text="Not saved" />
        <main id="main" tabindex="-1" class="mx-auto grid min-h-dvh max-w-2xl content-start gap-6 px-4 py-10 md:py-20">
            <div class="grid gap-2">
                <h1 class="text-2xl font-[650] tracking-[-0.02em]">"This was not saved"</h1>
                <p role="alert">{sentence.unwrap_or_else(|| "Nothing was changed.".to_owned())}</p>
            </div>
            {typed}
            <form method="post" action=action class="flex flex-wrap gap-2">
                {hidden.collect_view()}
                <button class="btn btn-primary"><Icon svg=icon::ROTATE_CCW />"Send again"</button>
                <a class="btn" href=address>"Back to the page"</a>
                <a class="btn btn-quiet" href="/">"Open Creator Goals"</a>
            </form>
        </main>
    }
}
