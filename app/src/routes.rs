//! Every URL of the product and the page it shows.

use crate::pages::{
    ApiDocsPage, AssignPage, CalendarPage, CampaignPage, CampaignsPage, ChangeLogPage, CreatorCalendarPage,
    CreatorOverviewPage, CreatorPostsPage, CreatorSettingsPage, CreatorsPage, DeleteCampaignPage, DeleteGoalPage,
    DeleteProjectPage, EditCampaignPage, EditGoalPage, EndGoalPage, GoalsPage, ImportPage, ImportStatusPage, InboxPage,
    MessagePage, NewCampaignPage, NewCreatorsPage, NewGoalPage, NewProjectPage, NotFoundPage, OverviewPage,
    PastedCreatorsPage, PostPage, ProjectsPage, RemoveCreatorPage, SearchPage, SettingsPage, UnsavedPage, WelcomePage,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode::Async;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The application's router, on the server only. Every route is `SsrMode::Async`, so that a page is complete without
/// JavaScript: no part of it is streamed in later by a script.
#[component]
fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=title />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/docs/api") view=ApiDocsPage ssr=Async />
                <Route path=path!("/welcome") view=WelcomePage ssr=Async />
                <Route path=path!("/unsaved") view=UnsavedPage ssr=Async />
                <Route path=path!("/projects") view=ProjectsPage ssr=Async />
                <Route path=path!("/projects/new") view=NewProjectPage ssr=Async />
                <Route path=path!("/projects/:project_id/delete") view=DeleteProjectPage ssr=Async />
                <Route path=path!("/projects/:project_id") view=OverviewPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators") view=CreatorsPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/new") view=NewCreatorsPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/pasted/:paste_id") view=PastedCreatorsPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id") view=CreatorOverviewPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id/posts") view=CreatorPostsPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id/posts/:post_id") view=PostPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id/goals") view=GoalsPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id/goals/new") view=NewGoalPage ssr=Async />
                <Route
                    path=path!("/projects/:project_id/creators/:creator_id/goals/:goal_id/edit")
                    view=EditGoalPage
                    ssr=Async
                />
                <Route
                    path=path!("/projects/:project_id/creators/:creator_id/goals/:goal_id/end")
                    view=EndGoalPage
                    ssr=Async
                />
                <Route
                    path=path!("/projects/:project_id/creators/:creator_id/goals/:goal_id/delete")
                    view=DeleteGoalPage
                    ssr=Async
                />
                <Route path=path!("/projects/:project_id/creators/:creator_id/calendar") view=CreatorCalendarPage ssr=Async />
                <Route path=path!("/projects/:project_id/creators/:creator_id/log") view=ChangeLogPage ssr=Async />
                <Route
                    path=path!("/projects/:project_id/creators/:creator_id/settings")
                    view=CreatorSettingsPage
                    ssr=Async
                />
                <Route path=path!("/projects/:project_id/creators/:creator_id/remove") view=RemoveCreatorPage ssr=Async />
                <Route path=path!("/projects/:project_id/campaigns") view=CampaignsPage ssr=Async />
                <Route path=path!("/projects/:project_id/campaigns/new") view=NewCampaignPage ssr=Async />
                <Route path=path!("/projects/:project_id/campaigns/:campaign_id") view=CampaignPage ssr=Async />
                <Route path=path!("/projects/:project_id/campaigns/:campaign_id/edit") view=EditCampaignPage ssr=Async />
                <Route path=path!("/projects/:project_id/campaigns/:campaign_id/delete") view=DeleteCampaignPage ssr=Async />
                <Route path=path!("/projects/:project_id/calendar") view=CalendarPage ssr=Async />
                <Route path=path!("/projects/:project_id/goals/assign") view=AssignPage ssr=Async />
                <Route path=path!("/projects/:project_id/message") view=MessagePage ssr=Async />
                <Route path=path!("/projects/:project_id/inbox") view=InboxPage ssr=Async />
                <Route path=path!("/projects/:project_id/import") view=ImportPage ssr=Async />
                <Route path=path!("/projects/:project_id/imports/:import_id") view=ImportStatusPage ssr=Async />
                <Route path=path!("/projects/:project_id/search") view=SearchPage ssr=Async />
                <Route path=path!("/projects/:project_id/settings") view=SettingsPage ssr=Async />
            </Routes>
        </Router>
    }
}

/// Renders the page of the request's URL. Its type is erased, for the same reason as that of the document.
#[must_use]
pub fn routed() -> AnyView {
    view! { <App /> }.into_any()
}

/// Escapes the document's title. `leptos_meta` writes it into the page as it is, and titles contain names from people
/// and files.
fn title(page: String) -> String {
    if page.is_empty() {
        return "Creator Goals".to_owned();
    }
    let page = page.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("{page} · Creator Goals")
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_name_cannot_end_the_title_and_write_into_the_page() {
        assert_eq!(
            title("</title><h1>A & B</h1>".to_owned()),
            "&lt;/title&gt;&lt;h1&gt;A &amp; B&lt;/h1&gt; · Creator Goals"
        );
    }
}
