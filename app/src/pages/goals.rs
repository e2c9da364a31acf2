//! The Creator Goals tab: every goal with its verdict and, if requested, its evidence.

use super::goal_card::{goal_card, why};
use super::loaded::loaded;
use super::removed::Removed;
use super::request::Request;
use crate::caller::caller;
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::deleted::{DeletedSection, Gone};
use crate::components::empty_state::EmptyState;
use crate::components::goal_line::{StatusMarker, goal_name};
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary};
use crate::components::pace_chart::PaceHatch;
use crate::components::status_badge::StatusBadge;
use crate::forms::goals::{RestoreGoal, SetGoalActive};
use crate::shell::{Place, shell};
use crate::wording::{ago, date, date_time, iso, number, plural, window};
use compliance::goal_form::parse_date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::goals::card::GoalCard;
use program::goals::changes::{DATES_COVERED, OVERLAPS};
use program::goals::evidence::{Why, WhyOf};
use program::goals::tab::{CreatorGoals, creator_goals};

/// The Creator Goals tab.
#[component]
pub fn GoalsPage() -> impl IntoView {
    let request = Request::current();
    let (done, overlaps) = (request.query("done"), request.query("refused") == OVERLAPS);
    let why = request.named("why", |id| id.parse().ok()).map(|goal_id| Why {
        goal_id,
        of: match request.named("on", |text| parse_date(text).ok()) {
            Some(date) => WhyOf::On(date),
            None if request.query("of") == "previous" => WhyOf::Previous,
            None => WhyOf::Current,
        },
        all: request.query("rows") == "all",
    });
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            creator_goals(&caller()?, project_id, creator_id, why).await
        },
        move |found| page(&found, done, overlaps),
    )
}

fn page(found: &CreatorGoals, done: String, overlaps: bool) -> impl IntoView + use<> {
    let view = &found.creator;
    let name = view.creator.name().to_owned();
    let refusal = if overlaps { vec![("goals", DATES_COVERED.to_owned())] } else { Vec::new() };
    let body = if view.standing.is_none() { kept(found).into_any() } else { goals(found).into_any() };
    view! {
        <Title text=format!("Creator Goals · {name}") />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Goals />
            <DoneNotice code=done />
            <ErrorSummary errors=refusal />
            <Removed view />
            {body}
        }.into_any())}
    }
}

fn goals(found: &CreatorGoals) -> impl IntoView + use<> {
    let view = &found.creator;
    let base = Tab::Goals.href(view.project.project_id, view.creator.creator_id);
    let name = view.creator.name();
    if found.current.is_empty() && found.ended.is_empty() {
        let deleted = deleted(found);
        return view! {
            <EmptyState
                svg=icon::TARGET
                title=format!("No goals for {name}")
                text=format!(
                    "Say what {name} should reach each day, week or month. Judging starts with the current period, by the \
                     numbers already here."
                )
            >
                <a class="btn btn-primary" href=format!("{base}/new")><Icon svg=icon::PLUS />"Add goal"</a>
            </EmptyState>
            {deleted}
        }
        .into_any();
    }
    let count = plural(i64::try_from(found.current.len()).unwrap_or(0), "goal", "goals");
    let as_of = date_time(view.as_of, view.project.zone);
    let cards = found.current.iter().map(|card| goal_card(found, card, &base));
    let ended = (!found.ended.is_empty()).then(|| {
        let rows = found.ended.iter().map(|card| ended_row(found, card, &base));
        view! {
            <section aria-labelledby="ended-heading" class="grid gap-2">
                <h2 id="ended-heading" class="text-sm font-semibold text-soft">"Ended"</h2>
                <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <div class="-mb-2 flex flex-wrap items-center justify-between gap-2" id="goals">
            <p class="text-sm text-muted">
                {count}". As of "<time datetime=iso(view.as_of)>{as_of}</time>"; numbers change until a period ends."
            </p>
            <a class="btn btn-primary" href=format!("{base}/new")><Icon svg=icon::PLUS />"Add goal"</a>
        </div>
        <PaceHatch />
        {cards.collect_view()}
        {ended}
        {deleted(found)}
    }
    .into_any()
}

/// Renders the deleted goals, with buttons that restore them.
fn deleted(found: &CreatorGoals) -> impl IntoView + use<> {
    let view = &found.creator;
    let gone = found.deleted.iter().rev().map(|deleted| {
        let record = &deleted.what;
        Gone {
            name: goal_name(record.goal.metric, record.goal.cadence, record.goal.terms().target_value),
            shown: None,
            since: format!("deleted {}", ago(deleted.deleted_at, view.as_of)),
            fields: vec![
                ("project_id", view.project.project_id.to_string()),
                ("creator_id", view.creator.creator_id.to_string()),
                ("goal_id", record.goal_id.to_string()),
            ],
        }
    });
    view! { <DeletedSection gone=gone.collect() action=RestoreGoal::PATH /> }
}

/// Renders the goals of a removed creator, which can be read but not changed.
fn kept(found: &CreatorGoals) -> impl IntoView + use<> {
    let rows: Vec<_> = found
        .ended
        .iter()
        .map(|card| {
            let goal = &card.record.goal;
            let dates = match (goal.terms().start_date, goal.terms().end_date) {
                (None, None) => String::new(),
                (Some(first), None) => format!("from {}", date(first)),
                (None, Some(last)) => format!("until {}", date(last)),
                (Some(first), Some(last)) => format!("{} to {}", date(first), date(last)),
            };
            view! {
                <li class="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
                    <span class="font-[560]">{goal_name(goal.metric, goal.cadence, goal.terms().target_value)}</span>
                    <span class="text-muted">{dates}</span>
                    {(!goal.terms().is_active).then_some("ended")}
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="kept-heading" class="grid gap-2">
                <h2 id="kept-heading" class="text-sm font-semibold text-soft">"Goals, kept until the creator is restored"</h2>
                <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows}</ul>
            </section>
        }
    })
}

fn ended_row(found: &CreatorGoals, card: &GoalCard, base: &str) -> impl IntoView + use<> {
    let (record, goal_id) = (&card.record, card.record.goal_id);
    let name = goal_name(record.goal.metric, record.goal.cadence, record.goal.terms().target_value);
    let view = &found.creator;
    let verdict = card.evaluation.as_ref().map(|evaluation| {
        view! {
            <StatusBadge status=evaluation.status />
            <span>{format!("{}, last {}", evaluation.metric.label(), window(evaluation))}</span>
            <StatusMarker evaluation />
            <span class="num">
                <b class="font-semibold">{number(evaluation.actual)}</b>" "
                <span class="unit">{format!("of {}", number(evaluation.target))}</span>
            </span>
        }
    });
    let resume = (!record.goal.terms().is_active).then(|| {
        view! {
            <form method="post" action=SetGoalActive::PATH>
                <input type="hidden" name="project_id" value=view.project.project_id.to_string() />
                <input type="hidden" name="creator_id" value=view.creator.creator_id.to_string() />
                <input type="hidden" name="goal_id" value=goal_id.to_string() />
                <input type="hidden" name="is_active" value="true" />
                <button class="btn btn-sm">"Resume"<span class="sr-only">{format!(": {name}")}</span></button>
            </form>
        }
    });
    view! {
        <li class="text-sm" id=format!("goal-{goal_id}")>
            <div class="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
                <span class="font-[560]">{name.clone()}</span>
                {verdict}
                <span class="ms-auto flex items-center gap-1.5">
                    {resume}
                    <a class="btn btn-sm btn-quiet" href=format!("{base}/{goal_id}/delete")>
                        <Icon svg=icon::TRASH class="size-3.5" />"Delete"<span class="sr-only">{format!(": {name}")}</span>
                    </a>
                </span>
            </div>
            {why(found, card, base)}
        </li>
    }
}
