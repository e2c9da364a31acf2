//! The part above the overview: saved views, and the result of the last form.

use super::request::{Request, query};
use crate::components::field::FormId;
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary};
use crate::forms::assignments::UndoAssignment;
use crate::forms::saved_views::{DeleteView, SaveView};
use crate::pages::overview_url::parts;
use crate::wording::{number, plural};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::ids::{AssignmentId, ProjectId};
use program::overview::Overview;
use program::overview::query::OverviewQuery;
use program::projects::record::Project;
use program::saved_views::form::{QueryError, too_many_views, view_name};

/// The result of the last form, from the URL.
#[derive(Debug, Clone)]
pub struct FormResult {
    done: String,
    refused: String,
    /// The name of a view that was refused, as typed.
    view_name: String,
    assigned: Option<[i64; 4]>,
    undo: Option<AssignmentId>,
    taken_back: Option<i64>,
}

impl FormResult {
    /// Parses the URL.
    pub fn of(request: &Request) -> FormResult {
        let count = |name: &str| request.query(name).parse::<i64>().ok().map(|count| count.clamp(0, 1_000_000));
        let assigned = count("assigned").map(|made| {
            let [changed, kept, left_out] = ["changed", "kept", "left_out"].map(|name| count(name).unwrap_or(0));
            [made, changed, kept, left_out]
        });
        FormResult {
            done: request.query("done"),
            refused: request.query("refused"),
            view_name: request.query("view_name"),
            assigned,
            undo: request.named("undo_assignment", |id| id.parse().ok()),
            taken_back: count("taken_back"),
        }
    }

    /// Renders the notices, with buttons that undo.
    pub fn notices(&self, project_id: ProjectId) -> AnyView {
        let errors = match self.refused.as_str() {
            "view_name" => view_name(&self.view_name).err().map(|error| ("view_name", error)).into_iter().collect(),
            "view_many" => vec![("view_name", too_many_views())],
            "view_query" => vec![("view_name", QueryError::TooLong.sentence().to_owned())],
            _ => Vec::new(),
        };
        let taken_back = self.taken_back.map(|count| match count {
            0 => "Nothing was undone: the goals are as before already, or have been edited since.".to_owned(),
            count => format!("{} as before.", plural(count, "goal is", "goals are")),
        });
        let undo = self.undo.map(|assignment_id| {
            view! {
                <form method="post" action=UndoAssignment::PATH class="-my-1 ms-auto shrink-0">
                    <input type="hidden" name="project_id" value=project_id.to_string() />
                    <input type="hidden" name="assignment_id" value=assignment_id.to_string() />
                    <button class="btn btn-sm" data-page-key="u"><Icon svg=icon::UNDO class="size-3.5" />"Undo"</button>
                </form>
            }
        });
        let text = self.assigned.map(assigned).or(taken_back);
        view! {
            <DoneNotice code=self.done.clone() />
            <ErrorSummary errors />
            {text.map(|text| view! {
                <div class="notice notice-good" role="status">
                    <Icon svg=icon::CHECK />
                    <div class="min-w-0"><p>{text}</p></div>
                    {undo}
                </div>
            })}
        }
        .into_any()
    }
}

fn assigned([made, changed, kept, left_out]: [i64; 4]) -> String {
    let parts = [
        (made, plural(made, "goal was added", "goals were added")),
        (changed, plural(changed, "was changed", "were changed")),
        (kept, plural(kept, "stays as it was", "stay as they were")),
        (left_out, format!("{} got none", plural(left_out, "creator", "creators"))),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
    if parts.is_empty() { "Nothing changed.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

/// Renders the saved views, and the form that saves this one.
pub fn saved_views(
    wanted: &OverviewQuery,
    found: &Overview,
    project: &Project,
    told: &FormResult,
) -> impl IntoView + use<> {
    let here = query(&parts(wanted));
    let is_plain = here == "?";
    if found.saved.is_empty() && is_plain {
        return ().into_any();
    }
    let project_id = project.project_id.to_string();
    let known = found.saved.iter().any(|saved| saved.query == here);
    let links = found.saved.iter().map(|saved| {
        let current = (saved.query == here).then_some("true");
        view! { <li><a class="chip" href=saved.query.clone() aria-current=current>{saved.name.clone()}</a></li> }
    });
    let links: Vec<_> = links.collect();
    let delete = found.saved.iter().find(|saved| saved.query == here).map(|saved| {
        view! {
            <form method="post" action=DeleteView::PATH>
                <input type="hidden" name="project_id" value=project_id.clone() />
                <input type="hidden" name="saved_view_id" value=saved.saved_view_id.to_string() />
                <button class="btn btn-sm btn-quiet">
                    <Icon svg=icon::TRASH class="size-3.5" />"Delete view"<span class="sr-only">{format!(": {}", saved.name)}</span>
                </button>
            </form>
        }
    });
    let save = (!is_plain && !known).then(|| {
        view! {
            <details open=!told.view_name.is_empty()>
                <summary class="btn btn-sm btn-quiet"><Icon svg=icon::BOOKMARK class="size-3.5" />"Save this view"</summary>
                <form method="post" action=SaveView::PATH class="flex flex-wrap items-center gap-2 pt-2">
                    <input type="hidden" name="project_id" value=project_id.clone() />
                    <input type="hidden" name="query" value=here.clone() />
                    <input type="hidden" name="back" value=format!("/projects/{project_id}{here}") />
                    <FormId />
                    <label class="sr-only" for="view_name">"Name of the view"</label>
                    <input class="input max-w-56" id="view_name" name="view_name" value=told.view_name.clone() maxlength="60" placeholder="At risk this week" autocomplete="off" />
                    <button class="btn btn-sm">"Save"</button>
                </form>
            </details>
        }
    });
    let count = number(i64::try_from(links.len()).unwrap_or(0));
    view! {
        <div class="-mb-1 flex flex-wrap items-center gap-2 print:hidden" data-views=count>
            {(!links.is_empty()).then(|| view! {
                <ul class="flex flex-wrap gap-2" aria-label="Saved views">{links}</ul>
            })}
            {save}
            {delete}
        </div>
    }
    .into_any()
}
