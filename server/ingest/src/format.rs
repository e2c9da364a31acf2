//! The formats that can be imported.

use compliance::named;
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

named!(Format {
    Csv: "csv",
    YtDlp: "yt_dlp",
    DisplayApi: "display_api",
    ResearchApi: "research_api",
    TikTokWeb: "tiktok_web",
    Apify: "apify",
    DataDownload: "data_download",
    Facts: "facts"
});

impl Format {
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
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
