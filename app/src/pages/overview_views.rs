//! The form that saves a view of the overview, and the result of the last form.

use super::request::Request;
use crate::components::field::FormId;
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary};
use crate::forms::assignments::UndoAssignment;
use crate::forms::saved_views::{DeleteView, SaveView};
use crate::wording::plural;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::ids::{AssignmentId, ProjectId};
use program::overview::Overview;
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

    /// Returns whether the form that saves a view was refused.
    pub fn is_about_view(&self) -> bool {
        self.refused.starts_with("view_")
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

/// Renders the form that saves the view shown or, if it is saved, the one that deletes it.
pub fn save_view(here: &str, found: &Overview, project: &Project, told: &FormResult) -> impl IntoView + use<> {
    let project_id = project.project_id.to_string();
    if let Some(saved) = found.saved.iter().find(|saved| saved.query == here) {
        return view! {
            <form method="post" action=DeleteView::PATH>
                <input type="hidden" name="project_id" value=project_id />
                <input type="hidden" name="saved_view_id" value=saved.saved_view_id.to_string() />
                <button class="btn btn-sm btn-quiet">
                    <Icon svg=icon::TRASH class="size-3.5" />"Delete this view"<span class="sr-only">{format!(": {}", saved.name)}</span>
                </button>
            </form>
        }
        .into_any();
    }
    if here == "?" {
        return ().into_any();
    }
    view! {
        <form method="post" action=SaveView::PATH class="grid gap-1.5">
            <input type="hidden" name="project_id" value=project_id.clone() />
            <input type="hidden" name="query" value=here.to_owned() />
            <input type="hidden" name="back" value=format!("/projects/{project_id}{here}") />
            <FormId />
            <label class="menu-title" for="view_name">"Save this view"</label>
            <span class="flex gap-2">
                <input class="input" id="view_name" name="view_name" value=told.view_name.clone() maxlength="60" placeholder="At risk this week" autocomplete="off" />
                <button class="btn"><Icon svg=icon::BOOKMARK class="size-3.5" />"Save"</button>
            </span>
        </form>
    }
    .into_any()
}
