//! Updates what is shown of imports that are not finished, without reloading the page.

use super::live::refresh_part;
use crate::figures::{number, plural};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// How often the progress of one import is requested.
const EVERY: Duration = Duration::from_millis(500);
/// How often the list of imports is requested while one of them is not finished.
const LIST_EVERY: Duration = Duration::from_secs(2);
/// The most requests skipped after failures; the number doubles with each failure.
const LEFT_OUT_AT_MOST: u32 = 60;
/// The HTTP status once the project was deleted.
const NOT_FOUND: u16 = 404;
/// The ids of the elements that are updated: the bar, the percent as text, the rows as text.
pub const PROGRESS_IDS: [&str; 3] = ["import-progress", "import-percent", "import-rows"];

/// Follows an import, and reloads the page when its state changes. It renders nothing itself: it updates the bar of the
/// page.
#[island]
pub fn ImportProgress(
    /// The address of the progress.
    address: String,
    /// The state that the page shows: the page is reloaded once the import is in another one.
    state: String,
) -> impl IntoView {
    Effect::new(move || {
        let (address, state) = (address.clone(), state.clone());
        repeat(EVERY, move || {
            let (answer, state) = (window().fetch_with_str(&address), state.clone());
            async move {
                match progress(JsFuture::from(answer).await, &state).await? {
                    Progress::At { percent, rows } => show(percent, rows),
                    Progress::Over => {
                        let _ = window().location().reload();
                    }
                }
                Some(())
            }
        });
    });
}

/// Updates the list of imports as long as one of them is not finished. It renders nothing itself.
#[island]
pub fn ImportsProgress() -> impl IntoView {
    Effect::new(|| {
        repeat(LIST_EVERY, || async {
            let unfinished = document().query_selector("[data-live='imports'][data-unfinished]");
            if document().hidden() || !matches!(unfinished, Ok(Some(_))) {
                return Some(());
            }
            refresh_part("imports").await
        });
    });
}

/// Calls `ask` again and again; each time it returns `None`, more calls are skipped than before.
fn repeat<A: Future<Output = Option<()>> + 'static>(every: Duration, ask: impl Fn() -> A + 'static) {
    // How many calls to skip now, how many were skipped after the last failure, and whether a call is not answered yet.
    let (waiting, pause, busy) = (Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(false)));
    set_interval(
        move || {
            if waiting.get() > 0 || busy.get() {
                waiting.set(waiting.get().saturating_sub(1));
                return;
            }
            busy.set(true);
            let (waiting, pause, busy, answer) = (Rc::clone(&waiting), Rc::clone(&pause), Rc::clone(&busy), ask());
            spawn_local(async move {
                let failed = answer.await.is_none();
                pause.set(if failed { (pause.get() * 2 + 1).min(LEFT_OUT_AT_MOST) } else { 0 });
                waiting.set(pause.get());
                busy.set(false);
            });
        },
        every,
    );
}

/// Returns the number of rows read, in the words of the page.
#[must_use]
pub fn rows_read(rows: i64) -> String {
    plural(rows, "row read", "rows read")
}

/// The progress of an import.
enum Progress {
    /// It is in the state that the page shows.
    At { percent: i64, rows: i64 },
    /// It is in another state, or no longer exists.
    Over,
}

/// Reads the progress from an answer; `None` if the server did not answer.
async fn progress(answer: Result<JsValue, JsValue>, state: &str) -> Option<Progress> {
    let answer = answer.ok()?.dyn_into::<Response>().ok()?;
    if answer.status() == NOT_FOUND {
        return Some(Progress::Over);
    }
    let body = JsFuture::from(answer.json().ok()?).await.ok()?;
    let field = |name: &str| js_sys::Reflect::get(&body, &JsValue::from_str(name)).ok();
    if field("state")?.as_string()? != state {
        return Some(Progress::Over);
    }
    #[expect(clippy::cast_possible_truncation, reason = "counts of rows and shares of 100 fit")]
    let whole = |name: &str| Some(field(name)?.as_f64()? as i64);
    Some(Progress::At { percent: whole("percent")?, rows: whole("rows")? })
}

fn show(percent: i64, rows: i64) {
    let percent = number(percent);
    let [bar, text, read] = PROGRESS_IDS.map(|id| document().get_element_by_id(id));
    if let Some(bar) = bar {
        let _ = bar.set_attribute("value", &percent);
    }
    if let Some(text) = text {
        text.set_text_content(Some(&percent));
    }
    if let Some(read) = read {
        read.set_text_content(Some(&rows_read(rows)));
    }
}
