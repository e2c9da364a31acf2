//! The Settings page of a project, and the form for the first one.

use super::loaded::loaded;
use super::request::Request;
use super::settings_keys::{TypedKey, keys_section};
use crate::caller::caller;
use crate::components::field::{Choice, Choices, Field, FormId, Input};
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary, NotSaved, Note};
use crate::components::open_demo::open_demo;
use crate::components::page_header::PageHeader;
use crate::forms::keys::take_new_key;
use crate::forms::projects::{CreateProject, UpdateProject};
use crate::islands::Shortcuts;
use crate::shell::{Place, shell};
use compliance::calendar::Zone;
use compliance::period::WeekStart;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::keys::secret::Secret;
use program::keys::view::{Keys, keys};
use program::projects::form::{ProjectErrors, ProjectForm};

/// The Settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let request = Request::current();
    let (typed, done, typed_key) = (typed(&request), request.query("done"), TypedKey::of(&request));
    let made = request.id("project_id").ok().and_then(take_new_key);
    loaded(async move { keys(&caller()?, request.id("project_id")?).await }, move |found| {
        settings(&found, typed, done, made.as_ref(), &typed_key)
    })
}

/// The first run: the form that names the project, and how to get data in.
#[component]
pub fn WelcomePage() -> impl IntoView {
    welcome(typed(&Request::current()))
}

/// Returns what was typed, if the form was sent back.
pub fn typed(request: &Request) -> Option<ProjectForm> {
    request.is_back_from(&[CreateProject::PATH, UpdateProject::PATH]).then(|| ProjectForm {
        name: request.query("name"),
        time_zone: request.query("time_zone"),
        week_start: request.query("week_start"),
        early_grace_percent: request.query("early_grace_percent"),
        collection_interval_hours: request.query("collection_interval_hours"),
    })
}

/// Returns the errors with their fields.
pub fn summary(errors: &ProjectErrors) -> Vec<(&'static str, String)> {
    let fields = [
        ("name", &errors.name),
        ("time_zone", &errors.time_zone),
        ("week_start", &errors.week_start),
        ("early_grace_percent", &errors.early_grace_percent),
        ("collection_interval_hours", &errors.collection_interval_hours),
    ];
    fields.into_iter().filter_map(|(field, error)| Some((field, error.clone()?))).collect()
}

fn settings(
    found: &Keys,
    typed: Option<ProjectForm>,
    done: String,
    made: Option<&Secret>,
    typed_key: &TypedKey,
) -> impl IntoView + use<> {
    let project = &found.project;
    let errors = typed.as_ref().and_then(|form| form.parse().err()).unwrap_or_default();
    let form = typed.unwrap_or_else(|| ProjectForm::of(project));
    view! {
        <Title text="Settings" />
        {shell(project, Place::Settings, "max-w-3xl", view! {
            <PageHeader title="Settings" />
            <DoneNotice code=done />
            <ErrorSummary errors=[summary(&errors), typed_key.errors()].concat() />
            <form method="post" action=UpdateProject::PATH class="grid max-w-xl gap-5" novalidate>
                <input type="hidden" name="project_id" value=project.project_id.to_string() />
                {names(&form, &errors, false).into_any()}
                {rules(&form, &errors).into_any()}
                <Note text="After a change of the time zone or week start every period is judged again, including closed ones: past verdicts may change." />
                <div><button class="btn btn-primary">"Save changes"</button></div>
            </form>
            {keys_section(found, made, typed_key)}
            <section class="card max-w-xl p-4" aria-labelledby="delete">
                <h2 id="delete" class="font-semibold">"Delete this project"</h2>
                <p class="mt-1 text-soft">"The project is deleted with everything in it. It can be restored for 30 days."</p>
                <a class="btn mt-3 text-danger" href=format!("/projects/{}/delete", project.project_id)>"Delete…"</a>
            </section>
        }.into_any())}
    }
}

/// Renders the fields for name and time zone. In the form of a new project the name has the focus, and the browser's time zone
/// is proposed.
pub fn names(form: &ProjectForm, errors: &ProjectErrors, is_new: bool) -> impl IntoView + use<> {
    let zones = Zone::all().map(|zone| view! { <option value=zone.name()></option> });
    view! {
        <Field
            name="name"
            label="Project name"
            value=form.name.clone()
            input=Input { autofocus: is_new, ..Input::TEXT }
            error=errors.name.clone()
        />
        <Field
            name="time_zone"
            label="Time zone"
            value=form.time_zone.clone()
            input=Input { class: if is_new && *errors == ProjectErrors::default() { "max-w-72 guess-zone" } else { "max-w-72" }, list: Some("zones"), ..Input::TEXT }
            hint="Days, weeks and months start in this time zone. A city will do: Berlin."
            error=errors.time_zone.clone()
        />
        <datalist id="zones">{zones.collect_view()}</datalist>
    }
}

/// Renders the fields for the settings that affect evaluations.
pub fn rules(form: &ProjectForm, errors: &ProjectErrors) -> impl IntoView + use<> {
    let days = WeekStart::ALL.map(|day| {
        let label = match day {
            WeekStart::Monday => "Monday",
            WeekStart::Sunday => "Sunday",
            WeekStart::Saturday => "Saturday",
        };
        view! { <Choice name="week_start" value=day.name() label checked=form.week_start == day.name() /> }
    });
    let short = Input { class: "max-w-28 tabular-nums", inputmode: Some("numeric"), ..Input::TEXT };
    view! {
        <Choices
            legend="Weeks start on"
            id="week_start"
            class="grid grid-cols-3 gap-2 max-sm:grid-cols-1"
            error=errors.week_start.clone()
        >{days.into_iter().collect_view()}</Choices>
        <div class="grid gap-5 sm:grid-cols-2">
            <Field
                name="early_grace_percent"
                label="Grace, in percent"
                value=form.early_grace_percent.clone()
                input=short
                hint="Nothing is due while less than this share of a period has passed."
                error=errors.early_grace_percent.clone()
            />
            <Field
                name="collection_interval_hours"
                label="Collection interval, in hours"
                value=form.collection_interval_hours.clone()
                input=short
                hint="Numbers older than this are shown as stale."
                error=errors.collection_interval_hours.clone()
            />
        </div>
    }
}

fn welcome(typed: Option<ProjectForm>) -> impl IntoView {
    let errors = typed.as_ref().and_then(|form| form.parse().err()).unwrap_or_default();
    let form = typed.unwrap_or_else(ProjectForm::blank);
    let hidden = [
        ("week_start", form.week_start.clone()),
        ("early_grace_percent", form.early_grace_percent.clone()),
        ("collection_interval_hours", form.collection_interval_hours.clone()),
    ];
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <Title text="Welcome" />
        <main id="main" tabindex="-1" class="mx-auto grid min-h-dvh max-w-lg content-start gap-6 px-4 py-10 md:py-20">
            <div class="grid gap-3">
                <Icon svg=icon::MARK class="size-9" />
                <NotSaved />
                <h1 class="text-2xl font-[650] tracking-[-0.02em]">"Name your project"</h1>
                <p class="text-soft">
                    "Creator Goals tells you, at any moment, who is meeting their goal and who needs attention today."
                </p>
            </div>
            <ErrorSummary errors=summary(&errors) />
            <form method="post" action=CreateProject::PATH class="grid gap-5" novalidate>
                <FormId />
                {names(&form, &errors, true).into_any()}
                {hidden.into_iter().collect_view()}
                <div><button class="btn btn-primary">"Create project"</button></div>
            </form>
            {open_demo("Or look around first, in a program of 40 invented creators.")}
            <section class="grid gap-2 border-t border-hairline pt-5" aria-labelledby="data">
                <h2 id="data" class="font-semibold">"How numbers come in"</h2>
                <p class="text-soft">"Creator Goals does not scrape TikTok. You provide the data:"</p>
                <ul class="grid gap-2 text-soft">
                    <li class="flex gap-2.5">
                        <Icon svg=icon::UPLOAD class="mt-0.75 text-muted" />
                        <span>
                            <b class="font-semibold text-ink">"Import"</b>
                            " a file here: CSV, yt-dlp, TikTok API answers, Apify."
                        </span>
                    </li>
                    <li class="flex gap-2.5">
                        <Icon svg=icon::ARROW_RIGHT class="mt-0.75 text-muted" />
                        <span>
                            <b class="font-semibold text-ink">"Or from a script"</b>
                            ", as often as you like: "<code class="font-mono text-sm text-ink">"creator-goals import"</code>
                            ", or "<a class="link" href="/docs/api">"the API"</a>"."
                        </span>
                    </li>
                </ul>
            </section>
        </main>
        <Shortcuts />
    }
}
