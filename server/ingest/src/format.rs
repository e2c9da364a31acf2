//! The formats, and how each is recognised by its content.

use crate::json::node::Node;
use std::fmt;

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table: comma, semicolon or tab separated.
    Csv,
    /// yt-dlp info JSON, single or a `-J` playlist.
    YtDlp,
    /// TikTok Display API v2: `video/list` and `user/info`.
    DisplayApi,
    /// TikTok Research API: `video/query`.
    ResearchApi,
    /// TikTok's own web and app items.
    TikTokWeb,
    /// Items of the common Apify scrapers.
    Apify,
    /// TikTok's "download your data" JSON.
    DataDownload,
    /// Facts in the format of this product's API.
    Facts,
}

impl Format {
    /// Returns the name used on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::YtDlp => "yt_dlp",
            Format::DisplayApi => "display_api",
            Format::ResearchApi => "research_api",
            Format::TikTokWeb => "tiktok_web",
            Format::Apify => "apify",
            Format::DataDownload => "data_download",
            Format::Facts => "facts",
        }
    }

    /// Returns the label shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Format::Csv => "Table (CSV)",
            Format::YtDlp => "yt-dlp",
            Format::DisplayApi => "TikTok Display API",
            Format::ResearchApi => "TikTok Research API",
            Format::TikTokWeb => "TikTok web",
            Format::Apify => "Apify",
            Format::DataDownload => "TikTok data download",
            Format::Facts => "Creator Goals facts",
        }
    }

    /// Returns the format of one JSON item, recognised by fields that only this format has. Each item is checked by
    /// itself, so a file put together from several sources can be imported.
    pub(crate) fn of_item(item: &Node) -> Option<Format> {
        let has = |key: &str| item.get(key).is_some();
        if has("type") && (has("tiktok_video_id") || has("tiktok_handle") || has("creator_id")) {
            Some(Format::Facts)
        } else if has("extractor") || has("extractor_key") || has("ie_key") {
            Some(Format::YtDlp)
        } else if has("authorMeta") || has("webVideoUrl") {
            Some(Format::Apify)
        } else if has("createTime") || has("statistics") || has("aweme_id") || item.at("user.uniqueId").is_some() {
            Some(Format::TikTokWeb)
        } else if has("create_time") {
            let research = ["username", "favourites_count", "region_code", "hashtag_names"];
            Some(if research.into_iter().any(has) { Format::ResearchApi } else { Format::DisplayApi })
        } else if ["user.follower_count", "user.display_name", "user.open_id"]
            .iter()
            .any(|path| item.at(path).is_some())
        {
            Some(Format::DisplayApi)
        } else if has("Date") && has("Link") {
            Some(Format::DataDownload)
        } else {
            None
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
