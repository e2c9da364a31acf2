//! TikTok Research API: answers of `video/query`.
//!
//! `username` is the creator and `favourites_count` the saves; there is no address and no capture instant.

use super::item::{Item, name_of};
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::fact::Counters;

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    let mut seen = Observation {
        creator: item.handle(&["username"])?,
        published_at: item.instant(&["create_time"])?,
        captured_at: item.captured_at()?,
        counters: Counters {
            views: item.count(&["view_count"]),
            likes: item.count(&["like_count"]),
            comments: item.count(&["comment_count"]),
            shares: item.count(&["share_count"]),
            saves: item.count(&["favourites_count", "favorites_count"]),
        },
        description: item.text(&["video_description"], MAX_DESCRIPTION),
        dates_posts: true,
        ..Observation::default()
    };
    seen.set_id(item.post_id(&["id", "video_id"]));
    seen.read_link(name_of)?;
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    seen.left_out.extend(item.left_out());
    Ok(seen)
}
