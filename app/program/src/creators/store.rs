//! Creators in the store.

use crate::creators::record::AddCreatorOutcome;
use crate::creators::record::Creator;
use crate::creators::record::CreatorChange;
use crate::creators::record::CreatorEvent;
use crate::creators::record::CreatorTotals;
use crate::creators::record::Membership;
use crate::creators::record::NewCreator;
use crate::creators::record::UpdateCreatorOutcome;
use crate::error::StoreResult;
use crate::ids::{CreatorId, ProjectId};
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Handle;
use std::ops::Range;

/// Creators. Every method is one transaction. Lookups return `Option`; changing what does not exist returns
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait CreatorStore: Send + Sync + 'static {
    /// Returns the creators that changed after a version of the project, including removed ones.
    async fn creators_changed_since(&self, project_id: ProjectId, version: i64) -> StoreResult<Vec<Creator>>;
    /// Returns the creators who were removed from the program.
    async fn creators_removed(&self, project_id: ProjectId) -> StoreResult<Vec<Creator>>;
    /// Returns one creator, removed or not.
    async fn creator(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Option<Creator>>;
    /// Returns the creators with these handles, removed or not, in any order.
    async fn creators_with_handles(&self, project_id: ProjectId, handles: &[Handle]) -> StoreResult<Vec<Creator>>;
    /// Adds creators by hand; returns the outcome of each, in order. Adding a removed creator restores them.
    async fn add_creators(
        &self,
        project_id: ProjectId,
        creators: &[NewCreator],
        now: Instant,
    ) -> StoreResult<Vec<AddCreatorOutcome>>;
    /// Returns the number of posts, and the sums of their latest counters, of these creators.
    async fn creator_totals(&self, project_id: ProjectId, creator_ids: &[CreatorId])
    -> StoreResult<Vec<CreatorTotals>>;
    /// Changes a creator's handle, display name and tracking. A moved tracking start books the posts again.
    async fn update_creator(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        change: &CreatorChange,
        now: Instant,
    ) -> StoreResult<UpdateCreatorOutcome>;
    /// Removes a creator from the program (the history is kept), or restores them.
    async fn set_membership(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        membership: Membership,
        now: Instant,
    ) -> StoreResult<()>;
    /// Returns the notes on a creator; `None` if the creator does not exist.
    async fn creator_notes(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Option<String>>;
    /// Changes the notes on a creator.
    async fn set_creator_notes(&self, project_id: ProjectId, creator_id: CreatorId, notes: &str) -> StoreResult<()>;
    /// Returns the changes of a creator from one instant to before another, the latest first.
    async fn creator_events(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        span: Range<Instant>,
    ) -> StoreResult<Vec<CreatorEvent>>;
}
