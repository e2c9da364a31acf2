//! The forms that create and edit a campaign, and the confirmation before one is deleted.

use super::creator_settings::Confirm;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::field::{Field, FieldFrame, FormId, Input, described_by};
use crate::components::notice::ErrorSummary;
use crate::components::page_header::PageHeader;
use crate::components::textarea::Textarea;
use crate::forms::campaigns::{CreateCampaign, DeleteCampaign, UpdateCampaign};
use crate::shell::{Place, shell};
use compliance::calendar::LocalDays as _;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::actor::Action;
use program::caller::Caller;
use program::campaigns::form::{CampaignErrors, CampaignForm};
use program::campaigns::record::Campaign;
use program::campaigns::view::campaign_to_change;
use program::error::AppError;
use program::notes::LONGEST_NOTES;
use program::projects::record::Project;

fn typed(request: &Request) -> Option<CampaignForm> {
    request.is_back_from(&[CreateCampaign::PATH, UpdateCampaign::PATH]).then(|| CampaignForm {
        name: request.query("name"),
        notes: request.query("notes"),
        target_views: request.query("target_views"),
        start_date: request.query("start_date"),
        target_date: request.query("target_date"),
    })
}

/// The form that creates a campaign.
#[component]
pub fn NewCampaignPage() -> impl IntoView {
    let request = Request::current();
    let typed = typed(&request);
    loaded(async move { caller()?.project(request.id("project_id")?, Action::Write).await }, move |project| {
        page(&project, None, typed)
    })
}

async fn load(request: Request) -> Result<(Project, Campaign), AppError> {
    campaign_to_change(&caller()?, request.id("project_id")?, request.id("campaign_id")?).await
}

/// The form that edits a campaign.
#[component]
pub fn EditCampaignPage() -> impl IntoView {
    let request = Request::current();
    let typed = typed(&request);
    loaded(load(request), move |(project, campaign)| page(&project, Some(&campaign), typed))
}

fn page(project: &Project, campaign: Option<&Campaign>, typed: Option<CampaignForm>) -> impl IntoView + use<> {
    let now = use_context::<Caller>().map_or(project.created_at, |caller| caller.now());
    let made_on = project.zone.date_of(campaign.map_or(now, |campaign| campaign.created_at));
    let errors = typed.as_ref().and_then(|form| form.parse(made_on).err()).unwrap_or_default();
    let form = typed.or_else(|| campaign.map(|campaign| CampaignForm::of(&campaign.terms))).unwrap_or_default();
    let list = format!("/projects/{}/campaigns", project.project_id);
    let (title, action, button) = match campaign {
        Some(campaign) => (format!("Edit {}", campaign.terms.name), UpdateCampaign::PATH, "Save changes"),
        None => ("New campaign".to_owned(), CreateCampaign::PATH, "Create campaign"),
    };
    let (back, crumb) = match campaign {
        Some(campaign) => (format!("{list}/{}", campaign.campaign_id), campaign.terms.name.clone()),
        None => (list, "Campaigns".to_owned()),
    };
    let summary = errors.by_field().map(|(field, sentence)| (field, sentence.to_owned())).collect();
    let campaign_id = campaign.map(|campaign| campaign.campaign_id.to_string());
    view! {
        <Title text=title.clone() />
        {shell(project, Place::Campaigns, "max-w-2xl", view! {
            <PageHeader title=title crumb=(back.clone(), crumb) />
            <ErrorSummary errors=summary />
            <form method="post" action=action class="grid gap-5">
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                {match campaign_id {
                    Some(id) => view! { <input type="hidden" name="campaign_id" value=id /> }.into_any(),
                    None => view! { <FormId /> }.into_any(),
                }}
                {fields(form, errors)}
                <div class="flex gap-2">
                    <button class="btn btn-primary">{button}</button>
                    <a class="btn btn-quiet" href=back>"Cancel"</a>
                </div>
            </form>
        }.into_any())}
    }
}

fn fields(form: CampaignForm, errors: CampaignErrors) -> impl IntoView {
    let described = described_by("notes", true, errors.notes.is_some());
    let invalid = errors.notes.is_some();
    let day = Input { kind: "date", ..Input::TEXT };
    view! {
        <Field name="name" label="Name" value=form.name error=errors.name />
        <fieldset class="grid gap-3">
            <legend class="field-label mb-1.5">"Target "<span class="unit">"optional"</span></legend>
            <div class="grid gap-4 sm:grid-cols-3">
                <Field
                    name="target_views"
                    label="Views to gain"
                    value=form.target_views
                    input=Input { inputmode: Some("numeric"), placeholder: Some("1,000,000"), ..Input::TEXT }
                    error=errors.target_views
                />
                <Field name="start_date" label="From" value=form.start_date input=day error=errors.start_date />
                <Field name="target_date" label="Until" value=form.target_date input=day error=errors.target_date />
            </div>
            <p class="field-hint">"Without a first day, the campaign counts from the day it was created."</p>
        </fieldset>
        <FieldFrame
            name="notes"
            label="Notes"
            optional=true
            hint=Some("In Markdown: **bold**, _italic_, lists, links.".to_owned())
            error=errors.notes
        >
            <Textarea
                name="notes"
                value=form.notes
                rows="6"
                class="min-h-32"
                longest=LONGEST_NOTES
                described_by=described
                invalid
            />
        </FieldFrame>
    }
}

/// The confirmation before a campaign is deleted.
#[component]
pub fn DeleteCampaignPage() -> impl IntoView {
    loaded(load(Request::current()), |(project, campaign)| delete_page(&project, &campaign))
}

fn delete_page(project: &Project, campaign: &Campaign) -> impl IntoView + use<> {
    let name = &campaign.terms.name;
    let title = format!("Delete “{name}”?");
    let fields =
        vec![("project_id", project.project_id.to_string()), ("campaign_id", campaign.campaign_id.to_string())];
    view! {
        <Title text=title.clone() />
        {shell(project, Place::Campaigns, "max-w-xl", view! {
            <Confirm
                title
                lose_title="What happens"
                lose=vec![
                    "The campaign with its name, notes and target".to_owned(),
                    "Campaigns that contain it continue without it".to_owned(),
                    "For 30 days it can be restored from the list of campaigns".to_owned(),
                ]
                keep=vec![
                    "Every creator, post and campaign that is in it".to_owned(),
                    "All goals and their verdicts".to_owned(),
                ]
                action=DeleteCampaign::PATH
                fields
                button="Delete campaign".to_owned()
                danger=true
                back=format!("/projects/{}/campaigns/{}", project.project_id, campaign.campaign_id)
            />
        }.into_any())}
    }
}
