//! The caption of a post, linked to the post.

use super::icon::{self, Icon};
use compliance::fact::PostKind;
use leptos::prelude::*;
use program::posts::record::Post;

/// The kind and the caption of a post.
#[component]
pub fn Caption<'a>(
    /// The post.
    post: &'a Post,
) -> impl IntoView + use<> {
    let (kind, svg) = match post.kind {
        PostKind::Video => ("Video:", icon::VIDEO),
        PostKind::PhotoCarousel => ("Photo carousel:", icon::IMAGES),
    };
    let text = post.description.clone().filter(|text| !text.trim().is_empty());
    // Without a caption, the id tells one post from another.
    let no_caption = || format!("No caption, {}", post.tiktok_video_id);
    let look = if text.is_some() { "line-clamp-2" } else { "line-clamp-2 pe-1 italic text-muted" };
    let inner = view! {
        <Icon svg class="mt-0.75 size-3.5 text-muted" />
        <span class="sr-only">{kind}</span>
        <span class=look>{text.unwrap_or_else(no_caption)}</span>
    };
    // Only https addresses become links: data from files is not trusted.
    match post.url.clone().filter(|url| url.starts_with("https://")) {
        Some(url) => view! {
            <a class="inline-flex min-h-6 max-w-full items-start gap-2 hover:underline" href=url rel="noreferrer">{inner}</a>
        }
        .into_any(),
        None => view! { <span class="inline-flex min-h-6 max-w-full items-start gap-2">{inner}</span> }.into_any(),
    }
}
