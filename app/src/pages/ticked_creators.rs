//! The actions for creators chosen on a list, by ticks or all of them.

use crate::components::field::Select;
use crate::components::icon::{self, Icon};
use crate::components::ticks::{Tick, TickedBar};
use crate::forms::assignments::{PlanAssignment, PlanMessage};
use crate::forms::campaigns::AddToCampaign;
use crate::forms::sent::Returned;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::campaigns::record::Campaign;
use program::creators::record::Creator;
use program::projects::record::Project;

/// Renders the checkbox of a creator.
pub fn tick(creator: &Creator) -> impl IntoView + use<> {
    view! { <Tick name="creator[]" value=creator.creator_id.to_string() label=format!("Tick {}", creator.name()) /> }
}

/// Renders the actions for the ticked creators: assign a goal, copy their handles and a message about them, or add them to one of `campaigns`. `back` is the address
/// of the list.
pub fn ticked_creators(project: &Project, campaigns: &[Campaign], back: String) -> impl IntoView + use<> {
    let project_id = project.project_id.to_string();
    let back = back.trim_end_matches('?').to_owned();
    let to_campaign = to_campaign(campaigns);
    view! {
        <TickedBar what="creators" action=PlanAssignment::PATH.to_owned()>
            <input type="hidden" name="project_id" value=project_id />
            <input type="hidden" name="back" value=back />
            <button class="btn btn-sm"><Icon svg=icon::TARGET class="size-3.5" />"Give a goal"</button>
            <button class="btn btn-sm" formaction=PlanMessage::PATH>"Handles and message"</button>
            {to_campaign}
        </TickedBar>
    }
}

/// Renders the link that assigns a goal to everybody shown.
pub fn give_all_link(href: String) -> impl IntoView {
    view! {
        <a class="link inline-flex min-h-6 items-center gap-1 print:hidden" href=href>
            <Icon svg=icon::TARGET class="size-3.5" />"Give all a goal"
        </a>
    }
}

/// Renders the part of a form that adds what is ticked to a campaign, if there is one. The campaign chosen in a returned
/// form stays chosen.
pub fn to_campaign(campaigns: &[Campaign]) -> impl IntoView + use<> {
    let options = campaigns.iter().map(|campaign| (campaign.campaign_id.to_string(), campaign.terms.name.clone()));
    let options: Vec<(String, String)> = options.collect();
    let returned = Returned::current().and_then(|returned| returned.field("campaign_id").map(str::to_owned));
    let chosen = returned.filter(|returned| options.iter().any(|(campaign_id, _)| campaign_id == returned));
    let chosen = chosen.or_else(|| Some(options.first()?.0.clone()))?;
    Some(view! {
        <span class="flex items-center gap-1.5">
            <span class="w-44"><Select name="campaign_id" id="campaign_id" label="Campaign" options value=chosen /></span>
            <button class="btn btn-sm" formaction=AddToCampaign::PATH>"Add to campaign"</button>
        </span>
    })
}
