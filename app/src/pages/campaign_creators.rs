//! The creators on a campaign's page.

use super::campaign_parts::remove_button;
use super::campaign_range::Range;
use super::request::{link, replaced};
use super::ticked_creators::{give_all_link, tick, ticked_creators};
use crate::components::advisory_icon::{QuietNote, quiet};
use crate::components::avatar::Avatar;
use crate::components::empty_state::EmptyState;
use crate::components::goal_line::{Advisory, GoalBadge, JustEnded, StatusMarker};
use crate::components::icon;
use crate::components::pagination::Pagination;
use crate::components::search_form::SortLinks;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::wording::number;
use leptos::prelude::*;
use program::campaigns::record::CampaignItem;
use program::campaigns::view::{CampaignQuery, CampaignSort, CampaignView, Contribution};
use program::paging::ROWS_PER_PAGE;

/// Renders the creators with their goals and gains.
pub fn creators(wanted: &CampaignQuery, range: &Range, found: &CampaignView) -> impl IntoView + use<> {
    if found.creators.total == 0 {
        return view! {
            <EmptyState
                svg=icon::USERS
                title="No creators in this campaign"
                text="Add handles, post addresses or another campaign below; or tick creators on the overview."
            />
        }
        .into_any();
    }
    let sort = if wanted.sort == CampaignSort::default() { "" } else { wanted.sort.name() };
    let parts = [&range.parts()[..], &[("sort", sort)]].concat();
    let sorts = CampaignSort::ALL
        .map(|sort| (replaced(&parts, "sort", sort.name()), sort.label(), sort == wanted.sort))
        .to_vec();
    let quiet = quiet(found.creators.rows.iter().map(|creator| &creator.standing));
    let rows = found.creators.rows.iter().map(|creator| creator_row(found, creator));
    let base: Vec<(&'static str, String)> = parts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let href = Box::new(move |page: usize| {
        let page = page.to_string();
        let parts: Vec<(&str, &str)> = base.iter().map(|(name, value)| (*name, value.as_str())).collect();
        link(&[&parts[..], &[("page", page.as_str())]].concat())
    });
    let own = format!("/projects/{}/campaigns/{}", found.project.project_id, found.campaign.campaign_id);
    let assign = format!("/projects/{}/goals/assign?campaign={}", found.project.project_id, found.campaign.campaign_id);
    view! {
        <section class="grid gap-3" aria-labelledby="creators">
            <div class="flex flex-wrap items-center gap-x-4 gap-y-1">
                <h2 id="creators" class="text-sm font-semibold text-soft">"Creators"</h2>
                <span class="text-sm">{give_all_link(assign)}</span>
                <div class="ms-auto"><SortLinks links=sorts /></div>
            </div>
            {quiet.map(|quiet| view! { <QuietNote quiet /> })}
            <div class="card overflow-clip" data-quiet=quiet.map(|_| "")>
                <div class="relative overflow-x-auto">
                    <Table caption="Creators with their goals and gains" wide=true>
                        <Columns>
                            <Column label="Tick" unseen=true />
                            <Column label="Creator" />
                            <Column label="Goals" />
                            <Column label="Share of views" numeric=true />
                            <Column label="Views" numeric=true />
                            <Column label="Engagement" numeric=true />
                            <Column label="Posts" numeric=true />
                            <Column label="Actions" unseen=true />
                        </Columns>
                        <Rows>{rows.collect_view()}</Rows>
                    </Table>
                </div>
            </div>
            {ticked_creators(&found.project, &[], own)}
            <Pagination
                number=found.creators.number
                pages=found.creators.pages
                total=found.creators.total
                per_page=ROWS_PER_PAGE
                what="creators"
                href=href
            />
        </section>
    }
    .into_any()
}

fn creator_row(found: &CampaignView, contribution: &Contribution) -> impl IntoView + use<> {
    let Contribution { standing, gains } = contribution;
    let creator = &standing.program.creator;
    let creator_id = creator.creator_id;
    let goals = format!("/projects/{}/creators/{creator_id}/goals", found.project.project_id);
    let badges: Vec<_> = standing
        .evaluations
        .iter()
        .map(|(goal_id, evaluation)| {
            view! {
                <li class="flex flex-wrap items-center gap-1.5">
                    <span class="min-w-30 text-xs text-muted">{format!("{} {}", evaluation.cadence.name(), evaluation.metric.label().to_lowercase())}</span>
                    <GoalBadge evaluation />
                    <Advisory evaluation goal_id=*goal_id kind="current" />
                    <StatusMarker evaluation />
                    <JustEnded evaluation goal_id=*goal_id />
                </li>
            }
        })
        .collect();
    let badges = if badges.is_empty() {
        view! { <span class="text-muted">"No goals"</span> }.into_any()
    } else {
        view! { <ul class="grid gap-1">{badges}</ul> }.into_any()
    };
    let all = found.stats.gains.views;
    let share = match gains.views {
        views if all <= 0 || views <= 0 => "–".to_owned(),
        views => match views.saturating_mul(100) / all {
            0 => "< 1 %".to_owned(),
            percent => format!("{percent} %"),
        },
    };
    view! {
        <Row attr:data-live=creator_id.to_string()>
            <Cell>{tick(creator)}</Cell>
            <RowHead>
                <a class="inline-flex min-h-6 items-center gap-2 font-semibold hover:underline" href=goals>
                    <Avatar creator />{creator.name().to_owned()}
                </a>
            </RowHead>
            <Cell class="goals">{badges}</Cell>
            <Cell label="Share of views" numeric=true>{share}</Cell>
            <Cell label="Views" numeric=true>{number(gains.views)}</Cell>
            <Cell label="Engagement" numeric=true>{number(gains.engagement)}</Cell>
            <Cell label="Posts" numeric=true>{number(gains.posts)}</Cell>
            <Cell class="acts acts-corner"><div class="flex justify-end">{remove_button(found, CampaignItem::Creator(creator_id), creator.name())}</div></Cell>
        </Row>
    }
}
