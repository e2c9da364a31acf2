//! Icons: Lucide's and three of this project, inlined, so that nothing has to be loaded.

use leptos::prelude::*;

/// A drawing of 24 by 24 units: the contents of its file's `<svg>`, and whether it is stroked or filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Svg {
    /// The name of its file.
    name: &'static str,
    drawing: &'static str,
    class: &'static str,
}

impl Svg {
    /// Parses a file that is one `<svg …>…</svg>` at compile time.
    const fn of_file(name: &'static str, file: &'static str) -> Svg {
        let bytes = file.as_bytes();
        let mut start = 0;
        while bytes[start] != b'>' {
            start += 1;
        }
        let (opening, rest) = file.split_at(start + 1);
        let mut end = rest.len();
        while rest.as_bytes()[end - 1] != b'<' {
            end -= 1;
        }
        let class = if holds(opening, "stroke=\"currentColor\"") {
            "icon"
        } else if holds(opening, "fill=\"currentColor\"") {
            "icon icon-filled"
        } else {
            "icon icon-own"
        };
        Svg { name, drawing: rest.split_at(end - 1).0, class }
    }
}

const fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut start = 0;
    while start + part.len() <= text.len() {
        let mut same = 0;
        while same < part.len() && text[start + same] == part[same] {
            same += 1;
        }
        if same == part.len() {
            return true;
        }
        start += 1;
    }
    false
}

macro_rules! icons {
    ($($name:ident = $file:literal;)*) => {
        $(
            #[doc = concat!("The icon `", $file, "`.")]
            pub const $name: Svg = Svg::of_file($file, include_str!(concat!("../../../style/icons/", $file, ".svg")));
        )*
    };
}

icons! {
    ALERT_DISC = "alert-disc";
    ARCHIVE_RESTORE = "archive-restore";
    ARROW_DOWN = "arrow-down";
    ARROW_RIGHT = "arrow-right";
    ARROW_UP = "arrow-up";
    BAN = "ban";
    BOOKMARK = "bookmark";
    CALENDAR_CLOCK = "calendar-clock";
    CALENDAR_DAYS = "calendar-days";
    CHECK = "check";
    CHECK_CHECK = "check-check";
    CHEVRONS_UP_DOWN = "chevrons-up-down";
    CHEVRON_DOWN = "chevron-down";
    CHEVRON_LEFT = "chevron-left";
    CHEVRON_RIGHT = "chevron-right";
    CIRCLE_SLASH = "circle-slash";
    CLOCK = "clock";
    CLOCK_ALERT = "clock-alert";
    DOWNLOAD = "download";
    EXTERNAL_LINK = "external-link";
    FLAG = "flag";
    FOLDER_TREE = "folder-tree";
    HALF_DISC = "half-disc";
    HISTORY = "history";
    HOURGLASS = "hourglass";
    IMAGES = "images";
    INBOX = "inbox";
    INFO = "info";
    LAYERS = "layers";
    LAYOUT_GRID = "layout-grid";
    LIST_FILTER = "list-filter";
    MARK = "mark";
    MEGAPHONE = "megaphone";
    MENU = "menu";
    MONITOR = "monitor";
    MOON = "moon";
    PENCIL = "pencil";
    PLUS = "plus";
    PRINTER = "printer";
    ROTATE_CCW = "rotate-ccw";
    SEARCH = "search";
    SETTINGS = "settings";
    SUN = "sun";
    TABLE = "table-2";
    TARGET = "target";
    TRASH = "trash-2";
    TRENDING_UP = "trending-up";
    TRIANGLE_ALERT = "triangle-alert";
    UNDO = "undo-2";
    UPLOAD = "upload";
    USERS = "users";
    USER_PLUS = "user-plus";
    VIDEO = "video";
    X = "x";
}

/// An icon, hidden from screen readers: the text beside it says the same.
#[component]
pub fn Icon(
    /// One of the constants of this module.
    svg: Svg,
    /// Further classes.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let class = [svg.class, class].join(" ");
    let drawing = drawn_once(svg).unwrap_or_else(|| svg.drawing.to_owned());
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" inner_html=drawing /> }
}

/// The icons that a page draws once, because its rows show them many times.
#[derive(Debug, Clone, Copy)]
struct DrawnOnce(&'static [Svg]);

/// Renders drawings to which the icons of the page that are rendered later refer.
pub fn draw_once(icons: &'static [Svg]) -> impl IntoView {
    provide_context(DrawnOnce(icons));
    let symbols = icons.iter().map(|svg| {
        view! { <symbol id=format!("icon-{}", svg.name) viewBox="0 0 24 24" inner_html=svg.drawing /> }
    });
    view! { <svg class="hidden" aria-hidden="true">{symbols.collect_view()}</svg> }
}

/// Returns the reference to an icon that the page draws once.
fn drawn_once(svg: Svg) -> Option<String> {
    let DrawnOnce(icons) = use_context()?;
    icons.contains(&svg).then(|| format!("<use href=\"#icon-{}\"/>", svg.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_apart_into_its_drawing_and_how_it_is_painted() {
        for (svg, class) in [(CHECK, "icon"), (ALERT_DISC, "icon icon-filled"), (MARK, "icon icon-own")] {
            assert_eq!(svg.class, class);
            assert!(svg.drawing.starts_with('<') && svg.drawing.ends_with("/>"), "{}", svg.drawing);
            assert!(!svg.drawing.contains("svg"), "{}", svg.drawing);
        }
    }
}
