//! How far an import is, without reloading the page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// How often is asked.
const EVERY: Duration = Duration::from_millis(500);

/// A progress bar that follows the import and loads the result when it is there.
#[island]
pub fn ImportProgress(
    /// Where to ask.
    address: String,
    /// Percent done when the page was made.
    percent: u32,
) -> impl IntoView {
    let percent = RwSignal::new(percent);
    Effect::new(move || {
        let address = StoredValue::new(address.clone());
        let timer = set_interval_with_handle(
            move || {
                spawn_local(async move {
                    match ask(&address.get_value()).await {
                        Some(now) if now < 101 => percent.set(now),
                        Some(_) => {
                            let _ = window().location().reload();
                        }
                        None => {}
                    }
                });
            },
            EVERY,
        );
        if let Ok(timer) = timer {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div>
            <div class="mb-1.5 flex justify-between text-sm">
                <span id="import-label">"Reading rows"</span>
                <span class="tabular-nums">{percent}" "<span class="unit">"%"</span></span>
            </div>
            <progress class="progress" value=percent max="100" aria-labelledby="import-label"></progress>
        </div>
    }
}

/// Percent done; 101 once the import is no longer running; `None` if the server did not answer.
async fn ask(address: &str) -> Option<u32> {
    let answer = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let body = JsFuture::from(answer.dyn_into::<Response>().ok()?.json().ok()?).await.ok()?;
    let field = |name: &str| js_sys::Reflect::get(&body, &JsValue::from_str(name)).ok();
    if field("state")?.as_string()? != "running" {
        return Some(101);
    }
    let (done, total) = (field("bytes_done")?.as_f64()?, field("bytes_total")?.as_f64()?);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 100 fits")]
    Some(if total > 0.0 { (done / total * 100.0).clamp(0.0, 100.0) as u32 } else { 0 })
}
