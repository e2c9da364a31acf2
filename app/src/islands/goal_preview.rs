//! The preview of the goal being typed: evaluated in the browser, by the same rules as everywhere.

use crate::goal_panel::{ELEMENT, Panel, Shown, errors_while_typing, shown};
use compliance::goal_form::{GoalErrors, GoalForm};
use compliance::preview::GoalPreview;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// The id of the form that the preview follows.
pub const GOAL_FORM_ID: &str = "goal-form";

/// Shows what is typed in the panel beside the goal form. It renders nothing itself: it sets the values of the panel.
#[island]
pub fn GoalPreviewPanel(
    /// The data of the creator's days that affect today, and what the goal is compared with.
    preview: GoalPreview,
    /// The address and name of each other active goal, a line each, in the order of the preview.
    others: String,
    /// The form's values that the panel shows.
    form: GoalForm,
    /// Whether the goal is there already.
    is_edit: bool,
) -> impl IntoView {
    let known = Rc::new((preview, others, RefCell::new(form)));
    let follow = move || {
        let (preview, others, typed) = &*known;
        let mut now = typed.borrow().clone();
        read(&mut now);
        if now != *typed.borrow() {
            show_errors(&errors_while_typing(preview, &now));
            shown(&Panel::of(preview, others, &now, is_edit)).iter().for_each(set);
            *typed.borrow_mut() = now;
        }
    };
    Effect::new(move || {
        // Includes what was typed before the island was loaded, or what the browser restored after a reload.
        follow();
        window_event_listener_untyped("input", {
            let follow = follow.clone();
            move |_| follow()
        });
        let follow = follow.clone();
        window_event_listener_untyped("click", move |event| {
            if use_proposed(&event) {
                follow();
            }
        });
    });
}

/// Sets what an element of the panel shows. What it shows already is left alone, so that it is not read out again.
fn set(Shown { element, attribute, value }: &Shown) {
    let Ok(Some(element)) = document().query_selector(&format!("[{ELEMENT}='{element}']")) else { return };
    match attribute {
        None if element.text_content() != *value => element.set_text_content(value.as_deref()),
        Some(attribute) if element.get_attribute(attribute) != *value => {
            let _ = match value {
                Some(value) => element.set_attribute(attribute, value),
                None => element.remove_attribute(attribute),
            };
        }
        _ => {}
    }
}

/// Fills in the proposed target, if its button was pressed.
fn use_proposed(event: &Event) -> bool {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = pressed.and_then(|pressed| pressed.closest("[data-panel=use]").ok().flatten());
    let target = document().get_element_by_id("target_value");
    let (Some(button), Some(target)) = (button, target.and_then(|it| it.dyn_into::<HtmlInputElement>().ok())) else {
        return false;
    };
    event.prevent_default();
    target.set_value(&button.get_attribute("value").unwrap_or_default());
    // The button goes away.
    let _ = target.focus();
    true
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
        // The browser has nothing to send for half a date, which is no empty field.
        let input = document().get_element_by_id(name).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if input.is_some_and(|input| input.validity().bad_input()) {
            "?".clone_into(field);
        }
    }
}

/// Shows the error at each field.
fn show_errors(errors: &GoalErrors) {
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
