//! The Import page.

use super::loaded::loaded;
use super::renamings::probable_renamings;
use super::request::Request;
use crate::caller::caller;
use crate::components::field::{Field, FieldFrame, FormId, Input, described_by};
use crate::components::icon::{self, Icon};
use crate::components::notice::{ErrorSummary, Note};
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::islands::ImportsProgress;
use crate::shell::{Place, shell};
use crate::wording::{ago, date_time, iso, number, plural};
use leptos::prelude::*;
use leptos_meta::Title;
use program::caller::Caller;
use program::imports::choices::Choices;
use program::imports::record::{Import, ImportState, ImportVerdict};
use program::imports::refusal::UploadRefusal;
use program::imports::view::{Imports, imports};

/// The Import page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let request = Request::current();
    let refused = request.named("refused", UploadRefusal::from_name);
    let (creator, collected_at) = (request.query("creator"), request.query("collected_at"));
    let uploaded = request.named("uploaded", |count| count.parse().ok().filter(|count| (1..=20).contains(count)));
    loaded(async move { imports(&caller()?, request.id("project_id")?).await }, move |found| {
        page(&found, refused, uploaded, creator, collected_at)
    })
}

/// Returns how an import stands.
#[must_use]
pub fn standing(import: &Import) -> &'static str {
    match import.state {
        // Nothing is asked: the file waits for a person to confirm how it is understood.
        ImportState::Waiting if import.failure.is_none() && !Choices::of(import).is_open() => "Not read yet",
        ImportState::Waiting => "Waiting for an answer",
        ImportState::Queued => "Waiting for its turn",
        ImportState::Running => "Being read",
        ImportState::Done => match ImportVerdict::of(&import.counts, &import.details) {
            ImportVerdict::Whole => "Done",
            ImportVerdict::Partly => "Done, some left out",
            ImportVerdict::Nothing => "Nothing went in",
        },
        ImportState::Failed if import.was_cancelled() => "Cancelled",
        ImportState::Failed => "Stopped",
    }
}

/// Returns the field to which a refusal belongs, and the sentence that explains it.
pub(super) fn explained(refusal: UploadRefusal) -> (&'static str, &'static str) {
    match refusal {
        UploadRefusal::NoRoom => (
            "file",
            "There is not enough room on the server's disk for this file. Make room there, or import it from the command line.",
        ),
        UploadRefusal::Many => {
            ("file", "This project has 50 unfinished imports. Wait until some of them finish, or cancel them.")
        }
        UploadRefusal::Busy => ("file", "Too many files are being uploaded at once. Try again in a moment."),
        UploadRefusal::Share => (
            "file",
            "Too many files are being uploaded from your network or into this project. Try again when one of them has finished.",
        ),
        UploadRefusal::Slow => {
            ("file", "The file did not arrive within two hours. Import it on the command line: creator-goals import.")
        }
        UploadRefusal::NoFile => ("file", "Choose a file."),
        UploadRefusal::ManyFiles => ("file", "Choose at most 20 files at a time."),
        UploadRefusal::Empty => ("file", "This file is empty."),
        UploadRefusal::TooLarge => {
            ("file", "Files of more than 4 GiB must be imported from the command line: creator-goals import.")
        }
        UploadRefusal::Creator => {
            ("creator", "This is not a TikTok handle: use letters, digits, dots, hyphens and underscores.")
        }
        UploadRefusal::CollectedAt => ("collected_at", "Enter a date and a time from 2000 until now."),
        UploadRefusal::Zone => ("zone", "This is not a time zone. Write a name such as America/New_York."),
    }
}

/// Returns the sentence that explains why an upload was refused.
#[must_use]
pub fn refused_upload(why: UploadRefusal) -> &'static str {
    explained(why).1
}

fn page(
    found: &Imports,
    refused: Option<UploadRefusal>,
    uploaded: Option<i64>,
    creator: String,
    collected_at: String,
) -> impl IntoView + use<> {
    let project = &found.project;
    let refusal = refused.map(explained);
    // Browsers do not keep the chosen file.
    let again = refusal.filter(|(field, _)| *field != "file").map(|_| ("file", "Choose the file again."));
    let errors: Vec<_> = refusal.into_iter().chain(again).collect();
    let error_at = |field: &str| errors.iter().find(|(at, _)| *at == field).map(|(_, sentence)| (*sentence).to_owned());
    let summary = errors.iter().map(|(field, sentence)| (*field, (*sentence).to_owned())).collect();
    let file_error = error_at("file");
    let described = described_by("file", true, file_error.is_some());
    let invalid = file_error.is_some().then_some("true");
    let parked = (found.parked > 0).then(|| {
        let stats = plural(found.parked, "reading waits", "readings wait");
        view! { <Note text=format!("{stats} for posts that are not known yet. They count once the posts arrive.") /> }
    });
    view! {
        <Title text="Import" />
        {shell(project, Place::Import, "max-w-3xl", view! {
            <PageHeader
                title="Import"
                sub="Tables, workbooks, TikTok Studio’s exports, answers of TikTok’s APIs, yt-dlp, Apify and other JSON are recognised by their content.".into_any()
            />
            {uploaded.map(|count| view! {
                <Note text=format!("{} uploaded. The result of each is below.", plural(count, "file was", "files were")) />
            })}
            {probable_renamings(project, &found.renamings)}
            <ErrorSummary errors=summary />
            <form
                method="post"
                action=format!("/projects/{}/imports", project.project_id)
                enctype="multipart/form-data"
                class="grid max-w-xl gap-5"
                novalidate
            >
                // Before the file: fields after it are read only when the file has been received.
                <FormId />
                <input type="hidden" name="look" value="1" />
                <FieldFrame
                    name="file"
                    label="Files"
                    hint=Some("Tables, workbooks, JSON or NDJSON, also as .gz; at most 4 GiB each, and 20 GiB unpacked. If you choose one file, you see how it is understood before it is read. Several, at most 20, are read at once, and those that leave something open wait for your answer.".to_owned())
                    error=file_error
                >
                    <input class="input drop" type="file" id="file" name="file" multiple aria-describedby=described aria-invalid=invalid />
                </FieldFrame>
                <Field
                    name="creator"
                    label="Creator"
                    value=creator
                    optional=true
                    input=Input { placeholder: Some("@handle"), ..Input::TEXT }
                    hint="For files that do not name one. The import adds creators that do not exist yet."
                    error=error_at("creator")
                />
                <Field
                    name="collected_at"
                    label="Collected at"
                    value=collected_at
                    optional=true
                    input=Input { kind: "datetime-local", class: "max-w-64", ..Input::TEXT }
                    hint=format!("When the numbers were read, in {}, for files that do not say.", project.zone)
                    error=error_at("collected_at")
                />
                <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                    <button class="btn btn-primary"><Icon svg=icon::UPLOAD />"Continue"</button>
                    <a class="link inline-flex min-h-6 items-center" href="/pkg/sample.csv" download="">"Download a sample file"</a>
                </div>
            </form>
            {parked}
            {latest(found)}
        }.into_any())}
    }
}

fn latest(found: &Imports) -> impl IntoView + use<> {
    if found.imports.is_empty() {
        return ().into_any();
    }
    let as_of = use_context::<Caller>().map(|caller| caller.now());
    let zone = found.project.zone;
    let rows = found.imports.iter().map(|import| {
        let page = format!("/projects/{}/imports/{}", import.project_id, import.import_id);
        let when = as_of.map_or_else(String::new, |as_of| ago(import.created_at, as_of));
        view! {
            <Row>
                <RowHead><a class="link break-all" href=page>{import.file_name.clone()}</a></RowHead>
                <Cell label="State">{standing(import)}</Cell>
                <Cell label="Accepted" numeric=true>{number(import.counts.accepted)}</Cell>
                <Cell label="Rejected" numeric=true>{number(import.counts.rejected)}</Cell>
                <Cell label="When" class="whitespace-nowrap">
                    <time datetime=iso(import.created_at) title=date_time(import.created_at, zone)>{when}</time>
                </Cell>
            </Row>
        }
    });
    let unfinished =
        found.imports.iter().any(|import| matches!(import.state, ImportState::Queued | ImportState::Running));
    // The list updates by itself where wasm runs.
    let reload =
        unfinished.then(|| view! { <a class="link inline-flex min-h-6 items-center text-sm" href="">"Reload"</a> });
    view! {
        <section class="card overflow-clip" aria-labelledby="latest" data-live="imports" data-unfinished={unfinished}>
            <div class="flex items-baseline justify-between gap-3 px-4 py-2.5">
                <h2 id="latest" class="font-semibold">"Latest imports"</h2>
                {reload}
            </div>
            <Table caption="Latest imports" class="border-t border-hairline">
                <Columns>
                    <Column label="File" />
                    <Column label="State" />
                    <Column label="Accepted" numeric=true />
                    <Column label="Rejected" numeric=true />
                    <Column label="When" />
                </Columns>
                <Rows>{rows.collect_view()}</Rows>
            </Table>
        </section>
        <ImportsProgress />
    }
    .into_any()
}
