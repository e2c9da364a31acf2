//! Adding creators by hand: one handle or many.

use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::field::{Choice, Choices, FieldFrame, FormId, described_by};
use crate::components::icon::{self, Icon};
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::components::textarea::Textarea;
use crate::forms::creators::{AddCreators, UndoPaste};
use crate::shell::{Place, shell};
use crate::wording::{number, plural};
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::actor::Action;
use program::ids::{PasteId, ProjectId};
use program::pastes::handles::{handle_within, parse_handles};
use program::projects::record::Project;

/// The form to add creators.
#[component]
pub fn NewCreatorsPage() -> impl IntoView {
    let request = Request::current();
    let (typed, mode) = (request.query("handles"), request.query("tracking_mode"));
    let error = request.refused().then(|| error(&typed));
    let done = added(&request);
    loaded(async move { caller()?.project(request.id("project_id")?, Action::Read).await }, move |project| {
        page(&project, &typed, TrackingMode::from_name(&mode).unwrap_or_default(), done, error)
    })
}

/// The result of adding handles.
#[derive(Debug, Clone)]
pub struct Added {
    text: String,
    /// The paste, if its result for each line is worth a page.
    paste: Option<PasteId>,
    /// The paste, if it can be undone.
    undo: Option<PasteId>,
}

impl Added {
    /// Renders the notice, with a link to the result for each line and a button that undoes it.
    pub fn notice(self, project_id: ProjectId) -> impl IntoView {
        let lines = self.paste.map(|paste| {
            let href = format!("/projects/{project_id}/creators/pasted/{paste}");
            view! { <a class="link inline-flex min-h-6 shrink-0 items-center" href=href>"Line by line"</a> }
        });
        let undo = self.undo.map(|paste| undo_paste(project_id, paste));
        view! {
            <div class="notice notice-good" role="status">
                <Icon svg=icon::CHECK />
                <div class="min-w-0"><p>{self.text}</p></div>
                <div class="ms-auto flex shrink-0 flex-wrap items-center gap-x-3">{lines}{undo}</div>
            </div>
        }
    }
}

/// Renders the button that undoes a paste.
pub fn undo_paste(project_id: ProjectId, paste_id: PasteId) -> impl IntoView {
    view! {
        <form method="post" action=UndoPaste::PATH>
            <input type="hidden" name="project_id" value=project_id.to_string() />
            <input type="hidden" name="paste_id" value=paste_id.to_string() />
            <button class="btn btn-sm">"Undo"<span class="sr-only">" adding these creators"</span></button>
        </form>
    }
}

/// Parses the result of adding handles from the URL; `None` if there is none.
pub fn added(request: &Request) -> Option<Added> {
    let count = |name: &str| request.query(name).parse::<i64>().unwrap_or(0).max(0);
    let added = format!("Added {}.", plural(count("added"), "creator", "creators"));
    let undone = request.named("undone", |text| text.parse::<i64>().ok());
    if let Some(undone) = undone {
        let text = match undone {
            ..=0 => {
                "Nobody was removed: the creators are out of the program already, or this cannot be undone any more."
                    .to_owned()
            }
            some => format!("Undone: {} out of the program again.", plural(some, "creator is", "creators are")),
        };
        return Some(Added { text, paste: None, undo: None });
    }
    let text = match (count("added"), count("present")) {
        (0, 0) => return None,
        (_, 0) => added,
        (_, 1) => format!("{added} One was already in the program."),
        (_, present) => format!("{added} {} were already in the program.", number(present)),
    };
    let paste = |name: &str| request.named(name, |id| id.parse().ok());
    Some(Added { text, paste: paste("paste"), undo: paste("undo") })
}

/// Returns the error for handles that were returned in the form; the first few are named.
fn error(typed: &str) -> String {
    const NAMED: usize = 5;
    let shown = parse_handles(typed).unreadable;
    if shown.is_empty() {
        return "Enter at least one TikTok handle.".to_owned();
    }
    let named = shown.iter().take(NAMED).map(|text| {
        let meant = handle_within(text).map_or_else(String::new, |handle| format!(" (write only @{handle})"));
        format!("“{}”{meant}", text.chars().take(60).collect::<String>())
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let more = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX));
    let others = match shown.len().saturating_sub(NAMED) {
        0 => String::new(),
        others => format!(" and {} more", more(others)),
    };
    format!("Not TikTok handles: {named}{others}.")
}

/// The choice of the tracking mode.
#[component]
pub fn TrackingModeChoice(
    /// The selected mode.
    mode: TrackingMode,
    /// The error.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let (auto, selective) = (TrackingMode::Auto, TrackingMode::Selective);
    view! {
        <Choices legend="New posts" id="tracking_mode" class="grid gap-2 sm:grid-cols-2" error>
            <Choice
                name="tracking_mode"
                value=auto.name()
                label="Count at once"
                hint="Every new post is tracked."
                checked=mode == auto
            />
            <Choice
                name="tracking_mode"
                value=selective.name()
                label="Wait for approval"
                hint="New posts count once someone approves them."
                checked=mode == selective
            />
        </Choices>
    }
}

fn page(
    project: &Project,
    typed: &str,
    mode: TrackingMode,
    done: Option<Added>,
    error: Option<String>,
) -> impl IntoView + use<> {
    let creators = format!("/projects/{}/creators", project.project_id);
    let summary = error.iter().map(|error| ("handles", error.clone())).collect();
    let described = described_by("handles", true, error.is_some());
    let invalid = error.is_some();
    let hint = "One on each line: mia.moves, @mia.moves or https://www.tiktok.com/@mia.moves. Creators who are here \
        already stay as they are; removed ones come back.";
    let typed = typed.to_owned();
    view! {
        <Title text="Add creators" />
        {shell(project, Place::Creators, "max-w-2xl", view! {
            <PageHeader title="Add creators" crumb=(creators.clone(), "Creators".to_owned()) />
            {done.map(|done| done.notice(project.project_id))}
            <ErrorSummary errors=summary />
            <form method="post" action=AddCreators::PATH class="grid gap-5" novalidate>
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                <FormId />
                <FieldFrame name="handles" label="TikTok handles" hint=Some(hint.to_owned()) error=error>
                    <Textarea
                        name="handles"
                        value=typed
                        rows="7"
                        class="min-h-40 font-mono text-sm"
                        of_names=true
                        described_by=described
                        invalid
                    />
                </FieldFrame>
                <TrackingModeChoice mode error=None />
                <div class="flex gap-2">
                    <button class="btn btn-primary">"Add creators"</button>
                    <a class="btn btn-quiet" href=creators>"Cancel"</a>
                </div>
            </form>
        }.into_any())}
    }
}
