//! The page of one import: mapping of its columns, its progress, its result.

use super::import::state_label;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::field::Select;
use crate::components::icon::{self, Icon};
use crate::components::notice::{Done, ErrorSummary, Note};
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::islands::{ImportProgress, PROGRESS_IDS, rows_read};
use crate::shell::{Place, shell};
use crate::wording::{number, plural};
use leptos::prelude::*;
use leptos_meta::Title;
use program::imports::record::{ImportState, REJECTIONS_LISTED};
use program::imports::view::{ImportView, import};

/// The fields that a column can contain, and their labels.
const FIELDS: [(&str, &str); 16] = [
    ("ignore", "Leave out"),
    ("post_id", "Post id"),
    ("creator", "Creator handle"),
    ("creator_name", "Creator name"),
    ("avatar_url", "Creator picture"),
    ("published_at", "Published at"),
    ("captured_at", "Captured at"),
    ("views", "Views"),
    ("likes", "Likes"),
    ("comments", "Comments"),
    ("shares", "Shares"),
    ("saves", "Saves"),
    ("followers", "Followers"),
    ("description", "Caption"),
    ("url", "Address"),
    ("kind", "Kind"),
];

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
    let body = match found.import.state {
        ImportState::Waiting => mapping(request, found).into_any(),
        ImportState::Queued | ImportState::Running => running(found).into_any(),
        ImportState::Done | ImportState::Failed => outcome(found).into_any(),
    };
    view! {
        <Title text=format!("{} · Import", found.import.file_name) />
        {shell(&found.project, Place::Import, "max-w-3xl", view! {
            <PageHeader
                title=found.import.file_name.clone()
                crumb=(import_page, "Import".to_owned())
                sub=state_label(found.import.state).into_any()
            />
            {body}
        }.into_any())}
    }
}

/// Renders the form that maps the columns; a field that was chosen in a returned form stays chosen.
fn mapping(request: &Request, found: &ImportView) -> impl IntoView + use<> {
    let action = format!("/projects/{}/imports/{}/columns", found.project.project_id, found.import.import_id);
    let problem = found.import.failure.iter().map(|problem| ("column-0", problem.clone())).collect();
    let options: Vec<_> = FIELDS.iter().map(|(name, label)| ((*name).to_owned(), (*label).to_owned())).collect();
    let rows = found.choices.columns.iter().enumerate().map(|(index, column)| {
        let id = format!("column-{index}");
        let samples = column.samples.join(" · ");
        let options = options.clone();
        let chosen = Some(request.query(&id)).filter(|chosen| !chosen.is_empty());
        let value = chosen.or_else(|| column.field.clone()).unwrap_or_else(|| "ignore".to_owned());
        view! {
            <Row>
                <RowHead class="font-mono md:align-middle">{column.header.clone()}</RowHead>
                <Cell class="text-muted md:align-middle"><span class="line-clamp-1">{samples}</span></Cell>
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
    view! {
        <ErrorSummary errors=problem />
        <form method="post" action=action class="grid gap-5">
            <p class="text-soft">"Some columns were not recognised. Choose a field for each of them."</p>
            <div class="card overflow-clip">
                <Table caption="Columns of the file">
                    <Columns>
                        <Column label="Column in the file" />
                        <Column label="First values" />
                        <Column label="Holds" class="md:w-60" />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
            <div class="flex gap-2">
                <button class="btn btn-primary">"Import with these columns"</button>
                <button class="btn btn-quiet" name="cancel" value="1">"Cancel the import"</button>
            </div>
        </form>
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

fn outcome(found: &ImportView) -> impl IntoView + use<> {
    let import = &found.import;
    let counts = import.counts;
    let project = format!("/projects/{}", import.project_id);
    let notice = match &import.failure {
        // A cancellation was requested by a person, so it is not shown as an error.
        Some(failure) if import.was_cancelled() => view! { <Note text=failure.clone() /> }.into_any(),
        Some(failure) => view! { <ErrorSummary errors=vec![("outcome", failure.clone())] /> }.into_any(),
        None => {
            let rows = plural(counts.rows, "row was read", "rows were read");
            view! { <Done text=format!("Import finished. {rows}.") /> }.into_any()
        }
    };
    let fact = |label: &'static str, value: i64| {
        view! {
            <div>
                <dt class="text-xs text-muted">{label}</dt>
                <dd class="font-[560] tabular-nums">{number(value)}</dd>
            </div>
        }
    };
    let mut notes = Vec::new();
    if counts.parked > 0 {
        notes.push("Parked: stats of posts not known yet. They count once the posts arrive.".to_owned());
    }
    if !import.removed_creators.is_empty() {
        let handles: Vec<String> = import.removed_creators.split(' ').map(|handle| format!("@{handle}")).collect();
        let handles = handles.join(", ");
        notes.push(format!("Removed from the program: {handles}. Their data in the file is kept in case they return."));
    }
    if counts.without_instant > 0 {
        let left_out = plural(counts.without_instant, "counter was left out", "counters were left out");
        notes.push(format!("{left_out}: nothing says when they were read. Give “Collected at” to use them."));
    }
    view! {
        {notice}
        <dl class="card grid grid-cols-2 gap-4 p-4 sm:grid-cols-4" id="outcome">
            {fact("Accepted", counts.accepted)}
            {fact("Duplicates", counts.duplicates)}
            {fact("Parked", counts.parked)}
            {fact("Rejected", counts.rejected)}
        </dl>
        {(!notes.is_empty()).then(|| view! {
            <ul class="-mt-2 grid gap-1 text-sm text-muted">
                {notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
            </ul>
        })}
        {rejections(found)}
        <div class="flex gap-2">
            <a class="btn btn-primary" href=project.clone()>"Open Creator Goals"</a>
            <a class="btn" href=format!("{project}/import")><Icon svg=icon::UPLOAD />"Import another file"</a>
        </div>
    }
}

fn rejections(found: &ImportView) -> impl IntoView + use<> {
    if found.rejections.is_empty() {
        return ().into_any();
    }
    let rows = found.rejections.iter().map(|row| {
        view! {
            <tr>
                <td class="num">{number(row.line)}</td>
                <td class="font-mono text-soft">{row.field.clone().unwrap_or_else(|| "–".to_owned())}</td>
                <td class="break-words">{row.reason.clone()}</td>
            </tr>
        }
    });
    let more = (found.import.counts.rejected > REJECTIONS_LISTED)
        .then(|| format!("the first {} of ", number(REJECTIONS_LISTED)));
    view! {
        <section class="card overflow-clip" aria-labelledby="rejected">
            <h2 id="rejected" class="px-4 py-2.5 font-semibold">
                "Rejected rows "<span class="unit">{more}{number(found.import.counts.rejected)}</span>
            </h2>
            <table class="table border-t border-hairline">
                <thead>
                    <tr>
                        <th scope="col" class="num w-20">"Line"</th>
                        <th scope="col">"Field"</th>
                        <th scope="col">"Reason"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
