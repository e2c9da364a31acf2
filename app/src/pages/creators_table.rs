//! The creators of a project as a table, and the removed ones.

use super::ticked_creators::tick;
use crate::components::advisory_icon::{QuietNote, quiet};
use crate::components::avatar::Avatar;
use crate::components::deleted::{Gone, GoneList};
use crate::components::empty_state::EmptyState;
use crate::components::freshness::Freshness;
use crate::components::icon;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::forms::creators::RestoreCreator;
use crate::pages::goal_badge::badge;
use crate::wording::{ago, compact, number};
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::creators::list::Creators;
use program::creators::record::CreatorTotals;
use program::standings::standing::Standing;

/// Renders the table, one row per creator.
pub fn creators_table(found: &Creators) -> impl IntoView + use<> {
    let quiet = quiet(found.page.rows.iter().map(|(standing, _)| standing));
    let rows = found.page.rows.iter().map(|(standing, totals)| row(found, standing, *totals));
    view! {
        {quiet.map(|quiet| view! { <QuietNote quiet /> })}
        <div class="card overflow-clip" data-quiet=quiet.map(|_| "")>
            <div class="relative overflow-x-auto">
                <Table caption="Creators with their goals" wide=true>
                    <Columns>
                        <Column label="Tick" unseen=true />
                        <Column label="Creator" />
                        <Column label="Goals" />
                        <Column label="Tracking" />
                        <Column label="Followers" numeric=true />
                        <Column label="Posts" numeric=true />
                        <Column label="Views" numeric=true />
                        <Column label="Collected" />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        </div>
    }
}

fn row(found: &Creators, standing: &Standing, totals: CreatorTotals) -> impl IntoView + use<> {
    let creator = &standing.program.creator;
    let page = format!("/projects/{}/creators/{}", found.project.project_id, creator.creator_id);
    let named = creator.name() != creator.handle.as_str();
    let badges: Vec<_> = standing.evaluations.iter().map(|(goal_id, evaluation)| badge(*goal_id, evaluation)).collect();
    let badges = if badges.is_empty() {
        view! { <a class="link inline-flex min-h-6 items-center" href=format!("{page}/goals/new")>"Add a goal"</a> }
            .into_any()
    } else {
        view! { <ul class="grid gap-1">{badges}</ul> }.into_any()
    };
    let tracking = match creator.tracking_mode {
        TrackingMode::Auto => "Counts at once".to_owned(),
        TrackingMode::Selective if totals.pending > 0 => {
            format!("Waits for approval, {} pending", number(totals.pending))
        }
        TrackingMode::Selective => "Waits for approval".to_owned(),
    };
    view! {
        <Row attr:data-live=creator.creator_id.to_string()>
            <Cell>{tick(creator)}</Cell>
            <RowHead>
                <a class="inline-flex min-h-6 items-center gap-2 font-semibold hover:underline" href=page>
                    <Avatar creator />
                    <span>
                        {creator.name().to_owned()}
                        {named.then(|| view! { <span class="block text-xs font-normal text-muted">{format!("@{}", creator.handle)}</span> })}
                    </span>
                </a>
            </RowHead>
            <Cell class="goals">{badges}</Cell>
            <Cell label="Tracking" class="text-soft">{tracking}</Cell>
            <Cell label="Followers" numeric=true>{creator.followers.map_or_else(|| "–".to_owned(), number)}</Cell>
            <Cell label="Posts" numeric=true>{number(totals.posts)}</Cell>
            <Cell label="Views" numeric=true>{compact(totals.views)}</Cell>
            <Cell label="Collected" class="whitespace-nowrap text-xs">
                <Freshness
                    last_collection=standing.looks.latest()
                    as_of=found.as_of
                    interval_hours=found.project.settings.collection_interval_hours
                    zone=found.project.zone
                />
            </Cell>
        </Row>
    }
}

/// Renders the removed creators, with buttons that restore them.
pub fn removed_creators(found: &Creators) -> impl IntoView + use<> {
    let project_id = found.project.project_id;
    let list = format!("/projects/{project_id}/creators");
    if found.removed.is_empty() {
        return view! {
            <EmptyState svg=icon::USERS title="Nobody was removed" text="Removed creators can be restored from here.">
                <a class="btn" href=list>"Show creators"</a>
            </EmptyState>
        }
        .into_any();
    }
    let gone = found.removed.iter().map(|creator| {
        let when = creator.removed_at.map(|at| format!("removed {}", ago(at, found.as_of))).unwrap_or_default();
        let (name, href) = (creator.name().to_owned(), format!("{list}/{}", creator.creator_id));
        let shown = view! {
            <a class="inline-flex min-h-6 items-center gap-2 font-[560] hover:underline" href=href>
                <Avatar creator />{name.clone()}
            </a>
        };
        Gone {
            name,
            shown: Some(shown.into_any()),
            since: format!("@{}, {when}", creator.handle),
            fields: vec![("project_id", project_id.to_string()), ("creator_id", creator.creator_id.to_string())],
        }
    });
    view! {
        <p class="text-sm text-muted">
            <a class="link inline-flex min-h-6 items-center" href=list.clone()>"Creators"</a>
            " · Removed: posts, numbers and goals are kept, and are restored with them."
        </p>
        <GoneList gone=gone.collect() action=RestoreCreator::PATH />
    }
    .into_any()
}
