//! The list of projects, the form for a new one, and the confirmation before one is deleted.

use super::creator_settings::Confirm;
use super::loaded::loaded;
use super::request::Request;
use super::settings::{names, rules, summary, typed};
use crate::caller::caller;
use crate::components::deleted::{DeletedSection, Gone};
use crate::components::field::FormId;
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary, NotSaved};
use crate::components::page_header::PageHeader;
use crate::forms::projects::{CreateProject, DeleteProject, RestoreProject};
use crate::islands::Shortcuts;
use crate::shell::{Place, ThemeSwitch, shell};
use crate::wording::{ago, date, plural};
use compliance::calendar::LocalDays as _;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::projects::form::ProjectForm;
use program::projects::view::{ProjectSize, Projects, project_size, projects};

/// A page that belongs to no project.
fn outside(title: &'static str, page: AnyView) -> impl IntoView {
    view! {
        <Title text=title />
        <main id="main" tabindex="-1" class="mx-auto grid min-h-dvh max-w-2xl content-start gap-5 px-4 py-8 md:py-16">
            <div class="flex items-center justify-between gap-3">
                <a class="inline-flex min-h-8 items-center gap-2 font-semibold" href="/">
                    <Icon svg=icon::MARK class="size-6" />"Creator Goals"
                </a>
                <ThemeSwitch />
            </div>
            <NotSaved />
            {page}
        </main>
        <Shortcuts />
    }
}

/// Every project.
#[component]
pub fn ProjectsPage() -> impl IntoView {
    let done = Request::current().query("done");
    loaded(async move { projects(&caller()?).await }, move |found| outside("Projects", list(&found, done).into_any()))
}

fn list(found: &Projects, done: String) -> impl IntoView + use<> {
    let rows = found.projects.iter().map(|project| {
        let since = date(project.zone.date_of(project.created_at));
        view! {
            <li class="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-sunken/40">
                <a class="ov-open font-semibold" href=format!("/projects/{}", project.project_id)>{project.name.clone()}</a>
                <span class="text-sm text-muted">{format!("{}, since {since}", project.zone)}</span>
                <Icon svg=icon::CHEVRON_RIGHT class="ms-auto text-muted" />
            </li>
        }
    });
    let deleted = found.deleted.iter().map(|deleted| Gone {
        name: deleted.what.name.clone(),
        shown: None,
        since: format!("deleted {}", ago(deleted.deleted_at, found.now)),
        fields: vec![("project_id", deleted.what.project_id.to_string())],
    });
    view! {
        <PageHeader title="Projects">
            <a class="btn btn-primary" href="/projects/new"><Icon svg=icon::PLUS />"New project"</a>
        </PageHeader>
        <DoneNotice code=done />
        <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline" aria-label="Projects">{rows.collect_view()}</ul>
        <DeletedSection gone=deleted.collect() action=RestoreProject::PATH />
    }
}

/// The form that creates a further project.
#[component]
pub fn NewProjectPage() -> impl IntoView {
    let typed = typed(&Request::current());
    let errors = typed.as_ref().and_then(|form| form.parse().err()).unwrap_or_default();
    let form = typed.unwrap_or_else(ProjectForm::blank);
    let page = view! {
        <PageHeader title="New project" crumb=("/projects".to_owned(), "Projects".to_owned()) />
        <ErrorSummary errors=summary(&errors) />
        <form method="post" action=CreateProject::PATH class="grid max-w-xl gap-5" novalidate>
            <input type="hidden" name="beside" value="1" />
            <FormId />
            {names(&form, &errors, true).into_any()}
            {rules(&form, &errors).into_any()}
            <div class="flex gap-2">
                <button class="btn btn-primary">"Create project"</button>
                <a class="btn btn-quiet" href="/projects">"Cancel"</a>
            </div>
        </form>
    };
    outside("New project", page.into_any())
}

/// The confirmation before a project is deleted, which says what is deleted with it.
#[component]
pub fn DeleteProjectPage() -> impl IntoView {
    let request = Request::current();
    loaded(async move { project_size(&caller()?, request.id("project_id")?).await }, |found| delete_page(&found))
}

fn delete_page(found: &ProjectSize) -> impl IntoView + use<> {
    let project = &found.project;
    let count = |count: usize, one: &str, many: &str| plural(i64::try_from(count).unwrap_or(i64::MAX), one, many);
    let title = format!("Delete the project “{}”?", project.name);
    view! {
        <Title text=title.clone() />
        {shell(project, Place::Settings, "max-w-xl", view! {
            <Confirm
                title
                lose_title="Goes with it"
                lose=vec![
                    format!(
                        "{}, {} and {}",
                        count(found.creators, "creator", "creators"),
                        count(found.goals, "goal", "goals"),
                        count(found.campaigns, "campaign", "campaigns"),
                    ),
                    "Every post, number and decision in it".to_owned(),
                    "Keys for this project only give no access meanwhile".to_owned(),
                ]
                keep=vec![
                    "Your other projects".to_owned(),
                    "For 30 days it can be restored, with everything in it, from the list of projects".to_owned(),
                ]
                action=DeleteProject::PATH
                fields=vec![("project_id", project.project_id.to_string())]
                button="Delete project".to_owned()
                danger=true
                back=format!("/projects/{}/settings", project.project_id)
            />
        }.into_any())}
    }
}
