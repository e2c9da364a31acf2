//! Items of the common Apify scrapers.
//!
//! The capture instant is `scrapedAt` or a similar field if the run adds one, otherwise that of the options.

use super::item::{Item, name_of};
use super::node::Node;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::fact::{Counters, PostKind};

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    let mut seen = Observation {
        creator: item.handle(&["authorMeta.name"])?,
        accounts: item.accounts(&["authorMeta.id"], &["authorMeta.secUid"]),
        creator_name: item.name(&["authorMeta.nickName"]),
        avatar_url: item.address(&["authorMeta.avatar", "authorMeta.originalAvatarUrl"]),
        published_at: item.instant(&["createTimeISO", "createTime"])?,
        captured_at: item.captured_at()?,
        counters: Counters {
            views: item.count(&["playCount"]),
            likes: item.count(&["diggCount"]),
            comments: item.count(&["commentCount"]),
            shares: item.count(&["shareCount"]),
            saves: item.count(&["collectCount"]),
        },
        followers: item.count(&["authorMeta.fans"]),
        description: item.text(&["text"], MAX_DESCRIPTION),
        url: item.address(&["webVideoUrl"]),
        kind: match item.get("isSlideshow") {
            Some(Node::Bool(true)) => Some(PostKind::PhotoCarousel),
            Some(Node::Bool(false)) => Some(PostKind::Video),
            _ => None,
        },
        dates_posts: true,
        ..Observation::default()
    };
    seen.set_id(item.post_id(&["id", "id_str"]));
    seen.read_link(name_of)?;
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    seen.left_out.extend(item.left_out());
    Ok(seen)
}
