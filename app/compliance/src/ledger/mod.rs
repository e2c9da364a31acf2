//! Computes the bookings of facts, and what each fact adds to which local day.
//!
//! A *booking* is one gain at one instant: a post at its publication, the difference between two readings at the later
//! one. Day buckets are sums of bookings per creator, metric and local day. docs/rules.md, "Actual" and "Misreadings".
//!
//! A [`Track`] takes the readings of one post or creator in order of time and tells what each changes. There is one kind
//! of state and one way to advance it, so it does not matter where a track starts: [`recompute`] starts it before all
//! readings, [`append`] after them, and a [`Placement`] in the middle, once without and once with the new readings, until
//! both agree.

pub mod followers;
mod level;
mod levels;
mod placement;
pub mod post;
mod remembered;
mod track;

pub use level::HistoryNeeded;
pub use placement::{Involved, Placed, Placement, Progress, Reached, Stored, append, involved};
pub use remembered::Remembered;
pub use track::{Effect, Track, recompute};
