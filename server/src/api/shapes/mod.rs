//! The JSON shapes of the API, one file a resource: what it answers (`creator-goals evaluate --json` prints the same) and the
//! bodies that it takes.

mod campaign;
mod counts;
mod creator;
mod evaluation;
mod evidence;
mod fact;
mod given;
mod goal;
mod instant;
mod outcome;
mod post;
mod project;

pub use campaign::{Campaign, CampaignPatch, CampaignToMake, CampaignWithStats, Item, ItemsAdded, ItemsToAdd};
pub use counts::Aggregate;
pub use creator::{AddedCreator, Creator, CreatorPatch, CreatorToAdd, OneOrMany};
pub use evaluation::CreatorCompliance;
pub use evidence::{Evidence, PeriodVerdict};
pub use fact::FactToTakeIn;
pub use goal::{Goal, GoalChange, GoalToMake};
pub use outcome::Outcome;
pub use post::{Post, PostPatch};
pub use project::{Project, ProjectPatch, ProjectToMake};
