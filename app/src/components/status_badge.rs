//! The status as shape, word and color; never as color alone.

use super::icon::{self, Icon, Svg};
use compliance::Status;
use leptos::prelude::*;

/// Returns the icon of a status.
pub const fn status_icon(status: Status) -> Svg {
    match status {
        Status::OnTrack => icon::CHECK,
        Status::BehindPace => icon::HALF_DISC,
        Status::AtRisk => icon::ALERT_DISC,
        Status::Completed => icon::CHECK_CHECK,
        Status::Missed => icon::X,
    }
}

/// The badge of a status.
#[component]
pub fn StatusBadge(
    /// The status.
    status: Status,
) -> impl IntoView {
    view! {
        <span class="badge" data-status=status.name()>
            <Icon svg=status_icon(status) />
            {status.label()}
        </span>
    }
}
