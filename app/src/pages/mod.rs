//! One file per route.

pub mod loaded;
pub mod problem;
pub mod request;

mod api_docs;
mod creator_overview;
mod creator_posts;
mod creator_settings;
mod creators;
mod creators_new;
mod evidence;
mod goal_card;
mod goal_confirm;
mod goal_form;
mod goals;
mod import;
mod import_status;
mod not_found;
mod overview;
mod overview_table;
mod posts_table;
mod removed;
mod settings;
mod settings_keys;

pub use api_docs::ApiDocsPage;
pub use creator_overview::CreatorOverviewPage;
pub use creator_posts::CreatorPostsPage;
pub use creator_settings::{CreatorSettingsPage, RemoveCreatorPage};
pub use creators::CreatorsPage;
pub use creators_new::NewCreatorsPage;
pub use goal_confirm::{DeleteGoalPage, EndGoalPage};
pub use goal_form::{EditGoalPage, NewGoalPage};
pub use goals::GoalsPage;
pub use import::ImportPage;
pub use import_status::ImportStatusPage;
pub use not_found::NotFoundPage;
pub use overview::OverviewPage;
pub use settings::{SettingsPage, WelcomePage};
