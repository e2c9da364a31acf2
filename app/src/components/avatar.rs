//! A creator's picture, as initials: nothing is loaded from other hosts.

use leptos::prelude::*;
use program::creators::record::Creator;

/// The initials of a creator.
#[component]
pub fn Avatar<'a>(
    /// The creator.
    creator: &'a Creator,
    /// Larger, for page headers.
    #[prop(optional)]
    large: bool,
    /// Smaller, for a line of text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView + use<> {
    let initials: String = creator
        .name()
        .split(|separator: char| separator.is_whitespace() || matches!(separator, '.' | '_' | '-'))
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    let class = match (large, small) {
        (true, _) => "avatar avatar-lg",
        (_, true) => "avatar avatar-sm",
        _ => "avatar",
    };
    view! { <span class=class aria-hidden="true">{initials}</span> }
}
