//! The overview with goals in columns: one column for each kind of goal.

use super::ticked_creators::tick;
use crate::components::avatar::Avatar;
use crate::components::goal_line::{Advisory, GoalBadge, JustEnded, StatusMarker};
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::wording::number;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation};
use leptos::prelude::*;
use program::ids::GoalId;
use program::overview::Overview;
use program::projects::record::Project;
use program::standings::standing::Standing;

/// Renders the creators of a page.
pub fn overview_columns(found: &Overview, project: &Project) -> impl IntoView + use<> {
    let heads = found.kinds.iter().map(|(metric, cadence)| {
        let name = format!("{} {}", cadence.label(), metric.label().to_lowercase());
        view! { <Column label=name /> }
    });
    let rows = found.page.rows.iter().map(|creator| row(&creator.standing, &found.kinds, project));
    view! {
        <div class="card overflow-clip">
            <div class="relative md:overflow-x-auto" tabindex="0" role="region" aria-label="Goals side by side">
                <Table caption="Creators with their goals side by side">
                    <Columns>
                        <Column label="Tick" unseen=true />
                        <Column label="Creator" />
                        {heads.collect_view()}
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        </div>
    }
}

fn row(standing: &Standing, kinds: &[(Metric, Cadence)], project: &Project) -> impl IntoView + use<> {
    let creator = &standing.program.creator;
    let goals = format!("/projects/{}/creators/{}/goals", project.project_id, creator.creator_id);
    let cells = kinds.iter().map(|(metric, cadence)| {
        let of_kind =
            standing.evaluations.iter().filter(|(_, goal)| (goal.metric, goal.cadence) == (*metric, *cadence));
        let of_kind: Vec<_> = of_kind.map(|(goal_id, goal)| cell(*goal_id, goal)).collect();
        let label = format!("{} {}", cadence.label(), metric.label().to_lowercase());
        let empty = of_kind.is_empty().then(|| view! { <span class="text-muted">"–"</span> });
        view! { <Cell label=label><div class="grid gap-2">{of_kind}{empty}</div></Cell> }
    });
    view! {
        <Row attr:data-live=creator.creator_id.to_string()>
            <Cell>{tick(creator)}</Cell>
            <RowHead>
                <a class="inline-flex min-h-6 items-center gap-2 font-semibold hover:underline" href=goals>
                    <Avatar creator />{creator.name().to_owned()}
                </a>
            </RowHead>
            {cells.collect_view()}
        </Row>
    }
}

fn cell(goal_id: GoalId, goal: &Evaluation) -> impl IntoView + use<> {
    let pace = goal.pace_percent.filter(|_| !goal.has_ended() && !goal.nothing_due_yet());
    let pace = pace.map(|pace| format!(", pace {}\u{a0}%", number(pace)));
    view! {
        <div class="grid gap-1">
            <span class="flex flex-wrap items-center gap-1.5">
                <GoalBadge evaluation=goal />
                <Advisory evaluation=goal goal_id kind="current" />
                <StatusMarker evaluation=goal />
            </span>
            <span class="tabular-nums">
                <b class="font-semibold">{number(goal.actual)}</b>" "
                <span class="unit">{format!("of {}{}", number(goal.target), pace.unwrap_or_default())}</span>
            </span>
            <JustEnded evaluation=goal goal_id />
        </div>
    }
}
