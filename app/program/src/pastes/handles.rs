//! Parses handles in pasted text.

use crate::pastes::record::PastedPart;
use compliance::fact::Handle;
use compliance::name::visible;
use std::collections::HashMap;

/// The handles in a pasted text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedHandles {
    /// The handles, each once, in order.
    pub handles: Vec<Handle>,
    /// The texts that are not handles, as typed.
    pub unreadable: Vec<String>,
    /// Every text.
    pub texts: Vec<PastedPart>,
}

/// Parses handles and profile addresses, one per line. A line may also contain several, separated by commas, semicolons
/// or tabs, or by spaces if each begins with `@` or is an address. A line with another space, such as a name, is no
/// handle.
#[must_use]
pub fn parse_handles(text: &str) -> PastedHandles {
    let mut pasted = PastedHandles::default();
    let mut places: HashMap<Handle, usize> = HashMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        for part in parts(text) {
            let place = handle(part).map(|handle| {
                *places.entry(handle.clone()).or_insert_with(|| {
                    pasted.handles.push(handle);
                    pasted.handles.len() - 1
                })
            });
            if place.is_none() {
                pasted.unreadable.push(part.to_owned());
            }
            pasted.texts.push(PastedPart::new(line, part, place));
        }
    }
    pasted
}

/// Returns the texts of a line that are parsed as handles.
fn parts(line: &str) -> Vec<&str> {
    let cut = |separators: &[char]| -> Vec<&str> {
        line.split(separators).map(str::trim).filter(|part| !visible(part).is_empty()).collect()
    };
    let listed = cut(&[',', ';', '\t']);
    let whole = if listed.is_empty() { Vec::new() } else { cut(&['\n']) };
    if listed.len() > 1 && listed.iter().any(|part| handle(part).is_some()) {
        return listed.into_iter().flat_map(spaced).collect();
    }
    whole.into_iter().flat_map(spaced).collect()
}

/// Splits a text at spaces, if each part begins like a handle or an address; otherwise returns it whole.
fn spaced(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let says_so = |part: &&str| part.starts_with('@') || handle_in(part) != *part;
    if parts.len() > 1 && parts.iter().all(says_so) { parts } else { vec![text] }
}

/// Parses a handle. Invisible characters, which are often copied along from pages, are ignored.
fn handle(text: &str) -> Option<Handle> {
    Handle::parse(handle_in(&visible(text))).ok()
}

/// Returns the handle in `https://www.tiktok.com/@mia?lang=en`, or the text itself. For addresses of other hosts it
/// returns something that is not a handle.
pub(crate) fn handle_in(text: &str) -> &str {
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let path = bare.trim_start_matches("www.").trim_start_matches("m.");
    match path.strip_prefix("tiktok.com/@") {
        Some(rest) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, handles: &[&str], unreadable: &[&str]) {
        let pasted = parse_handles(text);
        let read: Vec<&str> = pasted.handles.iter().map(Handle::as_str).collect();
        assert_eq!(read, handles, "{text:?}");
        assert_eq!(pasted.unreadable, unreadable, "{text:?}");
    }

    #[test]
    fn a_line_is_a_handle_or_a_list_of_handles() {
        check("@mia\r\ntheo\n\n", &["mia", "theo"], &[]);
        check("https://www.tiktok.com/@ana?lang=en, mia; theo\tzoe", &["ana", "mia", "theo", "zoe"], &[]);
        check("@mia @theo https://tiktok.com/@zoe", &["mia", "theo", "zoe"], &[]);
        check("mia\n@mia", &["mia"], &[]);
        check("@mia, no!, theo", &["mia", "theo"], &["no!"]);
        check(" \n ,\n;;", &[], &[]);
    }

    #[test]
    fn a_name_with_a_space_is_no_handle_and_comes_back_as_typed() {
        check("Mia Moves", &[], &["Mia Moves"]);
        check("@zoe.zest (Zoe)", &[], &["@zoe.zest (Zoe)"]);
        check("mia, bad handle!", &["mia"], &["bad handle!"]);
        check("&lt;500&gt;", &[], &["&lt;500&gt;"]);
    }

    #[test]
    fn what_nobody_can_see_is_left_out() {
        check("mi\u{200b}a\n\u{200b}\n\u{202e}theo", &["mia", "theo"], &[]);
    }
}
