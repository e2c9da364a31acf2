//! Texts that would be markup if a page did not escape them, and checks that they are shown as they were typed.

use super::page::{Kind, Page};
use app::forms::answer::with_query;
use std::collections::BTreeSet;

/// How much of an address a failure message shows.
const ADDRESS_SHOWN: usize = 120;
/// The beginning of every text, before two letters that identify the field. No random text of a page contains its last
/// character: nonces and keys are Base64 or hexadecimal (a preloading link has the nonce where no nonce is expected).
const BEGINNING: &str = "Zq~";
/// Contained in the name of every element and attribute that a text would create.
const MARK: &str = "zq";
/// Attributes that contain addresses.
const ADDRESSES: [&str; 9] =
    ["href", "src", "action", "formaction", "data", "poster", "srcdoc", "background", "xlink:href"];

/// A text as typed into the fields of a program.
#[derive(Debug, Clone, Copy)]
pub struct Typed(pub &'static str);

impl Typed {
    /// Returns the text for one field.
    pub fn into_field(self, field: &str) -> String {
        assert_eq!(field.len(), 2, "{field}");
        format!("{BEGINNING}{field}-{}", self.0)
    }

    /// Returns the text for one field without spaces.
    pub fn without_space(self, field: &str) -> String {
        self.into_field(field).replace(char::is_whitespace, "")
    }

    /// Fails if a page contains an element, attribute, comment or script created by a text, or shows a text differently
    /// than it was typed. Adds the fields whose text is shown to `seen`.
    pub fn check(self, page: &Page, address: &str, seen: &mut BTreeSet<String>) {
        let at = address.get(..ADDRESS_SHOWN).unwrap_or(address);
        for place in 0..page.nodes.len() {
            match &page.nodes[place].kind {
                Kind::Comment(text) => {
                    assert!(!text.contains(MARK) && !text.contains(BEGINNING), "{at}: <!--{text}-->");
                }
                Kind::Text(text) if text.contains(BEGINNING) => self.check_text(page, place, text, at, seen),
                Kind::Text(_) => {}
                Kind::Element { name, attributes } => self.check_element(name, attributes, at, seen),
            }
        }
        for script in page.elements(&["script"]) {
            assert!(page.attribute(script, "nonce").is_some(), "{at}: a script without a nonce");
        }
    }

    fn check_element(self, name: &str, attributes: &[(String, String)], at: &str, seen: &mut BTreeSet<String>) {
        assert!(!name.contains(MARK), "{at}: <{name}>");
        for (attribute, value) in attributes {
            let own = attribute.contains(MARK) || attribute.starts_with("on") || attribute == "style";
            assert!(!own, "{at}: <{name} {attribute}=\"{value}\">");
            if ADDRESSES.contains(&attribute.as_str()) {
                let leads_here = value.is_empty() || value.starts_with(['/', '?', '#']) && !value.starts_with("//");
                let leads_to_the_web = ["https://", "http://", "mailto:"].iter().any(|start| value.starts_with(start));
                assert!(leads_here || leads_to_the_web, "{at}: <{name} {attribute}=\"{value}\">");
            } else if attribute == "data-props" && !value.is_empty() {
                let props: serde_json::Value = serde_json::from_str(value).unwrap();
                self.check_json(&props, at, seen);
            } else {
                self.is_as_typed(value, at, seen);
            }
        }
    }

    fn check_text(self, page: &Page, place: usize, text: &str, at: &str, seen: &mut BTreeSet<String>) {
        let in_script = page.is_inside(place, &|outer| page.elements(&["script", "style"]).contains(&outer));
        assert!(!in_script, "{at}: {text}");
        // In notes, some characters have a meaning in Markdown.
        let in_notes = page.is_inside(place, &|outer| page.attribute(outer, "class") == Some("prose"));
        if !in_notes {
            self.is_as_typed(text, at, seen);
        }
    }

    fn check_json(self, value: &serde_json::Value, at: &str, seen: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) => self.is_as_typed(text, at, seen),
            serde_json::Value::Array(values) => values.iter().for_each(|value| self.check_json(value, at, seen)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| self.check_json(value, at, seen)),
            _ => {}
        }
    }

    /// Fails if a text differs from what was typed, except by being cut off.
    fn is_as_typed(self, shown: &str, at: &str, seen: &mut BTreeSet<String>) {
        for (start, _) in shown.match_indices(BEGINNING) {
            let rest = &shown[start..];
            let field = rest.get(BEGINNING.len()..BEGINNING.len() + 2).unwrap_or_default();
            let typed = [self.into_field(field), self.without_space(field)];
            // A hidden field may contain an address.
            let [one, other] = typed.each_ref().map(|typed| with_query("", &[("", typed)]).split_off("?=".len()));
            let possible = typed.into_iter().chain([one, other]).collect::<Vec<_>>();
            if possible.iter().any(|typed| rest.starts_with(typed.as_str())) {
                seen.insert(field.to_owned());
                continue;
            }
            let cut = possible.iter().any(|typed| {
                let same: usize = typed
                    .chars()
                    .zip(rest.chars())
                    .take_while(|(typed, shown)| typed == shown)
                    .map(|(letter, _)| letter.len_utf8())
                    .sum();
                same > BEGINNING.len() + 3 && (rest.len() == same || rest[same..].starts_with(['…', '”', '\n']))
            });
            assert!(cut, "{at}: {rest:?} was typed as {:?}", possible[0]);
        }
    }
}
