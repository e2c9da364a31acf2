//! Tests of accounts that were renamed on TikTok: they stay one creator.

mod decisions;
mod ids;
mod merging;
mod readings_without_posts;
mod world;
