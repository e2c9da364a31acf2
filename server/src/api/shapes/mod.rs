//! The JSON shapes of the API, also printed by `creator-goals evaluate --json`.

mod campaign;
mod counts;
mod creator;
mod evaluation;
mod goal;
mod instant;
mod post;
mod project;

pub use campaign::{Campaign, CampaignWithStats};
pub use counts::Aggregate;
pub use creator::Creator;
pub use evaluation::{CreatorCompliance, Evaluation};
pub use goal::Goal;
pub use instant::instant;
pub use post::Post;
pub use project::Project;
