//! The outcome of an import: what went in, what was left out, and where to continue.

use crate::components::icon::{self, Icon};
use crate::components::notice::{Done, ErrorSummary, Note, Warning};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::pages::import_fields::field_label;
use crate::pages::renamings::probable_renamings;
use crate::wording::{noun, number, plural};
use leptos::prelude::*;
use program::imports::record::{Import, ImportVerdict, REJECTIONS_LISTED, Renaming};
use program::imports::view::ImportView;

/// Renders the result of an import.
pub fn outcome(found: &ImportView) -> impl IntoView + use<> {
    let import = &found.import;
    let (counts, waiting) = (import.counts, import.details.waiting);
    let project = format!("/projects/{}", import.project_id);
    let tile = |label: &'static str, value: i64, (one, many): (&'static str, &'static str)| {
        view! {
            <div>
                <dt class="text-xs text-muted">{label}</dt>
                <dd class="font-[560] tabular-nums">{number(value)}" "<span class="unit">{noun(value, one, many)}</span></dd>
            </div>
        }
    };
    let (rows, facts) = (("row", "rows"), ("fact", "facts"));
    let notes = notes(found);
    view! {
        {notice(import)}
        {probable_renamings(&found.project, &found.renamings)}
        <dl class="card flex flex-wrap gap-x-10 gap-y-4 p-4" id="outcome">
            {tile("Read", counts.rows, rows)}
            {tile("Rejected", counts.rejected, rows)}
            {tile("Accepted", counts.accepted, facts)}
            {tile("Duplicates", counts.duplicates, facts)}
            {tile("Parked", counts.parked, facts)}
            {(waiting > 0).then(|| tile("Kept for a decision", waiting, facts))}
        </dl>
        {(!notes.is_empty()).then(|| view! {
            <ul class="-mt-2 grid gap-1 text-sm text-muted">
                {notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
            </ul>
        })}
        {rejections(found)}
        {left_out(import)}
        {creators(found)}
        <div class="flex gap-2">
            <a class=if found.renamings.is_empty() { "btn btn-primary" } else { "btn" } href=project.clone()>"Open Creator Goals"</a>
            <a class="btn" href=format!("{project}/import")><Icon svg=icon::UPLOAD />"Import another file"</a>
        </div>
    }
}

fn notice(import: &Import) -> AnyView {
    let sentence = sentence(import);
    match &import.failure {
        // A cancellation was requested by a person, so it is not shown as an error.
        Some(failure) if import.was_cancelled() => view! { <Note text=failure.clone() /> }.into_any(),
        Some(failure) => {
            view! { <ErrorSummary title="The import stopped" errors=vec![("outcome", failure.clone())] /> }.into_any()
        }
        None => match ImportVerdict::of(&import.counts, &import.details) {
            ImportVerdict::Whole => view! { <Done text=sentence /> }.into_any(),
            ImportVerdict::Partly => view! { <Warning text=sentence /> }.into_any(),
            ImportVerdict::Nothing => {
                view! { <ErrorSummary title="Nothing was taken in" errors=vec![("outcome", sentence)] /> }.into_any()
            }
        },
    }
}

/// Returns the outcome for the file in one or two sentences.
#[must_use]
pub fn sentence(import: &Import) -> String {
    let (counts, details) = (&import.counts, &import.details);
    let mut brought: Vec<String> = Vec::new();
    if details.posts > 0 {
        brought.push(plural(details.posts, "post", "posts"));
    }
    if details.readings > 0 {
        brought.push(plural(details.readings, "reading", "readings"));
    }
    let of = match details.creators {
        0 => String::new(),
        creators => format!(" of {}", plural(creators, "creator", "creators")),
    };
    let mut parts = Vec::new();
    if !brought.is_empty() {
        parts.push(format!("{}{of} went in", brought.join(" and ")));
    } else if counts.accepted > 0 {
        parts.push(format!("{} went in", plural(details.creators, "creator", "creators")));
    }
    if counts.duplicates > 0 {
        parts.push(format!("{} known already or repeated", plural(counts.duplicates, "fact was", "facts were")));
    }
    if counts.parked > 0 {
        parts.push(format!(
            "{} for posts that are not known yet",
            plural(counts.parked, "reading waits", "readings wait")
        ));
    }
    if details.waiting > 0 {
        let facts = plural(details.waiting, "fact was", "facts were");
        parts.push(format!("{facts} kept for a decision about a renamed account"));
    }
    if counts.rejected > 0 {
        parts.push(format!("{} refused", plural(counts.rejected, "row was", "rows were")));
    }
    // An id that has lost digits is replaced by the one in the post's address.
    let left_out = details.left_out.iter().map(|value| value.count).sum::<i64>() + counts.without_instant;
    if left_out > 0 {
        parts.push(format!("{} left out or replaced", plural(left_out, "value was", "values were")));
    }
    if !details.unused.is_empty() {
        let unused = i64::try_from(details.unused.len()).unwrap_or(i64::MAX);
        parts.push(format!("{} not used", plural(unused, "field was", "fields were")));
    }
    if parts.is_empty() {
        return "Nothing went in: the file has no rows.".to_owned();
    }
    let nothing = ImportVerdict::of(counts, details) == ImportVerdict::Nothing;
    let first = if nothing { "Nothing went in: " } else { "" };
    let mut sentence = format!("{first}{}.", parts.join("; "));
    if let Some(letter) = sentence.get(..1).map(str::to_uppercase) {
        sentence.replace_range(..1, &letter);
    }
    sentence
}

fn notes(found: &ImportView) -> Vec<String> {
    let import = &found.import;
    let (counts, details) = (&import.counts, &import.details);
    let mut notes = Vec::new();
    if counts.parked > 0 {
        notes.push("Parked: stats of posts not known yet. They count once the posts arrive.".to_owned());
    }
    if !details.undecided.is_empty() && found.renamings.is_empty() {
        notes.push("The question about the renamed account has been decided since.".to_owned());
    }
    for Renaming { from, to } in &details.renamed {
        notes.push(format!("@{from} is now @{to}: the account was renamed on TikTok."));
    }
    if !import.removed_creators.is_empty() {
        let handles: Vec<String> = import.removed_creators.split(' ').map(|handle| format!("@{handle}")).collect();
        let handles = handles.join(", ");
        notes.push(format!("Removed from the program: {handles}. Their data in the file is kept in case they return."));
    }
    if counts.without_instant > 0 {
        let left_out = plural(counts.without_instant, "counter was left out", "counters were left out");
        notes.push(format!("{left_out}: nothing says when they were read. To use them, import the file again and fill in “Collected at”."));
    }
    if details.totals > 0 {
        let rows = plural(details.totals, "row with sums was", "rows with sums were");
        notes.push(format!("{rows} skipped, since sums are neither creators nor posts."));
    }
    if !details.unused.is_empty() {
        notes.push(format!("Not used: {}.", details.unused.join(", ")));
    }
    notes
}

fn left_out(import: &Import) -> AnyView {
    if import.details.left_out.is_empty() {
        return ().into_any();
    }
    let rows = import.details.left_out.iter().map(|value| {
        view! {
            <Row>
                <RowHead class="font-mono">{value.field.clone()}</RowHead>
                <Cell label="Values" numeric=true>{number(value.count)}</Cell>
                <Cell label="First line" numeric=true>{number(value.line)}</Cell>
                <Cell label="Reason" class="break-words">{value.reason.clone()}</Cell>
            </Row>
        }
    });
    view! {
        <section class="card overflow-clip" aria-labelledby="left-out">
            <h2 id="left-out" class="px-4 py-2.5 font-semibold">"Values that were left out or replaced"</h2>
            <Table caption="Values that were left out or replaced" class="border-t border-hairline">
                <Columns>
                    <Column label="Field" />
                    <Column label="Values" numeric=true />
                    <Column label="First line" numeric=true />
                    <Column label="Reason" />
                </Columns>
                <Rows>{rows.collect_view()}</Rows>
            </Table>
        </section>
    }
    .into_any()
}

fn creators(found: &ImportView) -> AnyView {
    let (import, details) = (&found.import, &found.import.details);
    if details.handles.is_empty() || import.counts.accepted == 0 {
        return ().into_any();
    }
    let links = details.handles.iter().map(|handle| {
        let address = found.creators.get(handle).map(|id| format!("/projects/{}/creators/{id}", import.project_id));
        let handle = format!("@{handle}");
        match address {
            Some(address) => {
                view! { <li><a class="link inline-flex min-h-6 items-center" href=address>{handle}</a></li> }.into_any()
            }
            // Waiting for a decision, or renamed since.
            None => view! { <li class="inline-flex min-h-6 items-center">{handle}</li> }.into_any(),
        }
    });
    let listed = i64::try_from(details.handles.len()).unwrap_or(0);
    let more = details.creators - listed;
    view! {
        <section class="grid gap-1 text-sm" aria-labelledby="touched">
            <h2 id="touched" class="font-semibold">"Creators in the file"</h2>
            <ul class="flex flex-wrap gap-x-3 gap-y-1">
                {links.collect_view()}
                {(more > 0).then(|| view! { <li class="text-muted">{format!("and {} more", number(more))}</li> })}
            </ul>
        </section>
    }
    .into_any()
}

fn rejections(found: &ImportView) -> AnyView {
    if found.rejections.is_empty() {
        return ().into_any();
    }
    let rows = found.rejections.iter().map(|row| {
        view! {
            <tr>
                <td class="num">{number(row.line)}</td>
                <td class="text-soft">{row.field.as_deref().map_or_else(|| "–".to_owned(), field_label)}</td>
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
