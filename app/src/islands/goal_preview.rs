//! The preview of the goal being typed: evaluated in the browser, by the same rules as everywhere.

use crate::components::icon::{self, Icon};
use crate::components::pace_bar::PaceBar;
use crate::components::status_badge::status_icon;
use crate::figures::{needs, number};
use compliance::Evaluation;
use compliance::goal_form::{GoalErrors, GoalForm};
use compliance::preview::GoalPreview;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement};

/// The id of the form that the preview follows.
pub const GOAL_FORM_ID: &str = "goal-form";

/// The panel beside the goal form. The server renders it for the values in `form`; the browser updates it while typing.
#[island]
pub fn GoalPreviewPanel(
    /// The data of the creator's days that affect today.
    preview: GoalPreview,
    /// The form's values.
    form: GoalForm,
) -> impl IntoView {
    let typed = RwSignal::new(form);
    let preview = StoredValue::new(preview);
    let follow = move || {
        let mut now = typed.get_untracked();
        read(&mut now);
        if now != typed.get_untracked() {
            show_errors(&now, preview.with_value(|preview| preview.parse(&now)).err().unwrap_or_default());
            typed.set(now);
        }
    };
    Effect::new(move || {
        // Includes what was typed before the island was loaded, or what the browser restored after a reload.
        follow();
        window_event_listener_untyped("input", move |_| follow());
    });
    // `Either`, not `into_any`, which would add code for kinds of rendering that are not used here.
    view! {
        <div aria-live="polite">
            {move || {
                let form = typed.get();
                let note = match preview.with_value(|preview| preview.parse(&form)) {
                    Err(_) if form.target_value.is_empty() => {
                        "Fill in the target to see it, judged by the numbers already here."
                    }
                    Err(_) => "Correct what is marked to see it, judged by the numbers already here.",
                    Ok(goal) => match preview.with_value(|preview| preview.evaluate(&goal)) {
                        Some(evaluation) => return Either::Left(view! { <Verdict evaluation=&evaluation /> }),
                        None => "These dates are too far away to be judged here.",
                    },
                };
                Either::Right(view! { <p class="text-sm text-soft">{note}</p> })
            }}
        </div>
    }
}

#[component]
fn Verdict<'a>(evaluation: &'a Evaluation) -> impl IntoView + use<> {
    let not_started = evaluation.advisory.not_yet_started;
    let (status, svg, word) = match evaluation.status {
        _ if not_started => ("none", icon::CALENDAR_CLOCK, "Starts later"),
        status => (status.name(), status_icon(status), status.label()),
    };
    let sentence = match needs(evaluation) {
        _ if not_started => "Nothing is due before it starts.".to_owned(),
        _ if evaluation.no_data_yet() => "Nothing has been collected yet, so nothing is due.".to_owned(),
        _ if evaluation.target_reached() => "The target is reached already.".to_owned(),
        Some((count, what)) => format!("Needs {} {what} to finish on target", number(count)),
        None => "This period is over.".to_owned(),
    };
    view! {
        <div class="grid gap-2" data-status=evaluation.status.name()>
            <p class="flex items-center justify-between gap-3">
                <span class="badge" data-status=status><Icon svg />{word}</span>
                {evaluation.pace_percent.map(|pace| view! {
                    <span class="text-sm">
                        <span class="unit">"pace"</span>" "
                        <b class="font-semibold tabular-nums">{number(pace)}</b>" "<span class="unit">"%"</span>
                    </span>
                })}
            </p>
            <p class="tabular-nums">
                <span class="text-xl font-semibold">{number(evaluation.actual)}</span>" "
                <span class="text-muted">{format!("of {} {}", number(evaluation.target), evaluation.metric.unit(evaluation.target))}</span>
            </p>
            <PaceBar evaluation large=true />
            <p class="text-sm text-soft">{sentence}</p>
        </div>
    }
}

/// Reads the fields of the form; fields that it does not have stay as they are.
fn read(typed: &mut GoalForm) {
    let form = document().get_element_by_id(GOAL_FORM_ID).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
    let fields = [
        ("metric", &mut typed.metric),
        ("period", &mut typed.period),
        ("target_value", &mut typed.target_value),
        ("start_date", &mut typed.start_date),
        ("end_date", &mut typed.end_date),
    ];
    for (name, field) in fields {
        if let Some(value) = data.get(name).as_string() {
            *field = value;
        }
    }
}

/// Shows the error at each field; an empty target shows none while it is being typed.
fn show_errors(typed: &GoalForm, errors: GoalErrors) {
    let errors = GoalErrors { target_value: errors.target_value.filter(|_| !typed.target_value.is_empty()), ..errors };
    for (field, message) in errors.by_field() {
        let Ok(Some(place)) = document().query_selector(&format!("[data-error={field}]")) else { continue };
        if let Some(place) = place.dyn_ref::<HtmlElement>() {
            place.set_hidden(message.is_none());
        }
        if let Ok(Some(text)) = place.query_selector("span") {
            text.set_text_content(message);
        }
        if let Some(input) = document().get_element_by_id(field).filter(|input| input.tag_name() == "INPUT") {
            let _ = match message {
                Some(_) => input
                    .set_attribute("aria-invalid", "true")
                    .and_then(|()| input.set_attribute("aria-describedby", &format!("{field}-hint {field}-error"))),
                None => input.remove_attribute("aria-invalid"),
            };
        }
    }
}
