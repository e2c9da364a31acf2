//! The search page: pages, creators, campaigns and actions of a project by name. The dialog that Ctrl or Cmd with K opens
//! shows the same results.

use crate::caller::caller;
use crate::components::avatar::Avatar;
use crate::components::icon::{self, Icon, Svg};
use crate::components::page_header::PageHeader;
use crate::forms::answer::with_query;
use crate::pages::loaded::loaded;
use crate::pages::request::Request;
use crate::shell::{Place, search_field, shell};
use crate::wording::{number, plural};
use compliance::name::searchable;
use leptos::prelude::*;
use leptos_meta::Title;
use program::projects::record::Project;
use program::search::{Found, search};

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let request = Request::current();
    let text = request.query("q");
    let asked = text.clone();
    loaded(async move { search(&caller()?, request.id("project_id")?, &asked).await }, move |found| page(&found, &text))
}

fn page(found: &Found, text: &str) -> impl IntoView + use<> {
    let project = &found.project;
    let (field, results) = (search_field(project, text, "search"), results(found, text));
    view! {
        <Title text="Search" />
        {shell(project, Place::Search, "max-w-2xl", view! {
            <PageHeader title="Search" />
            {field}
            {results}
        }.into_any())}
    }
}

/// What can be done, with its icon and its address below the project's.
const ACTIONS: [(&str, Svg, &str); 6] = [
    ("Add creators", icon::USER_PLUS, "/creators/new"),
    ("Give everybody a goal", icon::TARGET, "/goals/assign?from=overview"),
    ("Import a file", icon::UPLOAD, "/import"),
    ("New campaign", icon::PLUS, "/campaigns/new"),
    ("Download the overview as CSV", icon::DOWNLOAD, "/overview.csv"),
    ("Removed creators", icon::USERS, "/creators?show=removed"),
];

/// One result.
struct Hit {
    mark: AnyView,
    label: String,
    note: String,
    href: String,
}

fn results(found: &Found, text: &str) -> impl IntoView + use<> {
    let text = text.trim();
    let wanted = searchable(text);
    let base = format!("/projects/{}", found.project.project_id);
    let creators = found.creators.iter().map(|creator| Hit {
        mark: view! { <Avatar creator small=true /> }.into_any(),
        label: creator.name().to_owned(),
        note: format!("@{}", creator.handle),
        href: format!("{base}/creators/{}/goals", creator.creator_id),
    });
    let creators: Vec<Hit> = creators.collect();
    let new_goal = found.creators.first().filter(|_| !wanted.is_empty()).map(|creator| Hit {
        mark: view! { <Icon svg=icon::TARGET /> }.into_any(),
        label: format!("Add a goal for {}", creator.name()),
        note: String::new(),
        href: format!("{base}/creators/{}/goals/new", creator.creator_id),
    });
    let campaigns = found.campaigns.iter().map(|campaign| Hit {
        mark: view! { <Icon svg=icon::MEGAPHONE /> }.into_any(),
        label: campaign.terms.name.clone(),
        note: String::new(),
        href: format!("{base}/campaigns/{}", campaign.campaign_id),
    });
    let campaigns: Vec<Hit> = campaigns.collect();
    let matching = |label: &str| searchable(label).contains(&wanted);
    let actions = ACTIONS.into_iter().filter(|(label, ..)| matching(label));
    let actions = actions.map(|(label, svg, path)| hit(svg, label, format!("{base}{path}")));
    let actions: Vec<Hit> = new_goal.into_iter().chain(actions).collect();
    let pages = pages(&found.project).into_iter().filter(|page| matching(&page.label)).collect::<Vec<_>>();
    let more = |matching: usize, shown: usize, what: &str, list: &str| {
        (matching > shown).then(|| {
            let matching = number(i64::try_from(matching).unwrap_or(i64::MAX));
            (format!("All {matching} {what}"), with_query(&format!("{base}/{list}"), &[("q", text)]))
        })
    };
    let more_creators = more(found.creators_matching, creators.len(), "creators", "creators");
    // The list of campaigns has no search.
    let more_campaigns =
        (found.campaigns_matching > campaigns.len()).then(|| ("All campaigns".to_owned(), format!("{base}/campaigns")));
    let said = match found.creators_matching + found.campaigns_matching + pages.len() + actions.len() {
        0 => format!("No results for “{text}”."),
        count => plural(i64::try_from(count).unwrap_or(i64::MAX), "result", "results"),
    };
    let is_nothing = creators.is_empty() && campaigns.is_empty() && pages.is_empty() && actions.is_empty();
    let nothing = is_nothing.then(|| view! { <p class="px-2 py-3 text-muted">{said.clone()}</p> });
    view! {
        <div data-part="found" data-for=text.to_owned()>
            <p class="sr-only" data-said>{said}</p>
            {section("Creators", creators, more_creators)}
            {section("Campaigns", campaigns, more_campaigns)}
            {section("Pages", pages, None)}
            {section("Actions", actions, None)}
            {nothing}
        </div>
    }
}

fn hit(svg: Svg, label: &str, href: String) -> Hit {
    Hit { mark: view! { <Icon svg /> }.into_any(), label: label.to_owned(), note: String::new(), href }
}

/// Returns the pages that are not about one creator or campaign.
fn pages(project: &Project) -> Vec<Hit> {
    let of_project = Place::ALL.into_iter().filter(|place| *place != Place::Search);
    let of_project = of_project.map(|place| hit(place.svg(), place.label(), place.href(project)));
    let others = [
        hit(icon::LAYERS, "All projects", "/projects".to_owned()),
        hit(icon::PLUS, "New project", "/projects/new".to_owned()),
        hit(icon::INFO, "API reference", "/docs/api".to_owned()),
    ];
    of_project.chain(others).collect()
}

fn section(title: &'static str, hits: Vec<Hit>, more: Option<(String, String)>) -> Option<impl IntoView + use<>> {
    if hits.is_empty() {
        return None;
    }
    let more = more.map(|(label, href)| hit(icon::CHEVRON_RIGHT, &label, href));
    let rows = hits.into_iter().chain(more).map(|hit| {
        view! {
            <li><a class="go-link" href=hit.href>{hit.mark}<span class="truncate">{hit.label}</span><span class="unit">{hit.note}</span></a></li>
        }
    });
    let rows: Vec<_> = rows.collect();
    Some(view! {
        <section aria-label=title>
            <h2 class="menu-title mt-2">{title}</h2>
            <ul>{rows}</ul>
        </section>
    })
}
