//! One file per route.

mod home;
pub mod loaded;
mod not_found;
pub mod problem;

pub use home::HomePage;
pub use not_found::NotFoundPage;
