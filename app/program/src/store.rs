//! The store of the application: [`Store`] combines the traits that the nouns define beside their records.

use crate::campaigns::store::CampaignStore;
use crate::creators::store::CreatorStore;
use crate::facts::store::FactStore;
use crate::goals::store::GoalStore;
use crate::imports::store::ImportStore;
use crate::keys::store::KeyStore;
use crate::pastes::store::PasteStore;
use crate::posts::store::PostStore;
use crate::projects::store::ProjectStore;
use crate::reviews::store::ReviewStore;
use crate::saved_views::store::SavedViewStore;
use crate::standings::store::StandingStore;
use crate::upkeep::UpkeepStore;
use std::sync::Arc;
use thiserror::Error;

/// A shared store.
pub type SharedStore = Arc<dyn Store>;

/// Why a store method failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// What the call refers to is not in the project.
    #[error("not found in this project")]
    NotFound,
    /// The creator was removed from the program: their goals can be read, but not created or changed.
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    /// The database currently accepts no changes; the sentence says why.
    #[error("{0}")]
    Unwritable(String),
    /// The database failed; nothing was changed.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The result of every store method.
pub type StoreResult<T> = Result<T, StoreError>;

/// All store traits together.
pub trait Store:
    CampaignStore
    + CreatorStore
    + FactStore
    + GoalStore
    + ImportStore
    + KeyStore
    + PasteStore
    + PostStore
    + ProjectStore
    + ReviewStore
    + SavedViewStore
    + StandingStore
    + UpkeepStore
{
}

impl<T> Store for T where
    T: CampaignStore
        + CreatorStore
        + FactStore
        + GoalStore
        + ImportStore
        + KeyStore
        + PasteStore
        + PostStore
        + ProjectStore
        + ReviewStore
        + SavedViewStore
        + StandingStore
        + UpkeepStore
{
}
