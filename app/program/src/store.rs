//! The store of the application: [`Store`] combines the traits that the nouns define beside their records.

use crate::assignments::store::AssignmentStore;
use crate::campaigns::store::CampaignStore;
use crate::creators::store::CreatorStore;
use crate::facts::store::FactStore;
use crate::goals::store::GoalStore;
use crate::imports::store::ImportStore;
use crate::keys::store::KeyStore;
use crate::merges::store::MergeStore;
use crate::pastes::store::PasteStore;
use crate::posts::store::PostStore;
use crate::projects::store::ProjectStore;
use crate::reviews::store::ReviewStore;
use crate::saved_views::store::SavedViewStore;
use crate::standings::store::StandingStore;
use crate::upkeep::UpkeepStore;
use std::sync::Arc;

/// A shared store.
pub type SharedStore = Arc<dyn Store>;

/// All store traits together.
pub trait Store:
    AssignmentStore
    + CampaignStore
    + CreatorStore
    + FactStore
    + GoalStore
    + ImportStore
    + KeyStore
    + MergeStore
    + PasteStore
    + PostStore
    + ProjectStore
    + ReviewStore
    + SavedViewStore
    + StandingStore
    + UpkeepStore
{
}
