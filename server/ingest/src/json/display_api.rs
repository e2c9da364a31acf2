//! TikTok Display API v2: answers of `video/list` and `user/info`.
//!
//! They contain no capture instant (that of the options is used, or the counters are ignored) and no saves. The creator
//! of a video is read from `share_url`; without it, the default creator of the options is used.

use super::node::Node;
use crate::excerpt::excerpt;
use crate::moment::Unzoned;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::MAX_DESCRIPTION;
use compliance::fact::Counters;

pub(super) fn observe(item: &Node, zone: Unzoned) -> Result<Observation, RowError> {
    if let Some(user) = item.get("user") {
        let mut seen = Observation {
            creator: user.handle(&["username"])?,
            creator_name: user.name(&["display_name"]),
            avatar_url: user.address(&["avatar_large_url", "avatar_url", "avatar_url_100"])?,
            captured_at: super::captured_at(item, zone)?,
            followers: user.count(&["follower_count"])?,
            ..Observation::default()
        };
        if seen.creator.is_none() {
            let profile = user.text(&["profile_web_link", "profile_deep_link"], MAX_DESCRIPTION);
            seen.creator = profile.and_then(|address| crate::link::parse(&address).handle);
        }
        return Ok(seen);
    }
    let mut seen = Observation {
        post_id: item.post_id(&["id"])?,
        published_at: item.instant(&["create_time"], zone)?,
        captured_at: super::captured_at(item, zone)?,
        counters: Counters {
            views: item.count(&["view_count"])?,
            likes: item.count(&["like_count"])?,
            comments: item.count(&["comment_count"])?,
            shares: item.count(&["share_count"])?,
            saves: None,
        },
        description: item.text(&["video_description", "title"], MAX_DESCRIPTION),
        url: item.address(&["share_url"])?,
        dates_posts: true,
        ..Observation::default()
    };
    seen.read_link();
    if seen.post_id.is_none() {
        return Err(RowError::missing("id", "The item has no id."));
    }
    Ok(seen)
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
