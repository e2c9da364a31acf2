//! The page of one campaign: its numbers, and the goals of its creators.

use super::campaign_creators::creators;
use super::campaign_pace::target;
use super::campaign_parts::{add_form, removed_notice, single_posts, within};
use super::campaign_range::{Range, stretch};
use super::campaigns::circle_errors;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::chart::{DayChart, Shape};
use crate::components::icon::{self, Icon};
use crate::components::markdown::Markdown;
use crate::components::notice::{Done, DoneNotice, ErrorSummary};
use crate::components::page_header::PageHeader;
use crate::shell::{Place, shell};
use crate::wording::{date, number, plural, short_date, signed};
use chrono::NaiveDate;
use compliance::gains::Gains;
use leptos::prelude::*;
use leptos_meta::Title;
use program::campaigns::items::too_many_items;
use program::campaigns::record::CampaignItem;
use program::campaigns::view::{CampaignQuery, CampaignSort, CampaignView, campaign_view};

/// One campaign.
#[component]
pub fn CampaignPage() -> impl IntoView {
    let request = Request::current();
    let range = Range::of(&request);
    let wanted = CampaignQuery {
        stretch: range.stretch,
        sort: request.named("sort", CampaignSort::from_name).unwrap_or_default(),
        page: request.page(),
    };
    let told = FormResult {
        done: request.query("done"),
        added: request.query("items_added"),
        circle: request.query("circle"),
        items: request.query("items"),
        inner: request.query("inner"),
        refused: request.query("refused"),
        removed: request
            .named("removed_id", |id| id.parse().ok())
            .and_then(|id| CampaignItem::new(&request.query("removed_kind"), id)),
    };
    let asked = wanted.clone();
    loaded(
        async move {
            let (project_id, campaign_id) = (request.id("project_id")?, request.id("campaign_id")?);
            campaign_view(&caller()?, project_id, campaign_id, &asked).await
        },
        move |found| page(&wanted, &range, &found, told),
    )
}

/// The result of the last form, from the URL.
struct FormResult {
    done: String,
    added: String,
    circle: String,
    items: String,
    /// The campaign that was chosen, by its id.
    inner: String,
    /// Why nothing was added, or how many texts match no creator or post.
    refused: String,
    /// The item that was removed.
    removed: Option<CampaignItem>,
}

impl FormResult {
    fn errors(&self) -> Vec<(&'static str, String)> {
        let mut errors = circle_errors("items", &self.circle);
        let refused = match self.refused.as_str() {
            "none" => Some("Name a creator or a post, or choose a campaign, to add.".to_owned()),
            "many" => Some(too_many_items()),
            _ => match self.missing() {
                0 => None,
                1 => Some("1 text names no creator or post of this project.".to_owned()),
                missing => Some(format!("{missing} texts name no creator or post of this project.")),
            },
        };
        errors.extend(refused.map(|sentence| ("items", sentence)));
        errors
    }

    /// Returns the number of texts that match no creator or post.
    fn missing(&self) -> usize {
        self.refused.parse().unwrap_or(0)
    }
}

fn page(wanted: &CampaignQuery, range: &Range, found: &CampaignView, told: FormResult) -> impl IntoView + use<> {
    let (project, campaign) = (&found.project, &found.campaign);
    let list = format!("/projects/{}/campaigns", project.project_id);
    let own = format!("{list}/{}", campaign.campaign_id);
    let name = campaign.terms.name.clone();
    let (edit, delete) = (format!("{own}/edit"), format!("{own}/delete"));
    let errors = told.errors();
    let added = told.added.parse::<i64>().ok().filter(|added| told.done == "items_added" || *added > 0);
    let added = added.map(|added| format!("{} added to the campaign.", plural(added, "item was", "items were")));
    // It may be in the campaign again, if the page is loaded later.
    let is_out = told.removed.is_none_or(|item| !found.direct.contains(&item));
    let removed = (told.done == "item_removed" && is_out).then(|| removed_notice(found, told.removed));
    let inside: Vec<_> = found
        .inside
        .iter()
        .map(|outer| {
            let href = format!("{list}/{}", outer.campaign_id);
            view! { <li><a class="link inline-flex min-h-6 items-center" href=href>{outer.terms.name.clone()}</a></li> }
        })
        .collect();
    let notes = Some(campaign.terms.notes.clone()).filter(|notes| !notes.trim().is_empty());
    view! {
        <Title text=name.clone() />
        {shell(project, Place::Campaigns, "", view! {
            <PageHeader title=name crumb=(list, "Campaigns".to_owned()) sub=who(found).into_any()>
                <a class="btn" href=edit><Icon svg=icon::PENCIL />"Edit"</a>
                <a class="btn btn-quiet" href=delete><Icon svg=icon::TRASH />"Delete"</a>
            </PageHeader>
            <DoneNotice code=told.done.clone() />
            {added.map(|text| view! { <Done text /> })}
            {removed}
            <ErrorSummary errors />
            {(!inside.is_empty()).then(|| view! {
                <ul class="-mt-3 flex flex-wrap gap-x-3 text-sm text-muted" aria-label="Part of">
                    <li>"Part of"</li>{inside}
                </ul>
            })}
            {target(found)}
            {figures(wanted, range, found)}
            {creators(wanted, range, found)}
            {charts(found)}
            {single_posts(found)}
            {within(found)}
            {notes.map(|notes| view! {
                <section class="grid gap-2" aria-labelledby="notes-heading">
                    <h2 id="notes-heading" class="text-sm font-semibold text-soft">"Notes"</h2>
                    <div class="card px-4 py-3"><Markdown text=notes /></div>
                </section>
            })}
            {add_form(found, told.items, told.inner)}
        }.into_any())}
    }
}

fn who(found: &CampaignView) -> impl IntoView + use<> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let creators = plural(count(found.stats.creators), "creator", "creators");
    let posts = match found.stats.posts {
        0 => String::new(),
        posts => format!(" and {}", plural(count(posts), "single post", "single posts")),
    };
    let attention = match found.attention {
        0 => String::new(),
        1 => " 1 of them needs attention.".to_owned(),
        many => format!(" {} of them need attention.", number(count(many))),
    };
    format!("{creators}{posts}.{attention}")
}

/// Renders what everybody in the campaign reached together, with the dates that it is summed over.
fn figures(wanted: &CampaignQuery, range: &Range, found: &CampaignView) -> impl IntoView + use<> {
    let Gains { posts, views, engagement, followers, .. } = found.stats.gains;
    let figure = |label: &'static str, value: String| {
        view! {
            <div>
                <dt class="text-xs text-muted">{label}</dt>
                <dd class="text-lg font-semibold tracking-[-0.01em] tabular-nums" data-stat=label>{value}</dd>
            </div>
        }
    };
    view! {
        <section class="grid gap-2" aria-labelledby="reached">
            <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <h2 id="reached" class="text-sm font-semibold text-soft">{format!("Reached together, {}", span(found))}</h2>
                {stretch(wanted, range, found.stats.dates)}
            </div>
            <dl class="card grid grid-cols-2 gap-x-4 gap-y-2 px-4 py-2.5 sm:grid-cols-4">
                {figure("Posts", number(posts))}
                {figure("Views", number(views))}
                {figure("Engagement", number(engagement))}
                {figure("Followers gained", signed(followers))}
            </dl>
        </section>
    }
}

/// Returns the dates that the numbers are summed over, in words.
fn span(found: &CampaignView) -> String {
    let dates = found.stats.dates;
    format!("{} – {}", short_date(dates.first), date(dates.last()))
}

/// Renders the gains day by day.
fn charts(found: &CampaignView) -> impl IntoView + use<> {
    let days = |of: fn(&Gains) -> i64| -> Vec<(NaiveDate, Option<i64>)> {
        found.days.iter().map(|(day, gains)| (*day, Some(of(gains)))).collect()
    };
    view! {
        <section class="grid gap-3" aria-labelledby="by-day">
            <h2 id="by-day" class="text-sm font-semibold text-soft">{format!("Day by day, {}", span(found))}</h2>
            <div class="grid gap-3 lg:grid-cols-2">
                <div class="card p-4"><DayChart title="Views a day" unit=("view", "views") shape=Shape::Bars days=days(|gains| gains.views) /></div>
                <div class="card p-4"><DayChart title="Posts a day" unit=("post", "posts") shape=Shape::Bars days=days(|gains| gains.posts) /></div>
            </div>
        </section>
    }
}
