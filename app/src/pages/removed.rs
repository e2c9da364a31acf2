//! What the pages of a removed creator show.

use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::empty_state::EmptyState;
use crate::components::icon;
use crate::forms::creators::RestoreCreator;
use crate::pages::renamings::probable_renamings;
use crate::shell::{Place, shell};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::creators::record::Creator;
use program::creators::view::CreatorView;

/// Renders the whole page, instead of a form, which has nothing to change while the creator is removed.
pub fn removed_page(view: &CreatorView, tab: Tab) -> AnyView {
    view! {
        <Title text=view.creator.name().to_owned() />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab />
            <Removed view />
        }.into_any())}
    }
    .into_any()
}

/// A notice that the creator was removed, with a button that restores them.
#[component]
pub fn Removed<'a>(
    /// The creator.
    view: &'a CreatorView,
) -> impl IntoView + use<> {
    if let Some(same) = &view.merged_into {
        return merged(view, same).into_any();
    }
    if let Some(renaming) = &view.renaming {
        return probable_renamings(&view.project, std::slice::from_ref(renaming));
    }
    if view.creator.removed_at.is_none() {
        return ().into_any();
    }
    let name = view.creator.name().to_owned();
    let (project_id, creator_id) = (view.project.project_id.to_string(), view.creator.creator_id.to_string());
    view! {
        <EmptyState
            svg=icon::USERS
            title=format!("{name} was removed from the program")
            text="Posts, numbers and goals are kept. Once the creator is restored, everything counts again."
        >
            <form method="post" action=RestoreCreator::PATH>
                <input type="hidden" name="project_id" value=project_id />
                <input type="hidden" name="creator_id" value=creator_id />
                <button class="btn btn-primary">"Restore"</button>
            </form>
        </EmptyState>
    }
    .into_any()
}

/// Says into whom a creator was merged.
fn merged(view: &CreatorView, same: &Creator) -> impl IntoView + use<> {
    let settings = Tab::Settings.href(view.project.project_id, same.creator_id);
    let overview = Tab::Overview.href(view.project.project_id, same.creator_id);
    let open = format!("Open @{}", same.handle);
    view! {
        <EmptyState
            svg=icon::USERS
            title=format!("{} is part of @{}", view.creator.name(), same.handle)
            text="Both are the same TikTok account, so they were merged. Posts and numbers are those of one creator."
        >
            <a class="btn btn-primary" href=overview>{open}</a>
            <a class="btn" href=settings>"Settings"</a>
        </EmptyState>
    }
}
