//! Icons: Lucide's and three of our own, inlined, so that nothing is fetched.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident = $file:literal;)*) => {
        $(
            #[doc = concat!("The icon `", $file, "`.")]
            pub const $name: &str = include_str!(concat!("../../../style/icons/", $file, ".svg"));
        )*
    };
}

icons! {
    ALERT_DISC = "alert-disc";
    ARROW_RIGHT = "arrow-right";
    BAN = "ban";
    CALENDAR_CLOCK = "calendar-clock";
    CHECK = "check";
    CHECK_CHECK = "check-check";
    CHEVRON_DOWN = "chevron-down";
    CHEVRON_LEFT = "chevron-left";
    CHEVRON_RIGHT = "chevron-right";
    CIRCLE_SLASH = "circle-slash";
    CLOCK = "clock";
    CLOCK_ALERT = "clock-alert";
    EXTERNAL_LINK = "external-link";
    FLAG = "flag";
    HALF_DISC = "half-disc";
    HOURGLASS = "hourglass";
    IMAGES = "images";
    INFO = "info";
    MARK = "mark";
    MENU = "menu";
    MONITOR = "monitor";
    MOON = "moon";
    PENCIL = "pencil";
    PLUS = "plus";
    ROTATE_CCW = "rotate-ccw";
    SEARCH = "search";
    SETTINGS = "settings";
    SUN = "sun";
    TARGET = "target";
    TRASH = "trash-2";
    TRIANGLE_ALERT = "triangle-alert";
    UPLOAD = "upload";
    USER_PLUS = "user-plus";
    USERS = "users";
    VIDEO = "video";
    X = "x";
}

/// An icon, for the eye only: the word beside it says the same.
#[component]
pub fn Icon(
    /// One of the constants of this module.
    svg: &'static str,
    /// Further classes.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    // The file is one `<svg …>…</svg>`; its drawing is put into an element that carries our classes.
    let drawing = svg.find('>').zip(svg.rfind("</svg>")).and_then(|(start, end)| svg.get(start + 1..end)).unwrap_or("");
    let opening = svg.split_once('>').map_or(svg, |(opening, _)| opening);
    let filled = opening.contains("fill=\"currentColor\"");
    let drawn = opening.contains("stroke=\"currentColor\"");
    view! {
        <svg
            class=format!("icon {class}")
            viewBox="0 0 24 24"
            fill=if filled { "currentColor" } else { "none" }
            fill-rule="evenodd"
            stroke=drawn.then_some("currentColor")
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=drawing
        />
    }
}
