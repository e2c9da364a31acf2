//! The heading of a creator's pages, with their tabs.

use super::avatar::Avatar;
use super::freshness::Freshness;
use super::icon::{self, Icon};
use leptos::prelude::*;
use program::creators::view::CreatorView;
use program::ids::{CreatorId, ProjectId};

/// The tabs of a creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Key stats and goals.
    Overview,
    /// Posts and their review.
    Posts,
    /// Goals with their evidence.
    Goals,
    /// Posts day by day, with the periods of goals.
    Calendar,
    /// The Change log.
    ChangeLog,
    /// How the creator is shown and tracked.
    Settings,
}

impl Tab {
    /// Every tab, in order.
    pub const ALL: [Tab; 6] = [Tab::Overview, Tab::Posts, Tab::Goals, Tab::Calendar, Tab::ChangeLog, Tab::Settings];

    /// Returns the label shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Tab::Overview => "Overview",
            Tab::Posts => "Posts",
            Tab::Goals => "Creator Goals",
            Tab::Calendar => "Calendar",
            Tab::ChangeLog => "Change log",
            Tab::Settings => "Settings",
        }
    }

    /// Returns the address of the tab.
    #[must_use]
    pub fn href(self, project_id: ProjectId, creator_id: CreatorId) -> String {
        let creator = format!("/projects/{project_id}/creators/{creator_id}");
        match self {
            Tab::Overview => creator,
            Tab::Posts => format!("{creator}/posts"),
            Tab::Goals => format!("{creator}/goals"),
            Tab::Calendar => format!("{creator}/calendar"),
            Tab::ChangeLog => format!("{creator}/log"),
            Tab::Settings => format!("{creator}/settings"),
        }
    }
}

/// The creator's name, when they were last collected, and the tabs.
#[component]
pub fn CreatorHeader<'a>(
    /// The creator.
    view: &'a CreatorView,
    /// The tab that is open.
    tab: Tab,
) -> impl IntoView + use<> {
    let (project, creator) = (&view.project, &view.creator);
    let (project_id, creator_id, name) = (project.project_id, creator.creator_id, creator.name().to_owned());
    let last_collection = match &view.standing {
        Some(standing) => standing.looks.latest(),
        None => creator.looks.latest(),
    };
    let tabs = Tab::ALL.map(|link| {
        let current = (link == tab).then_some("page");
        view! { <a href=link.href(project_id, creator_id) aria-current=current>{link.label()}</a> }
    });
    view! {
        <div class="grid gap-4">
            <header
                data-live="header"
                data-removed=creator.removed_at.is_some()
                class="flex flex-wrap items-center gap-4"
            >
                <Avatar creator large=true />
                <div class="min-w-0 flex-1">
                    <p class="text-sm">
                        <a
                            class="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink"
                            href=format!("/projects/{project_id}/creators")
                        ><Icon svg=icon::CHEVRON_LEFT class="size-3.5" />"Creators"</a>
                    </p>
                    <h1 class="break-anywhere text-xl font-semibold tracking-[-0.01em]">{name.clone()}</h1>
                    <p class="text-sm text-muted">
                        <a
                            class="break-anywhere inline-flex min-h-6 items-center gap-1 hover:text-ink"
                            href=format!("https://www.tiktok.com/@{}", creator.handle)
                            rel="noreferrer"
                        >{format!("@{}", creator.handle)}<Icon svg=icon::EXTERNAL_LINK class="size-3" /></a>
                        " · collected "
                        <Freshness
                            last_collection
                            as_of=view.as_of
                            interval_hours=project.settings.collection_interval_hours
                            zone=project.zone
                        />
                    </p>
                </div>
            </header>
            <nav class="tabs" aria-label=name>{tabs.into_iter().collect_view()}</nav>
        </div>
    }
}
