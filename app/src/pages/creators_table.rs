//! The creators of a project as a table, what can be done with those who are ticked, and those who were removed.

use super::creators::badge;
use crate::api::campaigns::AddToCampaign;
use crate::api::creators::{Creators, RestoreCreator};
use crate::components::avatar::Avatar;
use crate::components::empty_state::EmptyState;
use crate::components::field::Select;
use crate::components::freshness::Freshness;
use crate::components::icon::{self, Icon};
use crate::store::{Creator, CreatorTotals, Standing};
use crate::wording::{ago, compact, number, plural};
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the form that takes the creators who are ticked.
const TICKED: &str = "ticked";

/// The box that chooses a creator.
pub fn tick(creator: &Creator) -> impl IntoView + use<> {
    view! {
        <input
            type="checkbox"
            class="tick relative z-1"
            form=TICKED
            name="creator[]"
            value=creator.creator_id.to_string()
            aria-label=format!("Tick {}", creator.name())
        />
    }
}

/// What can be done with the creators who are ticked, and with everybody on the list. `everyone` is the address that
/// gives everybody a goal.
pub fn ticked_creators(found: &Creators, back: &str, everyone: &str) -> impl IntoView + use<> {
    let project = format!("/projects/{}", found.project.project_id);
    let campaigns = found.campaigns.iter();
    let campaigns = campaigns.map(|campaign| (campaign.campaign_id.to_string(), campaign.terms.name.clone()));
    let campaigns: Vec<(String, String)> = campaigns.collect();
    let first = campaigns.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let to_campaign = (!campaigns.is_empty()).then(|| {
        view! {
            <span class="flex items-center gap-1.5">
                <span class="w-44"><Select name="campaign_id" id="campaign_id" label="Campaign" options=campaigns value=first /></span>
                <button class="btn btn-sm" formmethod="post" formaction=AddToCampaign::PATH>"Add to campaign"</button>
            </span>
        }
    });
    let all = plural(i64::try_from(found.page.total).unwrap_or(0), "creator", "creators");
    view! {
        <form id=TICKED method="get" action=format!("{project}/goals/assign") class="-mb-2 flex flex-wrap items-center gap-2 text-sm">
            <input type="hidden" name="project_id" value=found.project.project_id.to_string() />
            <input type="hidden" name="back" value=back.to_owned() />
            <span class="text-muted">"Ticked creators:"</span>
            <button class="btn btn-sm"><Icon svg=icon::TARGET class="size-3.5" />"Give a goal"</button>
            {to_campaign}
            <a class="link ms-auto inline-flex min-h-6 items-center" href=everyone.to_owned()>{format!("Give all {all} a goal")}</a>
        </form>
    }
}

/// One row a creator.
pub fn creators_table(found: &Creators) -> impl IntoView + use<> {
    let rows = found.page.rows.iter().map(|(standing, totals)| row(found, standing, *totals));
    view! {
        <div class="card overflow-clip">
            <div class="md:overflow-x-auto">
                <table class="table table-stack" role="table">
                    <caption class="sr-only">"Creators with their goals"</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col"><span class="sr-only">"Tick"</span></th>
                            <th role="columnheader" scope="col">"Creator"</th>
                            <th role="columnheader" scope="col">"Goals"</th>
                            <th role="columnheader" scope="col">"Tracking"</th>
                            <th role="columnheader" scope="col" class="num">"Followers"</th>
                            <th role="columnheader" scope="col" class="num">"Posts"</th>
                            <th role="columnheader" scope="col" class="num">"Views"</th>
                            <th role="columnheader" scope="col">"Collected"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}

fn row(found: &Creators, standing: &Standing, totals: CreatorTotals) -> impl IntoView + use<> {
    let creator = &standing.program.creator;
    let page = format!("/projects/{}/creators/{}", found.project.project_id, creator.creator_id);
    let named = creator.name() != creator.handle.as_str();
    let badges: Vec<_> = standing.evaluations.iter().map(|(goal_id, evaluation)| badge(*goal_id, evaluation)).collect();
    let badges = if badges.is_empty() {
        view! { <a class="link" href=format!("{page}/goals/new")>"Add a goal"</a> }.into_any()
    } else {
        view! { <ul class="grid gap-1">{badges}</ul> }.into_any()
    };
    let tracking = match creator.tracking_mode {
        TrackingMode::Auto => "Counts at once".to_owned(),
        TrackingMode::Selective if totals.pending > 0 => {
            format!("Waits for approval, {} pending", number(totals.pending))
        }
        TrackingMode::Selective => "Waits for approval".to_owned(),
    };
    view! {
        <tr role="row" data-live=creator.creator_id.to_string()>
            <td role="cell" class="pick">{tick(creator)}</td>
            <th role="rowheader" scope="row">
                <a class="inline-flex min-h-6 items-center gap-2 font-semibold hover:underline" href=page>
                    <Avatar creator />
                    <span>
                        {creator.name().to_owned()}
                        {named.then(|| view! { <span class="block text-xs font-normal text-muted">{format!("@{}", creator.handle)}</span> })}
                    </span>
                </a>
            </th>
            <td role="cell">{badges}</td>
            <td role="cell" data-label="Tracking" class="text-soft">{tracking}</td>
            <td role="cell" data-label="Followers" class="num">{creator.followers.map_or_else(|| "–".to_owned(), number)}</td>
            <td role="cell" data-label="Posts" class="num">{number(totals.posts)}</td>
            <td role="cell" data-label="Views" class="num">{compact(totals.views)}</td>
            <td role="cell" data-label="Collected" class="whitespace-nowrap text-xs">
                <Freshness
                    last_collection=standing.last_collection
                    as_of=found.as_of
                    interval_hours=found.project.settings.collection_interval_hours
                    zone=found.project.zone
                />
            </td>
        </tr>
    }
}

/// Who was removed, and the way back.
pub fn removed_creators(found: &Creators) -> impl IntoView + use<> {
    let project_id = found.project.project_id;
    let list = format!("/projects/{project_id}/creators");
    if found.removed.is_empty() {
        return view! {
            <EmptyState svg=icon::USERS title="Nobody was removed" text="Creators who are removed can be brought back from here.">
                <a class="btn" href=list>"Show creators"</a>
            </EmptyState>
        }
        .into_any();
    }
    let rows = found.removed.iter().map(|creator| {
        let when = creator.removed_at.map(|at| format!("removed {}", ago(at, found.as_of))).unwrap_or_default();
        let name = creator.name().to_owned();
        view! {
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
                <a class="inline-flex min-h-6 items-center gap-2 font-[560] hover:underline" href=format!("{list}/{}", creator.creator_id)>
                    <Avatar creator />{name.clone()}
                </a>
                <span class="text-muted">{format!("@{}, {when}", creator.handle)}</span>
                <form method="post" action=RestoreCreator::PATH class="ms-auto">
                    <input type="hidden" name="project_id" value=project_id.to_string() />
                    <input type="hidden" name="creator_id" value=creator.creator_id.to_string() />
                    <button class="btn btn-sm">
                        <Icon svg=icon::UNDO class="size-3.5" />"Bring back"<span class="sr-only">{format!(": {name}")}</span>
                    </button>
                </form>
            </li>
        }
    });
    view! {
        <p class="text-sm text-muted">
            <a class="link inline-flex min-h-6 items-center" href=list.clone()>"Creators"</a>
            " · Removed: posts, numbers and goals are kept, and come back with them."
        </p>
        <ul class="card [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ul>
    }
    .into_any()
}
