//! TikTok Display API v2: answers of `video/list` and `user/info`.
//!
//! They contain no capture instant (that of the options is used, or the counters are ignored) and no saves. The creator
//! of a video is read from `share_url`; without it, the default creator of the options is used.

use super::item::{Item, name_of};
use super::node::Node;
use crate::excerpt::excerpt;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::address::Address;
use compliance::fact::Counters;

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    if item.has("user") {
        return profile(item);
    }
    let mut seen = Observation {
        published_at: item.instant(&["create_time"])?,
        captured_at: item.captured_at()?,
        counters: Counters {
            views: item.count(&["view_count"]),
            likes: item.count(&["like_count"]),
            comments: item.count(&["comment_count"]),
            shares: item.count(&["share_count"]),
            saves: None,
        },
        description: item.text(&["video_description", "title"], MAX_DESCRIPTION),
        url: item.address(&["share_url"]),
        dates_posts: true,
        ..Observation::default()
    };
    seen.set_id(item.post_id(&["id"]));
    seen.read_link(name_of)?;
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    seen.left_out.extend(item.left_out());
    Ok(seen)
}

fn profile(item: &Item<'_>) -> Result<Observation, RowError> {
    let address = || item.text(&["user.profile_web_link", "user.profile_deep_link"], MAX_DESCRIPTION);
    let seen = Observation {
        creator: item.handle(&["user.username"])?.or_else(|| Address::handle(&address()?)),
        creator_name: item.name(&["user.display_name"]),
        avatar_url: item.address(&["user.avatar_large_url", "user.avatar_url", "user.avatar_url_100"]),
        captured_at: item.captured_at()?,
        followers: item.count(&["user.follower_count"]),
        ..Observation::default()
    };
    Ok(Observation { left_out: item.left_out(), ..seen })
}

/// Returns the error in an answer of TikTok's APIs to a failed request.
pub(super) fn error_of(answer: &Node) -> Option<RowError> {
    let code = answer.at("error.code").and_then(Node::as_text)?;
    if code.is_empty() || code == "ok" || code == "0" {
        return None;
    }
    let message = answer.at("error.message").and_then(Node::as_text).unwrap_or_default();
    let reason = format!("TikTok answered with an error: {} {}", excerpt(&code), excerpt(&message));
    Some(RowError { field: Some("error".to_owned()), code: "api_error", reason: reason.trim_end().to_owned() })
}
