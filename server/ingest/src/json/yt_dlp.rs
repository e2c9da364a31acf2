//! yt-dlp info JSON: single items, one per line, or the `entries` of a `-J` playlist.
//!
//! `epoch`, the time of the run, is the capture instant. Fields that an entry lacks (`--flat-playlist` entries have
//! few) may be in its playlist. yt-dlp writes those after the entries, so such entries wait for the playlist's end.

use super::item::{Item, name_of};
use crate::excerpt::excerpt;
use crate::observation::Observation;
use crate::row_error::RowError;
use crate::text::{MAX_DESCRIPTION, MAX_NAME};
use compliance::address::Address;
use compliance::fact::{Counters, Handle};

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    let extractor = item.text(&["extractor_key", "extractor", "ie_key"], MAX_NAME).unwrap_or_default();
    if !extractor.to_ascii_lowercase().contains("tiktok") {
        let reason = format!("The item was taken from {}; only TikTok counts.", excerpt(&extractor));
        return Err(RowError { field: Some("extractor".to_owned()), code: "not_tiktok", reason });
    }
    let mut seen = Observation {
        // Other values are no reason to reject the item: the address contains the handle too.
        creator: item.text(&["uploader"], MAX_NAME).and_then(|handle| Handle::parse(&handle).ok()),
        accounts: item.accounts(&["uploader_id"], &["channel_id"]),
        creator_name: item.name(&["channel"]),
        published_at: item.instant(&["timestamp", "upload_date"])?,
        captured_at: item.instant(&["epoch"])?,
        counters: Counters {
            views: item.count(&["view_count"]),
            likes: item.count(&["like_count"]),
            comments: item.count(&["comment_count"]),
            shares: item.count(&["repost_count"]),
            saves: item.count(&["save_count"]),
        },
        description: item.text(&["description", "title"], MAX_DESCRIPTION),
        url: item.address(&["webpage_url", "original_url", "url"]),
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

/// Returns whether the playlist may have missing fields.
pub(super) fn is_incomplete(seen: &Observation) -> bool {
    seen.creator.is_none() || seen.captured_at.is_none()
}

/// Copies missing fields of an entry from its playlist.
pub(super) fn complete(seen: &mut Observation, playlist: &Item<'_>) {
    if seen.creator.is_none() {
        let uploader = playlist.text(&["uploader"], MAX_NAME).and_then(|handle| Handle::parse(&handle).ok());
        let address = || playlist.text(&["webpage_url", "original_url", "uploader_url"], MAX_DESCRIPTION);
        seen.creator = uploader.or_else(|| Address::handle(&address()?));
        seen.creator_name = seen.creator_name.take().or_else(|| playlist.name(&["channel"]));
        if seen.accounts.is_empty() {
            seen.accounts = playlist.accounts(&["uploader_id"], &["channel_id"]);
        }
    }
    if seen.captured_at.is_none() {
        seen.captured_at = playlist.instant(&["epoch"]).ok().flatten();
    }
}
