//! The preview of the goal being typed: evaluated in the browser, by the same rules as everywhere.

use crate::components::back_test::BackTest;
use crate::components::goal_badge::GoalBadge;
use crate::components::pace_bar::PaceBar;
use crate::figures::{needs, number};
use crate::goal_words::date;
use compliance::goal_form::{GoalErrors, GoalForm, parse_target};
use compliance::metric::Metric;
use compliance::preview::GoalPreview;
use compliance::{Cadence, Evaluation, Status};
use leptos::either::Either;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// The id of the form that the preview follows.
pub const GOAL_FORM_ID: &str = "goal-form";

/// The panel beside the goal form. The server renders it for the values in `form`; the browser updates it while typing.
#[island]
pub fn GoalPreviewPanel(
    /// The data of the creator's days that affect today, and what the goal is compared with.
    preview: GoalPreview,
    /// The address and name of each other active goal, a line each, in the order of the preview.
    others: String,
    /// The address of the form.
    here: String,
    /// The form's values.
    form: GoalForm,
) -> impl IntoView {
    let typed = RwSignal::new(form);
    let known = StoredValue::new((preview, others, here));
    let follow = move || {
        let mut now = typed.get_untracked();
        read(&mut now);
        if now != typed.get_untracked() {
            show_errors(&now, known.with_value(|(preview, ..)| errors(preview, &now)));
            typed.set(now);
        }
    };
    Effect::new(move || {
        // Includes what was typed before the island was loaded, or what the browser restored after a reload.
        follow();
        window_event_listener_untyped("input", move |_| follow());
        window_event_listener_untyped("click", move |event| {
            if use_proposed(&event) {
                follow();
            }
        });
    });
    // `Either`, not `into_any`, which would add code for kinds of rendering that are not used here.
    view! {
        <div aria-live="polite">
            {move || {
                let form = typed.get();
                known.with_value(|(preview, others, _)| match judged(preview, others, &form) {
                    Ok(evaluation) => Either::Left(view! { <Verdict evaluation=&evaluation /> }),
                    Err(Unjudged { note, other }) => {
                        let other = other.map(|(href, name)| view! {
                            <a class="link inline-flex min-h-6 items-center" href=href>{name}</a>". Edit that one, or choose other dates."
                        });
                        Either::Right(view! { <p class="text-sm text-soft">{note}{other}</p> })
                    }
                })
            }}
        </div>
        {move || {
            let form = typed.get();
            let kind = (Metric::from_name(&form.metric)?, Cadence::from_name(&form.period)?);
            let target = parse_target(&form.target_value).ok();
            Some(known.with_value(|(preview, _, here)| view! {
                <BackTest
                    kind
                    actuals=*preview.past().of_kind(kind.0, kind.1)
                    dates=preview.past_dates(kind.1)
                    target
                    here=here.clone()
                />
            }))
        }}
    }
}

/// Returns the errors of the form, also if another goal covers its dates.
fn errors(preview: &GoalPreview, form: &GoalForm) -> GoalErrors {
    let mut errors = preview.parse(form).err().unwrap_or_default();
    if let Some((goal, _)) = preview.overlapped(form) {
        errors.period = GoalErrors::overlaps(goal.metric, goal.cadence).period;
    }
    errors
}

/// Why the typed goal is not evaluated.
struct Unjudged {
    note: &'static str,
    /// The address and name of the goal that covers its dates.
    other: Option<(String, String)>,
}

/// Evaluates the typed goal.
fn judged(preview: &GoalPreview, others: &str, form: &GoalForm) -> Result<Evaluation, Unjudged> {
    let other = preview.overlapped(form).and_then(|(_, place)| others.lines().nth(place)?.split_once(' '));
    if let Some((href, name)) = other {
        return Err(Unjudged { note: "Overlaps with ", other: Some((href.to_owned(), name.to_owned())) });
    }
    let note = match preview.parse(form) {
        Err(_) if form.target_value.is_empty() => "Fill in the target to see it, judged by the numbers already here.",
        Err(_) => "Correct what is marked to see it, judged by the numbers already here.",
        Ok(goal) => match preview.evaluate(&goal) {
            Some(evaluation) => return Ok(evaluation),
            None => "These dates are too far away to be judged here.",
        },
    };
    Err(Unjudged { note, other: None })
}

/// Fills in the proposed target, if its button was pressed.
fn use_proposed(event: &Event) -> bool {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = pressed.and_then(|pressed| pressed.closest("[data-use]").ok().flatten());
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

#[component]
fn Verdict<'a>(evaluation: &'a Evaluation) -> impl IntoView + use<> {
    let pace = evaluation.pace_percent.filter(|_| !evaluation.advisory.not_yet_started);
    view! {
        <div class="grid gap-2">
            <p class="flex items-center justify-between gap-3">
                <GoalBadge evaluation />
                {pace.map(|pace| view! {
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
            <p class="text-sm text-soft">{sentence(evaluation)}</p>
        </div>
    }
}

/// Says what is needed to reach the target, in the words of the Creator Goals tab.
fn sentence(evaluation: &Evaluation) -> String {
    let over = evaluation.actual.saturating_sub(evaluation.target);
    let needs = || match needs(evaluation) {
        Some((count, what)) => format!("Needs {} {what} to finish on target", number(count)),
        None => "This period is over.".to_owned(),
    };
    if evaluation.advisory.not_yet_started {
        format!("Starts {}. Nothing is due before then.", date(evaluation.window.dates.first))
    } else if evaluation.no_data_yet() {
        "Nothing has been collected yet, so nothing is due.".to_owned()
    } else if over > 0 {
        format!("{} over target", number(over))
    } else if over == 0 {
        "Nothing more is needed".to_owned()
    } else if evaluation.nothing_due_yet() {
        format!("Nothing is due yet. {}", needs())
    } else if evaluation.status == Status::OnTrack {
        "On pace to finish on target".to_owned()
    } else {
        needs()
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
