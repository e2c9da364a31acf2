//! The documentation of the API, at `/docs/api`: rendered from its description, complete without scripts.

use crate::components::icon::{self, Icon};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::pages::api_reference::{FieldLine, Operation, Reference};
use crate::pages::problem::problem;
use crate::shell::ThemeSwitch;
use crate::visit::Visit;
use leptos::prelude::*;
use leptos_meta::Title;
use program::error::AppError;
use std::sync::Arc;

/// Refusals by code.
const CODES: [(&str, &str, &str); 12] = [
    ("400", "invalid_query", "A parameter of the query is unknown, repeated or wrong; meta.field names it."),
    ("400", "invalid_params", "An id of the path or a header is wrong."),
    ("400", "invalid_body", "The body is invalid; meta.field names the field."),
    ("401", "invalid_api_key", "The key is missing, unknown or revoked."),
    ("403", "insufficient_scope", "The key may not do this; meta.required and meta.granted name the scopes."),
    ("404", "not_found", "It does not exist in this project."),
    ("408", "too_slow", "The request took too long to arrive."),
    ("409", "conflict", "The request conflicts with the current state, or its Idempotency-Key is in use."),
    ("413", "too_large", "The body is too large for this request."),
    ("429", "too_many_requests", "A limit was reached; the error names it. Try again after Retry-After seconds."),
    ("431", "head_too_large", "The head of the request is larger than 64 KiB."),
    ("503", "unavailable", "The server or its database is busy; try again after Retry-After seconds."),
];

/// The reference of the API.
#[component]
pub fn ApiDocsPage() -> impl IntoView {
    match use_context::<Arc<Reference>>() {
        Some(reference) => docs(&reference).into_any(),
        None => problem(&AppError::Unavailable).into_any(),
    }
}

fn docs(reference: &Reference) -> impl IntoView + use<> {
    let groups = reference.tags.iter().map(|tag| group(reference, &tag.name, &tag.description));
    view! {
        <Title text="API" />
        <a
            href="#main"
            class="sr-only focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-ink focus:px-3 focus:py-2 focus:text-surface"
        >"Skip to content"</a>
        <div class="lg:grid lg:min-h-dvh lg:grid-cols-[17rem_minmax(0,1fr)]">
            <header class="sticky top-0 z-20 border-b border-hairline bg-canvas lg:hidden">
                <details>
                    <summary class="flex h-13 items-center gap-2.5 px-4">
                        <Icon svg=icon::MARK class="size-5" />
                        <span class="min-w-0 truncate font-semibold">"Creator Goals API"</span>
                        <span class="ms-auto inline-flex min-h-8 items-center gap-1.5 rounded-md border border-hairline bg-surface px-2.5 text-sm">
                            <Icon svg=icon::MENU />"Contents"
                        </span>
                    </summary>
                    <nav class="max-h-[70dvh] overflow-y-auto border-t border-hairline px-4 py-3" aria-label="Contents">
                        {contents(reference)}
                        <div class="mt-4"><ThemeSwitch /></div>
                    </nav>
                </details>
            </header>
            <aside
                class="sticky top-0 hidden h-dvh flex-col border-e border-hairline px-4 py-4 lg:flex"
                aria-label="Sidebar"
            >
                <a href="/" class="mb-4 flex items-center gap-2.5">
                    <Icon svg=icon::MARK class="size-6" />
                    <span class="text-sm font-semibold">"Creator Goals API"</span>
                </a>
                <nav class="-mx-2 min-h-0 overflow-y-auto px-2 pb-4" aria-label="Contents">{contents(reference)}</nav>
                <div class="mt-auto pt-3"><ThemeSwitch /></div>
            </aside>
            <main id="main" tabindex="-1" class="mx-auto grid w-full max-w-4xl grid-cols-1 gap-10 px-4 py-6 md:px-8 lg:py-10">
                {introduction().into_any()}
                {groups.collect_view()}
            </main>
        </div>
    }
}

fn contents(reference: &Reference) -> impl IntoView + use<> {
    let groups = reference.tags.iter().map(|tag| {
        let links = reference.operations(&tag.name).map(|(method, _, operation)| {
            view! {
                <li>
                    <a class="flex min-h-6 items-baseline gap-2 py-0.5 text-soft hover:text-ink" href=format!("#{}", operation.operation_id)>
                        <span class="w-12 flex-none font-mono text-xs uppercase text-muted">{method.to_owned()}</span>
                        <span class="min-w-0">{operation.summary.clone()}</span>
                    </a>
                </li>
            }
        });
        view! {
            <li class="grid gap-1">
                <p class="font-semibold">{tag.name.clone()}</p>
                <ul>{links.collect_view()}</ul>
            </li>
        }
    });
    view! {
        <ul class="grid gap-4 text-sm">
            <li><a class="link" href="#start">"Getting started"</a></li>
            <li><a class="link" href="#errors">"Refusals"</a></li>
            {groups.collect_view()}
        </ul>
    }
}

fn introduction() -> impl IntoView {
    let Visit { address, .. } = Visit::current();
    let codes = CODES.map(|(status, code, meaning)| {
        view! {
            <Row>
                <Cell label="Status" class="tabular-nums">{status}</Cell>
                <RowHead><code class="font-mono text-sm font-normal">{code}</code></RowHead>
                <Cell class="text-soft">{meaning}</Cell>
            </Row>
        }
    });
    view! {
        <section id="start" class="grid scroll-mt-16 gap-3">
            <h1 class="text-2xl font-[650] tracking-[-0.02em]">"API"</h1>
            <p class="text-soft">
                "Programs can read projects, creators, posts, goals, verdicts with their evidence, and campaigns, and send facts. "
                "Create a key on the Settings page of a project, or with "<Code text="creator-goals key create" />
                ", and send it with every request:"
            </p>
            <Block text=format!("curl -H \"Authorization: Bearer $CREATOR_GOALS_KEY\" {address}/api/v1/projects") />
            <ul class="grid list-disc gap-1.5 ps-5 text-soft">
                <li>
                    "Every answer is "<Code text="{\"data\": …, \"error\": null, \"meta\": …}" />
                    "; a refusal has a sentence in "<Code text="error" />" and a code in "<Code text="meta.code" />"."
                </li>
                <li>
                    "Lists are paged: "<Code text="limit" />" (50, at most 100); pass "<Code text="meta.nextCursor" />
                    " as "<Code text="cursor" />" of the next request, until it is null."
                </li>
                <li>"Instants are ISO 8601 with an offset; dates are local to the project, such as "<Code text="2026-05-04" />"."</li>
                <li>
                    "A request that creates something may have an "<Code text="Idempotency-Key" />
                    ": sent again within 24 hours with the same body, it gets the first answer again."
                </li>
                <li>"Unknown and repeated fields and parameters are refused by name, so that a typo does not go unnoticed."</li>
                <li>
                    "Machine-readable: "<a class="link" href="/api/v1/openapi.json">"openapi.json"</a>
                    " (OpenAPI 3.1)."
                </li>
            </ul>
        </section>
        <section id="errors" class="grid scroll-mt-16 gap-3" aria-labelledby="errors-heading">
            <h2 id="errors-heading" class="text-xl font-[650]">"Refusals"</h2>
            <div class="card overflow-clip">
                <Table caption="Refusals by code">
                    <Columns>
                        <Column label="Status" />
                        <Column label="Code" />
                        <Column label="When" />
                    </Columns>
                    <Rows>{codes.into_iter().collect_view()}</Rows>
                </Table>
            </div>
        </section>
    }
}

fn group(reference: &Reference, name: &str, description: &str) -> impl IntoView + use<> {
    let operations =
        reference.operations(name).map(|(method, path, operation)| explain(reference, method, path, operation));
    view! {
        <section class="grid gap-8 border-t border-hairline pt-8">
            <div>
                <h2 class="text-xl font-[650]">{name.to_owned()}</h2>
                <p class="text-soft">{description.to_owned()}"."</p>
            </div>
            {operations.collect_view()}
        </section>
    }
}

fn explain(reference: &Reference, method: &str, path: &str, operation: &Operation) -> AnyView {
    let id = operation.operation_id.clone();
    let parameters: Vec<FieldLine> = operation
        .parameters
        .iter()
        .map(|parameter| FieldLine {
            depth: 0,
            name: parameter.name.clone(),
            holds: format!("{}, in the {}", reference.holds(parameter).trim_end_matches(" or null"), parameter.place),
            required: parameter.required,
            description: parameter.description.clone(),
        })
        .collect();
    let refusals = operation.responses.iter().filter(|(status, _)| !status.starts_with('2'));
    let refusals = refusals.map(|(status, response)| {
        view! {
            <li>
                <a class="link tabular-nums" href="#errors">{status.clone()}</a>" "{coded(&response.description)}
            </li>
        }
    });
    let request = reference.request_example(operation);
    let told: Vec<FieldLine> =
        reference.answer_fields(operation).into_iter().map(|line| FieldLine { required: false, ..line }).collect();
    let answer = reference.answer_example(operation).map(|(status, body)| {
        let label = format!("Answer, {status}");
        view! { <Example label text=body.unwrap_or_else(|| "nothing".to_owned()) /> }
    });
    view! {
        <article class="grid scroll-mt-16 grid-cols-1 gap-4" id=id.clone() aria-labelledby=format!("{id}-heading")>
            <div class="grid gap-1">
                <h3 id=format!("{id}-heading") class="text-lg font-semibold">{operation.summary.clone()}</h3>
                <p class="font-mono text-sm break-all">
                    <span class="me-2 rounded-sm border border-hairline bg-sunken px-1.5 py-0.5 text-xs uppercase">
                        {method.to_owned()}
                    </span>
                    "/api/v1"{path.to_owned()}
                </p>
            </div>
            {prose(&operation.description)}
            {fields("Parameters", &parameters)}
            {fields("Body", &reference.request_fields(operation))}
            {request.map(|text| view! { <Example label="A body".to_owned() text /> })}
            {fields("Response fields", &told)}
            {answer}
            <details class="text-sm">
                <summary class="link inline-flex min-h-6 items-center">"Refusals"</summary>
                <ul class="mt-2 grid gap-1 text-soft">{refusals.collect_view()}</ul>
            </details>
        </article>
    }
    .into_any()
}

/// Renders paragraphs, with code between backticks.
fn prose(text: &str) -> impl IntoView + use<> {
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    let paragraphs = paragraphs.map(|paragraph| view! { <p class="text-soft">{coded(paragraph)}</p> });
    paragraphs.collect_view()
}

fn coded(text: &str) -> impl IntoView + use<> {
    let parts = text.split('`').enumerate().map(|(place, part)| {
        let part = part.to_owned();
        if place % 2 == 1 { view! { <Code text=part /> }.into_any() } else { part.into_any() }
    });
    parts.collect_view()
}

fn fields(label: &'static str, lines: &[FieldLine]) -> Option<impl IntoView + use<>> {
    const INDENTS: [&str; 4] = ["", "ps-4", "ps-8", "ps-12"];
    if lines.is_empty() {
        return None;
    }
    let rows = lines.iter().map(|line| {
        let indent = INDENTS[line.depth.min(INDENTS.len() - 1)];
        view! {
            <div class=format!("grid grid-cols-1 gap-x-4 border-t border-hairline py-1.5 first:border-t-0 sm:grid-cols-[15rem_minmax(0,1fr)] {indent}")>
                <dt class="min-w-0">
                    <code class="font-mono text-sm break-all">{line.name.clone()}</code>
                    {line.required.then(|| view! { <span class="text-xs text-muted">" required"</span> })}
                </dt>
                <dd class="min-w-0 text-soft">
                    <span class="text-xs text-muted break-words">{line.holds.clone()}</span>
                    <span class="block">{coded(&line.description)}</span>
                </dd>
            </div>
        }
    });
    Some(view! {
        <div class="grid gap-1">
            <h4 class="text-sm font-semibold">{label}</h4>
            <dl class="text-sm">{rows.collect_view()}</dl>
        </div>
    })
}

/// Renders code within a sentence.
#[component]
fn Code(#[prop(into)] text: String) -> impl IntoView {
    view! { <code class="font-mono text-sm text-ink break-words">{text}</code> }
}

/// Renders lines of code.
#[component]
fn Block(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <pre class="overflow-x-auto rounded-md border border-hairline bg-sunken px-3 py-2 font-mono text-sm" tabindex="0">
            {text}
        </pre>
    }
}

/// Renders an example that can be opened.
#[component]
fn Example(label: String, text: String) -> impl IntoView {
    view! {
        <details class="text-sm">
            <summary class="link inline-flex min-h-6 items-center">{label}</summary>
            <div class="mt-2"><Block text /></div>
        </details>
    }
}
