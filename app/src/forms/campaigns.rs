//! Forms of campaigns.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use leptos::server;
use program::campaigns::changes::{self, Added, CampaignEdit};
use program::campaigns::form::CampaignForm;
use program::campaigns::items::NO_ITEMS;
use program::campaigns::record::CampaignItem;
use program::error::AppError;
use program::ids::{CampaignId, CreatorId, PostId, ProjectId};
use program::once::id_made;
use program::refusal::{Obstacle, closes_circle};
use uuid::Uuid;

fn campaign_page(project_id: ProjectId, campaign_id: CampaignId) -> String {
    format!("/projects/{project_id}/campaigns/{campaign_id}")
}

/// Returns a campaign form as the fields of its page, with the mark that it was sent back.
fn typed(form: &CampaignForm) -> [(&'static str, &str); 6] {
    [
        ("name", &form.name),
        ("notes", &form.notes),
        ("target_views", &form.target_views),
        ("start_date", &form.start_date),
        ("target_date", &form.target_date),
        ("refused", "1"),
    ]
}

/// Creates a campaign.
#[server(prefix = "/forms", endpoint = "create_campaign")]
pub async fn create_campaign(
    project_id: ProjectId,
    #[server(default)] name: String,
    #[server(default)] notes: String,
    #[server(default)] target_views: String,
    #[server(default)] start_date: String,
    #[server(default)] target_date: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let form = CampaignForm { name, notes, target_views, start_date, target_date };
    let decides = typed(&form).map(|(_, typed)| typed);
    let campaign_id = id_made(&form_id, "campaign", &[&[project_id.to_string().as_str()], &decides[..]].concat())?;
    match changes::create(&caller()?, project_id, campaign_id, &form).await {
        Ok(campaign) => {
            answer::done(&format!("{}?done=campaign_made", campaign_page(project_id, campaign.campaign_id)));
            Ok(())
        }
        Err(refusal) => answer::refusal(&format!("/projects/{project_id}/campaigns/new"), &typed(&form), refusal),
    }
}

/// Changes a campaign's name, notes and target.
#[server(prefix = "/forms", endpoint = "update_campaign")]
pub async fn update_campaign(
    project_id: ProjectId,
    campaign_id: CampaignId,
    #[server(default)] name: String,
    #[server(default)] notes: String,
    #[server(default)] target_views: String,
    #[server(default)] start_date: String,
    #[server(default)] target_date: String,
) -> Result<(), FormError> {
    let form = CampaignForm { name, notes, target_views, start_date, target_date };
    let edit = CampaignEdit {
        name: Some(form.name.clone()),
        notes: Some(form.notes.clone()),
        target_views: Some(form.target_views.clone()),
        start_date: Some(form.start_date.clone()),
        target_date: Some(form.target_date.clone()),
    };
    let page = campaign_page(project_id, campaign_id);
    match changes::edit(&caller()?, project_id, campaign_id, edit).await {
        Ok(_) => {
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(refusal) => answer::refusal(&format!("{page}/edit"), &typed(&form), refusal),
    }
}

/// Deletes a campaign; it can be restored for 30 days.
#[server(prefix = "/forms", endpoint = "delete_campaign")]
pub async fn delete_campaign(project_id: ProjectId, campaign_id: CampaignId) -> Result<(), FormError> {
    changes::delete(&caller()?, project_id, campaign_id).await?;
    answer::done(&format!("/projects/{project_id}/campaigns?done=campaign_deleted"));
    Ok(())
}

/// Restores a deleted campaign.
#[server(prefix = "/forms", endpoint = "restore_campaign")]
pub async fn restore_campaign(project_id: ProjectId, campaign_id: CampaignId) -> Result<(), FormError> {
    match changes::restore(&caller()?, project_id, campaign_id).await {
        Ok(()) => {
            answer::done(&format!("{}?done=campaign_restored", campaign_page(project_id, campaign_id)));
            Ok(())
        }
        Err(refusal) => {
            let path = match &refusal.by {
                Some(Obstacle::Circle(path)) => path.clone(),
                _ => String::new(),
            };
            answer::refusal(&format!("/projects/{project_id}/campaigns"), &[("circle", &path)], refusal)
        }
    }
}

/// Adds items to a campaign: creators and posts as typed (`items`), by their ids (`creator`, `post`), and another
/// campaign (`inner`). Texts that name nothing are returned in the form, a campaign that would create a circle is
/// refused; everything else is added.
#[server(prefix = "/forms", endpoint = "add_to_campaign")]
pub async fn add_to_campaign(
    project_id: ProjectId,
    campaign_id: CampaignId,
    #[server(default)] items: String,
    #[server(default)] creator: Vec<CreatorId>,
    #[server(default)] post: Vec<PostId>,
    #[server(default)] inner: String,
    #[server(default)] back: String,
) -> Result<(), FormError> {
    let own = campaign_page(project_id, campaign_id);
    let page = answer::back_to(&back, &own);
    let ids = creator.into_iter().map(CampaignItem::Creator).chain(post.into_iter().map(CampaignItem::Post));
    let ids = ids.chain(inner.parse().ok().map(CampaignItem::Campaign));
    let added = changes::add_what_fits(&caller()?, project_id, campaign_id, &items, ids).await;
    let Added { added, circle, unknown } = match added {
        Ok(added) => added,
        Err(refusal) if refusal.why == Some(NO_ITEMS) => {
            return answer::refusal(&page, &[("refused", "none")], refusal);
        }
        Err(refusal) => return answer::refusal(&own, &[("refused", "many")], refusal),
    };
    let path = circle.unwrap_or_default();
    let (added, missing) = (added.to_string(), unknown.len().to_string());
    if unknown.is_empty() && path.is_empty() {
        // The list on which rows were ticked has its own notice; the campaign's page shows the count.
        let done = if page == own { "items_added" } else { "ticked_added" };
        answer::done(&answer::and_query(&page, &[("done", done), ("items_added", &added)]));
        return Ok(());
    }
    let typed = unknown.join("\n");
    // A campaign that was added is not to be added again.
    let inner = if path.is_empty() { "" } else { inner.as_str() };
    let typed = [
        ("items", typed.as_str()),
        ("inner", inner),
        ("refused", &missing),
        ("items_added", &added),
        ("circle", &path),
    ];
    let error = if path.is_empty() {
        AppError::Invalid(format!(
            "{missing} of the texts given name no creator or post of this project; {added} were added."
        ))
    } else {
        AppError::Conflict(format!("{} {added} other things were added.", closes_circle(&path)))
    };
    answer::refused(&own, &typed, error)
}

/// Removes an item from a campaign. The page offers to add an item of this `kind` again.
#[server(prefix = "/forms", endpoint = "remove_from_campaign")]
pub async fn remove_from_campaign(
    project_id: ProjectId,
    campaign_id: CampaignId,
    item_id: Uuid,
    #[server(default)] kind: String,
) -> Result<(), FormError> {
    match changes::remove_item(&caller()?, project_id, campaign_id, item_id).await.map_err(AppError::from) {
        // Somebody else removed it first.
        Ok(()) | Err(AppError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    // Only a kind that there is, since it becomes part of the address.
    let kind = CampaignItem::new(&kind, item_id).map_or("", CampaignItem::kind);
    let item_id = item_id.to_string();
    let told = [("done", "item_removed"), ("removed_kind", kind), ("removed_id", &item_id)];
    answer::done(&answer::and_query(&campaign_page(project_id, campaign_id), &told));
    Ok(())
}
