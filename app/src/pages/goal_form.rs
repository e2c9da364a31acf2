//! The forms that add and edit a goal, with a preview of its status today.

use super::goal_panel::goal_panel;
use super::loaded::loaded;
use super::removed::removed_page;
use super::request::Request;
use crate::caller::caller;
use crate::components::creator_header::Tab;
use crate::components::field::{Choice, Choices, Field, FormId, Input};
use crate::components::goal_line::goal_name;
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::forms::goals::{CreateGoal, EditGoal};
use crate::goal_panel::{Panel, errors_while_typing};
use crate::islands::{GOAL_FORM_ID, GoalPreviewPanel};
use crate::shell::{Place, shell};
use crate::wording::date;
use compliance::Cadence;
use compliance::goal_form::{GoalErrors, GoalForm};
use compliance::metric::Metric;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::goals::changes::OVERLAPS;
use program::goals::form::{GoalFormView, form_of, goal_form};
use program::goals::record::GoalRecord;

/// The form that adds a goal.
#[component]
pub fn NewGoalPage() -> impl IntoView {
    let request = Request::current();
    let (typed, refused) = (typed(&request), request.query("refused"));
    loaded(
        async move { goal_form(&caller()?, request.id("project_id")?, request.id("creator_id")?, None).await },
        move |view| page(&view, typed, &refused),
    )
}

/// The form that edits a goal.
#[component]
pub fn EditGoalPage() -> impl IntoView {
    let request = Request::current();
    let (typed, refused) = (typed(&request), request.query("refused"));
    loaded(
        async move {
            let goal_id = Some(request.id("goal_id")?);
            goal_form(&caller()?, request.id("project_id")?, request.id("creator_id")?, goal_id).await
        },
        move |view| page(&view, typed, &refused),
    )
}

/// Returns what was typed, if the form was sent back or asked for a preview. A target proposed by the back-test, which a
/// button sends, replaces the typed one.
pub fn typed(request: &Request) -> Option<GoalForm> {
    let form = GoalForm {
        metric: request.query("metric"),
        period: request.query("period"),
        target_value: [request.query("use"), request.query("target_value")]
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
        start_date: request.query("start_date"),
        end_date: request.query("end_date"),
    };
    (request.refused() || form != GoalForm::default()).then_some(form)
}

fn page(view: &GoalFormView, typed: Option<GoalForm>, refused: &str) -> AnyView {
    if view.creator.standing.is_none() {
        return removed_page(&view.creator, Tab::Goals);
    }
    let is_preview = typed.is_some() && refused.is_empty();
    let form = typed.unwrap_or_else(|| match &view.record {
        Some(record) => form_of(record),
        None => GoalForm {
            metric: Metric::Posts.name().to_owned(),
            period: Cadence::Weekly.name().to_owned(),
            ..GoalForm::default()
        },
    });
    // Metric and period of a goal cannot be edited; the form does not send them.
    let form = match &view.record {
        Some(record) => GoalForm { metric: form_of(record).metric, period: form_of(record).period, ..form },
        None => form,
    };
    let errors = match view.parse(&form) {
        _ if is_preview => view.preview.as_ref().map(|preview| errors_while_typing(preview, &form)).unwrap_or_default(),
        _ if refused.is_empty() => GoalErrors::default(),
        Ok(goal) if refused == OVERLAPS => GoalErrors::overlaps(goal.metric, goal.cadence),
        parsed => parsed.err().unwrap_or_default(),
    };
    // A form that only asked for a preview has its errors at the fields, as while typing.
    let summary = errors.by_field().filter(|_| !refused.is_empty());
    let summary = summary.filter_map(|(field, error)| Some((field, error?.to_owned()))).collect();
    let creator = &view.creator.creator;
    let project = &view.creator.project;
    let back = Tab::Goals.href(project.project_id, creator.creator_id);
    let editing = view.record.as_ref().map(|record| record.goal_id);
    let title = if editing.is_some() { "Edit goal" } else { "Add goal" };
    let here = match editing {
        Some(goal_id) => format!("{back}/{goal_id}/edit"),
        None => format!("{back}/new"),
    };
    let sub = match &view.record {
        Some(record) => format!(
            "{}, {}. A change holds from the current period on; closed periods stay as they were judged.",
            record.goal.metric.label(),
            record.goal.cadence.name()
        ),
        None => format!("For {}, judged by the numbers already here.", creator.name()),
    };
    let is_edit = editing.is_some();
    let panel = view.preview.clone().map(|preview| {
        let others = others(view, &back);
        view! {
            {goal_panel(&Panel::of(&preview, &others, &form, is_edit), here.clone())}
            <GoalPreviewPanel preview others form=form.clone() is_edit />
        }
    });
    view! {
        <Title text=format!("{title} · {}", creator.name()) />
        {shell(project, Place::Creators, "max-w-5xl", view! {
            <PageHeader title=title crumb=(back.clone(), creator.name().to_owned()) sub=sub.into_any() />
            <ErrorSummary errors=summary />
            <form
                id=GOAL_FORM_ID
                method="post"
                action=if editing.is_some() { EditGoal::PATH } else { CreateGoal::PATH }
                class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10"
            >
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                {editing.is_none().then(|| view! { <FormId /> })}
                <input type="hidden" name="creator_id" value=creator.creator_id.to_string() />
                {editing.map(|goal_id| view! { <input type="hidden" name="goal_id" value=goal_id.to_string() /> })}
                <div class="grid gap-5">
                    {editing.is_none().then(|| kind(&form, &errors))}
                    {terms(&form, &errors)}
                </div>
                // The preview follows these in the document, so that Enter adds the goal; on a phone it is above them.
                <div class="flex flex-wrap gap-2 max-lg:order-last">
                    <button class="btn btn-primary">{if editing.is_some() { "Save changes" } else { "Add goal" }}</button>
                    <a class="btn btn-quiet" href=back>"Cancel"</a>
                </div>
                <aside
                    class="card grid gap-2.5 p-4 lg:sticky lg:top-6 lg:col-start-2 lg:row-span-2 lg:row-start-1"
                    aria-labelledby="preview-heading"
                >
                    <h2 id="preview-heading" class="text-sm font-semibold">"Today this goal would be"</h2>
                    {panel}
                    <button class="btn btn-sm asleep justify-self-start" formmethod="get" formaction=here>
                        "Show today’s status"
                    </button>
                </aside>
            </form>
        }.into_any())}
    }
    .into_any()
}

/// Returns the address and name of each other active goal, a line each.
fn others(view: &GoalFormView, goals: &str) -> String {
    let line = |record: &GoalRecord| {
        let (goal, terms) = (&record.goal, record.goal.terms());
        let name = goal_name(goal.metric, goal.cadence, terms.target_value);
        let dates = match (terms.start_date, terms.end_date) {
            (None, None) => String::new(),
            (Some(first), None) => format!(", from {}", date(first)),
            (None, Some(last)) => format!(", until {}", date(last)),
            (Some(first), Some(last)) => format!(", {} to {}", date(first), date(last)),
        };
        format!("{goals}/{}/edit {name}{dates}\n", record.goal_id)
    };
    view.others.iter().map(line).collect()
}

/// Renders the choice of metric and period.
pub fn kind(form: &GoalForm, errors: &GoalErrors) -> impl IntoView + use<> {
    let metrics = Metric::ALL.map(|metric| {
        let hint = match metric {
            Metric::Posts => "Published in the period",
            Metric::Views => "Gained in the period",
            Metric::Engagement => "Likes, comments, shares and saves gained",
            Metric::Followers => "Net gained in the period",
        };
        let checked = form.metric == metric.name();
        view! { <Choice name="metric" value=metric.name() label=metric.label() hint checked /> }
    });
    let cadences = Cadence::ALL.map(|cadence| {
        let checked = form.period == cadence.name();
        view! { <Choice name="period" value=cadence.name() label=cadence.label() checked /> }
    });
    view! {
        <Choices legend="Goal type" id="metric" class="grid grid-cols-2 gap-2" error=errors.metric.clone()>
            {metrics.into_iter().collect_view()}
        </Choices>
        <Choices legend="Period" id="period" error=errors.period.clone()>{cadences.into_iter().collect_view()}</Choices>
    }
}

/// Renders the fields for target and dates.
pub fn terms(form: &GoalForm, errors: &GoalErrors) -> impl IntoView + use<> {
    let day = Input { kind: "date", ..Input::TEXT };
    view! {
        <Field
            name="target_value"
            label="Target"
            value=form.target_value.clone()
            input=Input { class: "max-w-48 tabular-nums", inputmode: Some("numeric"), ..Input::TEXT }
            hint="In each period, such as 15, 10,000 or 10k. A period shortened by the dates below gets a proportional target."
            error=errors.target_value.clone()
        />
        <div class="grid gap-5 sm:grid-cols-2">
            <Field
                name="start_date"
                label="Start"
                value=form.start_date.clone()
                optional=true
                input=day
                hint="Empty: the current period."
                error=errors.start_date.clone()
            />
            <Field
                name="end_date"
                label="End"
                value=form.end_date.clone()
                optional=true
                input=day
                hint="The last day that counts."
                error=errors.end_date.clone()
            />
        </div>
    }
}
