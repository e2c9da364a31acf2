//! Adding creators by hand: one handle or many.

use super::loaded::loaded;
use super::request::Request;
use crate::actor::Action;
use crate::api::Server;
use crate::api::creators::{AddCreators, HANDLES_AT_ONCE, parse_handles};
use crate::components::field::{Choice, Choices, FieldFrame, described_by};
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::components::shell::{Place, shell};
use crate::store::Project;
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// The form to add creators.
#[component]
pub fn NewCreatorsPage() -> impl IntoView {
    let request = Request::current();
    let (typed, mode) = (request.query("handles"), request.query("tracking_mode"));
    let error = request.refused().then(|| error_in(&typed)).flatten();
    loaded(async move { Server::current()?.project(request.id("project_id")?, Action::Read).await }, move |project| {
        page(&project, &typed, TrackingMode::from_name(&mode).unwrap_or_default(), error)
    })
}

fn error_in(typed: &str) -> Option<String> {
    let pasted = parse_handles(typed);
    if !pasted.unreadable.is_empty() {
        let some: Vec<String> = pasted
            .unreadable
            .iter()
            .take(5)
            .map(|text| format!("“{}”", text.chars().take(60).collect::<String>()))
            .collect();
        return Some(format!("Not TikTok handles: {}. Nothing was added yet.", some.join(", ")));
    }
    match pasted.handles.len() {
        0 => Some("Enter at least one TikTok handle.".to_owned()),
        count if count > HANDLES_AT_ONCE => Some("Add at most 1,000 creators at once.".to_owned()),
        _ => None,
    }
}

/// How new posts arrive, as a choice.
#[component]
pub fn TrackingModeChoice(
    /// The mode chosen.
    mode: TrackingMode,
    /// What is wrong with it.
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

fn page(project: &Project, typed: &str, mode: TrackingMode, error: Option<String>) -> impl IntoView + use<> {
    let creators = format!("/projects/{}/creators", project.project_id);
    let summary = error.iter().map(|error| ("handles", error.clone())).collect();
    let described = described_by("handles", true, error.is_some());
    let invalid = error.is_some().then_some("true");
    let hint = "One on each line: mia.moves, @mia.moves or https://www.tiktok.com/@mia.moves. Creators who are here \
        already stay as they are; removed ones come back.";
    let typed = typed.to_owned();
    view! {
        <Title text="Add creators" />
        {shell(project, Place::Creators, "max-w-2xl", view! {
            <PageHeader title="Add creators" crumb=(creators.clone(), "Creators".to_owned()) />
            <ErrorSummary errors=summary />
            <form method="post" action=AddCreators::PATH class="grid gap-5" novalidate>
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                <FieldFrame name="handles" label="TikTok handles" hint=Some(hint.to_owned()) error=error>
                    <textarea
                        class="input min-h-40 font-mono text-sm"
                        rows="7"
                        id="handles"
                        name="handles"
                        spellcheck="false"
                        autocapitalize="off"
                        aria-describedby=described
                        aria-invalid=invalid
                    >{typed}</textarea>
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
