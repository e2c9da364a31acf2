//! The data that TikTok's own web site and app load: items of `itemList` and `aweme_list`, and `userInfo`.
//!
//! `statsV2` has the numbers of `stats` as texts, and is preferred: they are exact, while `stats` may be rounded. The
//! capture instant is the one that the scraper added, otherwise that of the options.

use super::item::{Item, name_of};
use super::node::Node;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::fact::{Counters, PostKind};

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    if item.has("user.uniqueId") {
        return profile(item);
    }
    let carousel = ["imagePost", "image_post_info"].iter().any(|key| item.get(key).is_some());
    let mut seen = Observation {
        creator: match item.get("author") {
            Some(Node::Text(_)) => item.handle(&["author"])?,
            _ => item.handle(&["author.uniqueId", "author.unique_id", "authorUniqueId"])?,
        },
        accounts: item
            .accounts(&["author.id", "author.uid", "authorId"], &["author.secUid", "author.sec_uid", "authorSecId"]),
        creator_name: item.name(&["author.nickname", "nickname"]),
        avatar_url: item.address(&["author.avatarMedium", "author.avatarLarger", "author.avatarThumb"]),
        published_at: item.instant(&["createTime", "create_time"])?,
        captured_at: item.captured_at()?,
        counters: Counters {
            views: item.count(&["statsV2.playCount", "stats.playCount", "statistics.play_count"]),
            likes: item.count(&["statsV2.diggCount", "stats.diggCount", "statistics.digg_count"]),
            comments: item.count(&["statsV2.commentCount", "stats.commentCount", "statistics.comment_count"]),
            shares: item.count(&["statsV2.shareCount", "stats.shareCount", "statistics.share_count"]),
            saves: item.count(&["statsV2.collectCount", "stats.collectCount", "statistics.collect_count"]),
        },
        followers: item.count(&["authorStatsV2.followerCount", "authorStats.followerCount", "author.follower_count"]),
        description: item.text(&["desc"], MAX_DESCRIPTION),
        url: item.address(&["webpage_url", "share_url", "url"]),
        kind: Some(if carousel { PostKind::PhotoCarousel } else { PostKind::Video }),
        dates_posts: true,
        ..Observation::default()
    };
    seen.set_id(item.post_id(&["id", "id_str", "aweme_id"]));
    seen.read_link(name_of)?;
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    seen.left_out.extend(item.left_out());
    Ok(seen)
}

fn profile(item: &Item<'_>) -> Result<Observation, RowError> {
    let seen = Observation {
        creator: item.handle(&["user.uniqueId"])?,
        accounts: item.accounts(&["user.id"], &["user.secUid"]),
        creator_name: item.name(&["user.nickname"]),
        avatar_url: item.address(&["user.avatarMedium", "user.avatarLarger", "user.avatarThumb"]),
        captured_at: item.captured_at()?,
        followers: item.count(&["statsV2.followerCount", "stats.followerCount"]),
        ..Observation::default()
    };
    Ok(Observation { left_out: item.left_out(), ..seen })
}
