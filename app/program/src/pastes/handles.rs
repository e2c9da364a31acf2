//! Handles in pasted text.

use compliance::fact::Handle;
use std::collections::HashMap;

/// What a paste of handles holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedHandles {
    /// The handles, each once, in order.
    pub handles: Vec<Handle>,
    /// The texts that are none, as typed.
    pub unreadable: Vec<String>,
    /// Every text with its line, from 1, and the place of its handle in `handles`; `None` if it is none.
    pub texts: Vec<(usize, String, Option<usize>)>,
}

/// Reads handles and profile addresses, separated by lines, commas or spaces.
#[must_use]
pub fn parse_handles(text: &str) -> PastedHandles {
    let mut pasted = PastedHandles::default();
    let mut places: HashMap<Handle, usize> = HashMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        for part in text.split([',', ';', ' ', '\t', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
            let place = Handle::parse(handle_in(part)).ok().map(|handle| {
                *places.entry(handle.clone()).or_insert_with(|| {
                    pasted.handles.push(handle);
                    pasted.handles.len() - 1
                })
            });
            if place.is_none() {
                pasted.unreadable.push(part.to_owned());
            }
            pasted.texts.push((line, part.to_owned(), place));
        }
    }
    pasted
}

/// The handle in `https://www.tiktok.com/@mia?lang=en`, or the text itself. Of other hosts' addresses nothing is left
/// that reads as a handle.
pub(crate) fn handle_in(text: &str) -> &str {
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let path = bare.trim_start_matches("www.").trim_start_matches("m.");
    match path.strip_prefix("tiktok.com/@") {
        Some(rest) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => text,
    }
}
