//! The HTML document around every page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::forms::theme;
use crate::routes::routed;
use crate::theme::Theme;

/// Provided as context under `make dev`: the page reloads itself after a rebuild.
#[derive(Clone, Copy, Debug)]
pub struct DevReload;

/// The whole document: head, hydration script and [`App`]. Its type is erased, because it would name every route
/// and page in everything that uses it.
#[must_use]
pub fn document(options: LeptosOptions) -> AnyView {
    let asset = {
        let dir = options.site_pkg_dir.clone();
        move |name: &str| format!("/{dir}/{name}")
    };
    let dev_reload =
        use_context::<DevReload>().map(|_| view! { <script src="/dev/reload.js" nonce=use_nonce() defer></script> });
    let theme = theme::chosen();
    let theme = (theme != Theme::System).then(|| theme.name());
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href=asset("icon.svg") type="image/svg+xml" />
                <link rel="preload" href=asset("fonts/inter-latin-wght.woff2") r#as="font" type="font/woff2" crossorigin="anonymous" />
                <link rel="stylesheet" href=asset(&format!("{}.css", options.output_name)) />
                <HydrationScripts options islands=true />
                {dev_reload}
                <MetaTags />
            </head>
            <body>
                {routed()}
            </body>
        </html>
    }
    .into_any()
}
