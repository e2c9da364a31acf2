//! The creators of the overview, each with their goals.

use super::ticked_creators::tick;
use crate::components::avatar::Avatar;
use crate::components::freshness::Freshness;
use crate::components::goal_line::GoalLine;
use leptos::prelude::*;
use program::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};
use program::overview::{Overview, OverviewRow};
use program::projects::record::Project;

/// Renders the rows of a page: in the order of attention as two groups, otherwise as one list.
pub fn overview_table(wanted: &OverviewQuery, found: &Overview, project: &Project) -> impl IntoView + use<> {
    let row = |row: &OverviewRow| creator_row(row, project, found);
    let section = |title: AnyView, id: String, loud: bool, part: Vec<&OverviewRow>| {
        let look = if loud { "font-semibold text-ink" } else { "font-medium text-muted" };
        let heading = id.clone();
        view! {
            <section aria-labelledby=heading>
                <h2 id=id class=format!("border-t border-hairline bg-sunken px-4 py-1.5 text-xs {look}")>{title}</h2>
                <ol>{part.into_iter().map(row).collect_view()}</ol>
            </section>
        }
        .into_any()
    };
    let page = &found.page.rows;
    let rows: Vec<AnyView> = match wanted.layout {
        OverviewLayout::Campaigns => page
            .chunk_by(|one, next| one.campaign == next.campaign)
            .enumerate()
            .map(|(place, part)| {
                let title = match part.first().and_then(|row| row.campaign.clone()) {
                    Some((id, name)) => {
                        let href = format!("/projects/{}/campaigns/{id}", project.project_id);
                        view! { <a class="inline-flex min-h-6 items-center hover:underline" href=href>{name}</a> }
                            .into_any()
                    }
                    None => "In no campaign".into_any(),
                };
                section(title, format!("group-{place}"), false, part.iter().collect())
            })
            .collect(),
        _ if wanted.sort == OverviewSort::Attention => {
            let (first, rest): (Vec<&OverviewRow>, Vec<&OverviewRow>) =
                page.iter().partition(|row| row.standing.needs_attention());
            let parts =
                [("Needs attention", "group-attention", true, first), ("Everyone else", "group-rest", false, rest)];
            let parts = parts.into_iter().filter(|(.., part)| !part.is_empty());
            parts.map(|(title, id, loud, part)| section(title.into_any(), id.to_owned(), loud, part)).collect()
        }
        _ => vec![view! { <ol>{page.iter().map(row).collect_view()}</ol> }.into_any()],
    };
    view! {
        <div class="card overflow-clip">
            <div class="ov-head" aria-hidden="true">
                <span>"Creator"</span>
                <span class="goal-line !min-h-0">
                    <span class="gl-status">"Status"</span>
                    <span class="gl-goal">"Goal"</span>
                    <span class="gl-bar">"Progress"</span>
                    <span class="gl-actual text-end">"Actual"</span>
                    <span class="gl-ends flex justify-between">
                        <span class="gl-pace text-end">"Pace"</span><span>"Time left"</span>
                    </span>
                    <span class="gl-prev text-end">"Just ended"</span>
                </span>
            </div>
            {rows}
        </div>
    }
}

fn creator_row(row: &OverviewRow, project: &Project, found: &Overview) -> impl IntoView + use<> {
    let standing = &row.standing;
    let also_in = (!row.also_in.is_empty()).then(|| format!("also in {}", row.also_in.join(", ")));
    let creator = &standing.program.creator;
    let goals = format!("/projects/{}/creators/{}/goals", project.project_id, creator.creator_id);
    let named = creator.name() != creator.handle.as_str();
    let name = if named { creator.name().to_owned() } else { format!("@{}", creator.handle) };
    let hint = standing.needs_attention();
    let lines = standing
        .evaluations
        .iter()
        .map(|(goal_id, evaluation)| view! { <GoalLine goal_id=*goal_id evaluation zone=project.zone hint /> });
    let none = standing.evaluations.is_empty().then(|| {
        view! {
            <p class="flex min-h-8 items-center gap-3 text-sm text-muted">
                "No goals. "<a class="link relative z-1 inline-flex min-h-6 items-center" href=format!("{goals}/new")>"Add one"</a>
            </p>
        }
    });
    view! {
        <li class="ov-row" data-live=creator.creator_id.to_string()>
            <div class="flex min-w-0 items-center gap-2">
                {tick(creator)}
                <Avatar creator />
                <div class="min-w-0">
                    <a class="ov-open block truncate font-semibold" href=goals>{name}</a>
                    <p class="flex flex-wrap gap-x-2 text-xs text-muted">
                        {named.then(|| view! { <span class="max-w-full truncate">{format!("@{}", creator.handle)}</span> })}
                        {also_in.map(|also_in| view! { <span>{also_in}</span> })}
                        <span class="shrink-0">
                            <Freshness
                                last_collection=standing.looks.latest()
                                as_of=found.as_of
                                interval_hours=project.settings.collection_interval_hours
                                zone=project.zone
                            />
                        </span>
                    </p>
                </div>
            </div>
            <div class="grid gap-3 wide:gap-1">{lines.collect_view()}{none}</div>
        </li>
    }
}
