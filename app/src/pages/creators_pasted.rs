//! The page with the result of a paste, line by line.

use super::creators_new::undo_paste;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::shell::{Place, shell};
use crate::wording::{number, plural};
use leptos::prelude::*;
use leptos_meta::Title;
use program::pastes::record::{PastedOutcome, PastedText};
use program::pastes::view::{PasteView, paste};

/// The result of a paste.
#[component]
pub fn PastedCreatorsPage() -> impl IntoView {
    let request = Request::current();
    loaded(async move { paste(&caller()?, request.id("project_id")?, request.id("paste_id")?).await }, |found| {
        page(&found)
    })
}

fn page(found: &PasteView) -> impl IntoView + use<> {
    let creators = format!("/projects/{}/creators", found.project.project_id);
    let paste = found.paste;
    let sub = format!(
        "{}: {} added or restored, {} already in the program or repeated, {} invalid.",
        plural(paste.texts, "handle", "handles"),
        number(paste.added),
        number(paste.present),
        number(paste.unreadable),
    );
    let listed = i64::try_from(found.texts.len()).unwrap_or(0);
    let rows = found.texts.iter().map(row);
    let undo = paste.can_be_undone.then(|| undo_paste(found.project.project_id, paste.paste_id));
    view! {
        <Title text="Pasted handles" />
        {shell(&found.project, Place::Creators, "max-w-3xl", view! {
            <PageHeader title="Pasted handles" crumb=(creators, "Creators".to_owned()) sub=sub.into_any()>
                {undo}
            </PageHeader>
            <div class="card overflow-clip">
                <Table caption="Result for each line">
                    <Columns>
                        <Column label="Line" numeric=true />
                        <Column label="Given" />
                        <Column label="Result" />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
            {(listed < paste.texts).then(|| view! {
                <p class="text-xs text-muted">
                    {format!(
                        "Not listed: {}. Lines with problems are listed first.",
                        plural(paste.texts - listed, "more line", "more lines"),
                    )}
                </p>
            })}
        }.into_any())}
    }
}

fn row(row: &PastedText) -> impl IntoView + use<> {
    let look = if row.outcome == PastedOutcome::Unreadable { "text-danger" } else { "text-soft" };
    view! {
        <Row attr:data-outcome=row.outcome.name()>
            <Cell label="Line" numeric=true class="text-muted">{number(row.line)}</Cell>
            <RowHead class="break-all font-mono !font-normal">{row.text.clone()}</RowHead>
            <Cell class=look>{row.outcome.sentence()}</Cell>
        </Row>
    }
}
