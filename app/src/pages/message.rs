//! Handles and a message about ticked creators, to copy: facts only, in the words of the overview.

use super::overview_remedy::hint;
use crate::badge::{Badge, Mark};
use crate::caller::caller;
use crate::components::avatar::Avatar;
use crate::components::empty_state::EmptyState;
use crate::components::icon;
use crate::components::page_header::PageHeader;
use crate::components::textarea::Textarea;
use crate::forms::answer::back_to;
use crate::forms::id_list::unpacked;
use crate::pages::loaded::loaded;
use crate::pages::request::Request;
use crate::shell::{Place, shell};
use crate::wording::{date_time, number, plural};
use compliance::Evaluation;
use leptos::prelude::*;
use leptos_meta::Title;
use program::message::{MessageView, message};
use program::projects::record::Project;
use program::standings::standing::Standing;

/// The page with what can be copied.
#[component]
pub fn MessagePage() -> impl IntoView {
    let request = Request::current();
    let ids = unpacked(&request.query("who"));
    let back = request.query("back");
    loaded(async move { message(&caller()?, request.id("project_id")?, &ids).await }, move |found| page(&found, &back))
}

fn page(found: &MessageView, back: &str) -> impl IntoView + use<> {
    let project = &found.project;
    let overview = Place::Overview.href(project);
    let back = back_to(back, &overview);
    let count = plural(i64::try_from(found.standings.len()).unwrap_or(i64::MAX), "creator", "creators");
    let body = if found.standings.is_empty() {
        view! { <EmptyState svg=icon::USERS title="No creator was ticked" text="Tick creators on the overview first." /> }
            .into_any()
    } else {
        texts(found).into_any()
    };
    view! {
        <Title text="Handles and message" />
        {shell(project, Place::Overview, "max-w-3xl", view! {
            <PageHeader title="Handles and message" crumb=(back, "Back".to_owned()) sub=count.into_any() />
            {body}
        }.into_any())}
    }
}

fn texts(found: &MessageView) -> impl IntoView + use<> {
    let handles = found.standings.iter().map(|standing| format!("@{}", standing.program.creator.handle));
    let handles: Vec<String> = handles.collect();
    let (zone, as_of) = (found.project.zone, found.as_of);
    let said: Vec<String> = found.standings.iter().map(|standing| about(standing, &found.project)).collect();
    let all = format!("{}\n\nAs of {} {zone}.", said.join("\n\n"), date_time(as_of, zone));
    let each = found.standings.iter().zip(said).map(|(standing, text)| {
        let creator = &standing.program.creator;
        let id = format!("about-{}", creator.creator_id);
        let (named, name) = (id.clone(), creator.name().to_owned());
        view! {
            <li class="flex items-start gap-3 border-t border-hairline px-4 py-3 first:border-t-0">
                <Avatar creator />
                <p id=id class="min-w-0 flex-1 whitespace-pre-line break-words">{text}</p>
                <button type="button" class="btn btn-sm awake-only" data-copy=named aria-label=format!("Copy what is said about {name}")>"Copy"</button>
            </li>
        }
    });
    let each: Vec<_> = each.collect();
    view! {
        {copied("handles", "Handles", handles.join("\n"), "3")}
        {copied("message", "Message", all, "8")}
        <section class="grid gap-2" aria-labelledby="each">
            <h2 id="each" class="font-semibold">"One by one"</h2>
            <ul class="card">{each}</ul>
        </section>
    }
}

/// Renders a text to copy.
fn copied(id: &'static str, label: &'static str, text: String, rows: &'static str) -> impl IntoView {
    view! {
        <section class="grid gap-1.5">
            <div class="flex items-center justify-between gap-2">
                <label class="font-semibold" for=id>{label}</label>
                <button type="button" class="btn btn-sm awake-only" data-copy=id aria-label=format!("Copy: {label}")>"Copy"</button>
            </div>
            <Textarea name=id value=text rows class="" readonly=true />
        </section>
    }
}

/// Returns what is known about a creator's goals, one line each.
fn about(standing: &Standing, project: &Project) -> String {
    let creator = &standing.program.creator;
    let goals = standing.evaluations.iter().map(|(_, evaluation)| line(evaluation, project));
    let goals: Vec<String> = goals.collect();
    let goals = if goals.is_empty() { "No goals.".to_owned() } else { goals.join("\n") };
    format!("{} (@{})\n{goals}", creator.name(), creator.handle)
}

/// Returns what is known about a goal: its badge, and what it takes if it is judged.
fn line(evaluation: &Evaluation, project: &Project) -> String {
    let goal = format!("{} {}", evaluation.metric.label(), evaluation.cadence.name());
    let numbers = format!("{} of {}", number(evaluation.actual), number(evaluation.target));
    let Badge { mark, label } = Badge::of(evaluation);
    let hint = hint(evaluation, project).filter(|_| matches!(mark, Mark::Status(_)));
    let rest: Vec<String> = std::iter::once(label).chain(hint).collect();
    format!("{goal}: {numbers}. {}.", rest.join(", "))
}
