//! Campaigns in the store.

use crate::campaigns::record::AddItemsOutcome;
use crate::campaigns::record::Campaign;
use crate::campaigns::record::CampaignContents;
use crate::campaigns::record::CampaignItem;
use crate::campaigns::record::CampaignTerms;
use crate::campaigns::record::RestoreCampaignOutcome;
use crate::error::StoreResult;
use crate::ids::{CampaignId, ProjectId};
use crate::undo::Deleted;
use async_trait::async_trait;
use compliance::Instant;
use uuid::Uuid;

/// Campaigns. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait CampaignStore: Send + Sync + 'static {
    /// Returns every campaign of a project, oldest first.
    async fn campaigns(&self, project_id: ProjectId) -> StoreResult<Vec<Campaign>>;
    /// Returns one campaign.
    async fn campaign(&self, project_id: ProjectId, campaign_id: CampaignId) -> StoreResult<Option<Campaign>>;
    /// Creates an empty campaign with this id. An existing one is not changed.
    async fn create_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        terms: &CampaignTerms,
        now: Instant,
    ) -> StoreResult<Campaign>;
    /// Changes a campaign's name, notes and target.
    async fn update_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        terms: &CampaignTerms,
    ) -> StoreResult<()>;
    /// Deletes a campaign; the items in it are not deleted, and campaigns that contain it continue without it.
    async fn delete_campaign(&self, project_id: ProjectId, campaign_id: CampaignId, now: Instant) -> StoreResult<()>;
    /// Returns the items directly in a campaign, by id.
    async fn campaign_items(&self, project_id: ProjectId, campaign_id: CampaignId) -> StoreResult<Vec<CampaignItem>>;
    /// Adds items to a campaign: all of them, or none.
    async fn add_campaign_items(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        items: &[CampaignItem],
        now: Instant,
    ) -> StoreResult<AddItemsOutcome>;
    /// Removes an item from a campaign.
    async fn remove_campaign_item(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        item_id: Uuid,
    ) -> StoreResult<()>;
    /// Returns the campaigns that were deleted at `since` or later, the latest first.
    async fn deleted_campaigns(&self, project_id: ProjectId, since: Instant) -> StoreResult<Vec<Deleted<Campaign>>>;
    /// Restores a campaign that was deleted at `since` or later, with its items and in the campaigns that contained it.
    /// Refused, with the names on the path, if that would now close a circle.
    async fn restore_campaign(
        &self,
        project_id: ProjectId,
        campaign_id: CampaignId,
        since: Instant,
    ) -> StoreResult<RestoreCampaignOutcome>;
    /// Returns the items of every campaign of a project.
    async fn campaign_contents(&self, project_id: ProjectId) -> StoreResult<CampaignContents>;
}
