//! The data for evaluations in the store.

use crate::error::StoreResult;
use crate::ids::{CampaignId, CreatorId, ProjectId};
use crate::standings::gains::AsOfCorrection;
use crate::standings::gains::DayRow;
use crate::standings::gains::GainsAsked;
use crate::standings::gains::PastDays;
use crate::standings::gains::PostsOfDay;
use crate::standings::program::Program;
use async_trait::async_trait;
use compliance::Instant;
use compliance::gains::DayGains;
use compliance::gains::Gains;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What a project is judged by. Every method is one transaction. Lookups return `Option`; changing what does not exist
/// returns [`StoreError::NotFound`](crate::error::StoreError::NotFound).
#[async_trait]
pub trait StandingStore: Send + Sync + 'static {
    /// Returns everything that evaluations need, with the gains from `first_day` on, as one consistent state. It is
    /// kept in memory and updated with what changed since.
    async fn program(&self, project_id: ProjectId, as_of: Instant) -> StoreResult<Option<Arc<Program>>>;
    /// Returns what creators had gained up to `as_of` on its local day, and when they had last been collected, for an
    /// `as_of` that is earlier than some of the known facts.
    async fn corrections_as_of(&self, program: &Program, as_of: Instant) -> StoreResult<Vec<AsOfCorrection>>;
    /// Returns the day buckets of one creator over the days `first..end`.
    async fn creator_days(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        days: Range<i32>,
    ) -> StoreResult<Vec<DayRow>>;
    /// Returns what was known at the end of a local day: the day buckets of every creator over the days `first..end`,
    /// and when each creator had last been collected before the day `end`.
    async fn days_before(&self, project_id: ProjectId, days: Range<i32>) -> StoreResult<HashMap<CreatorId, PastDays>>;
    /// Returns how many posts of the creators of the program count on each of the days `first..end`; days without any are
    /// missing.
    async fn posts_of_days(&self, project_id: ProjectId, days: Range<i32>) -> StoreResult<Vec<PostsOfDay>>;
    /// Returns what each creator of a project gained over the days `first..end`; those who gained nothing may be
    /// missing.
    async fn gains_by_creator(&self, project_id: ProjectId, days: Range<i32>)
    -> StoreResult<HashMap<CreatorId, Gains>>;
    /// Returns what the creators of each campaign gained together over the requested days; campaigns whose creators
    /// gained nothing may be missing.
    async fn gains_by_campaign(
        &self,
        project_id: ProjectId,
        asked: &[GainsAsked],
    ) -> StoreResult<HashMap<CampaignId, Gains>>;
    /// Returns what creators gained together on each of the days `first..end`.
    async fn gains_by_day(
        &self,
        project_id: ProjectId,
        creators: &[CreatorId],
        days: Range<i32>,
    ) -> StoreResult<DayGains>;
}
