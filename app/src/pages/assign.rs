//! Goals for many: the page that assigns one goal to several creators, with a preview of the result for each.

use super::goal_form::{kind, terms, typed};
use super::loaded::loaded;
use super::overview_url::overview_query;
use super::request::{Request, query};
use crate::caller::caller;
use crate::components::avatar::Avatar;
use crate::components::empty_state::EmptyState;
use crate::components::field::{Choice, Choices, FormId};
use crate::components::goal_line::{GoalBadge, StatusMarker};
use crate::components::icon;
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::forms::answer;
use crate::forms::assignments::AssignGoal;
use crate::forms::id_list::{packed, unpacked};
use crate::forms::sent::Returned;
use crate::goal_words::target as target_words;
use crate::shell::{Place, shell};
use crate::wording::{number, plural};
use compliance::assignment::{Assignment, ExistingGoals};
use compliance::goal_form::{GoalForm, parse_target};
use compliance::metric::Metric;
use compliance::tracking::TrackingMode;
use compliance::{Cadence, Status};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::assignments::{AssignView, Chosen, Planned, assign_view};
use program::creators::list::CreatorsQuery;
use program::ids::{CampaignId, CreatorId};
use program::projects::record::Project;

/// The page that assigns a goal to several creators.
#[component]
pub fn AssignPage() -> impl IntoView {
    let request = Request::current();
    let asked = Asked::of(&request);
    let (who, form, existing) = (asked.who.clone(), asked.form.clone(), asked.existing);
    loaded(
        async move { assign_view(&caller()?, request.id("project_id")?, &who, form.as_ref(), existing).await },
        move |found| page(&asked, &found),
    )
}

/// The parameters of the overview's URL that select creators.
const OVERVIEW_PARTS: [&str; 6] = ["q", "group", "status", "metric", "period", "ended"];

/// Returns the address of the page that assigns a goal to everybody whom the overview with these parameters shows.
pub fn assign_address(parts: &[(&str, &str)], project: &Project) -> String {
    let shown = parts.iter().filter(|(name, _)| OVERVIEW_PARTS.contains(name));
    let listed: Vec<(String, &str)> = shown.map(|(name, value)| (format!("list_{name}"), *value)).collect();
    let listed: Vec<(&str, &str)> = listed.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    format!("/projects/{}/goals/assign{}", project.project_id, query(&[&[("from", "overview")], &listed[..]].concat()))
}

/// The parameters of the page's URL.
struct Asked {
    who: Chosen,
    /// The chosen creators, as parameters of the URL.
    selection: Vec<(String, String)>,
    /// The address of the list on which they were ticked, if any.
    back: String,
    form: Option<GoalForm>,
    existing: ExistingGoals,
}

impl Asked {
    fn of(request: &Request) -> Asked {
        let ids = unpacked(&request.query("who"));
        let campaign: Option<CampaignId> = request.named("campaign", |id| id.parse().ok());
        let (who, selection) = if let Some(campaign) = campaign {
            (Chosen::Campaign(campaign), vec![("campaign".to_owned(), campaign.to_string())])
        } else if request.query("from") == "overview" {
            // The list's parameters have other names here, because the goal has a metric and a period too.
            let parts =
                OVERVIEW_PARTS.map(|name| format!("list_{name}")).map(|name| (name.clone(), request.query(&name)));
            let from = ("from".to_owned(), "overview".to_owned());
            let shown = overview_query(|name| request.query(&format!("list_{name}")));
            (Chosen::Overview(shown), std::iter::once(from).chain(parts).collect())
        } else if request.query("from") == "creators" {
            let parts = ["from", "list_q", "list_status", "list_metric", "list_mode"];
            let parts = parts.map(|name| (name.to_owned(), request.query(name)));
            let listed = CreatorsQuery {
                search: request.query("list_q"),
                status: request.named("list_status", Status::from_name),
                metric: request.named("list_metric", Metric::from_name),
                mode: request.named("list_mode", TrackingMode::from_name),
                ..CreatorsQuery::default()
            };
            (Chosen::Listed(listed), parts.to_vec())
        } else {
            let ticked = ("who".to_owned(), packed(&ids));
            (Chosen::Creators(ids), vec![ticked, ("back".to_owned(), request.query("back"))])
        };
        let existing = request.named("existing", ExistingGoals::from_name).unwrap_or_default();
        let form =
            typed(request).filter(|form| !form.target_value.is_empty() || request.refused() || asked_for(request));
        Asked { who, selection, back: request.query("back"), form, existing }
    }

    /// Returns the chosen creators as parameters of the URL; those who were ticked only if they are in the program.
    fn selection(&self, found: &AssignView) -> Vec<(String, String)> {
        let mut selection = self.selection.clone();
        if let (Chosen::Creators(_), Some((_, ticked))) = (&self.who, selection.first_mut()) {
            let ids: Vec<CreatorId> = found.planned.iter().map(|planned| planned.standing.creator_id()).collect();
            *ticked = packed(&ids);
        }
        selection
    }

    /// Returns the address of the form with this selection and without input.
    fn address(&self, found: &AssignView) -> String {
        let selection = self.selection(found);
        let parts: Vec<(&str, &str)> = selection.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        format!("/projects/{}/goals/assign{}", found.project.project_id, query(&parts))
    }
}

/// Returns the address and name of the list on which the creators were chosen.
fn chosen_on(asked: &Asked, found: &AssignView) -> (String, String) {
    let overview = format!("/projects/{}", found.project.project_id);
    let creators = format!("{overview}/creators");
    if let Some(campaign) = &found.campaign {
        return (format!("{overview}/campaigns/{}", campaign.campaign_id), campaign.terms.name.clone());
    }
    let on_overview = matches!(asked.who, Chosen::Overview(_));
    let list = answer::back_to(&asked.back, if on_overview { &overview } else { &creators });
    let name = match list.strip_prefix(&overview) {
        Some(rest) if rest.starts_with("/creators") => "Creators",
        Some(rest) if rest.starts_with("/campaigns/") => "Campaign",
        Some(rest) if rest.is_empty() || rest.starts_with('?') => "Creator Goals",
        _ => return (creators, "Creators".to_owned()),
    };
    (list, name.to_owned())
}

/// Returns whether the form was sent for a preview.
fn asked_for(request: &Request) -> bool {
    !request.query("preview").is_empty()
}

fn page(asked: &Asked, found: &AssignView) -> impl IntoView + use<> {
    let project = &found.project;
    let back = format!("/projects/{}/creators", project.project_id);
    let count = i64::try_from(found.planned.len()).unwrap_or(i64::MAX);
    let chosen = plural(count, "creator", "creators");
    let body = if found.planned.is_empty() {
        view! {
            <EmptyState
                svg=icon::USERS
                title="No creators chosen"
                text="Tick creators on the overview, on the Creators page or in a campaign, or give everybody shown there a goal."
            >
                <a class="btn btn-primary" href=back>"Choose creators"</a>
            </EmptyState>
        }
        .into_any()
    } else if let Some(sentence) = found.too_many() {
        let (list, _) = chosen_on(asked, found);
        view! {
            <EmptyState svg=icon::USERS title="Too many creators" text=sentence>
                <a class="btn btn-primary" href=list>"Choose fewer"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        form(asked, found).into_any()
    };
    view! {
        <Title text="Give a goal" />
        {shell(project, Place::Creators, "max-w-4xl", view! {
            <PageHeader
                title=format!("Give {chosen} a goal")
                crumb=chosen_on(asked, found)
                sub="Nothing changes before you have seen a preview of the result for each creator.".into_any()
            />
            {body}
        }.into_any())}
    }
}

fn form(asked: &Asked, found: &AssignView) -> impl IntoView + use<> {
    let form = asked.form.clone().unwrap_or_else(|| GoalForm {
        metric: Metric::Posts.name().to_owned(),
        period: Cadence::Weekly.name().to_owned(),
        ..GoalForm::default()
    });
    let errors = &found.errors;
    let summary = errors.by_field().filter_map(|(field, error)| Some((field, error?.to_owned()))).collect();
    let hidden = asked
        .selection(found)
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let choices = ExistingGoals::ALL.map(|choice| {
        let (label, hint) = match choice {
            ExistingGoals::Change => ("Change it", "It gets this target and end, from the current period on."),
            ExistingGoals::Keep => ("Leave it", "Only creators without such a goal get one."),
        };
        view! { <Choice name="existing" value=choice.name() label hint checked=choice == asked.existing /> }
    });
    let planned = (asked.form.is_some() && errors.is_empty()).then(|| planned(asked, found, &form));
    // To the preview, if there is one; its address has what is asked here in place of the query.
    let action = format!("{}#planned", Returned::path());
    view! {
        <ErrorSummary errors=summary />
        <form method="get" action=action class="grid max-w-2xl gap-5">
            {hidden}
            <input type="hidden" name="preview" value="1" />
            {kind(&form, errors)}
            {terms(&form, errors)}
            <Choices legend="Who has such a goal already" id="existing" class="grid gap-2 sm:grid-cols-2" error=None>
                {choices.into_iter().collect_view()}
            </Choices>
            <div><button class="btn btn-primary">"Preview"</button></div>
        </form>
        {planned}
    }
}

/// The most rows that are shown; all creators get the goal.
const ROWS_SHOWN: usize = 300;

fn planned(asked: &Asked, found: &AssignView, form: &GoalForm) -> impl IntoView + use<> {
    let kinds = |wanted: fn(&Assignment) -> bool| {
        found
            .planned
            .iter()
            .filter(|planned| planned.plan.as_ref().is_some_and(|plan| wanted(&plan.assignment)))
            .count()
    };
    let made = kinds(|plan| matches!(plan, Assignment::Make));
    let changed = kinds(|plan| matches!(plan, Assignment::Change(..)));
    let stay = kinds(|plan| matches!(plan, Assignment::Same(_) | Assignment::Keep(_)));
    let refused = kinds(|plan| matches!(plan, Assignment::Several));
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX));
    let sums = [(made, "added"), (changed, "changed"), (stay, "stay as they are"), (refused, "refused")];
    let sums = sums.into_iter().filter(|(sum, _)| *sum > 0).map(|(sum, word)| format!("{} {word}", count(sum)));
    let sums = sums.collect::<Vec<_>>().join(", ");
    let ids: Vec<String> = found.planned.iter().map(|planned| planned.standing.creator_id().to_string()).collect();
    let rows = found.planned.iter().take(ROWS_SHOWN).map(|planned| row(found, planned));
    let more = found.planned.len().saturating_sub(ROWS_SHOWN);
    let fields = [
        ("project_id", found.project.project_id.to_string()),
        ("creators", ids.join(",")),
        ("metric", form.metric.clone()),
        ("period", form.period.clone()),
        ("target_value", form.target_value.clone()),
        ("start_date", form.start_date.clone()),
        ("end_date", form.end_date.clone()),
        ("existing", asked.existing.name().to_owned()),
        ("back", asked.address(found)),
    ];
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let goals = plural(i64::try_from(made + changed).unwrap_or(i64::MAX), "goal", "goals");
    let kind = Metric::from_name(&form.metric).zip(Cadence::from_name(&form.period));
    let target = kind.zip(parse_target(&form.target_value).ok());
    let target = target.map(|((metric, cadence), target)| target_words(metric, cadence, target));
    view! {
        <section class="grid gap-3 border-t border-hairline pt-5" aria-labelledby="planned">
            <div class="flex flex-wrap items-center justify-between gap-3">
                <div>
                    <h2 id="planned" tabindex="-1" class="font-semibold">{format!("What would happen: {sums}")}</h2>
                    <p class="text-sm text-soft">{target}</p>
                </div>
                {(made + changed > 0).then(|| view! {
                    <form method="post" action=AssignGoal::PATH>
                        {fields.collect_view()}
                        <FormId />
                        <button class="btn btn-primary">{format!("Set {goals}")}</button>
                    </form>
                })}
            </div>
            <div class="card overflow-clip">
                <Table caption="Effect on each creator’s goals">
                    <Columns>
                        <Column label="Creator" />
                        <Column label="What happens" />
                        <Column label="Would be today" />
                        <Column label="Actual" numeric=true />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
            {(more > 0).then(|| view! { <p class="text-xs text-muted">{format!("And {}.", plural(i64::try_from(more).unwrap_or(i64::MAX), "more creator", "more creators"))}</p> })}
        </section>
    }
}

fn row(found: &AssignView, planned: &Planned) -> impl IntoView + use<> {
    let creator = &planned.standing.program.creator;
    let href = format!("/projects/{}/creators/{}/goals", found.project.project_id, creator.creator_id);
    let plan = planned.plan.as_ref()?;
    let before = plan.target_before.map(number).unwrap_or_default();
    let (outcome, what) = match plan.assignment {
        Assignment::Make => ("make", "New goal".to_owned()),
        Assignment::Change(_, terms) if plan.target_before == Some(terms.target_value) => {
            ("change", "Dates change".to_owned())
        }
        Assignment::Change(_, terms) => ("change", format!("Target {before} → {}", number(terms.target_value))),
        Assignment::Same(_) => ("same", "Already has exactly this goal".to_owned()),
        Assignment::Keep(_) => ("keep", format!("Keeps the present target, {before}")),
        Assignment::Several => ("several", "Refused: several goals of this kind cover these dates".to_owned()),
    };
    let quiet = matches!(plan.assignment, Assignment::Same(_) | Assignment::Keep(_) | Assignment::Several);
    let badge =
        plan.evaluation.as_ref().map(|evaluation| view! { <GoalBadge evaluation /><StatusMarker evaluation /> });
    let actual = plan.evaluation.as_ref().map(|evaluation| {
        view! {
            <b class="font-semibold">{number(evaluation.actual)}</b>" "
            <span class="unit">{format!("of {}", number(evaluation.target))}</span>
        }
    });
    Some(view! {
        <Row attr:data-outcome=outcome>
            <RowHead>
                <a class="inline-flex min-h-6 items-center gap-2 font-semibold hover:underline" href=href>
                    <Avatar creator />{creator.name().to_owned()}
                </a>
            </RowHead>
            <Cell class=if quiet { "text-muted" } else { "" }>{what}</Cell>
            <Cell>{badge}</Cell>
            <Cell label="Actual" numeric=true><span>{actual}</span></Cell>
        </Row>
    })
}
