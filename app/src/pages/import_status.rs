//! The page of one import: mapping of its columns, its progress, its result.

use super::import::{explained, standing};
use super::import_fields::FIELDS;
use super::import_questions::{questions, understood};
use super::import_result::outcome;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::field::{Field, Input, Select};
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column as Head, Columns, Row, RowHead, Rows, Table};
use crate::islands::{ImportProgress, PROGRESS_IDS, rows_read};
use crate::shell::{Place, shell};
use leptos::prelude::*;
use leptos_meta::Title;
use program::caller::Caller;
use program::imports::choices::{Asked, AskedKind};
use program::imports::record::ImportState;
use program::imports::refusal::UploadRefusal;
use program::imports::view::{ImportView, import};

/// The page of one import.
#[component]
pub fn ImportStatusPage() -> impl IntoView {
    let request = Request::current();
    let asked = request.clone();
    loaded(async move { import(&caller()?, asked.id("project_id")?, asked.id("import_id")?).await }, move |found| {
        page(&request, &found)
    })
}

fn page(request: &Request, found: &ImportView) -> impl IntoView + use<> {
    let import_page = format!("/projects/{}/import", found.project.project_id);
    // The rows as they are understood have many columns.
    let width = if found.import.state == ImportState::Waiting { "max-w-5xl" } else { "max-w-3xl" };
    let body = match found.import.state {
        ImportState::Waiting => mapping(request, found).into_any(),
        ImportState::Queued | ImportState::Running => running(found).into_any(),
        ImportState::Done | ImportState::Failed => outcome(found).into_any(),
    };
    view! {
        <Title text=format!("{} · Import", found.import.file_name) />
        {shell(&found.project, Place::Import, width, view! {
            <PageHeader
                title=found.import.file_name.clone()
                crumb=(import_page, "Import".to_owned())
                sub=standing(&found.import).into_any()
            />
            {body}
        }.into_any())}
    }
}

/// Renders the form on which a person says how the file is to be read.
fn mapping(request: &Request, found: &ImportView) -> impl IntoView + use<> {
    let action = format!("/projects/{}/imports/{}/columns", found.project.project_id, found.import.import_id);
    let now = use_context::<Caller>().map(|caller| caller.now());
    let has_columns = !found.choices.columns.is_empty();
    let doubled = found.choices.doubled();
    let needs_creator = found.import.failure.is_some() && found.choices.lacks_creator && doubled.is_none();
    let first = match found.choices.questions.first() {
        _ if needs_creator => "creator",
        _ if doubled.is_some() => "columns",
        Some(asked) => asked.kind.field(),
        None => "column-0",
    };
    let problem = found.import.failure.iter().map(|problem| (first, problem.clone())).collect();
    // A field that was typed wrong, in a returned form.
    let refusal = request.named("refused", UploadRefusal::from_name).map(explained);
    let error_at = |field: &str| refusal.filter(|(at, _)| *at == field).map(|(_, sentence)| sentence.to_owned());
    let typed_wrong = refusal.map(|(field, sentence)| (field, sentence.to_owned())).into_iter().collect();
    let creator_error = error_at("creator").or_else(|| found.import.failure.clone().filter(|_| needs_creator));
    let creator = view! {
        <Field
            name="creator"
            label="Creator"
            value=typed(request, "creator", found.choices.creator.as_ref())
            optional={!needs_creator}
            input=Input { class: "max-w-64", placeholder: Some("@handle"), ..Input::TEXT }
            hint="Whose posts or followers these are, if the file does not say."
            error=creator_error
        />
    };
    let (creator_first, creator) = if needs_creator { (Some(creator), None) } else { (None, Some(creator)) };
    // What is understood without doubt needs no second look.
    let is_open = found.import.failure.is_some()
        || refusal.is_some()
        || found.choices.columns.iter().any(|column| column.field.is_none() && !column.is_left_out);
    view! {
        <ErrorSummary errors=typed_wrong />
        <ErrorSummary title="The file cannot be read yet" errors=problem />
        <form method="post" action=action class="grid gap-5">
            // The first button of a form is the one that Enter presses.
            <button class="sr-only" tabindex="-1" aria-hidden="true">"Import"</button>
            {creator_first}
            {questions(request, found, now, error_at("collected_at"))}
            {understood(found)}
            <details open=is_open>
                <summary class="link inline-flex min-h-6 items-center">
                    {match (needs_creator, has_columns) {
                        (true, _) => "Time zone and columns",
                        (false, true) => "Creator, time zone and columns",
                        (false, false) => "Creator and time zone",
                    }}
                </summary>
                <div class="mt-4 grid gap-5">
                    {creator}
                    <Field
                        name="zone"
                        label="Time zone of the file"
                        value=typed(request, "zone", found.choices.zone.as_ref())
                        optional=true
                        input=Input { class: "max-w-64", ..Input::TEXT }
                        hint=format!("For dates and times without one; for example America/New_York. Empty: {}, as in the project.", found.project.zone)
                        error=error_at("zone")
                    />
                    {columns_table(request, found)}
                </div>
            </details>
            <div class="flex flex-wrap gap-2">
                <button class="btn btn-primary">"Import"</button>
                <button class="btn" name="look" value="1">"Update the rows shown"</button>
                <button class="btn btn-quiet" name="cancel" value="1">"Cancel the import"</button>
            </div>
        </form>
    }
}

/// Renders what each column holds, to be chosen; a field that was chosen in a returned form stays chosen.
fn columns_table(request: &Request, found: &ImportView) -> impl IntoView + use<> {
    let options: Vec<_> = FIELDS.iter().map(|(name, label)| ((*name).to_owned(), (*label).to_owned())).collect();
    let doubled = found.choices.doubled();
    let rows = found.choices.columns.iter().enumerate().map(|(index, column)| {
        let id = format!("column-{index}");
        let is_doubled = doubled.is_some_and(|doubled| doubled.contains(&index));
        let twice = is_doubled.then(|| view! { <p class="field-error">"Read twice"</p> });
        let samples = column.samples.join(" · ");
        let options = options.clone();
        let chosen = Some(request.query(&id)).filter(|chosen| !chosen.is_empty());
        let value = chosen.or_else(|| column.field.clone()).unwrap_or_else(|| "ignore".to_owned());
        let doubt = unclear(&found.choices.questions, &value, &column.samples)
            .map(|(field, text)| view! { <a class="link text-sm" href=format!("#{field}")>{text}</a> });
        view! {
            <Row>
                <RowHead class="font-mono md:align-middle">{column.header.clone()}</RowHead>
                <Cell class="text-muted md:align-middle">
                    <span class="line-clamp-1 break-words">{samples}</span>
                    {doubt}
                    {twice}
                </Cell>
                <Cell>
                    <label class="sr-only" for=id.clone()>{format!("{} holds", column.header)}</label>
                    <Select
                        name=id.clone()
                        id=id
                        options=options
                        value=value
                    />
                </Cell>
            </Row>
        }
    });
    (!found.choices.columns.is_empty()).then(|| {
        view! {
            <div id="columns" tabindex="-1" class="card overflow-clip">
                <Table caption="Columns of the file">
                    <Columns>
                        <Head label="Column in the file" />
                        <Head label="First values" />
                        <Head label="Holds" class="md:w-60" />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        }
    })
}

/// Returns what was typed into a field of a returned form, or else what was chosen before.
fn typed(request: &Request, name: &str, before: Option<&String>) -> String {
    let typed = Some(request.query(name)).filter(|typed| !typed.is_empty());
    typed.or_else(|| before.cloned()).unwrap_or_default()
}

/// Returns the question that concerns a column of this field with these first values, if the file leaves one open.
fn unclear(questions: &[Asked], field: &str, samples: &[String]) -> Option<(&'static str, &'static str)> {
    let is_asked = |kind: AskedKind| questions.iter().any(|asked| asked.kind == kind);
    // "2026-11-16" is unambiguous.
    let is_open_date = |sample: &String| !sample.trim_start().chars().take(4).all(|digit| digit.is_ascii_digit());
    match field {
        "published_at" | "captured_at" if is_asked(AskedKind::DateOrder) && samples.iter().any(is_open_date) => {
            Some((AskedKind::DateOrder.field(), "Day or month first?"))
        }
        "views" | "likes" | "comments" | "shares" | "saves" | "followers"
            if is_asked(AskedKind::Decimal) && samples.iter().any(|sample| sample.contains('.')) =>
        {
            Some((AskedKind::Decimal.field(), "What does the point mean?"))
        }
        _ => None,
    }
}

fn running(found: &ImportView) -> impl IntoView + use<> {
    let import = &found.import;
    let address = format!("/projects/{}/imports/{}/progress", import.project_id, import.import_id);
    let cancel = format!("/projects/{}/imports/{}/cancel", import.project_id, import.import_id);
    let explanation = if import.state == ImportState::Queued {
        "A server reads two files at a time. This one starts when the earlier files are done. You may leave this page."
    } else {
        "Accepted rows are already stored. You may leave this page; the import continues."
    };
    let [bar, text, rows] = PROGRESS_IDS;
    view! {
        <section class="card grid gap-3 p-5" aria-label="Progress">
            <div>
                <div class="mb-1.5 flex justify-between text-sm">
                    <span id=rows>{rows_read(import.counts.rows)}</span>
                    <span class="tabular-nums"><span id=text>{import.percent()}</span>" "<span class="unit">"%"</span></span>
                </div>
                <progress id=bar class="progress" value=import.percent() max="100" aria-labelledby=rows></progress>
            </div>
            <ImportProgress address state=import.state.name().to_owned() />
            <p class="text-sm text-muted">{explanation}</p>
            <form method="post" action=cancel>
                <button class="btn btn-quiet">"Cancel the import"</button>
            </form>
        </section>
        <noscript><meta http-equiv="refresh" content="20" /></noscript>
        <p class="text-sm text-muted"><a class="link inline-flex min-h-6 items-center" href="">"Refresh"</a></p>
    }
}
