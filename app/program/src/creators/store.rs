//! Creators in the store.

use crate::creators::record::AddCreatorOutcome;
use crate::creators::record::Creator;
use crate::creators::record::CreatorChange;
use crate::creators::record::CreatorEvent;
use crate::creators::record::CreatorTotals;
use crate::creators::record::NewCreator;
use crate::creators::record::UpdateCreatorOutcome;
use crate::error::StoreResult;
use async_trait::async_trait;
use compliance::Instant;
use std::ops::Range;
use uuid::Uuid;

/// Creators. Every method is one transaction. Lookups return `Option`; changes of what is not there are
/// [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait CreatorStore: Send + Sync + 'static {
    /// Creators of whom anything changed after a version of the project, removed ones included.
    async fn creators_changed_since(&self, project_id: Uuid, version: i64) -> StoreResult<Vec<Creator>>;
    /// Creators who were removed from the program.
    async fn creators_removed(&self, project_id: Uuid) -> StoreResult<Vec<Creator>>;
    /// One creator, removed or not.
    async fn creator(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<Creator>>;
    /// Adds creators by hand; the outcome of each, in order. Adding a removed creator brings them back.
    async fn add_creators(
        &self,
        project_id: Uuid,
        creators: &[NewCreator],
        now: Instant,
    ) -> StoreResult<Vec<AddCreatorOutcome>>;
    /// Posts, and the sums of their latest counters, of the creators named.
    async fn creator_totals(&self, project_id: Uuid, creator_ids: &[Uuid]) -> StoreResult<Vec<CreatorTotals>>;
    /// Changes how a creator is called, shown and tracked. A moved tracking start re-books.
    async fn update_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        change: &CreatorChange,
        now: Instant,
    ) -> StoreResult<UpdateCreatorOutcome>;
    /// Removes a creator from the program (history is kept), or brings them back.
    async fn set_creator_removed(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        removed: bool,
        now: Instant,
    ) -> StoreResult<()>;
    /// What people want to remember of a creator; `None` without such a creator.
    async fn creator_notes(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<String>>;
    /// Changes what people want to remember of a creator.
    async fn set_creator_notes(&self, project_id: Uuid, creator_id: Uuid, notes: &str) -> StoreResult<()>;
    /// What was done to a creator from one instant to before another, the latest first.
    async fn creator_events(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        span: Range<Instant>,
    ) -> StoreResult<Vec<CreatorEvent>>;
}
