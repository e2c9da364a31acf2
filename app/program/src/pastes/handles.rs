//! Parses handles in pasted text.

use crate::pastes::record::PastedPart;
use compliance::address::{Address, handle_in};
use compliance::cell::cleaned;
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

/// Parses handles and profile addresses, one per line. A line may also contain several, separated by commas, semicolons,
/// tabs or spaces, if each begins with `@` or is an address. Any other line with more than a handle, such as one with a
/// name beside it, is refused as a whole: its parts could be the handles of strangers.
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

/// Returns the handle that a line with other words probably means: the only one that begins with `@` or stands in an
/// address.
#[must_use]
pub fn handle_within(line: &str) -> Option<Handle> {
    let words = line.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'));
    let mut meant = words.filter(|word| says_so(word)).filter_map(handle);
    meant.next().filter(|_| meant.next().is_none())
}

/// Returns whether a text says that it is a handle: by `@`, or as an address.
fn says_so(text: &str) -> bool {
    let text = cleaned(text);
    text.starts_with('@') || Address::parse(&text).is_some()
}

/// Returns the texts of a line that are parsed as handles: its parts if each says that it is one, otherwise the line.
fn parts(line: &str) -> Vec<&str> {
    let separators = |letter: char| matches!(letter, ',' | ';') || letter.is_whitespace();
    let parts: Vec<&str> = line.split(separators).filter(|part| !visible(part).is_empty()).collect();
    match parts.len() {
        0 => Vec::new(),
        1 => parts,
        _ if parts.iter().all(|part| says_so(part)) => parts,
        _ => vec![line.trim()],
    }
}

/// Parses a handle. Invisible characters, which are often copied along from pages, are ignored.
fn handle(text: &str) -> Option<Handle> {
    // A tab between two words is invisible too; without it they would become one handle.
    let is_one_word = text.split_whitespace().count() == 1;
    is_one_word.then(|| handle_in(&visible(text)).ok()).flatten()
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
        check("https://www.tiktok.com/@ana?lang=en, @mia; @theo\ttiktok.com/@zoe", &["ana", "mia", "theo", "zoe"], &[]);
        check("@mia @theo https://tiktok.com/@zoe", &["mia", "theo", "zoe"], &[]);
        check("mia\n@mia", &["mia"], &[]);
        check("＠mia\n'theo\n\u{200e}zoe,", &["mia", "theo", "zoe"], &[]);
        check(" \n ,\n;;", &[], &[]);
    }

    #[test]
    fn a_name_with_a_space_is_no_handle_and_comes_back_as_typed() {
        check("Mia Moves", &[], &["Mia Moves"]);
        check("@zoe.zest (Zoe)", &[], &["@zoe.zest (Zoe)"]);
        check("Lina Baker\nlina, Baker\nmia\tLina\t250000", &[], &["Lina Baker", "lina, Baker", "mia\tLina\t250000"]);
        check("@mia, no!, theo", &[], &["@mia, no!, theo"]);
        check("null\nN/A\n@none", &["none"], &["null", "N/A"]);
        check("https://vm.tiktok.com/ZMabc/", &[], &["https://vm.tiktok.com/ZMabc/"]);
        check("&lt;500&gt;", &[], &["&lt;500&gt;"]);
    }

    #[test]
    fn a_line_with_one_handle_among_other_words_probably_means_it() {
        let meant = |line: &str| handle_within(line).map(|handle| handle.to_string());
        assert_eq!(meant("Anna Berger @anna_2").as_deref(), Some("anna_2"));
        assert_eq!(meant("Zoe (https://www.tiktok.com/@zoe)").as_deref(), Some("zoe"));
        assert_eq!(meant("@mia and @theo"), None);
        assert_eq!(meant("Lina Baker"), None);
        assert_eq!(meant("@"), None);
    }

    #[test]
    fn what_nobody_can_see_is_left_out() {
        check("mi\u{200b}a\n\u{200b}\n\u{202e}theo", &["mia", "theo"], &[]);
    }
}
