//! The campaigns of a project.

use super::campaign_pace::pace_badge;
use super::loaded::loaded;
use super::request::Request;
use crate::caller::caller;
use crate::components::deleted::{DeletedSection, Gone};
use crate::components::empty_state::EmptyState;
use crate::components::icon::{self, Icon};
use crate::components::notice::{DoneNotice, ErrorSummary};
use crate::components::page_header::PageHeader;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::forms::campaigns::RestoreCampaign;
use crate::shell::{Place, shell};
use crate::wording::{ago, compact, date, number, plural};
use compliance::Instant;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::campaigns::list::{CampaignRow, Campaigns, campaigns};
use program::campaigns::record::Campaign;
use program::projects::record::Project;
use program::undo::Deleted;

/// The campaigns of a project.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let request = Request::current();
    let (done, circle) = (request.query("done"), request.query("circle"));
    loaded(async move { campaigns(&caller()?, request.id("project_id")?).await }, move |found| {
        page(&found, done, &circle)
    })
}

/// Returns the error for a campaign that would create a circle; `path` is shown as text.
pub fn circle_errors(field: &'static str, path: &str) -> Vec<(&'static str, String)> {
    if path.is_empty() {
        return Vec::new();
    }
    let path: String = path.chars().take(2_000).collect();
    vec![(field, format!("A campaign cannot contain itself. This would close the circle {path}."))]
}

fn page(found: &Campaigns, done: String, circle: &str) -> impl IntoView + use<> {
    let base = format!("/projects/{}/campaigns", found.project.project_id);
    let new = format!("{base}/new");
    let body = if found.campaigns.is_empty() {
        let new = new.clone();
        view! {
            <EmptyState
                svg=icon::MEGAPHONE
                title="No campaigns yet"
                text="A campaign is a group of creators, single posts and other campaigns, such as a launch, a season or a market, with their combined numbers."
            >
                <a class="btn btn-primary" href=new><Icon svg=icon::PLUS />"New campaign"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        table(found, &base).into_any()
    };
    view! {
        <Title text="Campaigns" />
        {shell(&found.project, Place::Campaigns, "", view! {
            <PageHeader title="Campaigns">
                <a class="btn btn-primary" href=new><Icon svg=icon::PLUS />"New campaign"</a>
            </PageHeader>
            <DoneNotice code=done />
            <ErrorSummary title="The campaign was not restored" errors=circle_errors("deleted", circle) />
            {body}
            <DeletedSection gone=deleted(&found.project, &found.deleted, found.as_of) action=RestoreCampaign::PATH />
        }.into_any())}
    }
}

fn table(found: &Campaigns, base: &str) -> impl IntoView + use<> {
    let rows = found.campaigns.iter().map(|row| campaign_row(row, base, found.as_of));
    view! {
        <div class="card overflow-clip">
            <div class="relative overflow-x-auto">
                <Table caption="Campaigns with their numbers over the last 30 days" wide=true>
                    <Columns>
                        <Column label="Campaign" />
                        <Column label="Creators" numeric=true />
                        <Column label="Need attention" numeric=true />
                        <Column label="Posts, 30 days" numeric=true />
                        <Column label="Views, 30 days" numeric=true />
                        <Column label="Target" numeric=true />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
        </div>
    }
}

fn campaign_row(row: &CampaignRow, base: &str, as_of: Instant) -> impl IntoView + use<> {
    let CampaignRow { campaign, inside, stats, attention } = row;
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX));
    let inside = (!inside.is_empty()).then(|| format!("in {}", inside.join(", ")));
    let single = (stats.posts > 0)
        .then(|| format!(" + {}", plural(i64::try_from(stats.posts).unwrap_or(0), "single post", "single posts")));
    let target = campaign.terms.target.zip(stats.progress).map_or_else(
        || view! { <span class="text-muted">"–"</span> }.into_any(),
        |(target, progress)| {
            let badge = pace_badge(&target, progress.pace, as_of);
            view! {
                <span class="flex flex-wrap items-center gap-x-2 gap-y-1 xl:justify-end">
                    {badge}
                    <span>
                        <b class="font-semibold">{compact(progress.actual)}</b>" "
                        <span class="unit">{format!("of {}", compact(target.views))}</span>
                    </span>
                </span>
                <span class="block text-xs text-muted">{format!("until {}", date(target.target_date))}</span>
            }
            .into_any()
        },
    );
    let attention_look = if *attention > 0 { "font-semibold" } else { "text-muted" };
    view! {
        <Row>
            <RowHead>
                <a class="inline-flex min-h-6 items-center font-semibold hover:underline" href=format!("{base}/{}", campaign.campaign_id)>
                    {campaign.terms.name.clone()}
                </a>
                {inside.map(|inside| view! { <span class="block text-xs font-normal text-muted">{inside}</span> })}
            </RowHead>
            <Cell label="Creators" numeric=true>
                <span>{count(stats.creators)}{single.map(|single| view! { <span class="unit">{single}</span> })}</span>
            </Cell>
            <Cell label="Need attention" numeric=true class=attention_look>{count(*attention)}</Cell>
            <Cell label="Posts, 30 days" numeric=true>{number(stats.gains.posts)}</Cell>
            <Cell label="Views, 30 days" numeric=true>{number(stats.gains.views)}</Cell>
            <Cell label="Target" numeric=true><span>{target}</span></Cell>
        </Row>
    }
}

fn deleted(project: &Project, deleted: &[Deleted<Campaign>], as_of: Instant) -> Vec<Gone> {
    let gone = deleted.iter().map(|deleted| Gone {
        name: deleted.what.terms.name.clone(),
        shown: None,
        since: format!("deleted {}", ago(deleted.deleted_at, as_of)),
        fields: vec![
            ("project_id", project.project_id.to_string()),
            ("campaign_id", deleted.what.campaign_id.to_string()),
        ],
    });
    gone.collect()
}
