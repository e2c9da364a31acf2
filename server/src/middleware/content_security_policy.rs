//! The Content-Security-Policy: pages run only this server's files and the one inline script with the nonce of the
//! response; they load nothing from any other host.

use axum::http::{HeaderValue, header};
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// The policy of responses that are not pages: nothing may run.
pub const FOR_DATA: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

/// The policy of the files that pages are built of. One of them is a worker, to which the policy of its own file
/// applies; it connects to this server's event stream.
pub const FOR_FILES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Sets the policy that allows the nonce of the page being rendered; call it during rendering. Inline `style`
/// attributes are blocked too: use classes, or SVG attributes for lengths that depend on data.
pub fn allow_nonce() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
