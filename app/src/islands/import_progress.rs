//! How far an import is, without reloading the page.

use crate::figures::plural;
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
    /// Rows read when the page was made.
    rows: i64,
) -> impl IntoView {
    let (percent, rows) = (RwSignal::new(percent), RwSignal::new(rows));
    Effect::new(move || {
        let address = StoredValue::new(address.clone());
        let timer = set_interval_with_handle(
            move || {
                spawn_local(async move {
                    match ask(&address.get_value()).await {
                        Some(Progress::At { percent: now, rows: read }) => {
                            percent.set(now);
                            rows.set(read);
                        }
                        Some(Progress::Over) => {
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
                <span id="import-label">{move || plural(rows.get(), "row read", "rows read")}</span>
                <span class="tabular-nums">{percent}" "<span class="unit">"%"</span></span>
            </div>
            <progress class="progress" value=percent max="100" aria-labelledby="import-label"></progress>
        </div>
    }
}

/// What the server says of an import.
enum Progress {
    /// Being read.
    At { percent: u32, rows: i64 },
    /// No longer being read.
    Over,
}

/// How far the import is; `None` if the server did not answer.
async fn ask(address: &str) -> Option<Progress> {
    let answer = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let body = JsFuture::from(answer.dyn_into::<Response>().ok()?.json().ok()?).await.ok()?;
    let field = |name: &str| js_sys::Reflect::get(&body, &JsValue::from_str(name)).ok();
    if field("state")?.as_string()? != "running" {
        return Some(Progress::Over);
    }
    #[expect(clippy::cast_possible_truncation, reason = "counts of rows and shares of 100 fit")]
    let whole = |name: &str| Some(field(name)?.as_f64()? as i64);
    let percent = u32::try_from(whole("percent")?.clamp(0, 100)).ok()?;
    Some(Progress::At { percent, rows: whole("rows")? })
}
