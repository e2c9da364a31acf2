//! A labelled control with its hint and its error.

use super::icon::{self, Icon};
use crate::forms::sent::Returned;
use leptos::prelude::*;
use program::once::{FORM_ID, new_form_id};

/// The properties of a text input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Input {
    /// The `type` attribute.
    pub kind: &'static str,
    /// Further classes.
    pub class: &'static str,
    /// The `inputmode` attribute.
    pub inputmode: Option<&'static str>,
    /// The `placeholder` attribute.
    pub placeholder: Option<&'static str>,
    /// The id of a datalist.
    pub list: Option<&'static str>,
    /// Whether it has the focus when the page opens.
    pub autofocus: bool,
}

impl Input {
    /// A line of text.
    pub const TEXT: Input =
        Input { kind: "text", class: "", inputmode: None, placeholder: None, list: None, autofocus: false };
}

/// A labelled input of one line. Its id is its name.
///
/// The form of a date is not `novalidate`: the browser sends half a date as none, and only the browser can say so.
#[component]
pub fn Field(
    /// The name in the form, and the id.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The value.
    #[prop(into)]
    value: String,
    /// The kind of input.
    #[prop(default = Input::TEXT)]
    input: Input,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// The hint.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The error.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldFrame name label optional hint error>
            <input
                class=format!("input {}", input.class)
                type=input.kind
                id=name
                name=name
                value=value
                inputmode=input.inputmode
                placeholder=input.placeholder
                list=input.list
                autofocus=input.autofocus
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </FieldFrame>
    }
    .into_any()
}

/// The label, hint and error around a control with the id `name`.
#[component]
pub fn FieldFrame(
    /// The id of the control.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// The hint.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// The error.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let fine = error.is_none();
    view! {
        <div class="field">
            <label class="field-label" for=name>
                {label}{optional.then(|| view! { <span class="unit">" optional"</span> })}
            </label>
            {children()}
            <p class="field-error" id=format!("{name}-error") hidden=fine data-error=name>
                <Icon svg=icon::X />
                <span>{error.unwrap_or_default()}</span>
            </p>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// Returns the ids of the elements that describe a control.
#[must_use]
pub fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids = [(hint, "hint"), (error, "error")].into_iter().filter(|(there, _)| *there);
    let ids: Vec<String> = ids.map(|(_, part)| format!("{name}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A radio button with its explanation.
#[component]
pub fn Choice(
    /// The name in the form.
    name: &'static str,
    /// The value.
    value: &'static str,
    /// The label.
    label: &'static str,
    /// The explanation.
    #[prop(default = "")]
    hint: &'static str,
    /// Whether it is selected.
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked />
            <span>
                <span class="block font-[530]">{label}</span>
                {(!hint.is_empty()).then(|| view! { <span class="block text-sm text-muted">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}

/// A group of choices under one heading.
#[component]
pub fn Choices(
    /// The heading.
    legend: &'static str,
    /// The classes of the grid.
    #[prop(default = "grid grid-cols-3 gap-2")]
    class: &'static str,
    /// The id that errors link to.
    id: &'static str,
    /// The error.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// The choices.
    children: Children,
) -> impl IntoView {
    let fine = error.is_none();
    view! {
        <fieldset class="field" id=id tabindex="-1">
            <legend class="field-label mb-1.5">{legend}</legend>
            <div class=class>{children()}</div>
            <p class="field-error" id=format!("{id}-error") hidden=fine data-error=id>
                <Icon svg=icon::X />
                <span>{error.unwrap_or_default()}</span>
            </p>
        </fieldset>
    }
    .into_any()
}

/// A select with its arrow.
#[component]
pub fn Select(
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// The id; unique on the page.
    #[prop(into)]
    id: String,
    /// The label for screen readers, if no `<label>` precedes it.
    #[prop(default = "")]
    label: &'static str,
    /// The values and their labels.
    options: Vec<(String, String)>,
    /// The selected value.
    #[prop(into)]
    value: String,
    /// Whether choosing a value submits the form.
    #[prop(optional)]
    autosubmit: bool,
) -> impl IntoView {
    let options = options.into_iter().map(|(key, text)| {
        let selected = key == value;
        view! { <option value=key selected=selected>{text}</option> }
    });
    view! {
        <span class="select">
            <select
                class="input"
                id=id
                name=name
                aria-label=(!label.is_empty()).then_some(label)
                data-autosubmit=autosubmit.then_some("")
            >
                {options.collect_view()}
            </select>
            <Icon svg=icon::CHEVRON_DOWN />
        </span>
    }
    .into_any()
}

/// Returns the id that a returned form was sent with, so that it creates nothing twice; or a new id.
fn form_id() -> String {
    let returned = Returned::current().and_then(|returned| returned.field(FORM_ID).map(str::to_owned));
    returned.unwrap_or_else(|| new_form_id().to_string())
}

/// The hidden field with the id by which a form creates something only once, however often it is sent.
#[component]
pub fn FormId() -> impl IntoView {
    view! { <input type="hidden" name=FORM_ID value=form_id() /> }
}
