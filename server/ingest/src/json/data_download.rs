//! TikTok's "download your data": the list of the person's own posts.
//!
//! Dates are UTC. The file does not name its owner, so the default creator of the options is used. `Likes` has no
//! capture instant, and there are no views. Everything but the own posts is ignored, in particular the list of
//! followers, which says who followed when and not how many there were, and the list of watched videos, which belong to
//! others.

use super::item::Item;
use crate::excerpt::excerpt;
use crate::observation::Observation;
use crate::row_error::{Fault, RowError};
use crate::text::MAX_DESCRIPTION;
use compliance::address::Address;
use compliance::fact::Counters;

pub(super) fn observe(item: &Item<'_>) -> Result<Observation, RowError> {
    let address = item.text(&["Link"], MAX_DESCRIPTION).unwrap_or_default();
    let Some(found) = Address::post(&address) else {
        let reason = format!("“{}” is not the address of a post, so its id is unknown.", excerpt(&address));
        return Err(Fault::new("missing_field", reason).at("Link"));
    };
    let seen = Observation {
        post_id: Some(found.tiktok_video_id),
        creator: found.handle,
        published_at: item.instant(&["Date"])?,
        counters: Counters { likes: item.count(&["Likes"]), ..Counters::default() },
        description: item.text(&["Title"], MAX_DESCRIPTION),
        url: item.address(&["Link"]),
        kind: found.kind,
        dates_posts: true,
        id_of_address: true,
        ..Observation::default()
    };
    Ok(Observation { left_out: item.left_out(), ..seen })
}
