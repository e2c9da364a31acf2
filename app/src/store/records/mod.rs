//! What is stored, as the application sees it: one file per noun.

mod campaigns;
mod creators;
mod facts;
mod goals;
mod imports;
mod jobs;
mod keys;
mod mended;
mod pastes;
mod posts;
mod projects;

pub use campaigns::*;
pub use creators::*;
pub use facts::*;
pub use goals::*;
pub use imports::*;
pub use jobs::*;
pub use keys::*;
pub use mended::*;
pub use pastes::*;
pub use posts::*;
pub use projects::*;
