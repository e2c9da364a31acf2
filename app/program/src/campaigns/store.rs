//! Campaigns in the store.

use crate::campaigns::record::AddItemsOutcome;
use crate::campaigns::record::Campaign;
use crate::campaigns::record::CampaignContents;
use crate::campaigns::record::CampaignItem;
use crate::campaigns::record::CampaignTerms;
use crate::campaigns::record::RestoreCampaignOutcome;
use crate::error::StoreResult;
use crate::undo::Deleted;
use async_trait::async_trait;
use compliance::Instant;
use uuid::Uuid;

/// Campaigns. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait CampaignStore: Send + Sync + 'static {
    /// Every campaign of a project, oldest first.
    async fn campaigns(&self, project_id: Uuid) -> StoreResult<Vec<Campaign>>;
    /// One campaign.
    async fn campaign(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Option<Campaign>>;
    /// Makes a campaign of this id with nothing in it. If it is there already, it stays as it is.
    async fn create_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        terms: &CampaignTerms,
        now: Instant,
    ) -> StoreResult<Campaign>;
    /// Changes what is said of a campaign.
    async fn update_campaign(&self, project_id: Uuid, campaign_id: Uuid, terms: &CampaignTerms) -> StoreResult<()>;
    /// Deletes a campaign; what was in it stays, and campaigns it was in go on without it.
    async fn delete_campaign(&self, project_id: Uuid, campaign_id: Uuid, now: Instant) -> StoreResult<()>;
    /// What stands directly in a campaign, by id.
    async fn campaign_items(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Vec<CampaignItem>>;
    /// Puts items into a campaign: all of them, or none.
    async fn add_campaign_items(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        items: &[CampaignItem],
        now: Instant,
    ) -> StoreResult<AddItemsOutcome>;
    /// Takes an item out of a campaign.
    async fn remove_campaign_item(&self, project_id: Uuid, campaign_id: Uuid, item_id: Uuid) -> StoreResult<()>;
    /// Campaigns that were deleted at `since` or later, the latest first.
    async fn deleted_campaigns(&self, project_id: Uuid, since: Instant) -> StoreResult<Vec<Deleted<Campaign>>>;
    /// Brings back a campaign that was deleted at `since` or later, with what was in it and where it was. A campaign
    /// that would close a circle by now is refused: the names on the way.
    async fn restore_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        since: Instant,
    ) -> StoreResult<RestoreCampaignOutcome>;
    /// What stands in every campaign of a project.
    async fn campaign_contents(&self, project_id: Uuid) -> StoreResult<CampaignContents>;
}
