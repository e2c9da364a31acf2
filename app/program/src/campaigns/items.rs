//! Parsing of what is to be put into a campaign.

use crate::caller::Caller;
use crate::campaigns::record::CampaignItem;
use crate::error::AppError;
use crate::figures::grouped;
use crate::ids::{CreatorId, ProjectId};
use crate::refusal::Refusal;
use compliance::address::{handle_in, post_in};
use compliance::name::visible;
use std::collections::HashMap;

/// Joins the names on a circle of campaigns for display.
#[must_use]
pub(super) fn circle(mut path: Vec<String>) -> String {
    path.extend(path.first().cloned());
    path.join(" → ")
}

/// The most items that can be put into a campaign at once.
const ITEMS_AT_ONCE: usize = 10_000;

/// The name of the reason when nothing is given that could be put into a campaign.
pub const NO_ITEMS: &str = "no_items";

/// Refuses no items, and more than can be put into a campaign at once.
pub(super) fn check_count(items: &[CampaignItem]) -> Result<(), Refusal> {
    match items.len() {
        0 => Err(Refusal::of_field("items", NO_ITEMS, "Name at least one creator, post or campaign.")),
        count if count > ITEMS_AT_ONCE => Err(Refusal::of_fields([("items", too_many_items())])),
        _ => Ok(()),
    }
}

/// Returns the sentence for too many items.
#[must_use]
pub fn too_many_items() -> String {
    format!("Add at most {} things at once.", grouped(ITEMS_AT_ONCE))
}

/// What a text refers to.
enum Named {
    /// A post, by TikTok's id.
    Post(String),
    /// A creator of the project.
    Creator(CreatorId),
}

/// Returns the texts that lines, commas, semicolons and tabs separate.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.lines().flat_map(|line| line.split([',', ';', '\t'])).map(str::trim);
    parts.filter(|part| !visible(part).is_empty())
}

/// Parses the typed text: returns the items found, and the texts that refer to nothing.
pub(super) async fn named_items(
    caller: &Caller,
    project_id: ProjectId,
    text: &str,
) -> Result<(Vec<CampaignItem>, Vec<String>), AppError> {
    let program = caller.store.program(project_id, caller.now()).await?.ok_or(AppError::NotFound)?;
    let creators: HashMap<&str, CreatorId> =
        program.creators.iter().map(|program| (program.creator.handle.as_str(), program.creator.creator_id)).collect();
    let named = |text: &str| -> Option<Named> {
        if let Some(post) = post_in(text) {
            return Some(Named::Post(post.tiktok_video_id));
        }
        let creator = handle_in(&visible(text)).ok().and_then(|handle| creators.get(handle.as_str()).copied());
        // TikTok's ids are numbers; handles rarely are.
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        creator.map(Named::Creator).or_else(|| is_number.then(|| Named::Post(text.to_owned())))
    };
    let (mut items, mut unknown, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for part in listed(text) {
        // Also split at spaces, if each part refers to something.
        let parts: Vec<&str> = part.split_whitespace().collect();
        let whole = [part];
        let parts = if parts.iter().all(|part| named(part).is_some()) { &parts[..] } else { &whole[..] };
        for part in parts {
            match named(part) {
                Some(Named::Post(id)) => posts.push(((*part).to_owned(), id)),
                Some(Named::Creator(creator_id)) => items.push(CampaignItem::Creator(creator_id)),
                None => unknown.push((*part).to_owned()),
            }
        }
    }
    let ids: Vec<&str> = posts.iter().map(|(_, id)| id.as_str()).collect();
    let known = caller.store.post_ids(project_id, &ids).await?;
    for (typed, id) in &posts {
        match known.get(id) {
            Some(post_id) => items.push(CampaignItem::Post(*post_id)),
            None => unknown.push(typed.clone()),
        }
    }
    items.sort_unstable();
    items.dedup();
    Ok((items, unknown))
}
