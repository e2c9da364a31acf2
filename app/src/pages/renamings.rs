//! Probable renamings, each with the two decisions on it.

use crate::forms::merges::{KeepCreatorsApart, MergeCreators};
use crate::wording::{date, plural};
use compliance::calendar::LocalDays as _;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::merges::record::ProbableRenaming;
use program::projects::record::Project;

/// Renders the probable renamings that nobody has decided on; nothing if there are none.
pub fn probable_renamings(project: &Project, renamings: &[ProbableRenaming]) -> AnyView {
    if renamings.is_empty() {
        return ().into_any();
    }
    let items = renamings.iter().map(|renaming| item(project, renaming)).collect_view();
    view! {
        <section class="card grid gap-3 p-4" aria-labelledby="renamings">
            <h2 id="renamings" class="font-semibold">"Renamed on TikTok?"</h2>
            <ul class="grid gap-4">{items}</ul>
        </section>
    }
    .into_any()
}

fn item(project: &Project, renaming: &ProbableRenaming) -> impl IntoView + use<> {
    let ProbableRenaming { double, known, kept_until, waiting } = renaming;
    let (old, new) = renaming.handles();
    let (old, new) = (old.to_string(), new.to_string());
    let waits = kept_until.map(|until| {
        let date = date(project.zone.date_of(until));
        format!(" What the file says about @{} counts once you have decided; it is kept until {date}.", double.handle)
    });
    let otherwise = (*waiting > 0).then(|| {
        let facts = plural(*waiting, "fact", "facts");
        format!(
            "If they are two accounts, {facts} about posts of @{} under the other name will be dropped.",
            known.handle
        )
    });
    let project_id = project.project_id.to_string();
    // A creator found by a post is kept out of the program until the decision; one found by an id is not.
    let reason = if double.removed_at.is_some() {
        format!("A file has posts of @{} under the name @{}.", known.handle, double.handle)
    } else {
        format!("A file has the TikTok account of @{} under the name @{}.", known.handle, double.handle)
    };
    view! {
        <li class="grid gap-2">
            <p>{reason}" Is this the same TikTok account, renamed?"{waits}</p>
            <div class="flex flex-wrap gap-2">
                <form method="post" action=MergeCreators::PATH>
                    <input type="hidden" name="project_id" value=project_id.clone() />
                    <input type="hidden" name="creator_id" value=known.creator_id.to_string() />
                    <input type="hidden" name="double" value=double.handle.to_string() />
                    <button class="btn btn-primary">{format!("Yes, @{old} is now @{new}")}</button>
                </form>
                <form method="post" action=KeepCreatorsApart::PATH>
                    <input type="hidden" name="project_id" value=project_id />
                    <input type="hidden" name="creator_id" value=double.creator_id.to_string() />
                    <button class="btn">"No, they are two accounts"</button>
                </form>
            </div>
            {otherwise.map(|sentence| view! { <p class="text-sm text-muted">{sentence}</p> })}
        </li>
    }
}
