//! Notices about what was done or what went wrong.

use super::icon::{self, Icon, Svg};
use crate::forms::sent::Returned;
use leptos::prelude::*;

/// A notice that something was done.
#[component]
pub fn Done(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="notice notice-good" role="status">
            <Icon svg=icon::CHECK />
            <div class="min-w-0"><p>{text}</p></div>
        </div>
    }
}

/// A notice about something done further down a page, with what undoes it. It stands at the lower edge of the window, so
/// that it is seen where one acted; closing it needs no script.
#[component]
pub fn Toast(
    /// The class of the notice.
    class: &'static str,
    /// Its icon.
    svg: Svg,
    /// The sentence.
    text: String,
    /// The form that undoes it.
    #[prop(optional_no_strip)]
    action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div role="status">
            <dialog open class=format!("{class} toast") aria-label="Done">
                <Icon svg />
                <p class="min-w-0 flex-1">{text}</p>
                {action}
                <form method="dialog">
                    <button class="btn btn-sm btn-quiet" aria-label="Close" title="Close"><Icon svg=icon::X /></button>
                </form>
            </dialog>
        </div>
    }
}

/// A notice that nothing was changed, for an error that belongs to no field; only on a returned form.
#[component]
pub fn NotSaved() -> impl IntoView {
    let returned = Returned::current().unwrap_or_default();
    let kept = if returned.fields.is_empty() { "" } else { " What you typed is still here." };
    returned.sentence.map(|sentence| {
        view! {
            <div class="notice notice-bad" role="alert" id="not-saved">
                <Icon svg=icon::ROTATE_CCW />
                <div class="min-w-0">
                    <p class="font-semibold">"This was not saved."{kept}</p>
                    <p>{sentence}</p>
                </div>
            </div>
        }
    })
}

/// A notice that something was done, but not all of it.
#[component]
pub fn Warning(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="notice notice-warn" role="status">
            <Icon svg=icon::INFO />
            <div class="min-w-0"><p>{text}</p></div>
        </div>
    }
}

/// A notice with information.
#[component]
pub fn Note(
    /// The sentence.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="notice">
            <Icon svg=icon::INFO />
            <div class="min-w-0"><p class="text-soft">{text}</p></div>
        </div>
    }
}

/// The notice for a code in the URL's `done`; its texts are fixed, never taken from the URL.
#[component]
pub fn DoneNotice(
    /// The code.
    code: String,
) -> impl IntoView {
    let text = match code.as_str() {
        "saved" => "Saved.",
        "removed" => "Removed from the program. Everything is kept and returns if the handle is added again.",
        "restored" => "The creator was restored, with all data.",
        "post_added" => "The post was added. It counts; its numbers come with the next import.",
        "looked" => "Collected now: the goals are judged by the posts below.",
        "key_made" => "The key was created.",
        "key_revoked" => "The key was revoked: it no longer gives access.",
        "goal_added" => "The goal was added.",
        "goal_saved" => "The goal was saved. The change applies from the current period on.",
        "goal_ended" => "The goal was ended.",
        "goal_resumed" => "The goal was resumed.",
        "goal_deleted" => "The goal was deleted.",
        "goal_restored" => "The goal was restored.",
        "campaign_made" => "The campaign was created. Add creators, posts or other campaigns below.",
        "campaign_deleted" => "The campaign was deleted. It can be restored for 30 days, below.",
        "campaign_restored" => "The campaign was restored, with everything that was in it.",
        "ticked_added" => "The ticked rows were added to the campaign.",
        "project_deleted" => "The project was deleted. It can be restored for 30 days, below.",
        "project_restored" => "The project was restored, with everything in it.",
        "view_saved" => "The view was saved.",
        "view_deleted" => "The saved view was deleted.",
        "merged" => "Both names are now one creator. You can undo it below.",
        "kept_apart" => "They are two creators. What the file said about posts under the wrong name was left out.",
        "merge_undone" => "The merge was undone. There are two creators now.",
        "notes_saved" => "The notes were saved.",
        _ => return ().into_any(),
    };
    if !code.ends_with("_deleted") || code == "view_deleted" {
        return view! { <Done text=text /> }.into_any();
    }
    view! {
        <div class="notice notice-good" role="status">
            <Icon svg=icon::CHECK />
            <p class="min-w-0 flex-1">{text}</p>
            <a class="btn btn-sm -my-1" href="#deleted"><Icon svg=icon::UNDO class="size-3.5" />"Undo…"</a>
        </div>
    }
    .into_any()
}

/// The list of errors in a form, with links to the fields.
#[component]
pub fn ErrorSummary(
    /// The ids of the fields and the sentences at them.
    errors: Vec<(&'static str, String)>,
    /// What did not happen.
    #[prop(optional)]
    title: Option<&'static str>,
) -> impl IntoView {
    if errors.is_empty() {
        return ().into_any();
    }
    let title = title.unwrap_or("There is a problem");
    let items = errors.into_iter().map(|(field, sentence)| {
        view! { <li><a class="link" href=format!("#{field}")>{sentence}</a></li> }
    });
    view! {
        <div class="notice notice-bad" role="alert" tabindex="-1" id="errors">
            <Icon svg=icon::ALERT_DISC />
            <div>
                <h2 class="font-semibold">{title}</h2>
                <ul class="mt-0.5 grid gap-0.5">{items.collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}
