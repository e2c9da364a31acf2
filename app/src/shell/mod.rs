//! The frame around every page: the sidebar, the theme switch, the clock banner.

mod live_notes;
mod place;
mod search_dialog;
mod shortcut_list;

use crate::components::icon::{self, Icon};
use crate::components::notice::NotSaved;
use crate::forms::sent::Returned;
use crate::forms::theme::{self, SetTheme};
use crate::islands::{Live, Shortcuts};
use crate::theme::Theme;
use crate::wording::{date_time, iso, noun, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use live_notes::live_notes;
pub use place::Place;
use program::caller::Caller;
use program::projects::frame::Frame;
use program::projects::record::Project;
use search_dialog::search_dialog;
pub use search_dialog::search_field;
use shortcut_list::{shortcut_list, shortcuts};

/// Renders a page of a project: the sidebar around `page`, which `width` may limit to a narrower column.
pub fn shell(project: &Project, place: Place, width: &'static str, page: AnyView) -> impl IntoView + use<> {
    let name = project.name.clone();
    let frame = use_context::<Frame>().unwrap_or_default();
    let (phone_nav, side_nav) = (nav(project, place, &frame), nav(project, place, &frame));
    let phone_projects = other_projects(project, &frame.projects);
    view! {
        <a
            href="#main"
            class="sr-only focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-ink focus:px-3 focus:py-2 focus:text-surface"
        >"Skip to content"</a>
        <div class="lg:grid lg:min-h-dvh lg:grid-cols-[var(--sidebar)_minmax(0,1fr)]">
            <header class="sticky top-0 z-20 border-b border-hairline bg-canvas lg:hidden">
                <details class="group">
                    <summary class="flex h-13 items-center gap-2.5 px-4">
                        <Icon svg=icon::MARK class="size-5" />
                        <span class="min-w-0 truncate font-semibold">{name.clone()}</span>
                        <span class="ms-auto inline-flex min-h-8 items-center gap-1.5 rounded-md border border-hairline bg-surface px-2.5 text-sm">
                            <Icon svg=icon::MENU />"Menu"
                        </span>
                    </summary>
                    <div class="grid gap-3 border-t border-hairline px-3 pb-4 pt-2">
                        <nav aria-label="Main">{phone_nav}</nav>
                        <ul class="grid gap-0.5 border-t border-hairline pt-3" aria-label="Projects">{phone_projects}</ul>
                        <div class="px-2.5"><ThemeSwitch /></div>
                    </div>
                </details>
            </header>
            <aside
                class="sticky top-0 hidden h-dvh flex-col border-e border-hairline px-3 py-4 lg:flex"
                aria-label="Sidebar"
            >
                <div class="mb-4">{switcher(project, &frame.projects)}</div>
                <nav aria-label="Main">{side_nav}</nav>
                <div class="mt-auto flex items-center gap-2 px-1"><ThemeSwitch />{shortcuts()}</div>
            </aside>
            <div class="min-w-0">
                <ClockBanner project />
                <main
                    id="main"
                    tabindex="-1"
                    class="mx-auto grid max-w-[76rem] grid-cols-1 gap-5 px-4 py-6 md:px-8 lg:py-8"
                >
                    <div class=format!("grid grid-cols-1 gap-5 {width}")><NotSaved />{page}</div>
                    <p class="text-xs text-muted">{format!("Dates and times are those of {}.", project.zone)}</p>
                </main>
            </div>
        </div>
        {(place != Place::Search).then(|| search_dialog(project))}
        {shortcut_list()}
        <p id="said" class="sr-only" aria-live="polite"></p>
        <Shortcuts />
        {(place != Place::Nowhere).then(|| view! {
            {live_notes()}
            <Live
                worker=live_worker()
                project=project.project_id.to_string()
                position=position(project)
                address=Returned::current().map(|returned| returned.address).unwrap_or_default()
            />
        })}
    }
}

/// Returns the address of the worker script for live updates.
fn live_worker() -> String {
    let directory = use_context::<LeptosOptions>().map(|options| options.site_pkg_dir).unwrap_or_default();
    format!("/{directory}/creator-goals-live.js")
}

/// Returns the position up to which this rendering is current.
fn position(project: &Project) -> String {
    let now = use_context::<Caller>().map_or(project.created_at, |caller| caller.now());
    format!("{}-{}", project.version, now.millis())
}

/// Renders the links of the sidebar, or of the menu on a phone.
fn nav(project: &Project, place: Place, frame: &Frame) -> impl IntoView + use<> {
    let links = Place::ALL.map(|link| {
        let waiting = match link {
            Place::Inbox => Some((
                "pending",
                frame.pending,
                noun(frame.pending, " post waits for a decision", " posts wait for a decision"),
            )),
            Place::Import => {
                let question =
                    noun(frame.renamings, " question about a renamed account", " questions about renamed accounts");
                Some(("renamings", frame.renamings, question))
            }
            _ => None,
        };
        // Rendered even when nothing waits, so that an open page can show a count later.
        let waiting = waiting.map(|(name, count, what)| {
            view! {
                <span class="count" data-live=name hidden={count == 0}>
                    {number(count)}<span class="sr-only">{what}</span>
                </span>
            }
        });
        {
            let is_search = link == Place::Search;
            let key =
                is_search.then(|| view! { <kbd class="kbd ms-auto max-lg:hidden" aria-hidden="true">"Ctrl K"</kbd> });
            view! {
                <li>
                    <a
                        class="nav-link"
                        href=link.href(project)
                        aria-current=(link == place).then_some("page")
                        data-go=is_search.then_some("")
                        aria-keyshortcuts=is_search.then_some("Control+K Meta+K")
                    ><Icon svg=link.svg() />{link.label()}{waiting}{key}</a>
                </li>
            }
        }
    });
    view! { <ul class="grid gap-0.5">{links.into_iter().collect_view()}</ul> }
}

/// Renders links to the other projects, to all of them, and to the form for a new one.
fn other_projects(project: &Project, projects: &[Project]) -> impl IntoView + use<> {
    const LISTED: usize = 8;
    let here = project.project_id;
    let others = projects.iter().filter(|other| other.project_id != here).take(LISTED).map(|other| {
        let href = format!("/projects/{}", other.project_id);
        view! { <li><a class="nav-link" href=href><span class="truncate">{other.name.clone()}</span></a></li> }
    });
    view! {
        {others.collect_view()}
        <li><a class="nav-link" href="/projects"><Icon svg=icon::LAYERS />"All projects"</a></li>
        <li><a class="nav-link" href="/projects/new"><Icon svg=icon::PLUS />"New project"</a></li>
    }
}

/// Renders the project switcher.
fn switcher(project: &Project, projects: &[Project]) -> impl IntoView + use<> {
    view! {
        <details class="switcher">
            <summary class="flex min-h-11 items-center gap-2.5 rounded-md px-2.5 py-1 hover:bg-sunken">
                <Icon svg=icon::MARK class="size-6" />
                <span class="min-w-0 flex-1">
                    <span class="sr-only">"Project: "</span>
                    <span class="line-clamp-2 text-sm font-semibold leading-tight">{project.name.clone()}</span>
                    <span class="block text-xs text-muted">"Creator Goals"</span>
                </span>
                <Icon svg=icon::CHEVRONS_UP_DOWN class="text-muted" />
            </summary>
            <ul class="switcher-list" aria-label="Projects">{other_projects(project, projects)}</ul>
        </details>
    }
}

/// The theme switch: light, dark or system. The choice is kept in a cookie, so that the server renders the right theme.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let current = theme::chosen();
    let choices = [
        (Theme::System, icon::MONITOR, "System"),
        (Theme::Light, icon::SUN, "Light"),
        (Theme::Dark, icon::MOON, "Dark"),
    ];
    let buttons = choices.map(|(theme, svg, label)| {
        view! {
            <button
                name="theme"
                value=theme.name()
                aria-pressed=if theme == current { "true" } else { "false" }
                aria-label=label
                title=label
            ><Icon svg /></button>
        }
    });
    view! {
        <form method="post" action=SetTheme::PATH>
            <fieldset class="seg">
                <legend class="sr-only">"Theme"</legend>
                {buttons.into_iter().collect_view()}
            </fieldset>
        </form>
    }
}

/// The banner that says that `--clock` fixes "now".
#[component]
fn ClockBanner<'a>(project: &'a Project) -> impl IntoView + use<> {
    let fixed = use_context::<Caller>().filter(|caller| caller.clock.is_fixed()).map(|caller| caller.now());
    let zone = project.zone;
    fixed.map(|at| {
        view! {
            <aside
                aria-label="Clock"
                class="flex items-center justify-center gap-1.5 border-b border-hairline bg-sunken px-4 py-1 text-xs text-muted"
            >
                <Icon svg=icon::CLOCK class="size-3.5" />
                <span>"Clock fixed at "<time datetime=iso(at)>{date_time(at, zone)}</time></span>
            </aside>
        }
    })
}
