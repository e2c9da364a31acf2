//! Items of the common Apify scrapers.
//!
//! The capture instant is `scrapedAt` or a similar field if the run adds one, otherwise that of the options.

use super::node::Node;
use crate::moment::Unzoned;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::fact::{Counters, PostKind};

pub(super) fn observe(item: &Node, zone: Unzoned) -> Result<Observation, RowError> {
    let mut seen = Observation {
        post_id: item.post_id(&["id"])?,
        creator: item.handle(&["authorMeta.name"])?,
        creator_name: item.name(&["authorMeta.nickName"]),
        avatar_url: item.address(&["authorMeta.avatar", "authorMeta.originalAvatarUrl"])?,
        published_at: item.instant(&["createTimeISO", "createTime"], zone)?,
        captured_at: super::captured_at(item, zone)?,
        counters: Counters {
            views: item.count(&["playCount"])?,
            likes: item.count(&["diggCount"])?,
            comments: item.count(&["commentCount"])?,
            shares: item.count(&["shareCount"])?,
            saves: item.count(&["collectCount"])?,
        },
        followers: item.count(&["authorMeta.fans"])?,
        description: item.text(&["text"], MAX_DESCRIPTION),
        url: item.address(&["webVideoUrl"])?,
        kind: match item.get("isSlideshow") {
            Some(Node::Bool(true)) => Some(PostKind::PhotoCarousel),
            Some(Node::Bool(false)) => Some(PostKind::Video),
            _ => None,
        },
        dates_posts: true,
    };
    seen.read_link();
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    Ok(seen)
}
