//! Telling the format of a JSON item by the fields that it has.

use super::node::Node;
use crate::format::Format;

/// Returns the format of one JSON item, recognised by fields that only this format has. Each item is checked by
/// itself, so a file put together from several sources can be imported.
pub(super) fn format_of(item: &Node) -> Option<Format> {
    let has = |key: &str| item.get(key).is_some();
    // Flat items of other tools have some of these names; their counters are at the top, and are read as a table.
    let is_flat = |counters: &[&str]| {
        let is_object = |key: &str| matches!(item.get(key), Some(Node::Object(_)));
        !is_object("author") && !is_object("stats") && counters.iter().any(|key| has(key))
    };
    if has("type")
        && !["handle", "username", "post_id"].into_iter().any(has)
        && (has("tiktok_video_id") || has("tiktok_handle") || has("creator_id"))
    {
        Some(Format::Facts)
    } else if has("extractor") || has("extractor_key") || has("ie_key") {
        Some(Format::YtDlp)
    } else if has("authorMeta") || has("webVideoUrl") || item.at("authorMeta.name").is_some() {
        Some(Format::Apify)
    } else if has("createTime")
        && !is_flat(&["playCount", "diggCount", "stats_playCount", "views", "username", "handle"])
        || has("statistics")
        || has("aweme_id")
        || item.at("author.uniqueId").is_some()
        || item.at("user.uniqueId").is_some()
    {
        Some(Format::TikTokWeb)
    } else if has("create_time")
        && !["play_count", "digg_count", "profile_username", "post_id", "handle", "views"].into_iter().any(has)
    {
        let research = ["username", "favourites_count", "region_code", "hashtag_names"];
        Some(if research.into_iter().any(has) { Format::ResearchApi } else { Format::DisplayApi })
    } else if ["user.follower_count", "user.display_name", "user.open_id"].iter().any(|path| item.at(path).is_some()) {
        Some(Format::DisplayApi)
    } else if has("Date") && has("Link") {
        Some(Format::DataDownload)
    } else {
        None
    }
}
