//! The parts of a campaign's page below its creators: single posts, nested campaigns, and the form that adds items.

use crate::components::caption::Caption;
use crate::components::field::{FieldFrame, Select, described_by};
use crate::components::icon::{self, Icon};
use crate::components::notice::Toast;
use crate::components::table::{Cell, Column, Columns, Row, RowHead, Rows, Table};
use crate::components::textarea::Textarea;
use crate::forms::campaigns::{AddToCampaign, RemoveFromCampaign};
use crate::wording::{number, plural, short_date};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::campaigns::record::CampaignItem;
use program::campaigns::view::CampaignView;

/// The most single posts whose rows are shown.
const POSTS_SHOWN: usize = 100;

/// Renders the single posts of a campaign whose creators are not in it.
pub fn single_posts(found: &CampaignView) -> impl IntoView + use<> {
    if found.posts.is_empty() {
        return ().into_any();
    }
    let rows = found.posts.iter().take(POSTS_SHOWN).map(|(post, gains)| {
        let published = found.project.zone.wall_clock(post.published_at).date();
        view! {
            <Row>
                <RowHead class="!font-normal"><Caption post /></RowHead>
                <Cell label="Published" class="whitespace-nowrap">{short_date(published)}</Cell>
                <Cell label="Views" numeric=true>{number(gains.views)}</Cell>
                <Cell label="Engagement" numeric=true>{number(gains.engagement)}</Cell>
                <Cell class="acts">{remove_button(found, CampaignItem::Post(post.post_id), "post")}</Cell>
            </Row>
        }
    });
    let more = i64::try_from(found.posts.len().saturating_sub(POSTS_SHOWN)).unwrap_or(i64::MAX);
    view! {
        <section class="grid gap-2" aria-labelledby="posts">
            <h2 id="posts" class="text-sm font-semibold text-soft">"Single posts of other creators"</h2>
            <div class="card overflow-clip">
                <Table caption="Single posts with what they gained">
                    <Columns>
                        <Column label="Post" />
                        <Column label="Published" />
                        <Column label="Views" numeric=true />
                        <Column label="Engagement" numeric=true />
                        <Column label="Actions" unseen=true />
                    </Columns>
                    <Rows>{rows.collect_view()}</Rows>
                </Table>
            </div>
            {(more > 0).then(|| view! {
                <p class="text-xs text-muted">{format!("Not listed, but counted too: {}.", plural(more, "more post", "more posts"))}</p>
            })}
        </section>
    }
    .into_any()
}

/// Renders the campaigns directly in a campaign.
pub fn within(found: &CampaignView) -> impl IntoView + use<> {
    if found.within.is_empty() {
        return ().into_any();
    }
    let rows = found.within.iter().map(|inner| {
        let href = format!("/projects/{}/campaigns/{}", found.project.project_id, inner.campaign_id);
        view! {
            <li class="flex items-center gap-3 px-4 py-2">
                <Icon svg=icon::FOLDER_TREE class="text-muted" />
                <a class="link inline-flex min-h-6 items-center" href=href>{inner.terms.name.clone()}</a>
                <span class="ms-auto">{remove_button(found, CampaignItem::Campaign(inner.campaign_id), &inner.terms.name)}</span>
            </li>
        }
    });
    view! {
        <section class="grid gap-2" aria-labelledby="within">
            <h2 id="within" class="text-sm font-semibold text-soft">"Campaigns in it"</h2>
            <ul class="card text-sm [&>li+li]:border-t [&>li+li]:border-hairline">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Renders the button that removes an item from a campaign, if it is directly in it.
pub fn remove_button(found: &CampaignView, item: CampaignItem, what: &str) -> impl IntoView + use<> {
    let what = format!(": {what}");
    found.direct.contains(&item).then(|| {
        view! {
            <form method="post" action=RemoveFromCampaign::PATH>
                <input type="hidden" name="project_id" value=found.project.project_id.to_string() />
                <input type="hidden" name="campaign_id" value=found.campaign.campaign_id.to_string() />
                <input type="hidden" name="item_id" value=item.id().to_string() />
                <input type="hidden" name="kind" value=item.kind() />
                <button class="btn btn-sm btn-quiet">"Remove"<span class="sr-only">{what}</span></button>
            </form>
        }
    })
}

/// Renders the notice about an item that was removed, with the button that adds it again.
pub fn removed_notice(found: &CampaignView, item: Option<CampaignItem>) -> impl IntoView + use<> {
    let again = item.map(|item| {
        let name = match item {
            CampaignItem::Creator(_) => "creator[]",
            CampaignItem::Post(_) => "post[]",
            CampaignItem::Campaign(_) => "inner",
        };
        view! {
            <form method="post" action=AddToCampaign::PATH>
                <input type="hidden" name="project_id" value=found.project.project_id.to_string() />
                <input type="hidden" name="campaign_id" value=found.campaign.campaign_id.to_string() />
                <button class="btn btn-sm" name=name value=item.id().to_string()>
                    <Icon svg=icon::UNDO class="size-3.5" />"Undo"
                </button>
            </form>
        }
        .into_any()
    });
    view! { <Toast class="notice notice-good" svg=icon::CHECK text="Removed from the campaign.".to_owned() action=again /> }
}

/// Renders the form that adds items to a campaign, with the creators and posts that were typed and the campaign that was
/// chosen.
pub fn add_form(found: &CampaignView, items: String, inner: String) -> impl IntoView + use<> {
    let others = found.others.iter().map(|other| (other.campaign_id.to_string(), other.terms.name.clone()));
    let others: Vec<_> = std::iter::once((String::new(), "No other campaign".to_owned())).chain(others).collect();
    let nested = others.len() > 1;
    let hint = "One on each line: mia.moves, https://www.tiktok.com/@mia.moves, or the address of a post.";
    view! {
        <section class="card max-w-2xl p-4" aria-labelledby="add">
            <h2 id="add" class="font-semibold">"Add to this campaign"</h2>
            <form method="post" action=AddToCampaign::PATH class="mt-3 grid gap-4" novalidate>
                <input type="hidden" name="project_id" value=found.project.project_id.to_string() />
                <input type="hidden" name="campaign_id" value=found.campaign.campaign_id.to_string() />
                <FieldFrame name="items" label="Creators and posts" hint=Some(hint.to_owned()) error=None>
                    <Textarea
                        name="items"
                        value=items
                        rows="4"
                        class="min-h-24 font-mono text-sm"
                        of_names=true
                        described_by=described_by("items", true, false)
                    />
                </FieldFrame>
                {nested.then(|| view! {
                    <div class="field">
                        <label class="field-label" for="inner">"A campaign, with everything in it"</label>
                        <Select name="inner" id="inner" options=others value=inner />
                    </div>
                })}
                <div><button class="btn">"Add"</button></div>
            </form>
        </section>
    }
}
