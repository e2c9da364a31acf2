//! The changes of a campaign, called by forms and the API.

use super::form::CampaignForm;
use super::items::{check_count, circle, named_items};
use super::record::{AddItemsOutcome, Campaign, CampaignItem, CampaignTerms, RestoreCampaignOutcome};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CampaignId, ProjectId};
use crate::refusal::Refusal;
use crate::undo::undo_since;
use chrono::NaiveDate;
use compliance::calendar::LocalDays as _;
use uuid::Uuid;

/// An edit of a campaign, as typed; a field that is `None` is not changed, and one that is empty is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignEdit {
    /// Its name.
    pub name: Option<String>,
    /// Its notes.
    pub notes: Option<String>,
    /// Views to gain.
    pub target_views: Option<String>,
    /// The first local date that counts for the target.
    pub start_date: Option<String>,
    /// The last local date that counts for the target.
    pub target_date: Option<String>,
}

impl CampaignEdit {
    /// Returns the form after the edit.
    fn on(self, before: CampaignForm) -> CampaignForm {
        let names_start = self.start_date.is_some();
        let mut form = CampaignForm {
            name: self.name.unwrap_or(before.name),
            notes: self.notes.unwrap_or(before.notes),
            target_views: self.target_views.unwrap_or(before.target_views),
            start_date: self.start_date.unwrap_or(before.start_date),
            target_date: self.target_date.unwrap_or(before.target_date),
        };
        // Without a target, a start date that was not sent is removed as well.
        if form.target_views.is_empty() && form.target_date.is_empty() && !names_start {
            form.start_date.clear();
        }
        form
    }
}

/// The result of adding items to a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The number of items that were not in it before.
    pub added: usize,
    /// The circle that a campaign would have closed, which was left out.
    pub circle: Option<String>,
    /// The texts that name nothing.
    pub unknown: Vec<String>,
}

/// Creates a campaign with this id; an existing one is not changed.
pub async fn create(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    form: &CampaignForm,
) -> Result<Campaign, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let now = caller.now();
    let terms = parse(form, project.zone.date_of(now))?;
    Ok(caller.store.create_campaign(project_id, campaign_id, &terms, now).await?)
}

/// Changes a campaign's name, notes and target.
pub async fn edit(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    edit: CampaignEdit,
) -> Result<Campaign, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let campaign = caller.store.campaign(project_id, campaign_id).await?.ok_or(AppError::NotFound)?;
    let terms = parse(&edit.on(CampaignForm::of(&campaign.terms)), project.zone.date_of(campaign.created_at))?;
    caller.store.update_campaign(project_id, campaign_id, &terms).await?;
    Ok(Campaign { terms, ..campaign })
}

/// Deletes a campaign; it can be restored for 30 days. Its items stay; campaigns that contain it continue without it.
pub async fn delete(caller: &Caller, project_id: ProjectId, campaign_id: CampaignId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.delete_campaign(project_id, campaign_id, caller.now()).await?)
}

/// Restores a deleted campaign, unless it would contain itself.
pub async fn restore(caller: &Caller, project_id: ProjectId, campaign_id: CampaignId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    match caller.store.restore_campaign(project_id, campaign_id, undo_since(caller.now())).await? {
        RestoreCampaignOutcome::Restored => Ok(()),
        RestoreCampaignOutcome::Circle(path) => Err(Refusal::circle(None, circle(path))),
    }
}

/// Adds items to a campaign: all of them, or none. Returns how many were not in it before.
pub async fn add_items(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    items: &[CampaignItem],
) -> Result<usize, Refusal> {
    caller.project(project_id, Action::Write).await?;
    check_count(items)?;
    let field = |place: usize| format!("items[{place}].id");
    match caller.store.add_campaign_items(project_id, campaign_id, items, caller.now()).await? {
        AddItemsOutcome::Added(added) => Ok(added),
        AddItemsOutcome::Unknown(place) => Err(Refusal::unknown(field(place))),
        AddItemsOutcome::Circle(place, path) => Err(Refusal::circle(Some(field(place)), circle(path))),
    }
}

/// Adds to a campaign what is typed in `text` and some items. What names nothing is returned; if a campaign among the items
/// would create a circle, everything except campaigns is added. Nothing at all is refused.
pub async fn add_what_fits(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    text: &str,
    items: impl IntoIterator<Item = CampaignItem>,
) -> Result<Added, Refusal> {
    caller.project(project_id, Action::Write).await?;
    let (mut chosen, unknown) = named_items(caller, project_id, text).await?;
    chosen.extend(items);
    if !chosen.is_empty() || unknown.is_empty() {
        check_count(&chosen)?;
    }
    let mut closed = None;
    loop {
        if chosen.is_empty() {
            return Ok(Added { added: 0, circle: closed, unknown });
        }
        match caller.store.add_campaign_items(project_id, campaign_id, &chosen, caller.now()).await? {
            AddItemsOutcome::Added(added) => return Ok(Added { added, circle: closed, unknown }),
            AddItemsOutcome::Circle(_, path) if closed.is_none() => {
                closed = Some(circle(path));
                chosen.retain(|item| !matches!(item, CampaignItem::Campaign(_)));
            }
            AddItemsOutcome::Circle(..) | AddItemsOutcome::Unknown(_) => return Err(AppError::NotFound.into()),
        }
    }
}

/// Removes an item from a campaign.
pub async fn remove_item(
    caller: &Caller,
    project_id: ProjectId,
    campaign_id: CampaignId,
    item_id: Uuid,
) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.remove_campaign_item(project_id, campaign_id, item_id).await?)
}

fn parse(form: &CampaignForm, made_on: NaiveDate) -> Result<CampaignTerms, Refusal> {
    form.parse(made_on).map_err(|errors| Refusal::of_fields(errors.by_field()))
}
