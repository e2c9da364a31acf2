//! The confirmations before a goal is ended or deleted, which list what is lost and what stays.

use super::creator_settings::Confirm;
use super::loaded::loaded;
use super::removed::removed_page;
use super::request::Request;
use crate::caller::caller;
use crate::components::creator_header::Tab;
use crate::components::goal_line::goal_name;
use crate::forms::goals::{DeleteGoal, SetGoalActive};
use crate::shell::{Place, shell};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::error::AppError;
use program::goals::form::{GoalFormView, goal_form};

async fn load(request: Request) -> Result<GoalFormView, AppError> {
    let goal_id = Some(request.id("goal_id")?);
    goal_form(&caller()?, request.id("project_id")?, request.id("creator_id")?, goal_id).await
}

/// The confirmation before a goal is ended.
#[component]
pub fn EndGoalPage() -> impl IntoView {
    loaded(load(Request::current()), |view| confirm(&view, true))
}

/// The confirmation before a goal is deleted.
#[component]
pub fn DeleteGoalPage() -> impl IntoView {
    loaded(load(Request::current()), |view| confirm(&view, false))
}

fn confirm(view: &GoalFormView, ending: bool) -> AnyView {
    if view.creator.standing.is_none() {
        return removed_page(&view.creator, Tab::Goals);
    }
    let (project, creator) = (&view.creator.project, &view.creator.creator);
    let Some(record) = &view.record else { return ().into_any() };
    let name = goal_name(record.goal.metric, record.goal.cadence, record.goal.terms().target_value);
    let back = Tab::Goals.href(project.project_id, creator.creator_id);
    let mut fields = vec![
        ("project_id", project.project_id.to_string()),
        ("creator_id", creator.creator_id.to_string()),
        ("goal_id", record.goal_id.to_string()),
    ];
    let posts_stay = "All posts and their numbers".to_owned();
    let (title, lose_title, lose, keep, button) = if ending {
        fields.push(("is_active", "false".to_owned()));
        (
            format!("End “{name}” now?"),
            "What happens",
            vec![
                "It leaves the overview and every badge at once, without a verdict on the current period".to_owned(),
                "To end it with a verdict, edit it and set its last day instead".to_owned(),
            ],
            vec![posts_stay, "The goal, under “Ended”, where it can be resumed".to_owned()],
            "End goal now",
        )
    } else {
        (
            format!("Delete “{name}”?"),
            "Goes with it",
            vec![
                "The goal with its edits and its past periods".to_owned(),
                "Its place in the overview".to_owned(),
                "For 30 days it can be restored from the Creator Goals tab".to_owned(),
            ],
            vec![
                posts_stay,
                format!("{}’s other goals", creator.name()),
                "The verdicts it gave, in the change log".to_owned(),
            ],
            "Delete goal",
        )
    };
    view! {
        <Title text=title.clone() />
        {shell(project, Place::Creators, "max-w-xl", view! {
            <Confirm
                title
                lose_title
                lose
                keep
                action=if ending { SetGoalActive::PATH } else { DeleteGoal::PATH }
                fields
                button=button.to_owned()
                danger=!ending
                back
            />
        }.into_any())}
    }
    .into_any()
}
