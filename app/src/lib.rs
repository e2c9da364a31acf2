//! The code that server and browser share: the document, the pages, the islands.
//!
//! It is built in two variants: with `ssr` for the server (everything), and with `hydrate` for the browser (only
//! [`islands`] and the words and marks that they share with the pages, without components, pages and routes).
#![recursion_limit = "256"]
#![cfg_attr(
    feature = "ssr",
    expect(
        clippy::needless_pass_by_value,
        reason = "the props of a component are its own, also where it only reads them"
    )
)]

pub mod badge;
pub mod bar;
pub mod figures;
pub mod goal_panel;
pub mod goal_words;
pub mod islands;
pub mod verdict;

#[cfg(feature = "ssr")]
pub mod caller;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod theme;
#[cfg(feature = "ssr")]
pub mod visit;
#[cfg(feature = "ssr")]
pub mod wording;

#[cfg(feature = "ssr")]
pub use document::{DevReload, document};
#[cfg(feature = "ssr")]
pub use routes::routed;

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!(
    "features `ssr` and `hydrate` of `app` exclude each other: build `server` and `frontend` in separate cargo invocations"
);
