//! The creators of the overview, one line each: the most urgent goal in full, the others as badges.

use super::overview_url::{OverviewUrl, fold_id, row_id};
use super::ticked_creators::tick;
use crate::badge::Badge;
use crate::components::advisory_icon::AdvisoryIcon;
use crate::components::goal_badge::mark_icon;
use crate::components::goal_line::{Advisory, GoalBadge, GoalLine, advisory_text, bar_label, previous_name};
use crate::components::icon::{self, Icon};
use crate::components::pace_bar::PaceBar;
use crate::components::status_badge::status_icon;
use crate::pages::overview_remedy::{hint, remedy};
use crate::wording::number;
use compliance::Evaluation;
use compliance::overview::Group;
use leptos::prelude::*;
use program::ids::{CampaignId, CreatorId, GoalId};
use program::overview::query::{OverviewLayout, OverviewQuery};
use program::overview::{Overview, OverviewRow};
use program::projects::record::Project;

/// Renders the rows of a page: in the order of attention in groups that can be folded, by campaign under their names, or as
/// one list.
pub fn overview_table(
    wanted: &OverviewQuery,
    open: &[CreatorId],
    found: &Overview,
    project: &Project,
) -> impl IntoView + use<> {
    let url = OverviewUrl::of(wanted, open);
    let rows = &found.page.rows;
    let list = |part: &[OverviewRow]| {
        let rows = part.iter().map(|row| creator_row(row, &url, open, found, project));
        view! { <ol>{rows.collect_view()}</ol> }
    };
    let sections: Vec<AnyView> = if wanted.has_groups() {
        let parts = shown_groups(wanted, found).into_iter();
        parts
            .map(|group| {
                let part: Vec<_> = rows.iter().filter(|row| row.standing.group() == group).cloned().collect();
                group_section(group, wanted, found, &url, (!part.is_empty()).then(|| list(&part).into_any()))
            })
            .collect()
    } else if wanted.layout == OverviewLayout::Campaigns {
        let parts = rows.chunk_by(|one, next| one.campaign == next.campaign).enumerate();
        parts
            .map(|(place, part)| campaign_section(place, part[0].campaign.as_ref(), project, list(part).into_any()))
            .collect()
    } else {
        vec![list(rows).into_any()]
    };
    view! {
        <div class="card overflow-clip">
            <div class="ov-head" aria-hidden="true">
                <span class="ov-name">"Creator"</span>
                <span class="ov-status">"Most urgent goal"</span>
                <span class="ov-bar">"Progress"</span>
                <span class="ov-actual">"Actual"</span>
                <span class="ov-hint">"What it takes"</span>
                <span class="ov-prev">"Just ended"</span>
                <span class="ov-others">"Other goals"</span>
            </div>
            {sections}
        </div>
    }
}

/// Returns the groups with a heading on this page: those with rows on it, and between them, before the first page's and after
/// the last page's those that are folded.
fn shown_groups(wanted: &OverviewQuery, found: &Overview) -> Vec<Group> {
    let on_page = |group: Group| found.page.rows.iter().any(|row| row.standing.group() == group);
    let first = Group::ALL.into_iter().find(|group| on_page(*group));
    let last = Group::ALL.into_iter().rev().find(|group| on_page(*group));
    let (is_first, is_last) = (found.page.number == 1, found.page.number == found.page.pages);
    let is_here = |group: Group| {
        (is_first || first.is_none_or(|first| group > first)) && (is_last || last.is_none_or(|last| group < last))
    };
    let listed = Group::ALL.into_iter().filter(|group| found.listed.of(*group) > 0);
    listed.filter(|group| on_page(*group) || (wanted.folds(*group) && is_here(*group))).collect()
}

/// Renders a group with its heading, which folds and unfolds it.
fn group_section(
    group: Group,
    wanted: &OverviewQuery,
    found: &Overview,
    url: &OverviewUrl,
    rows: Option<AnyView>,
) -> AnyView {
    let id = format!("group-{}", group.name());
    let named_by = id.clone();
    let folded = wanted.folds(group);
    let chevron = if folded { icon::CHEVRON_RIGHT } else { icon::CHEVRON_DOWN };
    let count = number(i64::try_from(found.listed.of(group)).unwrap_or(i64::MAX));
    view! {
        <section aria-labelledby=named_by>
            <h2 id=id.clone() class="ov-group" data-live=id data-loud=group.needs_attention().then_some("")>
                <a id=fold_id(group) href=url.folding(wanted, group) aria-expanded=if folded { "false" } else { "true" }>
                    <Icon svg=chevron class="size-3.5" />{group.label()}<b>{count}</b>
                </a>
            </h2>
            {rows}
        </section>
    }
    .into_any()
}

fn campaign_section(
    place: usize,
    campaign: Option<&(CampaignId, String)>,
    project: &Project,
    rows: AnyView,
) -> AnyView {
    let id = format!("group-{place}");
    let named_by = id.clone();
    let title = match campaign {
        Some((campaign_id, name)) => {
            let href = format!("/projects/{}/campaigns/{campaign_id}", project.project_id);
            view! { <a href=href>{name.clone()}</a> }.into_any()
        }
        None => view! { <span>"In no campaign"</span> }.into_any(),
    };
    view! {
        <section aria-labelledby=named_by>
            <h2 id=id class="ov-group">{title}</h2>
            {rows}
        </section>
    }
    .into_any()
}

fn creator_row(
    row: &OverviewRow,
    url: &OverviewUrl,
    open: &[CreatorId],
    found: &Overview,
    project: &Project,
) -> impl IntoView + use<> {
    let standing = &row.standing;
    let creator = &standing.program.creator;
    let creator_id = creator.creator_id;
    let goals = format!("/projects/{}/creators/{creator_id}/goals", project.project_id);
    let also_in = (!row.also_in.is_empty()).then(|| format!("also in {}", row.also_in.join(", ")));
    let is_open = open.contains(&creator_id);
    let more = (standing.evaluations.len() > 1).then(|| {
        let (chevron, expanded) = if is_open { (icon::CHEVRON_DOWN, "true") } else { (icon::CHEVRON_RIGHT, "false") };
        let label = format!("The {} goals of {}", standing.evaluations.len(), creator.name());
        let href = url.opening(open, creator_id, found.page.number);
        view! { <a class="ov-more" href=href aria-expanded=expanded aria-label=label><Icon svg=chevron /></a> }
    });
    let what = match standing.evaluations.split_first() {
        None => view! {
            <span class="ov-none">
                <a class="link relative z-1 inline-flex min-h-6 items-center" href=format!("{goals}/new")>"Add a goal"</a>
            </span>
        }
        .into_any(),
        Some(_) if is_open => {
            let lines = standing.evaluations.iter().map(|(goal_id, evaluation)| {
                view! { <GoalLine goal_id=*goal_id evaluation zone=project.zone hint=true /> }
            });
            let remedy = remedy(row, project, "");
            view! { <div class="ov-lines text-sm">{lines.collect_view()}{remedy}</div> }.into_any()
        }
        Some(((goal_id, worst), others)) => view! {
            {most_urgent(*goal_id, worst, row, project)}
            {(!others.is_empty()).then(|| view! {
                <span class="ov-others">{others.iter().map(|(_, other)| badge(other)).collect_view()}</span>
            })}
        }
        .into_any(),
    };
    view! {
        <li class="ov-row" id=row_id(creator_id) data-live=creator_id.to_string() data-row="" tabindex="-1">
            {tick(creator)}
            <span class="ov-name">
                <a class="ov-open" href=goals data-row-link="" title=format!("@{}", creator.handle)>{creator.name().to_owned()}</a>
                {also_in.map(|also_in| view! { <span class="unit">{also_in}</span> })}
            </span>
            {what}
            {more}
        </li>
    }
}

/// Renders a creator's most urgent goal in full.
fn most_urgent(
    goal_id: GoalId,
    evaluation: &Evaluation,
    row: &OverviewRow,
    project: &Project,
) -> impl IntoView + use<> {
    let hint = hint(evaluation, project);
    let remedy = remedy(row, project, " · ");
    let actual = (!evaluation.advisory.not_yet_started).then(|| {
        view! { <b>{number(evaluation.actual)}</b>" " }
    });
    view! {
        <span class="ov-status">
            <GoalBadge evaluation />
            <Advisory evaluation goal_id kind="current" />
        </span>
        <span class="ov-goal">{evaluation.metric.label()}" "<span class="unit">{evaluation.cadence.name()}</span></span>
        <span class="ov-bar"><PaceBar evaluation label=bar_label(evaluation) /></span>
        <span class="ov-actual">{actual}<span class="unit">{format!("of {}", number(evaluation.target))}</span></span>
        <span class="ov-hint">{hint}{remedy}</span>
        {evaluation.just_ended().map(|ended| previous(goal_id, ended))}
    }
}

/// Renders the period that just ended.
fn previous(goal_id: GoalId, ended: &Evaluation) -> impl IntoView + use<> {
    let when = previous_name(ended.cadence);
    let text = advisory_text(ended).map(|text| {
        let numbers = format!("{when}: {} of {}.", number(ended.actual), number(ended.target));
        let id = format!("advisory-previous-{}", goal_id.uuid().simple());
        view! { <AdvisoryIcon id text=format!("{numbers} {text}") /> }
    });
    view! {
        <span class="ov-prev" data-status=ended.status.name()>
            <span class="sr-only">{when}": "</span>
            <Icon svg=status_icon(ended.status) />{ended.status.label()}
            {text}
        </span>
    }
}

/// Renders one of the other goals.
fn badge(evaluation: &Evaluation) -> impl IntoView + use<> {
    let Badge { mark, label } = Badge::of(evaluation);
    let metric = evaluation.metric.label();
    let words = format!("{}: {label}", evaluation.cadence.name());
    view! {
        <span class="ov-badge" data-status=mark.color() title=format!("{metric} {words}")>
            <Icon svg=mark_icon(mark) /><span>{metric}</span><span class="sr-only">{format!(" {words}")}</span>
        </span>
    }
}
