//! The API keys on the Settings page.

use super::request::Request;
use crate::components::field::{Choice, Choices, Field, FormId, Input};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::forms::keys::{CreateApiKey, RevokeApiKey};
use crate::wording::{date, date_time, iso};
use compliance::Instant;
use compliance::calendar::Zone;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::keys::form::key_errors;
use program::keys::record::{ApiKey, KeyScope};
use program::keys::secret::Secret;
use program::keys::view::Keys;

/// What was typed into the form for a new key, if it was sent back.
#[derive(Debug, Clone, Default)]
pub struct TypedKey {
    name: String,
    scope: String,
    refused: bool,
}

impl TypedKey {
    /// Parses the URL.
    #[must_use]
    pub fn of(request: &Request) -> TypedKey {
        TypedKey {
            name: request.query("key_name"),
            scope: request.query("scope"),
            refused: !request.query("key_refused").is_empty(),
        }
    }

    /// Returns the errors at its fields.
    #[must_use]
    pub fn errors(&self) -> Vec<(&'static str, String)> {
        let errors = if self.refused { key_errors(&self.name, &self.scope) } else { [None, None] };
        let at = ["key_name", "scope"].into_iter().zip(errors);
        at.filter_map(|(field, error)| Some((field, error?))).collect()
    }
}

/// Renders the keys, the one that was just created, and the form that creates one.
pub fn keys_section(found: &Keys, made: Option<&Secret>, typed: &TypedKey) -> impl IntoView + use<> {
    let zone = found.project.zone;
    let project_id = found.project.project_id.to_string();
    let errors = typed.errors();
    let error_at = |field: &str| errors.iter().find(|(at, _)| *at == field).map(|(_, error)| error.clone());
    let scopes = KeyScope::ALL.map(|scope| {
        let checked = if typed.scope.is_empty() { scope == KeyScope::Read } else { typed.scope == scope.name() };
        view! { <Choice name="scope" value=scope.name() label=scope_label(scope) checked /> }
    });
    let made = made.map(|secret| {
        view! {
            <div class="notice notice-good" role="status" id="new-key">
                <div class="grid min-w-0 gap-1">
                    <p class="font-semibold">"Copy it now: it is not shown again."</p>
                    <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
                        <code id="new-key-text" class="font-mono text-sm break-all select-all">{secret.reveal().to_owned()}</code>
                        <button type="button" class="btn btn-sm awake-only" data-copy="new-key-text">"Copy"</button>
                    </p>
                </div>
            </div>
        }
    });
    let table = if found.keys.is_empty() {
        view! { <p class="text-sm text-muted">"No keys yet."</p> }.into_any()
    } else {
        let rows = found.keys.iter().map(|key| row(key, &project_id, zone));
        view! {
            <div class="card overflow-clip">
                <Table caption="API keys">
                    <Columns>
                        <Column label="Key" />
                        <Column label="Access" />
                        <Column label="Created" />
                        <Column label="Last used" />
                        <Column label="Actions" unseen=true />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        }
        .into_any()
    };
    view! {
        <section id="keys" class="grid gap-4 border-t border-hairline pt-5" aria-labelledby="keys-heading">
            <div>
                <h2 id="keys-heading" class="font-semibold">"API keys"</h2>
                <p class="mt-1 text-soft">
                    "Programs send a key as "<code class="font-mono text-sm text-ink">"Authorization: Bearer …"</code>
                    " to read and feed this project. "
                    <a class="link" href="/docs/api">"How to use the API"</a>"."
                </p>
            </div>
            {made}
            {table}
            <form method="post" action=CreateApiKey::PATH class="grid max-w-xl gap-4" novalidate>
                <input type="hidden" name="project_id" value=project_id />
                <FormId />
                <Field
                    name="key_name"
                    label="Name of a new key"
                    value=typed.name.clone()
                    input=Input { placeholder: Some("Nightly scraper"), ..Input::TEXT }
                    error=error_at("key_name")
                />
                <Choices legend="Access" id="scope" class="grid grid-cols-2 gap-2" error=error_at("scope")>
                    {scopes.into_iter().collect_view()}
                </Choices>
                <div><button class="btn">"Create key"</button></div>
            </form>
        </section>
    }
}

/// Returns the label of what a key may do.
const fn scope_label(scope: KeyScope) -> &'static str {
    match scope {
        KeyScope::Read => "Read",
        KeyScope::Write => "Read and write",
    }
}

fn row(key: &ApiKey, project_id: &str, zone: Zone) -> impl IntoView + use<> {
    let day = |at: Instant| {
        let text = date(zone.wall_clock(at).date());
        view! { <time datetime=iso(at) title=date_time(at, zone)>{text}</time> }
    };
    let last_used = match key.last_used_at {
        Some(at) => day(at).into_any(),
        None => view! { <span class="text-muted">"never"</span> }.into_any(),
    };
    let scope = scope_label(key.scope);
    let action = match (key.revoked_at, key.project_id) {
        (Some(at), _) => view! { <span class="text-muted">"Revoked "{day(at)}</span> }.into_any(),
        (None, None) => view! {
            <span class="text-sm text-muted">"For all projects: revoke it on the command line"</span>
        }
        .into_any(),
        (None, Some(_)) => view! {
            <details class="text-sm">
                <summary class="btn btn-sm">"Revoke…"<span class="sr-only">{format!(": {}", key.name)}</span></summary>
                <form method="post" action=RevokeApiKey::PATH class="mt-2 grid max-w-56 gap-2">
                    <input type="hidden" name="project_id" value=project_id.to_owned() />
                    <input type="hidden" name="api_key_id" value=key.api_key_id.to_string() />
                    <p class="text-soft">"Programs that use it are refused at once. This cannot be undone."</p>
                    <button class="btn btn-sm btn-danger justify-self-start">"Revoke the key"</button>
                </form>
            </details>
        }
        .into_any(),
    };
    let look = if key.revoked_at.is_some() { "text-muted" } else { "" };
    view! {
        <Row class=look>
            <RowHead class="break-words">
                {key.name.clone()}" "<span class="unit whitespace-nowrap font-mono">{format!("…{}", key.hint)}</span>
            </RowHead>
            <Cell label="Access">{scope}</Cell>
            <Cell label="Created" class="whitespace-nowrap">{day(key.created_at)}</Cell>
            <Cell label="Last used" class="whitespace-nowrap">{last_used}</Cell>
            <Cell><div class="flex justify-end max-md:justify-start">{action}</div></Cell>
        </Row>
    }
}
